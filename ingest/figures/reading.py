"""A number of a sentence read: what it counts and what it does, as offsets into the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.figures.clauses import Mention
from ingest.figures.types import Role


@dataclass(frozen=True, slots=True)
class Reading:
    """One number. `span` is where the phrase stands, None where it is taken from before; `scope` a place or group.

    `year` is the one that the head of a table's row or column names, which goes before what the sentence says.
    """

    mention: Mention
    phrase: str
    span: tuple[int, int] | None
    role: Role
    growth: bool
    scope: str = ""
    year: int | None = None


@dataclass(slots=True)
class Context:
    """What the text spoke of last.

    `fresh`: the present sentence has not said yet what it speaks of. `told`: what the sentence before, which held no
    number, spoke of.
    """

    phrase: str
    fresh: bool = True
    told: str = ""
