"""Which names are one indicator within a body: the alias table, near-equal spellings, and what the user says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.ledger.names import Entry, Name, entries, is_generic, name_of
from assistant.ledger.reading import Reading
from assistant.ledger.types import Joins, Measure

_TELLING = frozenset(
    "男女老幼儿童婴新旧乡村县市省区城农公私国内外前后上下左右大小高低增减进出入甲乙丙丁一二三四五六七八九十两半总净实非不无未再初早晚0123456789"
)
"""A single character that makes another indicator of a name."""

_LEAST = 7
"""Shorter names are not taken for one another: one character of few is telling."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the user says of names: phrases `apart` get a key of their own, `leads` that of the phrase given."""

    apart: frozenset[str] = frozenset()
    leads: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, joins: Joins, counted: Mapping[str, int]) -> Spoken:
        """`counted`: how many figures each phrase that is spoken of is told of."""
        # Of two that are kept apart the rarer one moves, so that the other stays where it was.
        apart = {
            phrase
            for pair in joins.apart
            for phrase in sorted(pair, key=lambda phrase: (-counted.get(phrase, 0), phrase))[1:]
        }
        leads = {phrase: _lead(group, counted) for group in _merged(joins.equal) for phrase in group}
        return cls(frozenset(apart), leads)


NOTHING_SPOKEN = Spoken()


class Joiner:
    """Decides the row key of each reading of one body, and the name shown for a key."""

    def __init__(self, readings: Sequence[Reading], spoken: Spoken = NOTHING_SPOKEN) -> None:
        self._spoken = spoken
        region = readings[0].report.region or "" if readings else ""
        self._forced = {phrase: name_of(lead, region).key or lead for phrase, lead in spoken.leads.items()}
        self._near = _near_spellings(readings)
        self._texts: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: dict[str, Entry] = {entry.name: entry for entry in entries().values()}
        for one in readings:
            self._texts[self.key(one)][one.name.text] += 1

    def key(self, one: Reading) -> str:
        """The key of the indicator that a reading belongs to."""
        phrase = one.figure.indicator
        if phrase in self._spoken.apart:
            return f"{one.name.key}|{phrase}"
        forced = self._forced.get(phrase)
        return self._near.get(one.name.key, one.name.key) if forced is None else forced

    def shown(self, key: str, measure: Measure) -> str:
        """The name of a key as a clerk reads it."""
        entry = self._entries.get(key)
        if entry is not None:
            return entry.rate if measure == "share" else entry.name
        texts = self._texts[key]
        return max(texts, key=lambda text: (texts[text], -len(text), text)) if texts else key


def _lead(group: frozenset[str], counted: Mapping[str, int]) -> str:
    """Of phrases that are one indicator the commonest that names something by itself."""
    return min(group, key=lambda phrase: (is_generic(name_of(phrase)), -counted.get(phrase, 0), phrase))


def _merged(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups that share a phrase are one group."""
    merged: list[frozenset[str]] = []
    for group in groups:
        touching = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group]
        merged.append(group.union(*touching))
    return merged


def _near_spellings(readings: Iterable[Reading]) -> dict[str, str]:
    """Keys that are another key with a character lost (生活饮用水质监测), where that is unambiguous."""
    known: dict[str, Name] = {}
    for one in readings:
        if len(one.name.text) >= _LEAST:
            known.setdefault(one.name.key, one.name)
    grams: dict[str, set[str]] = defaultdict(set)
    for key, name in known.items():
        for gram in (name.text[:3], name.text[-3:]):
            grams[gram].add(key)
    found: dict[str, str] = {}
    for key, name in known.items():
        if name.entry is not None:
            continue
        near = grams[name.text[:3]] | grams[name.text[-3:]]
        whole = [other for other in near if other != key and _lost_one(name.text, known[other].text)]
        if len(whole) == 1:
            found[key] = whole[0]
    return found


def _lost_one(short: str, whole: str) -> bool:
    """Whether `short` is `whole` without one character that does not tell indicators apart."""
    if len(whole) != len(short) + 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, whole, strict=False)) if a != b), len(short))
    return short[at:] == whole[at + 1 :] and whole[at] not in _TELLING and not re.match(r"[A-Za-z]", whole[at])
