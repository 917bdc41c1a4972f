"""What a check looks at: one section of an order's draft, with what its sources say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Citation
from assistant.drafting.types import CheckKind, DraftCheck, DraftSection, Exemplar, Order, Severity, Source
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

_BLANK = re.compile(r"【待填[^】]*】?")
_STOPS = "。；;！!？?\n"
_PAUSES = _STOPS + "，,"


@dataclass(frozen=True)
class Subject:
    """`number`: the section's place in the manuscript. `done`: passages of the body's last review. `places`: regions of
    other bodies of the archive. Offsets are into `section.text`, which `text` has the length of.
    """

    order: Order
    section: DraftSection
    number: int
    citations: Sequence[Citation] = ()
    done: Sequence[PassageRecord] = ()
    places: Collection[str] = ()

    @cached_property
    def text(self) -> str:
        """The section's text with simplified characters and half-width digits."""
        return normalise(self.section.text)

    @cached_property
    def prose(self) -> str:
        """`text` with the placeholders blanked out."""
        return _BLANK.sub(lambda found: "\0" * len(found[0]), self.text)

    def sources_at(self, start: int, end: int) -> list[Source]:
        """The sources whose span holds this one."""
        return [one for one in self.section.sources if one.start <= start and end <= one.end]

    def says(self, source: Source) -> str:
        """The fact or quote behind a source, normalised; empty where there is none of that number."""
        if source.kind == "fact" and source.fact is not None and 0 <= source.fact < len(self.order.facts):
            fact = self.order.facts[source.fact]
            return normalise("，".join(filter(None, (fact.text, fact.indicator, fact.target, fact.result))))
        cited = self.cited(source)
        return normalise(cited.quote) if cited is not None else ""

    def cited(self, source: Source) -> Citation | None:
        """The citation of a source."""
        if source.citation is None:
            return None
        return next((one for one in self.citations if one.n == source.citation), None)

    def exemplars(self, *, own: bool) -> list[Exemplar]:
        """The body's own exemplars, or those of others."""
        return [one for one in self.section.exemplars if one.own == own]

    @cached_property
    def given(self) -> str:
        """Everything that the writer said in the order."""
        order = self.order
        facts = [part for fact in order.facts for part in (fact.text, fact.indicator, fact.target, fact.result) if part]
        return normalise("\n".join((order.org, order.addressee, order.tone, *order.sections, *facts)))

    def sentence(self, at: int) -> tuple[int, int]:
        """The span of the sentence around a place; semicolons part sentences."""
        return _around(self.prose, at, _STOPS)

    def clause(self, at: int) -> tuple[int, int]:
        """The span between two commas around a place."""
        return _around(self.prose, at, _PAUSES)

    def found(self, kind: CheckKind, severity: Severity, start: int, end: int, message: str) -> DraftCheck:
        """A finding in this section."""
        return DraftCheck(kind, severity, self.number, start, end, message)

    def shown(self, start: int, end: int, most: int = 24) -> str:
        """The text of a span for a message, cut short."""
        piece = self.section.text[start:end].replace("\n", " ")
        return piece if len(piece) <= most else f"{piece[:most]}…"


def _around(text: str, at: int, stops: str) -> tuple[int, int]:
    start = max(text.rfind(stop, 0, at) for stop in stops) + 1
    ends = [place for stop in stops if (place := text.find(stop, at)) >= 0]
    return start, min(ends, default=len(text))
