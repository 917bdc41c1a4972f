"""Figures and reports of files in memory, numbered as an archive would number them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.archive.records import ReportRecord
from ingest.figures.extract import extract_figures
from ingest.figures.record import FigureRecord
from ingest.pipeline import read_file
from ingest.settings import Settings
from ingest.types import Section


@dataclass(frozen=True, slots=True)
class InMemory:
    """What the ledger is built from. `texts` and `names` by file id, which counts from 1."""

    figures: tuple[FigureRecord, ...]
    reports: tuple[ReportRecord, ...]
    texts: dict[int, str]
    names: dict[int, str]


def in_memory(files: Iterable[tuple[str, bytes]], settings: Settings) -> InMemory:
    """Read each file (name and bytes) and take the figures out of every section."""
    figures: list[FigureRecord] = []
    reports: list[ReportRecord] = []
    texts: dict[int, str] = {}
    names: dict[int, str] = {}
    sections = passages = 0
    for file, (name, data) in enumerate(files, 1):
        read = read_file(Path(name), data, settings)
        texts[file], names[file] = read.document.text, name
        for report in read.reports:
            number = len(reports) + 1
            reports.append(
                ReportRecord(
                    id=number,
                    file_id=file,
                    title=report.title,
                    org=report.org,
                    region=report.region,
                    level=report.level,
                    year=report.year,
                    kind=report.kind,
                    truncated=report.truncated,
                    start=report.start,
                    end=report.end,
                    sources=(name,),
                    passages=sum(len(section.passages) for section in report.sections),
                    reasons=report.reasons,
                )
            )
            for section in report.sections:
                sections += 1
                for figure in extract_figures(section, read.clean.marks):
                    passage = passages + _passage_of(section, figure.start)
                    in_plan = section.part == "plan"
                    figures.append(FigureRecord(len(figures) + 1, number, file, sections, passage, in_plan, figure))
                passages += len(section.passages)
    return InMemory(tuple(figures), tuple(reports), texts, names)


def _passage_of(section: Section, start: int) -> int:
    return next((place for place, one in enumerate(section.passages, 1) if one.start <= start < one.end), 1)
