"""A number of a sentence read: what it counts and what it does, as offsets into the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.figures.clauses import Mention
from ingest.figures.types import Role
from ingest.period import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """One number. `span` is where the phrase stands, None where it is taken from before; `scope` a place or group.

    `year` is the one that the head of a table's row or column names, which goes before what the sentence says.
    `average`: it is a yearly average of several years.
    """

    mention: Mention
    phrase: str
    span: tuple[int, int] | None
    role: Role
    growth: bool
    scope: str = ""
    year: int | None = None
    average: bool = False


@dataclass(slots=True)
class Context:
    """What the text spoke of last.

    `fresh`: the present sentence has not said yet what it speaks of. `told`: the sentence before, where it held no
    number. `run`: the run of years that the paragraph speaks of (五年来，…), until it names another time;
    `dated`: it has named one.
    """

    phrase: str
    fresh: bool = True
    told: str = ""
    run: Period | None = None
    dated: bool = False
