"""Whether two copies of a text state the same figures.

Two years' reports of one bureau, and a draft and its final form, share most of their wording and differ in figures:
they are different reports, and a contradiction between them must be told. So each figure is compared in its place: with
the words before and after it, not only as a member of a set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.archive.fingerprint import NUMERALS
from ingest.types import Mark, Section

BEFORE, AFTER = 6, 2
"""Han characters around a figure that tell its place. 甲乡5人 and 乙乡7人 must not be the same place."""

_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)*%?|[{NUMERALS}]+)|(?P<mask>[xX×＊*○_]+)|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff])"
)
_ORDINAL = re.compile(
    rf"(?:^|(?<=[。；：\n]))\s*(?:[（(]\s*(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})\s*[）)]|"
    rf"(?:\d{{1,2}}[.．、](?!\d)|[{NUMERALS}]{{1,3}}、))+"
)
_UNSURE = frozenset({"masked", "doubtful", "damaged", "addressed"})

Place = tuple[str, str]


@dataclass(slots=True)
class Figures:
    """A report's figures by place. `open_places` hold a figure that is masked, doubtful, damaged or
    meant for a program: it may be any."""

    at: Counter[tuple[Place, tuple[str, ...]]] = field(default_factory=Counter)
    places: set[Place] = field(default_factory=set)
    open_places: set[Place] = field(default_factory=set)
    values: set[str] = field(default_factory=set)


def figures(sections: Sequence[Section], marks: Iterable[Mark], *, cut_off: bool = False) -> Figures:
    """The figures of a report's passages: Arabic and Chinese numerals, without the numbering of paragraphs.

    cut_off: the text ends where a copy was cut off, perhaps in the middle of a figure, which then may be any.
    """
    unsure = sorted((mark.start, mark.end) for mark in marks if mark.kind in _UNSURE)
    words: list[str] = []
    groups: dict[int, list[str | None]] = {}
    for token, value in _tokens(sections, unsure):
        if token == "han":
            words.append(value or "")
        else:
            groups.setdefault(len(words), []).append(value)
    text, found = "".join(words), Figures()
    for at, group in groups.items():
        place = text[max(0, at - BEFORE) : at], text[at : at + AFTER]
        known = tuple(value for value in group if value is not None)
        found.places.add(place)
        found.values.update(known)
        if len(known) < len(group) or (cut_off and at == len(text)):
            found.open_places.add(place)
        else:
            found.at[place, known] += 1
    return found


def disagreements(shorter: Figures, longer: Figures) -> int:
    """How many figures of `shorter` the text `longer` states otherwise, or does not state."""
    return sum(
        max(0, times - longer.at[place, group])
        if place in longer.places
        else times * (not longer.values.issuperset(group))
        for (place, group), times in shorter.at.items()
        if place not in shorter.open_places and place not in longer.open_places
    )


def _tokens(sections: Sequence[Section], unsure: list[tuple[int, int]]) -> Iterator[tuple[str, str | None]]:
    """(`han`, character) and (`number`, value), the value None where a mark says not to rely on it."""
    for section in sections:
        for passage in section.passages:
            text = passage.text.text
            near = [(s, e) for s, e in unsure if s < passage.end and e > passage.start] if unsure else []
            skip = {i for found in _ORDINAL.finditer(text) for i in range(*found.span())}
            for found in _TOKEN.finditer(text):
                if found.start() in skip:
                    continue
                if found["han"]:
                    yield "han", found["han"]
                    continue
                start, end = passage.text.span(*found.span()) if near else (0, 0)
                marked = any(s < end and e > start for s, e in near)
                if found["mask"] is None or marked:
                    yield "number", None if marked else found["number"].replace(",", "")
