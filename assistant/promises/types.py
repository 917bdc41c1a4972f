"""A measure of a plan and what a later report says about it, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.archive.records import PassageRecord

Verdict = Literal["yes", "part", "no"]
"""What the archive says of a measure: in full, in part, or nothing. Never whether it was done."""

SHOWN: dict[Verdict, str] = {"yes": "有对应表述", "part": "部分", "no": "未在下一年总结中提及"}
"""How a clerk reads it."""

DISCLAIMER = f"“{SHOWN['no']}”只说明档案里的总结没有写到，不等于没有做。"
"""What stands above or below every comparison that is shown."""


class Embeds(Protocol):
    """What `ingest.embed.Encoder` does here."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (len(texts), d), L2-normalised."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage: `passage.text[start:end]` (cleaned offsets)."""

    passage: PassageRecord
    start: int
    end: int

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.passage.text.text[self.start : self.end]

    @property
    def source(self) -> tuple[int, int]:
        """Its place in the source."""
        return self.passage.text.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Measure(Stretch):
    """Something that a plan promises."""


@dataclass(frozen=True, slots=True)
class Evidence(Stretch):
    """What a later report says. `score` in 0…1: how much of what the measure names stands here."""

    score: float


@dataclass(frozen=True, slots=True)
class Promise:
    """A measure, the verdict, and the passages it rests on (none where the verdict is no).

    `score` in 0…1; `reason` says in Chinese which words were found and which were not.
    """

    measure: Measure
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    score: float
    reason: str
