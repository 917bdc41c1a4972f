"""A report as plain data: a title and blocks, each sentence marked so that it is found again after any damage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eval.sample.facts import ReportSpec
from eval.sample.sentences import Role, Said

BlockKind = Literal["title", "heading", "paragraph", "row", "sign"]


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the report. `level` is that of a heading; `said` are the sentences of a paragraph, `text` the rest.

    In `text` the character chr(0xF0000 + n) opens sentence n of the report's `said` and chr(0x100000 + n) closes it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    part: Role = "review"


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed report. `said[n]` is what stands between the marks n; `group[n]` its section's number."""

    spec: ReportSpec
    title: str
    blocks: tuple[Block, ...]
    said: tuple[Said, ...]
    group: tuple[int, ...]


def mark(number: int, text: str) -> str:
    """`text` between the marks of sentence `number`."""
    return f"{chr(0xF0000 + number)}{text}{chr(0x100000 + number)}"
