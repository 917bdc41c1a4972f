"""Do the citations point at the gold evidence (precision), and is all the evidence cited (recall)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from eval.gold import Evidence
from eval.metrics.text import skeleton

SHARED = 0.6
"""Share of the shorter text that the longest common substring must reach for two texts to be the same passage."""

SHORTEST = 4
"""Characters; anything shorter is found in too many places to prove anything."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Counts, so that they can be added up: citations that hit any evidence, evidence items hit by any citation."""

    citations: int
    citations_hit: int
    evidence: int
    evidence_hit: int


def citation_hits(
    citations: Sequence[Mapping[str, Any]],
    evidence: Sequence[Evidence],
    also: Sequence[Evidence],
    copies: Mapping[str, frozenset[str]],
    same: Sequence[Evidence] = (),
) -> Hits:
    """Compares every citation with every evidence item. A citation of `also` is no miss, and hits no evidence; one of
    `same`, which says all that the evidence says, hits all of it.

    copies: for a file name the names of all files that hold the same report (itself included); a file that is not
    there has no copies.
    """
    grid = [[supports(citation, item, copies) for item in (*evidence, *also, *same)] for citation in citations]
    told = any(supports(citation, item, copies) for citation in citations for item in same)
    return Hits(
        citations=len(citations),
        citations_hit=sum(any(row) for row in grid),
        evidence=len(evidence),
        evidence_hit=len(evidence) if told else sum(any(row[i] for row in grid) for i in range(len(evidence))),
    )


def supports(citation: Mapping[str, Any], item: Evidence, copies: Mapping[str, frozenset[str]]) -> bool:
    """Whether the citation's quote is the evidence: the same file or a copy of it, and the same passage."""
    name = str(citation["source_file"])
    if item.file is not None and item.file != name and item.file not in copies.get(name, frozenset()):
        return False
    return same_passage(str(citation["quote"]), item.text)


def same_passage(left: str, right: str) -> bool:
    """Whether one text contains the other or they share a common substring of `SHARED` of the shorter, compared by
    letters and digits of their simplified form.
    """
    short, long = sorted((skeleton(left), skeleton(right)), key=len)
    if len(short) < SHORTEST:
        return bool(short) and short == long
    if short in long:
        return True
    match = SequenceMatcher(None, short, long, autojunk=False).find_longest_match()
    return match.size >= max(SHORTEST, SHARED * len(short))
