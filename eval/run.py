"""Asks every gold question through the product's own facade, in one process, and scores the answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from eval.gold import Gold
from eval.metrics.score import Score, score_answer
from eval.metrics.summary import Summary, summarise_groups
from eval.opened import Opened, opened

if TYPE_CHECKING:
    from assistant.answer import Answer


@dataclass(frozen=True, slots=True)
class Run:
    """All answers (the contract's objects with `id`), their scores in the same order, and the summaries."""

    answers: tuple[dict[str, Any], ...]
    scores: tuple[Score, ...]
    summaries: dict[str, Summary]

    def to_json(self) -> dict[str, Any]:
        """The machine form: summaries by group, then every question with its score and its answer object."""
        return {
            "summary": {name: summary.to_json() for name, summary in self.summaries.items()},
            "questions": [
                {**score.to_json(), "result": answer} for score, answer in zip(self.scores, self.answers, strict=True)
            ],
        }


Told = Callable[[int, int], None]
"""Called with the number of questions done and of all."""


class Asker(Protocol):
    """What is needed of `assistant.service.Assistant`."""

    def ask(self, question: str, history: Sequence[str] = (), *, composer: str = ...) -> Answer:
        """The answer to one question."""


def run(gold: Sequence[Gold], place: Path, composer: str, home: Path | None = None, told: Told | None = None) -> Run:
    """Ask and score. place: a folder of reports or an archive home; home: where to keep what is ingested."""
    from assistant.service import Assistant

    with opened(place, home) as archive:
        with Assistant.open(archive.settings) as assistant:
            answers, seconds = ask_all(gold, assistant, composer, told)
        return scored(gold, answers, seconds, archive)


def ask_all(
    gold: Sequence[Gold], asker: Asker, composer: str, told: Told | None = None
) -> tuple[list[dict[str, Any]], list[float]]:
    """The answers and their wall-clock seconds. The first question is asked once before, unmeasured: it loads the
    model, and latencies are those of a running program.
    """
    answers: list[dict[str, Any]] = []
    seconds: list[float] = []
    for one in gold[:1]:
        asker.ask(one.question, one.history, composer=composer)
    for done, one in enumerate(gold, 1):
        started = time.perf_counter()
        answer = asker.ask(one.question, one.history, composer=composer)
        seconds.append(time.perf_counter() - started)
        answers.append({"id": one.id, **answer.to_json()})
        if told is not None:
            told(done, len(gold))
    return answers, seconds


def scored(gold: Sequence[Gold], answers: Sequence[dict[str, Any]], seconds: Sequence[float], archive: Opened) -> Run:
    """The answers with their scores; the three sequences are in the same order."""
    scores = tuple(
        score_answer(answer, one, archive.texts, archive.copies, took)
        for answer, one, took in zip(answers, gold, seconds, strict=True)
    )
    return Run(tuple(answers), scores, summarise_groups(scores))
