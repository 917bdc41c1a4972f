"""Which clauses of a review say which words, found once for all measures."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from assistant.promises.review import Clause
from assistant.promises.terms import Term, degree

_AROUND = 0.5
"""What a word counts that stands not in the clause but elsewhere in its sentence."""
_RARE = 2
_PAIR = re.compile(r"(?=([㐀-鿿A-Za-z]{2}))")


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring letters of a text; figures and stops part them."""
    return [match[1] for match in _PAIR.finditer(text)]


class Index:
    """The clauses of a review, and the texts of the plan for telling how common a word is."""

    def __init__(self, clauses: Sequence[Clause], plan: Sequence[str]) -> None:
        self.clauses = clauses
        self._texts = [clause.text for clause in clauses] + list(plan)
        self._sentences = list(dict.fromkeys(clause.sentence for clause in clauses))
        self._rarity: dict[str, float] = {}
        self._says: dict[str, dict[int, float]] = {}
        self._pairs: dict[str, list[int]] = {}
        for number, clause in enumerate(clauses):
            for pair in set(pairs(clause.text)):
                self._pairs.setdefault(pair, []).append(number)

    def rarity(self, text: str) -> float:
        """Inverse document frequency over the clauses of both reports, smoothed: 1 for what stands nearly everywhere,
        some 7 for what stands once.
        """
        if text not in self._rarity:
            among = sum(text in clause for clause in self._texts)
            self._rarity[text] = 1.0 + math.log((len(self._texts) + 1) / (among + 1))
        return self._rarity[text]

    def rare(self, text: str) -> bool:
        """Whether so few clauses of the review say it that it must be a name."""
        return sum(text in clause.text for clause in self.clauses) <= _RARE

    def shares(self, phrase: str) -> dict[int, float]:
        """Which share of the character pairs of a phrase each clause has, 0…1, rare pairs counting more."""
        wanted = {pair: self._pair_weight(pair) for pair in pairs(phrase)}
        total = sum(wanted.values())
        found: dict[int, float] = {}
        for pair, weight in wanted.items():
            for number in self._pairs.get(pair, ()):
                found[number] = found.get(number, 0.0) + weight / total
        return found

    def _pair_weight(self, pair: str) -> float:
        return math.log((len(self.clauses) + 1) / (len(self._pairs.get(pair, ())) + 1)) + 0.1

    def says(self, term: Term) -> dict[int, float]:
        """How far each clause (by its number) says a term; clauses that do not are left out."""
        if term.text not in self._says:
            around = {s: _AROUND * how for s in self._sentences if (how := degree(term, s)) > 0}
            found: dict[int, float] = {}
            for number, clause in enumerate(self.clauses):
                if clause.sentence in around:
                    found[number] = max(degree(term, clause.text), around[clause.sentence])
            self._says[term.text] = found
        return self._says[term.text]
