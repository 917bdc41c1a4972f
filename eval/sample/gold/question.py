"""A gold question as data, and how it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

NOT_FOUND = "档案中未找到"
"""The answer of an unanswerable question; the tests compare it with the product's own constant."""

Evidence = tuple[str, str]
"""File name and a verbatim piece of that file's text."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `evidence` must be cited, or else one of `same`: places that print the very same fact. `also` may
    be cited: what is said of the fact elsewhere, or said beside it.
    """

    kind: str
    question: str
    answer: str
    history: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    must_include_any: tuple[str, ...] = ()
    must_not_include: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    also: tuple[Evidence, ...] = ()
    same: tuple[Evidence, ...] = ()
    org: str | Sequence[str] | None = None
    year: int | None = None
    part: str | None = None
    period: str | Sequence[str] | None = None
    phrasing: str = "a"
    note: str = ""

    def to_json(self, number: str) -> dict[str, Any]:
        """The gold format of the design, with `also` and `same` beside it."""
        return {
            "id": number,
            "kind": self.kind,
            "question": self.question,
            "history": list(self.history),
            "answer": self.answer,
            "numbers": list(self.numbers),
            "must_include": list(self.must_include),
            "must_include_any": list(self.must_include_any),
            "must_not_include": list(self.must_not_include),
            "evidence": [{"file": file, "text": text} for file, text in self.evidence],
            "also": [{"file": file, "text": text} for file, text in self.also],
            "same": [{"file": file, "text": text} for file, text in self.same],
            "org": self.org if self.org is None or isinstance(self.org, str) else list(self.org),
            "year": self.year,
            "part": self.part,
            "period": self.period if self.period is None or isinstance(self.period, str) else list(self.period),
            "phrasing": self.phrasing,
            "note": self.note,
        }
