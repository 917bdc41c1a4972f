"""Which names are one indicator within a body: the alias table, near-equal spellings, and what the user says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from assistant.ledger.names import Entry, Name, entries
from assistant.ledger.reading import Reading
from assistant.ledger.types import Joins, Measure

_TELLING = frozenset(
    "男女老幼儿童婴新旧乡村县市省区城农公私国内外前后上下左右大小高低增减进出入甲乙丙丁一二三四五六七八九十两半总净实非不无未再初早晚0123456789"
)
"""A single character that makes another indicator of a name."""

_LEAST = 7
"""Shorter names are not taken for one another: one character of few is telling."""


class Joiner:
    """Decides the row key of each reading, and the name shown for a key."""

    def __init__(self, readings: Sequence[Reading], joins: Joins) -> None:
        self._apart = _split_off(readings, joins)
        self._forced = _forced(readings, joins)
        self._near = _near_spellings(readings)
        self._texts: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: dict[str, Entry] = {entry.name: entry for entry in entries().values()}
        for one in readings:
            self._texts[self.key(one)][one.name.text] += 1

    def key(self, one: Reading) -> str:
        """The key of the indicator that a reading belongs to."""
        phrase = one.figure.indicator
        if phrase in self._apart:
            return f"{one.name.key}|{phrase}"
        if phrase in self._forced:
            return self._forced[phrase]
        return self._near.get((one.body, one.name.key), one.name.key)

    def shown(self, key: str, measure: Measure) -> str:
        """The name of a key as a clerk reads it."""
        entry = self._entries.get(key)
        if entry is not None:
            return entry.rate if measure == "share" else entry.name
        texts = self._texts[key]
        return max(texts, key=lambda text: (texts[text], -len(text), text)) if texts else key


def _split_off(readings: Iterable[Reading], joins: Joins) -> frozenset[str]:
    """The phrases that get a key of their own: of each pair the rarer one, so that the other stays where it was."""
    if not joins.apart:
        return frozenset()
    counted = Counter(one.figure.indicator for one in readings)
    return frozenset(
        phrase for group in joins.apart for phrase in sorted(group, key=lambda phrase: (-counted[phrase], phrase))[1:]
    )


def _forced(readings: Iterable[Reading], joins: Joins) -> dict[str, str]:
    """The key of each phrase that the user joined with others: that of the group's commonest name."""
    if not joins.equal:
        return {}
    groups = _merged(joins.equal)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    for one in readings:
        for number, group in enumerate(groups):
            if one.figure.indicator in group:
                counted[number][one.name.key] += 1
    return {
        phrase: counted[number].most_common(1)[0][0]
        for number, group in enumerate(groups)
        if counted[number]
        for phrase in group
    }


def _merged(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups that share a phrase are one group."""
    merged: list[frozenset[str]] = []
    for group in groups:
        touching = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group]
        merged.append(group.union(*touching))
    return merged


def _near_spellings(readings: Iterable[Reading]) -> dict[tuple[str, str], str]:
    """Keys of one body that are another key with a character lost (生活饮用水质监测), where that is unambiguous."""
    names: dict[str, dict[str, Name]] = defaultdict(dict)
    for one in readings:
        if len(one.name.text) >= _LEAST:
            names[one.body].setdefault(one.name.key, one.name)
    found: dict[tuple[str, str], str] = {}
    for body, known in names.items():
        grams: dict[str, set[str]] = defaultdict(set)
        for key, name in known.items():
            for gram in (name.text[:3], name.text[-3:]):
                grams[gram].add(key)
        for key, name in known.items():
            if name.entry is not None:
                continue
            near = grams[name.text[:3]] | grams[name.text[-3:]]
            whole = [other for other in near if other != key and _lost_one(name.text, known[other].text)]
            if len(whole) == 1:
                found[body, key] = whole[0]
    return found


def _lost_one(short: str, whole: str) -> bool:
    """Whether `short` is `whole` without one character that does not tell indicators apart."""
    if len(whole) != len(short) + 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, whole, strict=False)) if a != b), len(short))
    return short[at:] == whole[at + 1 :] and whole[at] not in _TELLING and not re.match(r"[A-Za-z]", whole[at])
