"""A generated archive as ingest's own data, and the same reports as text files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.scale.words import TOPICS, Writer, bodies
from ingest.figures.extract import extract_figures
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import CleanDocument, Document, Part, Passage, ReadFile, Report, Section

PASSAGES_PER_REPORT = 60
"""A report of a county bureau has some 15,000 to 20,000 characters."""
LENGTH = 300
LAST_YEAR = 2024
YEARS = 20
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Made:
    """One generated report."""

    name: str
    text: str
    read: ReadFile


def reports(passages: int, fillers: Sequence[str] = (), *, figures: bool = True, seed: int = 0) -> Iterator[Made]:
    """Reports with so many passages together (the last report is shorter): body after body, each with YEARS years.

    `figures`: also read their figures, which takes as long as all the rest.
    """
    writer = Writer(seed, fillers)
    needed = -(-passages // PASSAGES_PER_REPORT)
    left = passages
    for place, org in bodies(-(-needed // YEARS), seed):
        for year in range(LAST_YEAR - YEARS + 1, LAST_YEAR + 1):
            if left <= 0:
                return
            yield _report(place, org, year, min(left, PASSAGES_PER_REPORT), writer, figures)
            left -= PASSAGES_PER_REPORT


def _report(place: str, org: str, year: int, passages: int, writer: Writer, figures: bool) -> Made:
    title = f"{org}{year}年工作总结和{year + 1}年工作计划"
    text = f"{title}\n"
    sections: list[Section] = []
    halves: tuple[tuple[str, Part, int, int], ...] = (
        (f"一、{year}年工作总结", "review", year, -(-passages // 2)),
        (f"二、{year + 1}年工作计划", "plan", year + 1, passages // 2),
    )
    for top, part, period, count in halves:
        text += f"{top}\n"
        for number, share in enumerate(_shares(count, len(_NUMBERS))):
            heading = f"（{_NUMBERS[number]}）{TOPICS[(number + year) % len(TOPICS)]}"
            start = len(text)
            text += f"{heading}\n"
            held = []
            for _ in range(share):
                said = writer.passage(place, part == "plan", LENGTH)
                held.append(Passage(MappedText.identity(said, len(text))))
                text += f"{said}\n"
            sections.append(Section((top, heading), part, Period.year(period), start, len(text), tuple(held)))
    if figures:
        sections = [replace(section, figures=tuple(extract_figures(section))) for section in sections]
    report = Report(title, org, place, "县", year, "总结和计划", 0, len(text), sections=tuple(sections))
    read = ReadFile(Document(text, (), "txt"), CleanDocument(()), (report,))
    return Made(f"{title}.txt", text, read)


def _shares(count: int, groups: int) -> list[int]:
    """`count` in at most so many nearly equal groups, none empty."""
    groups = min(groups, count)
    return [count // groups + (number < count % groups) for number in range(groups)] if groups else []
