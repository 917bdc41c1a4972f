"""A question as understood: plain data that retrieval and composers work from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.question.across import Across
from assistant.question.standing import Standing
from ingest.types import Part

Intent = Literal["fact", "overview", "plan", "list", "compare", "trend", "target_vs_result"]
Role = Literal["target", "result", "both"]
Half = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class YearMention:
    """What a question says about time.

    `years`: absolute years named; `offsets`: relative ones (去年 is -1) still to be counted from a base year;
    `recent`: n of 近n年; `half`: 上半年 or 下半年; `multi_year`: asks for a five-year or cumulative figure;
    `spans`: character spans of the question that were read as time; `bases`: those that only say what a growth is
    counted from (2023年…比上年增长).
    """

    years: tuple[int, ...] = ()
    offsets: tuple[int, ...] = ()
    recent: int | None = None
    half: Half | None = None
    multi_year: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    bases: tuple[tuple[int, int], ...] = ()

    @property
    def silent(self) -> bool:
        """True when the question says nothing about years."""
        return not self.years and not self.offsets and self.recent is None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """One body that a question names, with every report that it may mean.

    `named` is true for a name (青禾, 内蒙), false for a rank only (市里, 全省) or an institution's kind (镇卫生院).
    """

    label: str
    reports: frozenset[int]
    named: bool


@dataclass(frozen=True, slots=True)
class Within:
    """Limits set by hand, which nothing that is shown may cross; None: no limit on that side."""

    reports: frozenset[int] | None = None
    parts: frozenset[Part] | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing can lie within."""
        return self.reports == frozenset() or self.parts == frozenset()

    def holds(self, report: int, part: Part | None) -> bool:
        """Whether a passage of this report and part lies within."""
        return (self.reports is None or report in self.reports) and (self.parts is None or part in self.parts)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, as weighted character bigrams and words.

    `runs`: stretches of content words in order; `widened`: for each word found in a run, other wordings of it;
    `hinted`: for each topic of the trade found in a run, words by which a sentence belongs to it. `unlike`: words that
    hold a word of the topic and are about something else.
    """

    runs: tuple[str, ...]
    widened: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hinted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unlike: tuple[str, ...] = ()

    def meant(self, text: str) -> str:
        """`text` without the words that only look like the topic (主题教育 where 教育 is asked for)."""
        for word in self.unlike:
            text = text.replace(word, " " * len(word))
        return text

    @property
    def text(self) -> str:
        """The topic words as one line."""
        return " ".join(self.runs)


@dataclass(frozen=True, slots=True)
class Facet:
    """One of several quantities that a question asks for: its own topic, measure word and whether it wants a number."""

    topic: Topic
    unit: str | None
    wants_number: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be retrieved for.

    `years` is resolved (None: none named); `bodies` is empty when none is named; `missing_places` are places that the
    question names and no report of the archive belongs to; `unit` is the measure word asked for (人, 件, %), if any;
    `report_year` is set when the question says in which year's report to look (2023年底写的2024年计划). `standing`: how
    the indicators asked for stand to their targets. `impossible`: dates in it that no calendar has, as written.
    `within`: limits set by hand. `across`: it is put to all bodies at once.
    `facets`: the quantities it asks for, where they are several.
    """

    text: str
    standalone: str
    intent: Intent
    role: Role | None
    parts: frozenset[Part] | None
    years: tuple[int, ...] | None
    half: Half | None
    multi_year: bool
    report_year: int | None
    bodies: tuple[BodyMention, ...]
    missing_places: tuple[str, ...]
    topic: Topic
    background: Topic
    unit: str | None
    wants_number: bool
    standing: Standing | None = None
    impossible: tuple[str, ...] = ()
    within: Within | None = None
    across: Across | None = None
    facets: tuple[Facet, ...] = ()

    @property
    def asks_figure(self) -> bool:
        """Whether the answer must hold a figure."""
        return self.wants_number or self.unit is not None
