"""Times the product: ingest beside the textbook pipeline, answers, and start-up."""
