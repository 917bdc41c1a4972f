"""Both composers side by side over one gold set: what a model adds, what it costs, whether anything false is shown."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.events import Finished, Shown
from assistant.models import Model
from assistant.service import Assistant
from eval.counting import Counter, counted
from eval.gold import Gold
from eval.guests import Truthful
from eval.metrics.right import wrong_reasons
from eval.metrics.score import Score, score_answer
from eval.metrics.summary import Summary, percentile, summarise
from eval.opened import Opened

FACT_KINDS = frozenset({"fact", "target_vs_result", "followup"})
"""Kinds whose answered questions a model shall phrase in its own words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: the contract's object, when its first sentence was shown and when it ended (seconds)."""

    answer: dict[str, Any]
    first: float
    whole: float


@dataclass(frozen=True, slots=True)
class Side:
    """One composer over the gold set.

    own: share of the answered fact questions shown in the model's own sentences. better, equal, worse: questions whose
    expected numbers and words are found more, as or less completely than with quotes. first_p50, first_p95: seconds to
    the first sentence of the questions that the model was asked. prompt_tokens, written_tokens: cl100k, mean of those.
    """

    name: str
    summary: Summary
    own: float | None
    better: int
    equal: int
    worse: int
    first_p50: float
    first_p95: float
    calls: int
    prompt_tokens: float
    written_tokens: float
    notes: dict[str, int] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    answers: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """All figures, without the answers."""
        told = {key: value for key, value in asdict(self).items() if key not in ("scores", "answers", "summary")}
        return {**told, "summary": self.summary.to_json()}


def stratified(gold: Sequence[Gold], n: int | None, seed: int = 0) -> list[Gold]:
    """About `n` questions, of every kind its share (one at least); all where n is None. Same seed, same questions."""
    if n is None or n >= len(gold):
        return list(gold)
    kinds: dict[str, list[Gold]] = defaultdict(list)
    for one in gold:
        kinds[one.kind].append(one)
    chosen: list[Gold] = []
    for kind in sorted(kinds):
        share = max(1, round(n * len(kinds[kind]) / len(gold)))
        chosen += random.Random(f"{seed}{kind}").sample(kinds[kind], min(share, len(kinds[kind])))
    return chosen


def compare(
    gold: Sequence[Gold], archive: Opened, models: Mapping[str, Model], told: Callable[[int, int], None] | None = None
) -> list[Side]:
    """The extractive composer first, then each of the models, over the same questions."""
    with Assistant.open(archive.settings) as assistant:
        quoted = list(_ask_all(gold, assistant, "extractive", None, told))
    sides = [_side("extractive", gold, quoted, quoted, archive, Counter())]
    for name, model in models.items():
        counter = Counter()
        with Assistant.open(archive.settings, counted(model, counter)) as assistant:
            assistant.warm_up()
            counter.reset()
            written = list(_ask_all(gold, assistant, "llm", model, told))
        sides.append(_side(name, gold, written, quoted, archive, counter))
    return sides


def _ask_all(
    gold: Sequence[Gold],
    assistant: Assistant,
    composer: str,
    model: Model | None,
    told: Callable[[int, int], None] | None,
) -> Iterator[Asked]:
    truthful = getattr(model.chat, "_says", None) if model is not None else None
    for one in gold[:1]:
        assistant.ask(one.question, one.history, composer="extractive")
    for done, one in enumerate(gold, 1):
        if isinstance(truthful, Truthful):
            truthful.gold = one
        started = time.perf_counter()
        first = 0.0
        for event in assistant.ask_stream(one.question, one.history, composer=composer):
            if isinstance(event, Shown) and not first:
                first = time.perf_counter() - started
            if isinstance(event, Finished):
                whole = time.perf_counter() - started
                yield Asked({"id": one.id, **event.answer.to_json()}, first or whole, whole)
        if told is not None:
            told(done, len(gold))


def _side(
    name: str, gold: Sequence[Gold], asked: Sequence[Asked], quoted: Sequence[Asked], archive: Opened, counter: Counter
) -> Side:
    scores = tuple(
        score_answer(one.answer, wanted, archive.texts, archive.copies, one.whole)
        for one, wanted in zip(asked, gold, strict=True)
    )
    facts = [
        one.answer["composer"] == "llm"
        for one, wanted in zip(asked, gold, strict=True)
        if wanted.kind in FACT_KINDS and not one.answer["abstained"]
    ]
    gains = [
        _missing(before.answer, wanted) - _missing(one.answer, wanted)
        for one, before, wanted in zip(asked, quoted, gold, strict=True)
        if not wanted.expects_abstention
    ]
    notes: dict[str, int] = defaultdict(int)
    for one in asked:
        notes[one.answer["note"] or f"（{one.answer['composer']}）"] += 1
    writing = [one.first for one in asked if one.answer["model"]]
    return Side(
        name=name,
        summary=summarise(scores),
        own=sum(facts) / len(facts) if facts else None,
        better=sum(gain > 0 for gain in gains),
        equal=sum(gain == 0 for gain in gains),
        worse=sum(gain < 0 for gain in gains),
        first_p50=percentile(writing, 50),
        first_p95=percentile(writing, 95),
        calls=counter.calls,
        prompt_tokens=counter.mean_read,
        written_tokens=counter.mean_written,
        notes=dict(notes),
        scores=scores,
        answers=tuple(one.answer for one in asked),
    )


def _missing(answer: Mapping[str, Any], gold: Gold) -> int:
    """How many of the expected numbers and words an answer lacks."""
    return sum(reason.startswith("缺") for reason in wrong_reasons(answer, gold)) if not answer["abstained"] else 99
