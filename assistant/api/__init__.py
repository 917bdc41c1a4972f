"""The archive for other programs: an HTTP API with the contracts' JSON, and one that chat clients know."""
