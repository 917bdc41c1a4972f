"""Document → CleanDocument: small named steps that take the web page and the damage out of a report's way."""

from ingest.clean.normalise import normalise
from ingest.clean.script import to_simplified
from ingest.types import CleanDocument, Document

__all__ = ["clean", "normalise", "to_simplified"]


def clean(document: Document) -> CleanDocument:
    """See `ingest.clean.pipeline.clean`. Imported here, because whoever only normalises a text would wait for its
    hundreds of patterns.
    """
    from ingest.clean import pipeline

    return pipeline.clean(document)
