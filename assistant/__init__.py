"""Understands a question, retrieves, composes, verifies, and only then answers."""
