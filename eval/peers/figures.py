"""The figures of one peer, each under the key of its row in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.gold import Gold
from eval.metrics.summary import TOTAL, Summary, percentile
from eval.opened import Opened
from eval.peers.children import Ran
from eval.peers.job import Asked, Found
from eval.peers.judge import Judged, baseline_answer, judged
from eval.peers.locate import Sources
from eval.retrieval import rank_of, ranking
from eval.run import scored

Values = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What answers and passages of the archive are held against; asked: the questions as they were put."""

    gold: tuple[Gold, ...]
    asked: tuple[Asked, ...]
    opened: Opened
    sources: Sources


def costs(ran: Ran, characters: int, name: str) -> Values:
    """Time, disk and memory of one set of files; characters: of its texts, the same count for every peer."""
    seconds = ran.told.seconds
    return {
        f"{name}.ingest_seconds": ran.told.ingest_seconds,
        f"{name}.characters_per_second": characters / ran.told.ingest_seconds,
        f"{name}.disk_mb": ran.disk / 1e6,
        f"{name}.memory_mb": ran.memory / 1e6,
        f"{name}.pieces": float(ran.told.pieces),
        f"{name}.p50_ms": 1000 * percentile(seconds, 50),
        f"{name}.p95_ms": 1000 * percentile(seconds, 95),
    }


def paragraphs(found: Sequence[Sequence[Found]], wanted: Sequence[str]) -> Values:
    """Retrieval on a SQuAD-style set; wanted: for each question the file of its paragraph."""
    ranks = [rank_of(name, [set(one.files) for one in each]) for each, name in zip(found, wanted, strict=True)]
    told = ranking(ranks)
    return {"squad.recall_at_1": told.recall_at_1, "squad.recall_at_5": told.recall_at_5, "squad.mrr": told.mrr}


def evidence(found: Sequence[Sequence[Found]], gauge: Gauge, name: str) -> Values:
    """Retrieval on the gold questions of an archive."""
    every = [judged(gold, passages, gauge.sources) for gold, passages in zip(gauge.gold, found, strict=True)]
    with_evidence = [one for one in every if one.evidence]
    values: Values = {
        f"{name}.evidence": _share(with_evidence, lambda one: one.hit),
        f"{name}.all_evidence": _mean(float(one.hit == one.evidence) for one in with_evidence),
        f"{name}.evidence_shown": _share(with_evidence, lambda one: one.hit_shown),
    }
    for kind in dict.fromkeys(one.kind for one in with_evidence):
        values[f"{name}.evidence.{kind}"] = _share(
            [one for one in with_evidence if one.kind == kind], lambda one: one.hit
        )
    for what in ("bodies", "years"):
        flags = [[flag for flag in getattr(one, what) if flag is not None] for one in every]
        values[f"{name}.wrong_{what}_top1"] = _mean(float(one[0]) for one in flags if one)
        values[f"{name}.wrong_{what}_top5"] = _mean(float(flag) for one in flags for flag in one)
    values[f"{name}.unlocated"] = _mean(one.unlocated / len(one.bodies) for one in every if one.bodies)
    values[f"{name}.characters_top5"] = _mean(float(one.characters) for one in every)
    return values


def baseline(found: Sequence[Sequence[Found]], seconds: Sequence[float], gauge: Gauge) -> Values:
    """The baseline reader's answers over a peer's passages, scored as answers are."""
    answers = [
        baseline_answer(gold, asked, passages, gauge.sources)
        for gold, asked, passages in zip(gauge.gold, gauge.asked, found, strict=True)
    ]
    return answer_values(gauge, answers, seconds)


def answer_values(gauge: Gauge, answers: Sequence[dict[str, object]], seconds: Sequence[float]) -> Values:
    """The totals of `eval run`, and how many of the questions that have an answer were answered right."""
    run = scored(gauge.gold, answers, seconds, gauge.opened)
    total: Summary = run.summaries[TOTAL]
    answerable = [score for score in run.scores if not score.expects_abstention]
    return {
        "answers.right": total.right,
        "answers.right_answerable": _mean(float(score.right) for score in answerable),
        "answers.refused": total.abstention_recall,
        "answers.refused_wrongly": _mean(float(score.abstained) for score in answerable),
        "answers.leaks": total.leaks / total.leaks_checked if total.leaks_checked else None,
        "answers.figures_traced": total.figures_traced,
        "answers.quotes_verbatim": total.quotes_verbatim,
        "answers.citation_precision": total.citation_precision,
        "answers.citation_recall": total.citation_recall,
        "answers.p50_ms": 1000 * total.p50,
        "answers.p95_ms": 1000 * total.p95,
    }


def _share(every: Sequence[Judged], hit: Callable[[Judged], int]) -> float | None:
    whole = sum(one.evidence for one in every)
    return sum(map(hit, every)) / whole if whole else None


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None
