"""Limits that whoever takes a question checks, without loading what answers it."""

from __future__ import annotations

MAX_QUESTION = 2000
"""Characters of a question that are read; more than that is a document, not a question."""
