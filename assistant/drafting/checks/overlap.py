"""How much of a section is word for word an exemplar's: the longest run and the share of 13-grams with each report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.drafting.checks.runs import Common, common, letters
from assistant.drafting.checks.subject import Subject
from assistant.drafting.types import ComposerName, DraftCheck
from ingest.structure.sentences import sentence_spans

LONGEST = 40
"""Characters that a run with one exemplar may have, fixed formulae apart."""
MOST: dict[ComposerName, float] = {"skeleton": 0.25, "llm": 0.10}
"""Share of a section's 13-grams that one exemplar may have."""
SHOWN = 25
"""Runs from this length on are shown with their source, though they are no fault."""
_SENTENCE = 10
"""Shorter sentences may be said twice."""
FEWEST = 60
"""Of fewer 13-grams no share is taken."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A stretch of the section that stands word for word in a report; `characters` without white space.

    `citation`: its number where it is cited, `title`: the report's.
    """

    start: int
    end: int
    characters: int
    title: str
    citation: int | None


@dataclass(frozen=True, slots=True)
class _Model:
    title: str
    citation: int | None
    texts: tuple[str, ...]


@lru_cache(maxsize=256)
def _common(text: str, others: tuple[str, ...]) -> Common:
    """Kept for a while: a section is looked at anew after every edit of another one."""
    return common(letters(text), [letters(one) for one in others])


def overlaps(subject: Subject) -> list[Overlap]:
    """Every run of 13 characters or more that a report has too, for highlighting, in the order of the text."""
    found = [
        Overlap(start, end, size, model.title, model.citation)
        for model in _models(subject)
        for start, end, size in _common(subject.section.text, model.texts).runs
    ]
    return sorted(found, key=lambda one: (one.start, -one.end))


def overlap(subject: Subject) -> Iterator[DraftCheck]:
    """Runs that are too long, a share that is too high, and as notes the longer runs that are allowed."""
    yield from _repeated(subject)
    composer = subject.section.composer
    noted: list[tuple[int, int]] = []
    for model in _models(subject):
        found = _common(subject.section.text, model.texts)
        mark = f"〔{model.citation}〕" if model.citation is not None else ""
        for start, end, size in found.runs:
            if size > LONGEST:
                yield subject.found(
                    "overlap",
                    "error",
                    start,
                    end,
                    f"与《{model.title}》{mark}连续{size}字相同，超过{LONGEST}字：请改写这一处。",
                )
            elif size >= SHOWN and not any(first <= start and end <= last for first, last in noted):
                noted.append((start, end))
                yield subject.found(
                    "overlap", "note", start, end, f"与《{model.title}》{mark}连续{size}字相同，可再改写。"
                )
        if found.grams >= FEWEST and found.share > MOST[composer]:
            start, end = found.runs[0][0], found.runs[-1][1]
            yield subject.found(
                "overlap",
                "error",
                start,
                end,
                f"与《{model.title}》{mark}相同的文字占{found.share:.0%}，超过{MOST[composer]:.0%}：请改写标出的句子。",
            )


def _repeated(subject: Subject) -> Iterator[DraftCheck]:
    """Sentences that the section has said before."""
    seen: set[str] = set()
    for start, end in sentence_spans(subject.prose):
        said = subject.prose[start:end].rstrip("。；;\n")
        if len(said) < _SENTENCE or "\0" in said:
            continue
        if said in seen:
            yield subject.found("overlap", "error", start, end, "这句话与本节前面的重复：请删去。")
        seen.add(said)


def _models(subject: Subject) -> list[_Model]:
    """Each report that the section was modelled on or cites, once, with all its text at hand."""
    texts: dict[int, list[str]] = {}
    titles: dict[int, str] = {}
    numbers: dict[int, int] = {}
    for exemplar in subject.section.exemplars:
        titles[exemplar.report.id] = exemplar.report.title
        texts.setdefault(exemplar.report.id, []).append(exemplar.text)
    used = {one.citation for one in subject.section.sources}
    for cited in subject.citations:
        if cited.n in used:
            titles.setdefault(cited.report_id, cited.report)
            numbers.setdefault(cited.report_id, cited.n)
            texts.setdefault(cited.report_id, []).append(cited.quote)
    return [_Model(titles[report], numbers.get(report), tuple(dict.fromkeys(texts[report]))) for report in texts]
