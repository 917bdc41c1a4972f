"""Readers: the bytes of one file in, a `Document` of blocks out.

One small module per format; `dispatch` looks at the content before it believes the suffix. The heavy readers are
imported only when a file needs them, because the command line must start fast.
"""

from ingest.readers.dispatch import SUPPORTED, read_document

__all__ = ["SUPPORTED", "read_document"]
