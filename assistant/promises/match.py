"""One thing of a measure against the clauses of a review: the clause that says most of it, and how much that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.promises.index import Index
from assistant.promises.judge import other_object, same_figures, shared_name, shortfall
from assistant.promises.review import Clause
from assistant.promises.terms import Term, bare, degree, terms
from assistant.promises.types import Verdict
from assistant.promises.wording import words

YES = 0.7
"""From this share of a thing's weight on, a clause speaks of it."""
PART = 0.36
"""From here on, of something that belongs to it."""
_PAIRS = 0.4
"""What the character pairs count beside the words: they tell words that stand together from scattered ones."""
_FIGURE = 0.1
"""What it adds that the figure is of the same sort, at most."""
_PLAIN_ONLY = 0.85
"""What a thing must reach that is named in plain words alone (重大项目500个)."""
_LOOKED_AT = 6
"""Clauses that are read closely for one thing."""
_BESIDE = 0.7
"""Another clause that reaches this share of the best one's score is shown beside it."""
_NEAR = 0.04
"""What the clause nearest in meaning must gain by that to count where words alone would not do."""
_ORDER: dict[Verdict, int] = {"no": 0, "part": 1, "yes": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """A thing of a measure and the clause that says most of it (None where no clause has a word of it).

    `found` and `missed`: its words; `weight`: how much it tells beside the measure's other things; `note`: why it is
    answered in part only; `sure`: the clause has its title in quotes, whatever else is missing; `beside`: other
    clauses that say nearly as much; `other`: the clause speaks of another thing of the same sort.
    """

    clause: Clause | None
    score: float
    verdict: Verdict
    found: tuple[str, ...]
    missed: tuple[str, ...]
    weight: float
    note: str = ""
    sure: bool = False
    beside: tuple[Clause, ...] = ()
    other: bool = False


def best_match(phrase: str, index: Index, body: frozenset[str], near: Mapping[int, float]) -> Match:
    """The clause that answers a normalised phrase best.

    `body`: the body's own names (see `terms`); `near`: what clauses gain by being near in meaning.
    """
    wanted = terms(phrase, index.rarity, body)
    total = sum(term.weight for term in wanted)
    missing = tuple(term.text for term in wanted)
    if not total:
        return Match(None, 0.0, "no", (), (), 0.0)
    scores: dict[int, float] = {}
    for term in wanted:
        for number, how in index.says(term).items():
            scores[number] = scores.get(number, 0.0) + term.weight * how / total
    shares = index.shares(bare(phrase))
    for number, score in scores.items():
        scores[number] = (1 - _PAIRS) * score + _PAIRS * shares.get(number, 0.0) + near.get(number, 0.0)
    ranked = sorted(scores, key=lambda number: (-scores[number], number))[:_LOOKED_AT]
    nearest = max(near, key=lambda number: near[number], default=None)
    if nearest is not None and nearest in scores and nearest not in ranked:
        ranked.append(nearest)
    read = [_read(phrase, wanted, index, index.clauses[number], scores[number], total) for number in ranked]
    read = [
        _by_meaning(match) if number == nearest and near[number] >= _NEAR else match
        for number, match in zip(ranked, read, strict=True)
    ]
    if not read:
        return Match(None, 0.0, "no", (), missing, total)
    best = max(read, key=lambda match: (_ORDER[match.verdict], match.score))
    beside = [m.clause for m in read if m is not best and m.verdict != "no" and m.score >= _BESIDE * best.score]
    return replace(best, beside=tuple(clause for clause in beside if clause is not None))


def _read(phrase: str, wanted: Sequence[Term], index: Index, clause: Clause, score: float, total: float) -> Match:
    found = tuple(t.text for t in wanted if degree(t, clause.sentence) >= 0.5)
    missed = tuple(t.text for t in wanted if t.text not in found and t.text not in words("plain"))
    score = min(1.0, score + _FIGURE * same_figures(phrase, clause.text))
    telling = [term for term in wanted if term.text not in words("plain")]
    here = [term for term in telling if degree(term, clause.text) >= 0.5]
    title = any(term.title and len(term.text) > 2 and term.text in clause.text for term in wanted)
    name = shared_name(phrase, clause.text)
    if other_object(phrase, clause.text):
        return Match(clause, score, "no", found, missed, total, other=True)
    if score < PART and (title or (name and index.rare(name))):
        return Match(clause, PART, "part", found, missed, total, sure=title)
    if (telling and not here) or score < (PART if telling else _PLAIN_ONLY):
        return Match(clause, score, "no", found, missed, total)
    if score < YES or any(term.name and degree(term, clause.sentence) == 0 for term in wanted):
        return Match(clause, score, "part", found, missed, total)
    note = shortfall(phrase, clause)
    return Match(clause, score, "part" if note else "yes", found, missed, total, note)


def _by_meaning(match: Match) -> Match:
    """The clause nearest in meaning speaks of the measure in part, where it has a telling word of it at least."""
    telling = any(word not in words("plain") for word in match.found)
    if match.verdict != "no" or match.clause is None or not telling or match.other:
        return match
    return replace(match, verdict="part", score=max(match.score, PART), note="意思相近", sure=True)
