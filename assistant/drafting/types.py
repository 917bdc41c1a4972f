"""The order, the exemplars, the manuscript and its checks as plain data. Offsets are into a section's `text`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.answer import Citation
from ingest.archive.records import PassageRecord, ReportRecord

OrderKind = Literal["全年工作计划", "下半年工作安排", "工作要点", "总结"]
Length = Literal["短", "中", "长"]
ComposerName = Literal["skeleton", "llm"]
SourceKind = Literal["fact", "figure", "exemplar"]
Severity = Literal["error", "warning", "note"]
CheckKind = Literal[
    "figure_without_source",
    "figure_role",
    "old_year_figure",
    "leaked_name",
    "stale_period",
    "overlap",
    "numbering",
    "punctuation",
    "already_done",
    "contradictory_facts",
    "no_exemplar",
]

ORDER_KINDS: tuple[OrderKind, ...] = ("全年工作计划", "下半年工作安排", "工作要点", "总结")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the writer supplies: an indicator with its target (or result), or a sentence. Values as written (10000人).

    `text` is never empty: for an indicator it is the indicator with its values in words, as it may stand in a document.
    """

    text: str
    indicator: str | None = None
    target: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be drafted.

    sections: headings wanted, empty: the proposed outline. up_to: sections whose period is a later year are not used
    (None: everything before `year`). prefer, exclude: titles or source file names (or parts of them) of reports. tone:
    free words for a model; instruction: the same for one section at a second try.
    """

    org: str
    year: int
    kind: OrderKind = "全年工作计划"
    sections: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    up_to: int | None = None
    composer: ComposerName = "skeleton"
    length: Length = "中"
    tone: str = ""
    prefer: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    addressee: str = ""
    date: str = ""

    @property
    def last_year(self) -> int:
        """The last year whose sections may be used."""
        return self.year - 1 if self.up_to is None else min(self.up_to, self.year)


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact that the ledger offers for the writer to accept: last year's target and result, gap and trend.

    `fact` has no target of the new year: that is the writer's to set. `row`: the ledger row's id; `series`: (year,
    role, value as written) oldest first; `note`: gap and trend in Chinese.
    """

    fact: Fact
    row: str
    section: str
    series: tuple[tuple[int, str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A section of an earlier report to model a new one on.

    `passages` in order; `own`: of the body itself; `reason` says in Chinese why it was chosen (本单位上年计划…).
    """

    heading: str
    report: ReportRecord
    passages: tuple[PassageRecord, ...]
    own: bool
    score: float
    reason: str

    @property
    def text(self) -> str:
        """Its cleaned text."""
        return "\n".join(passage.text.text for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading of the proposed outline, with the sections that it comes from, the best first, and why it is there."""

    heading: str
    exemplars: tuple[Exemplar, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a stretch of a section rests on.

    `fact`: index into the order's facts; `citation`: number among the manuscript's citations. A `figure` is a value of
    the ledger or of a report, cited; an `exemplar` is the passage that a measure was recast from.
    """

    start: int
    end: int
    kind: SourceKind
    fact: int | None = None
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A figure that the writer must fill in: 【待填：indicator，unit】 at `start:end` of section number `section`."""

    section: int
    start: int
    end: int
    indicator: str
    unit: str


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section as drafted; `composer` says who wrote it. `exemplars` are those it was modelled on."""

    heading: str
    text: str
    sources: tuple[Source, ...]
    composer: ComposerName = "skeleton"
    exemplars: tuple[Exemplar, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A finding about `start:end` of section number `section`, with what to do about it, in Chinese."""

    kind: CheckKind
    severity: Severity
    section: int
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft: what `draft --json` prints is `to_json()`."""

    order: Order
    title: str
    sections: tuple[DraftSection, ...]
    citations: tuple[Citation, ...]
    placeholders: tuple[Placeholder, ...]
    checks: tuple[DraftCheck, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def outline(self) -> tuple[str, ...]:
        """The headings."""
        return tuple(section.heading for section in self.sections)

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "title": self.title,
            "outline": list(self.outline),
            "sections": [
                {
                    "heading": section.heading,
                    "text": section.text,
                    "sources": [
                        {
                            "start": one.start,
                            "end": one.end,
                            "kind": one.kind,
                            "fact": one.fact,
                            "citation": one.citation,
                        }
                        for one in section.sources
                    ],
                }
                for section in self.sections
            ],
            "citations": [citation.to_json() for citation in self.citations],
            "placeholders": [
                {
                    "section": one.section,
                    "start": one.start,
                    "end": one.end,
                    "indicator": one.indicator,
                    "unit": one.unit,
                }
                for one in self.placeholders
            ],
            "checks": [
                {
                    "kind": one.kind,
                    "severity": one.severity,
                    "section": one.section,
                    "start": one.start,
                    "end": one.end,
                    "message": one.message,
                }
                for one in self.checks
            ],
            "notes": list(self.notes),
        }
