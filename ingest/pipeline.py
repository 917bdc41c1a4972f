"""One file: bytes → read → clean → reports. Pure but for the readers' looking for outside programs."""

from __future__ import annotations

from pathlib import Path

from ingest.settings import Settings
from ingest.types import ReadFile

PIPELINE_VERSION = "1"
"""Raise it whenever reading, cleaning or structuring gives other results: files are then read again."""


def pipeline_version(settings: Settings) -> str:
    """What makes a file's reading out of date when it changes: the program's version, and settings that shape it."""
    return f"{PIPELINE_VERSION}/{settings.passage_tokens}"


def read_file(path: Path, data: bytes, settings: Settings) -> ReadFile:
    """Everything the program can learn from one file. `path` is a hint (type, year, body), `data` its bytes.

    Raises UnreadableFile.
    """
    from ingest.clean import clean
    from ingest.readers import read_document
    from ingest.structure import find_reports

    document = read_document(path, data)
    cleaned = clean(document)
    return ReadFile(document, cleaned, find_reports(document, cleaned, path, settings.passage_tokens))
