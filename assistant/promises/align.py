"""Sets measures beside the clauses of a review: which of them say the same thing, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.promises.components import components
from assistant.promises.index import Index
from assistant.promises.match import Match, best_match
from assistant.promises.measures import find_measures
from assistant.promises.near import nearness
from assistant.promises.review import clauses
from assistant.promises.types import Embeds, Evidence, Measure, Promise, Verdict
from ingest.archive.records import PassageRecord
from ingest.clean import normalise
from ingest.figures.lexer import values

_FULL = 0.8
"""Which share of a measure's things must be fully there."""
_BESIDE = 0.6
"""Evidence in part is shown only where it is nearly as good as the best."""
_MANNER = 0.4
"""What a piece without a figure counts beside one that has one."""
_LEAST = 0.3
"""What a measure of several things must reach as a whole where none of them is fully there."""
_MOST = 3
"""Pieces of evidence shown for one measure."""


def compare(
    plan: Sequence[PassageRecord],
    review: Sequence[PassageRecord],
    encoder: Embeds | None = None,
    *,
    body: frozenset[str] = frozenset(),
) -> list[Promise]:
    """Each measure of the plan with what the review says about it."""
    return align(find_measures(plan), review, encoder, body=body)


def align(
    measures: Sequence[Measure],
    review: Sequence[PassageRecord],
    encoder: Embeds | None = None,
    *,
    body: frozenset[str] = frozenset(),
) -> list[Promise]:
    """The same for measures at hand. `body`: names of the body's own place, which tell no measure from another.

    With an encoder, a clause that is near in meaning needs fewer of the measure's words. Only measures that the words
    do not settle are embedded.
    """
    said = clauses(review)
    plans = list({id(m.passage): normalise(m.passage.text.text) for m in measures}.values())
    index = Index(said, plans)
    promises = [_promise(measure, index, body, {}) for measure in measures]
    if encoder is None or not said:
        return promises
    unsure = [number for number, promise in enumerate(promises) if promise.verdict != "yes"]
    gains = nearness([measures[number].text for number in unsure], [clause.text for clause in said], encoder)
    for number, near in zip(unsure, gains, strict=True):
        promises[number] = _promise(measures[number], index, body, near)
    return promises


def _promise(measure: Measure, index: Index, body: frozenset[str], near: Mapping[int, float]) -> Promise:
    text = normalise(measure.text)
    matches = [best_match(text[a:b], index, body, near) for a, b in components(text)]
    matches = _weighed(text, matches)
    total = sum(match.weight for match in matches) or 1.0
    score = sum(match.score * match.weight for match in matches) / total
    kept = [m for m in matches if m.verdict != "no" and m.clause is not None]
    if not kept or (score < _LEAST and not any(m.verdict == "yes" or m.sure for m in kept)):
        absent = [word for match in matches for word in match.missed]
        reason = "总结中没有找到：" + "、".join(absent[:4]) if absent else "总结中没有相应的说法"
        return Promise(measure, "no", (), score, reason)
    full = sum(match.weight for match in matches if match.verdict == "yes")
    verdict: Verdict = "yes" if full / total >= _FULL else "part"
    return Promise(measure, verdict, _evidence(kept), score, _reason(matches, kept))


def _evidence(kept: Sequence[Match]) -> tuple[Evidence, ...]:
    """The best clause of each thing, then those that say nearly as much."""
    best = max(match.score for match in kept)
    ranked = sorted(kept, key=lambda match: -match.score)
    good = [match for match in ranked if match.verdict == "yes" or match.score >= _BESIDE * best]
    clauses_shown = [(match.clause, match.score) for match in good]
    clauses_shown += [(clause, _BESIDE * match.score) for match in good for clause in match.beside]
    evidence: list[Evidence] = []
    for clause, score in clauses_shown:
        if clause is not None and not any(e.passage is clause.passage and e.start == clause.start for e in evidence):
            evidence.append(Evidence(clause.passage, clause.start, clause.end, score))
    return tuple(evidence[:_MOST])


def _reason(matches: Sequence[Match], kept: Sequence[Match]) -> str:
    found = [word for match in kept for word in match.found]
    missed = [word for match in matches if match.verdict != "yes" for word in match.missed]
    notes = list(dict.fromkeys(match.note for match in kept if match.note))
    reason = "命中：" + "、".join(dict.fromkeys(found))
    if missed:
        reason += "；未见：" + "、".join(dict.fromkeys(missed))
    return "；".join([reason, *notes])


def _weighed(text: str, matches: list[Match]) -> list[Match]:
    """Beside a figure, how it is to be reached counts little (…4000人，按月调度、逐季通报)."""
    figured = [bool(values(text[a:b])) for a, b in components(text)]
    if not any(figured):
        return matches
    return [m if own else replace(m, weight=_MANNER * m.weight) for m, own in zip(matches, figured, strict=True)]
