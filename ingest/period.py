"""The period a section speaks of: a year, a half-year, or a run of years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_FORM = re.compile(r"(?P<first>\d{4})(?:/(?P<last>\d{4})|-H(?P<half>[12]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A typed interval of calendar years, written `2022`, `2022-H1` or `2021/2025`.

    `first` and `last` are inclusive; `half` is set only when both are the same year.
    """

    first: int
    last: int
    half: Literal[1, 2] | None = None

    def __post_init__(self) -> None:
        if self.first > self.last or (self.half is not None and self.first != self.last):
            raise ValueError(f"not a period: {self.first}/{self.last} half {self.half}")

    @classmethod
    def year(cls, year: int) -> Period:
        """The whole of one year."""
        return cls(year, year)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The inverse of `str`; raises ValueError on any other form."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"not a period: {text!r}")
        first = int(found["first"])
        half: Literal[1, 2] | None = None if found["half"] is None else (1 if found["half"] == "1" else 2)
        return cls(first, int(found["last"] or first), half)

    def __str__(self) -> str:
        if self.half is not None:
            return f"{self.first}-H{self.half}"
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def single_year(self) -> int | None:
        """The year, when the period lies within one; a five-year span has none."""
        return self.first if self.first == self.last else None
