"""Reading in a process of its own: a file that hangs, swells or crashes its reader costs one line, not the run."""

from ingest.isolation.reader import IsolatedReader

__all__ = ["IsolatedReader"]
