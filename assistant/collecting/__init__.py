"""Collecting reports through the page: files come in, are read in a process of their own, and get their vectors."""

from assistant.collecting.collecting import Collecting
from assistant.collecting.types import Announced, BadUpload, Row, Snapshot, State

__all__ = ["Announced", "BadUpload", "Collecting", "Row", "Snapshot", "State"]
