"""A smaller embedding model made from the product's: fewer layers, trained to give the same vectors."""
