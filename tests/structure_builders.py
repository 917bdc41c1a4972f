"""Small builders for the structure tests: text → document → reports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ingest.mapped import MappedText
from ingest.structure import find_reports
from ingest.types import Block, CleanDocument, Correction, Document, Furniture, Passage, Report, Section

DEED = "全县各级医疗机构认真落实上级部署，门诊服务平稳有序，群众满意度进一步提高。"
"""A sentence of a review that says nothing of its own year, part or body."""


def blocks_of(text: str) -> tuple[Block, ...]:
    """One paragraph block for each line with something on it, mapped to the offsets of `text`."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        mapped = MappedText.identity(line, at).strip()
        at += len(line)
        if mapped.text:
            blocks.append(Block(mapped))
    return tuple(blocks)


def reports_of(
    text: str,
    name: str = "文档.txt",
    *,
    title: str | None = None,
    budget: int = 400,
    truncated: bool = False,
    furniture: str = "",
    blocks: tuple[Block, ...] | None = None,
    corrections: tuple[Correction, ...] = (),
) -> tuple[Report, ...]:
    """The reports found in `text`; `furniture` stands behind it in the source and is marked as such."""
    whole = f"{text}\n{furniture}"
    document = Document(whole, (), "txt", title=title)
    marks = (Furniture(len(text) + 1, len(whole), "网页"),) if furniture else ()
    clean = CleanDocument(blocks or blocks_of(text), marks, truncated=truncated)
    return find_reports(document, clean, Path("档案") / name, budget, corrections)


def report_of(text: str, name: str = "文档.txt", **options: Any) -> Report:
    """The only report found in `text`; options as in `reports_of`."""
    (report,) = reports_of(text, name, **options)
    return report


def section_with(report: Report, words: str) -> Section:
    """The section in whose passages the words stand."""
    return next(section for section in report.sections if any(words in p.text.text for p in section.passages))


def sense_of(report: Report, words: str) -> tuple[str | None, str | None]:
    """Part and period of the passage that holds the words."""
    section = section_with(report, words)
    return section.part, str(section.period) if section.period is not None else None


def path_of(report: Report, words: str) -> tuple[str, ...]:
    """The heading path of the passage that holds the words."""
    return section_with(report, words).path


def passages_of(reports: Iterable[Report]) -> list[Passage]:
    """Every passage in source order."""
    return [passage for report in reports for section in report.sections for passage in section.passages]
