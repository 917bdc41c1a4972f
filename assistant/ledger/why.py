"""Why the wordings of a row are one indicator (为何合并), and which wordings the user has joined or parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from assistant.ledger.names import Name, is_generic, name_of
from assistant.ledger.types import LedgerRow

_TABLE = "同义词表里都是“{name}”"
_BARE = "去掉任务数、年份这类不影响意思的字后相同"
_GENERIC = "没有写明说的是什么，按同段前一个指标理解"
_ALIKE = "写法只差一个字"
_GIVEN, _PARTED = "由用户合并", "由用户分开"


@dataclass(frozen=True, slots=True)
class Link:
    """Two wordings, of which a row holds the first; `reason` says in Chinese why they are one or two indicators.

    `said` is what the user says of them: the same (True), different (False), nothing (None). `fixed`: they cannot be
    parted by name: the second names nothing by itself, or the first is only the name that the row is shown under.
    """

    first: str
    second: str
    reason: str
    said: bool | None = None
    fixed: bool = False

    @property
    def id(self) -> str:
        """The same for the same two wordings."""
        return sha256("\x1f".join(sorted((self.first, self.second))).encode()).hexdigest()[:12]

    @property
    def joined(self) -> bool:
        """Whether they are one indicator now."""
        return self.said is not False


def links(row: LedgerRow, spoken: Iterable[tuple[str, str, bool]]) -> tuple[Link, ...]:
    """What holds the wordings of a row together, and what was parted from it.

    `spoken`: (first, second, whether they are the same), as the archive keeps what the user says.
    """
    region = row.region or ""
    names = {phrase: name_of(phrase, region) for phrase in row.phrases}
    said = [(first, second, same) for first, second, same in spoken if {first, second} & names.keys()]
    given = [_spoken(first, second, same, names) for first, second, same in said]
    answered = {phrase for link in given if link.joined for phrase in (link.first, link.second)}
    lead = _lead(row, names)
    rest = [phrase for phrase in row.phrases if phrase != lead and phrase not in answered]
    found = [_found(lead, phrase, names) for phrase in rest]
    entry = names[lead].entry
    if not rest and entry is not None and lead not in answered and lead != row.name:
        found = [Link(row.name, lead, _TABLE.format(name=entry.name), fixed=True)]
    return (*found, *given)


def _spoken(first: str, second: str, same: bool, names: dict[str, Name]) -> Link:
    held, other = (first, second) if first in names else (second, first)
    return Link(held, other, _GIVEN if same else _PARTED, same)


def _found(lead: str, phrase: str, names: dict[str, Name]) -> Link:
    """Why the program takes a wording for the leading one."""
    name, first = names[phrase], names[lead]
    if name.entry is not None and name.entry is first.entry:
        return Link(lead, phrase, _TABLE.format(name=name.entry.name))
    if name.key == first.key:
        return Link(lead, phrase, _BARE)
    if is_generic(name):
        return Link(lead, phrase, _GENERIC, fixed=True)
    return Link(lead, phrase, _ALIKE)


def _lead(row: LedgerRow, names: dict[str, Name]) -> str:
    """The commonest wording of the row that names something by itself; the others are told from it."""
    counted = Counter(cell.record.figure.indicator for cell in row.cells)
    return min(row.phrases, key=lambda phrase: (is_generic(names[phrase]), -counted[phrase], phrase))
