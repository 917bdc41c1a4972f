"""The pieces that a section is made of, before it is worded, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.drafting.composed import PLACEHOLDER
from assistant.drafting.types import SourceKind
from assistant.promises.types import Stretch


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a section with what it rests on. `last`: what was reached the year before, cited, said behind it.

    `when` and `tail` are said with it but are not what it says: by when it begins (六月底前), who leads (由医政科牵头).
    """

    text: str
    kind: SourceKind
    fact: int | None = None
    stretch: Stretch | None = None
    last: tuple[str, Stretch] | None = None
    when: str = ""
    tail: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it only says what is to be filled in: nothing for a model to put in other words."""
        return not PLACEHOLDER.sub("", self.text)

    @property
    def whole(self) -> str:
        """As it stands in the section."""
        return f"{self.when}{self.text}{f'，{self.tail}' if self.tail else ''}"


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under a topic sentence, a line where it is recast from one; empty: the heading says it already. `close`:
    what holds for all of them (以上工作由医政科牵头).
    """

    lead: Line | str
    lines: tuple[Line, ...]
    close: Line | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All that a section may say. `numbered`: the body's own last plan lists its measures 1. 2. 3."""

    groups: tuple[Group, ...]
    targets: tuple[Line, ...]
    problem: Line | None
    numbered: bool
    contradictory: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.targets or self.problem or any(group.lines for group in self.groups))
