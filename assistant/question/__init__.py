"""Reads a question: which years, which bodies, which role, which topic — before anything is searched."""
