"""A section as a composer gives it: text with stretches that rest on passages or facts, citations not yet numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.drafting.types import ComposerName, SourceKind
from assistant.promises.types import Stretch

PLACEHOLDER = re.compile(r"【待填：(?P<indicator>[^，【】]*)(?:，(?P<unit>[^【】]*))?】")
"""A mark for the writer: 【待填：indicator，unit】 for a figure, 【待填：牵头单位】 for what is no figure."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What `start:end` of a section's text rests on: a fact by its number, or a stretch of a passage to be cited.

    `citation`: the number of one that the manuscript has already, in the place of a stretch.
    """

    start: int
    end: int
    kind: SourceKind
    fact: int | None = None
    stretch: Stretch | None = None
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A section's text. `phrases`: what it promises, which no other section shall promise again."""

    text: str
    drawn: tuple[Drawn, ...]
    composer: ComposerName = "skeleton"
    notes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(slots=True)
class Draughtsman:
    """Writes a text piece by piece and notes what each piece rests on."""

    text: str = ""
    drawn: list[Drawn] = field(default_factory=list)

    def add(
        self, piece: str, kind: SourceKind | None = None, *, fact: int | None = None, stretch: Stretch | None = None
    ) -> None:
        """Append a piece; with a `kind`, what it rests on."""
        start = len(self.text)
        self.text += piece
        if kind is not None:
            self.drawn.append(Drawn(start, len(self.text), kind, fact, stretch))


def placeholders_in(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Each placeholder of a text: start, end, indicator, unit (empty for what is no figure)."""
    for found in PLACEHOLDER.finditer(text):
        yield found.start(), found.end(), found["indicator"], found["unit"] or ""
