"""Adds scores up: per kind of question, per phrasing, and in all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from eval.metrics.score import Score

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares are between 0 and 1, None where there was nothing to count; seconds are wall-clock seconds.

    right: answered as the gold wants. figures_traced: figures shown whose source is cited. quotes_verbatim: quotes that
    are the source's own characters. well_formed: answers whose sentences and citations hang together.
    citation_precision / citation_recall: citations on the evidence / evidence cited, over questions with evidence.
    abstention_precision / abstention_recall: abstentions that were right / expected abstentions that came.
    leaks: citations of another body or period than asked, among leaks_checked.
    """

    n: int
    right: float | None
    figures_traced: float | None
    quotes_verbatim: float | None
    well_formed: float | None
    citation_precision: float | None
    citation_recall: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    leaks: int
    leaks_checked: int
    p50: float
    p95: float

    def to_json(self) -> dict[str, float | int | None]:
        """All fields, for `--json`."""
        return asdict(self)


def summarise(scores: Sequence[Score]) -> Summary:
    """One summary of all the scores."""
    hits = [score.hits for score in scores if score.hits is not None]
    right_abstentions = sum(score.abstained and score.expects_abstention for score in scores)
    shown = sum(score.figures for score in scores)
    return Summary(
        n=len(scores),
        right=_share(sum(score.right for score in scores), len(scores)),
        figures_traced=_share(shown - sum(min(len(score.untraced), score.figures) for score in scores), shown),
        quotes_verbatim=_share(
            sum(score.quotes - len(score.not_verbatim) for score in scores), sum(score.quotes for score in scores)
        ),
        well_formed=_share(sum(not score.misshapen for score in scores), len(scores)),
        citation_precision=_share(sum(one.citations_hit for one in hits), sum(one.citations for one in hits)),
        citation_recall=_share(sum(one.evidence_hit for one in hits), sum(one.evidence for one in hits)),
        abstention_precision=_share(right_abstentions, sum(score.abstained for score in scores)),
        abstention_recall=_share(right_abstentions, sum(score.expects_abstention for score in scores)),
        leaks=sum(len(score.leaks) for score in scores),
        leaks_checked=sum(score.leaks_checked for score in scores),
        p50=percentile([score.seconds for score in scores], 50),
        p95=percentile([score.seconds for score in scores], 95),
    )


def summarise_groups(scores: Sequence[Score]) -> dict[str, Summary]:
    """Summaries by kind (`fact`), by phrasing if given (`phrasing:b`), and of all (`total`, the last)."""
    groups = {kind: summarise(part) for kind, part in _grouped(scores, lambda score: score.kind).items()}
    if any(score.phrasing for score in scores):
        by_phrasing = _grouped(scores, lambda score: f"phrasing:{score.phrasing or '-'}")
        groups |= {name: summarise(part) for name, part in by_phrasing.items()}
    return {**groups, TOTAL: summarise(scores)}


def percentile(values: Iterable[float], percent: float) -> float:
    """The nearest-rank percentile: the least value that at least `percent` % of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)] if ordered else 0.0


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _grouped(scores: Sequence[Score], key: Callable[[Score], str]) -> dict[str, list[Score]]:
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(key(score), []).append(score)
    return groups
