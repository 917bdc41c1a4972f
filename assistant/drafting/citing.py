"""The numbers of a manuscript's citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation
from assistant.citations import cite
from assistant.drafting.composed import Drawn
from assistant.drafting.types import Source
from ingest.archive import Archive


@dataclass(slots=True)
class Citer:
    """Numbers the stretches that a manuscript cites, one number each, in the order in which they come up.

    A number once given is never another stretch's: a section that the writer goes back to still has its own.
    """

    archive: Archive
    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def sources(self, drawn: Sequence[Drawn]) -> tuple[Source, ...]:
        """The same stretches with their citations' numbers."""
        return tuple(
            Source(one.start, one.end, one.kind, one.fact, one.citation if one.stretch is None else self._number(one))
            for one in drawn
        )

    def _number(self, one: Drawn) -> int:
        assert one.stretch is not None
        passage, start, end = one.stretch.passage, one.stretch.start, one.stretch.end
        key = (passage.id, *one.stretch.source)
        if key not in self._numbers:
            number = len(self.citations) + 1
            self.citations.append(cite(self.archive, passage, start, end, number))
            self._numbers[key] = number
        return self._numbers[key]

    def take_up(self, citations: Sequence[Citation]) -> None:
        """Go on with the citations of a manuscript."""
        self.citations.extend(citations)
        self._numbers.update({(one.passage_id, one.start, one.end): one.n for one in citations})
