"""One file: bytes → read → clean → reports → figures. Pure but for the readers' looking for outside programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.settings import Settings
from ingest.types import CleanDocument, Correction, Document, ReadFile, Report

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

PIPELINE_VERSION = "4"
"""Raise it whenever reading, cleaning or structuring gives other results: files are then read again."""


def pipeline_version(settings: Settings) -> str:
    """What makes a file's reading out of date when it changes: the program's version, and settings that shape it."""
    return f"{PIPELINE_VERSION}/{settings.passage_tokens}"


def read_file(path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> ReadFile:
    """Everything the program can learn from one file. `path` is a hint (type, year, body), `data` its bytes.

    What the user has said of its reports (`corrections`) goes before what the program would conclude.
    Raises UnreadableFile.
    """
    from ingest.clean import clean
    from ingest.readers import read_document
    from ingest.structure import find_reports
    from ingest.structure.labels import with_safe_labels

    document = storable(read_document(path, data))
    cleaned = clean(document)
    found = find_reports(document, cleaned, path, settings.passage_tokens, corrections)
    reports = [with_safe_labels(report, path.stem) for report in found]
    return ReadFile(document, cleaned, tuple(with_figures(report, cleaned) for report in reports))


def with_figures(report: Report, clean: CleanDocument) -> Report:
    """The report with the figures of its sections."""
    from ingest.figures.extract import extract_figures

    return replace(
        report,
        sections=tuple(
            replace(section, figures=tuple(extract_figures(section, clean.marks))) for section in report.sections
        ),
    )


def storable(document: Document) -> Document:
    """The document with lone surrogates (a broken PDF may give them) as U+FFFD: no database and no file takes them.

    One character for one, so that every offset stays.
    """
    if not _LONE_SURROGATE.search(document.text):
        return document
    blocks = tuple(
        replace(block, text=block.text.with_text(_LONE_SURROGATE.sub("\ufffd", block.text.text)))
        for block in document.blocks
    )
    return replace(document, text=_LONE_SURROGATE.sub("\ufffd", document.text), blocks=blocks)
