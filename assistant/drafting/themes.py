"""Fields of work by the words that name them: two headings in other words may be one topic."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from assistant.drafting.headings import bigrams, core, dice
from assistant.question.data import table
from ingest.clean import normalise

_CLAUSE = re.compile(r"[，,；;]")
SAME = 0.5
"""From this similarity on two headings are one topic."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of work; see themes.toml. `planned`: most plans have it, though many a review does not name it."""

    name: str
    heading: str
    words: tuple[str, ...]
    hints: tuple[str, ...]
    planned: bool


@cache
def themes(field: str) -> tuple[Theme, ...]:
    """The fields of `health`, `government` or `general`, in the order of a usual plan."""
    text = files("assistant.drafting").joinpath("themes.toml").read_text(encoding="utf-8")
    return tuple(
        Theme(name, entry["heading"], tuple(entry["words"]), tuple(entry.get("hints", ())), entry.get("planned", False))
        for name, entry in tomllib.loads(text)[field].items()
    )


@lru_cache(maxsize=20_000)
def themes_of(heading: str, field: str) -> frozenset[str]:
    """The fields that a heading names, clause by clause; a clause with two objects may name two or three."""
    return frozenset[str]().union(
        *(_of_clause(clause, field) for clause in _CLAUSE.split(normalise(heading)) if clause)
    )


def _of_clause(clause: str, field: str) -> frozenset[str]:
    weights: dict[str, int] = {}
    for text, hints in ((clause, False), (_ordinary(clause), False), (clause, True)):
        weights = {one.name: _weight(text, one.hints if hints else one.words) for one in themes(field)}
        if any(weights.values()):
            break
    best = max(weights.values(), default=0)
    return frozenset(name for name, weight in weights.items() if weight and weight >= best / 2)


@lru_cache(maxsize=100_000)
def similarity(left: str, right: str, field: str) -> float:
    """How far two headings are one topic, 0 to 1: by the fields that they name, or by their wording."""
    one, other = themes_of(left, field), themes_of(right, field)
    shared = len(one & other) / len(one | other) if one or other else 0.0
    wording = dice(bigrams(core(left)), bigrams(core(right)))
    inner = core(left) in core(right) or core(right) in core(left)
    return min(1.0, max(0.9 * shared, wording, 0.7 if inner else 0.0) + (0.1 * wording if shared else 0.0))


def words_for(heading: str, field: str) -> tuple[str, ...]:
    """Words by which a text belongs to a heading's topic though it does not name it."""
    named = themes_of(heading, field)
    known = [word for theme in themes(field) if theme.name in named for word in theme.words]
    hinted = [word for name, words in table("topics")["topics"].items() if name in heading for word in (name, *words)]
    short = [word for name, words in table("synonyms")["shorthand"].items() if name in heading for word in words]
    return tuple(dict.fromkeys([*known, *hinted, *short]))


def _weight(text: str, words: tuple[str, ...]) -> int:
    """Characters of a text that belong to any of the words; a longer word is a surer sign."""
    held: set[int] = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            held.update(range(at, at + len(word)))
            at = text.find(word, at + 1)
    return len(held)


@lru_cache(maxsize=20_000)
def _ordinary(text: str) -> str:
    """The text and, behind it, what reports write for what clerks call things for short."""
    words = table("synonyms")
    meant = [other for word, others in words["shorthand"].items() if word in text for other in others]
    return " ".join([text, *meant]) if meant else text
