"""What a peer found, judged by the metrics that judge the product: evidence, wrong years and bodies, answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.gold import Gold
from eval.metrics.citations import citation_hits
from eval.metrics.leaks import leaks
from eval.peers.job import Asked, Found
from eval.peers.locate import Place, Sources
from eval.peers.reader import answered, best_sentence

SHOWN = 2000
"""Characters that a person reads: passages differ in length, so evidence is also counted within these."""
TOP = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Of one question: pieces of evidence in all, among the first five passages, and within the first SHOWN characters;
    for each of the first five whether it is of a body, of a year not asked for (None: the question names none);
    passages that could not be located, and characters shown.
    """

    kind: str
    evidence: int
    hit: int
    hit_shown: int
    bodies: tuple[bool | None, ...]
    years: tuple[bool | None, ...]
    unlocated: int
    characters: int


def judged(gold: Gold, found: Sequence[Found], sources: Sources) -> Judged:
    """One question's passages, best first. The peer's own text decides what is evidence, wherever it stands."""
    top = found[:TOP]
    counted = bool(gold.evidence) and not gold.expects_abstention
    places = [sources.locate(one) for one in top]
    wrong = [_wrong(gold, one, place, sources) for one, place in zip(top, places, strict=True)]
    return Judged(
        kind=gold.kind,
        evidence=len(gold.evidence) if counted else 0,
        hit=_hit(gold, top, sources) if counted else 0,
        hit_shown=_hit(gold, _shown(found), sources) if counted else 0,
        bodies=tuple(body for body, _ in wrong),
        years=tuple(year for _, year in wrong),
        unlocated=sum(place is None for place in places),
        characters=sum(len("".join(one.text.split())) for one in top),
    )


def _hit(gold: Gold, found: Sequence[Found], sources: Sources) -> int:
    given = [{"source_file": one.files[0], "quote": one.text} for one in found]
    return citation_hits(given, gold.evidence, gold.also, sources.copies, gold.same).evidence_hit


def _shown(found: Sequence[Found]) -> list[Found]:
    """The passages as far as they are read: the last one is cut."""
    left, shown = SHOWN, []
    for one in found:
        if left <= 0:
            break
        shown.append(Found(one.files, one.text[:left]))
        left -= len(one.text)
    return shown


def _wrong(gold: Gold, found: Found, place: Place | None, sources: Sources) -> tuple[bool | None, bool | None]:
    """Of another body, of another year. A passage that reaches over several of ours is only if all of them are."""
    given = sources.citations(found, found.text, place)
    return _all_leak(replace(gold, periods=()), given, sources), _all_leak(replace(gold, orgs=()), given, sources)


def _all_leak(gold: Gold, given: Sequence[Mapping[str, Any]], sources: Sources) -> bool | None:
    known = (*gold.evidence, *gold.also, *gold.same)
    hits = [citation_hits([one], known, (), sources.copies).evidence_hit > 0 for one in given]
    told = leaks({"citations": given}, gold, hits)
    return len(told.faults) == len(given) if told.checked else None


def baseline_answer(gold: Gold, asked: Asked, found: Sequence[Found], sources: Sources) -> dict[str, Any]:
    """What the baseline reader makes of the first passage. Of the passages of ours that the sentence may stand in, one
    of the right body and year is taken where there is one.
    """
    sentence = best_sentence(found[0].text, asked.question) if found else None
    if sentence is None:
        return {"id": gold.id, **answered(asked, None, None)}
    place = sources.locate(Found(found[0].files, sentence))
    given = sources.citations(found[0], sentence, place)
    right = [one for one in given if not leaks({"citations": [one]}, gold, [False]).faults]
    return {"id": gold.id, **answered(asked, sentence, (right or given)[0])}
