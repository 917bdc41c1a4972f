"""Questions on the two-year chains, in many wordings: the labelled targets and results as a clerk asks for them.

Every slot is asked for in wordings of both halves; which wording meets which slot is drawn with a fixed seed. Only what
is of the development half both by wording and by body may be looked at while the product is mended.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.figures.chains import LABELS
from eval.figures.wordings import Draw, wordings
from eval.reading.labels import labelled

TODAY = "2026-03-01"
"""The date that 今年 counts from where a wording sets no other."""

_FILE = re.compile(r"\d{4}_(?P<org>[^_]+)_")
_RANK = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|省|市)$")
_SENTENCE_ENDS = re.compile(r"[。\n]")
_KINDS = {"target_2025": "target", "result_2025": "result", "target_2026": "next"}
_NOT_JUDGED = "from_to"


@dataclass(frozen=True, slots=True)
class Slot:
    """A labelled piece of a report: `text` is what stands there; `numbers` None where it is said in words."""

    file: str
    start: int
    end: int
    indicator: str
    kind: str
    numbers: tuple[str, ...] | None
    unit: str
    text: str


Statement = tuple[Slot, ...]
"""What one sentence says of an indicator and year: the town's and the country's income, an amount and its growth."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what a right answer gives.

    `wanted`: of each group one statement whole, empty where the report states nothing; `others`: slots of other years
    and spans of years, which must not be given; `files`: all that may be cited.
    """

    text: str
    kind: str
    today: str
    spoken: bool
    development: bool
    wanted: tuple[tuple[Statement, ...], ...]
    others: tuple[Slot, ...]
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """A body's slots by indicator and kind; `development`: its faults may be looked at."""

    name: str
    files: frozenset[str]
    slots: Mapping[tuple[str, str], tuple[Slot, ...]]
    texts: Mapping[str, str]
    development: bool

    @property
    def short(self) -> str:
        """The name without its rank."""
        return _RANK.sub("", self.name)

    def statements(self, indicator: str, kind: str) -> tuple[Statement, ...]:
        """The slots of one kind by the sentence they stand in; those in numbers where there are any."""
        found: list[list[Slot]] = []
        for slot in sorted(self.slots.get((indicator, kind), ()), key=lambda slot: (slot.file, slot.start)):
            last = found[-1][-1] if found else None
            if last is None or last.file != slot.file or self._parted(last, slot):
                found.append([])
            found[-1].append(slot)
        numbered = [one for one in found if any(slot.numbers for slot in one)]
        return tuple(tuple(one) for one in numbered or found)

    def others(self, indicator: str, kinds: Iterable[str]) -> tuple[Slot, ...]:
        """What is said of the indicator for other years, or for several at once."""
        years = {kind.partition("_")[2] for kind in kinds}
        return tuple(
            slot
            for (own, kind), slots in self.slots.items()
            if own == indicator and kind.partition("_")[2] not in years
            for slot in slots
        )

    def _parted(self, first: Slot, second: Slot) -> bool:
        return _SENTENCE_ENDS.search(self.texts[first.file][first.end : second.start]) is not None


def make_questions(folder: Path) -> list[Asked]:
    """Every slot of the labels under `folder` as questions, in a fixed order. Raises LabelError."""
    bodies = read_bodies(folder)
    draw = Draw()
    return [*_single(bodies, draw), *_compared(bodies, draw)]


def read_bodies(folder: Path) -> list[Body]:
    """The bodies of the labels in the order of their names, the first half of them for development."""
    slots: dict[str, dict[tuple[str, str], list[Slot]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for row, path, document in labelled(LABELS, folder):
        named = _FILE.match(path.name)
        name = named["org"] if named else path.stem
        texts[name][path.name] = document.text
        for start, end, indicator, kind, numbers, unit in row["slots"]:
            if kind != _NOT_JUDGED:
                stated = None if numbers is None else tuple(numbers)
                text = document.text[start:end]
                slot = Slot(path.name, start, end, indicator, kind, stated, unit, text)
                slots[name][indicator, kind].append(slot)
    return [
        Body(
            name,
            frozenset(texts[name]),
            {key: tuple(found) for key, found in slots[name].items()},
            texts[name],
            development=2 * place < len(texts),
        )
        for place, name in enumerate(sorted(texts))
    ]


def _single(bodies: Sequence[Body], draw: Draw) -> Iterator[Asked]:
    for body in bodies:
        for indicator in wordings()["indicators"]:
            for slot, kind in (*_KINDS.items(), ("both", "both")):
                kinds = ("target_2025", "result_2025") if slot == "both" else (slot,)
                wanted = tuple(body.statements(indicator, one) for one in kinds)
                if not any(wanted) and slot == "result_2025":
                    kind, wanted = "unstated", ()
                elif not all(wanted):
                    continue
                for wording, text, development in draw.texts("result" if kind == "unstated" else kind, indicator):
                    name = draw.one((body.name, body.short))
                    yield _asked(
                        text.format(org=name, y=_year(kinds)),
                        kind,
                        wording,
                        [body],
                        indicator,
                        kinds,
                        wanted,
                        development,
                    )


def _compared(bodies: Sequence[Body], draw: Draw) -> Iterator[Asked]:
    """Two bodies of one half whose slots are stated in numbers of one unit."""
    for first, second in pairwise(bodies):
        if first.development != second.development:
            continue
        for indicator in wordings()["indicators"]:
            for slot in _KINDS:
                wanted = (first.statements(indicator, slot), second.statements(indicator, slot))
                if len({_units(group) for group in wanted}) != 1 or not all(_units(group) for group in wanted):
                    continue
                kind = f"compare_{slot.partition('_')[0]}"
                for wording, text, development in draw.texts(kind, indicator):
                    asked = text.format(first=first.short, second=second.short, y=_year((slot,)))
                    if slot != "target_2026" or "去年" not in asked:
                        yield _asked(asked, kind, wording, [first, second], indicator, (slot,), wanted, development)


def _asked(
    text: str,
    kind: str,
    wording: Mapping[str, Any],
    bodies: Sequence[Body],
    indicator: str,
    kinds: Iterable[str],
    wanted: tuple[tuple[Statement, ...], ...],
    development: bool,
) -> Asked:
    return Asked(
        text,
        kind,
        wording.get("today", TODAY),
        wording.get("spoken", False),
        development and all(body.development for body in bodies),
        wanted,
        tuple(slot for body in bodies for slot in body.others(indicator, kinds)),
        frozenset().union(*(body.files for body in bodies)),
    )


def _year(kinds: Iterable[str]) -> str:
    return next(iter(kinds)).partition("_")[2]


def _units(group: tuple[Statement, ...]) -> frozenset[str]:
    """The units of a group's numbers; empty where any of it is said in words."""
    slots = [slot for statement in group for slot in statement]
    return frozenset() if any(slot.numbers is None for slot in slots) else frozenset(slot.unit for slot in slots)
