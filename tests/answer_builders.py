"""Answers, citations and report views made up for tests of what shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Citation, Sentence, Warning
from assistant.view import Paragraph, PassageView
from ingest.types import Part
from tests.builders import report

_CITATION = Citation(
    n=1,
    report="青禾县卫生健康局2023年工作总结",
    org="青禾县卫生健康局",
    year=2023,
    part="review",
    period="2023",
    section=("一、主要工作", "（二）家庭医生签约"),
    source_file="青禾.txt",
    quote="",
    start=10,
    end=10,
    page=None,
    passage_id=1,
    report_id=1,
)


def citation(n: int = 1, quote: str = "签约8.4万人。", **changes: Any) -> Citation:
    """A citation of a review of 2023."""
    return replace(_CITATION, n=n, quote=quote, end=10 + len(quote), passage_id=n, **changes)


def answer(
    *sentences: Sentence,
    citations: tuple[Citation, ...] = (),
    warnings: tuple[Warning, ...] = (),
    abstained: bool = False,
) -> Answer:
    """An answer to a question about contracts."""
    return Answer("签约多少？", "2023年签约多少？", abstained, sentences, citations, warnings, "extractive", 0.2)


def paragraph(
    text: str,
    path: tuple[str, ...] = (),
    part: Part | None = "review",
    period: str | None = "2023",
    page: int | None = None,
    highlight: tuple[tuple[int, int], ...] = (),
) -> Paragraph:
    """A paragraph; current when something in it is highlighted."""
    return Paragraph(text, path, part, period, page, bool(highlight), highlight)


def shown(*paragraphs: Paragraph) -> PassageView:
    """A report of these paragraphs."""
    return PassageView(report(1, "青禾县卫生健康局", "青禾县", "县", 2023), paragraphs)
