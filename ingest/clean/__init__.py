"""Document → CleanDocument: small named steps that take the web page and the damage out of a report's way."""

from ingest.clean.normalise import normalise
from ingest.clean.pipeline import clean
from ingest.clean.script import to_simplified

__all__ = ["clean", "normalise", "to_simplified"]
