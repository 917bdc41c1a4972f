"""Conversations with what each turn means, and whether it was understood so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.question.bodies import BodyIndex
from assistant.question.types import Question
from assistant.question.understand import understand
from tests.builders import report

_REPORTS = (
    report(1, "青禾县卫生健康局", "青禾县", "县", 2021),
    report(2, "青禾县卫生健康局", "青禾县", "县", 2022),
    report(3, "临泽市卫生健康委员会", "临泽市", "市", 2022),
    report(4, "云岭县卫生健康局", "云岭县", "县", 2022),
)
_BODIES = BodyIndex(_REPORTS)
_OWNER = {1: "青禾", 2: "青禾", 3: "临泽", 4: "云岭"}


@dataclass(frozen=True)
class Expected:
    """One turn; `later`: of a conversation put aside while the rules were written."""

    conversation: str
    later: bool
    history: tuple[str, ...]
    question: str
    years: tuple[int, ...] | None
    bodies: frozenset[str]
    words: tuple[str, ...]
    kind: str

    @property
    def name(self) -> str:
        """For the test's name."""
        return f"{self.conversation}.{len(self.history) + 1}"

    def wrong(self) -> list[str]:
        """What was understood otherwise; empty when all is well."""
        read = understand(self.question, self.history, _BODIES, _REPORTS)
        said = []
        if read.years != self.years:
            said.append(f"years {read.years}")
        meant = frozenset(_OWNER[number] for body in read.bodies for number in body.reports)
        if (meant | {f"?{place}" for place in read.missing_places}) != self.bodies:
            said.append(f"bodies {sorted(meant)} {read.missing_places}")
        said += [f"topic {read.topic.runs} ({word})" for word in self.words if not _fits(read, word)]
        if self.kind and self.kind not in (read.role, read.unit):
            said.append(f"role {read.role}, unit {read.unit}")
        return [f"{read.standalone!r}: {item}" for item in said]


def _fits(read: Question, word: str) -> bool:
    if word.startswith("!!"):
        return word[2:] not in read.topic.text and word[2:] not in read.background.text
    return word[1:] not in read.topic.text if word.startswith("!") else word in read.topic.text


def conversations() -> list[Expected]:
    """Every turn of the gold file, with the turns before it."""
    turns: list[Expected] = []
    name, later, history = "", False, list[str]()
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            name, _, mark = line[2:].partition(" ")
            later, history = mark == "later", []
        elif line and not line.startswith("#"):
            question, years, bodies, words, kind = [*(part.strip() for part in line.split("|")), ""][:5]
            turns.append(
                Expected(
                    name,
                    later,
                    tuple(history),
                    question,
                    None if years == "-" else tuple(int(year) for year in years.split()),
                    frozenset(bodies.replace("-", "").split()),
                    tuple(words.split()),
                    kind,
                )
            )
            history.append(question)
    return turns
