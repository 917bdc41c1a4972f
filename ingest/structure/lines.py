"""Blocks → lines: one line is what a writer would have set on its own, even where a converter ran lines together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.mapped import MappedText
from ingest.structure.numbering import numbering_at
from ingest.structure.phrase import LONGEST_PHRASE, PART_TITLE, phrase_end
from ingest.types import Block, BlockKind

_SHORT_LINE = 60
_NUMBER_AHEAD = re.compile(r"[。！？：:”）)\s](?=[（(〔\[]?[一二三四五六七八九十\d０-９]{1,3}[）)〕\]、.．]|[㈠-㈩])")
"""What a number in mid-line stands behind."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: text without white space at its ends, never empty; `level` is the declared one."""

    text: MappedText
    kind: BlockKind = "paragraph"
    level: int | None = None
    page: int | None = None

    @property
    def string(self) -> str:
        """The cleaned characters."""
        return self.text.text

    def piece(self, start: int, end: int) -> Line | None:
        """Part of this line as a line of its own; None when only white space is there."""
        text = self.text.text
        if end > len(text):
            end = len(text)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return None
        if end - start == len(text):
            return self
        return Line(self.text[start:end], self.kind, self.level, self.page)

    def span(self) -> tuple[int, int]:
        """Source offsets from the least to the greatest."""
        return min(self.text.starts), max(self.text.ends)


def to_lines(blocks: Iterable[Block]) -> list[Line]:
    """Every block's lines in reading order; table rows stay whole."""
    lines: list[Line] = []
    last_number: dict[str, int] = {}
    for block in blocks:
        line = Line(block.text, block.kind, block.level, block.page).piece(0, len(block.text))
        if line is None:
            continue
        if block.kind == "table_row":
            lines.append(line)
            continue
        for row in _at(line, _newlines(line.string)):
            lines.extend(_at(row, list(_run_together(row.string, last_number))))
    return lines


def _at(line: Line, cuts: list[int]) -> Iterator[Line]:
    for start, end in zip([0, *cuts], [*cuts, len(line.string)], strict=True):
        piece = line.piece(start, end)
        if piece is not None:
            yield piece


def _newlines(text: str) -> list[int]:
    return [found.start() for found in re.finditer("\n", text)] if "\n" in text else []


def _run_together(text: str, last_number: dict[str, int]) -> Iterator[int]:
    """Where headings start inside a long line: `……如下： 一、工作总结 （一）改革推进 1、项目落实 全年……`.

    Only a number that continues its row (or starts one) counts, so that `共 2、3 号楼` stays text.
    """
    first = numbering_at(text)
    if first is not None:
        last_number[first.style] = first.number
    if len(text) <= _SHORT_LINE:
        return
    last_end = phrase_end(text, first.end) if first is not None else 0
    cuts = [cut for found in PART_TITLE.finditer(text) if _after_stop(text, found.start()) for cut in found.span()]
    for found in _NUMBER_AHEAD.finditer(text):
        at = found.end()
        before = _trimmed_end(text, at)
        if not before or not (text[before - 1] in "。！？：:”）)" or (before < at and before <= last_end)):
            continue
        numbering = numbering_at(text[at : at + LONGEST_PHRASE])
        if numbering is None or numbering.number not in (1, last_number.get(numbering.style, -1) + 1):
            continue
        end = phrase_end(text, at + numbering.end)
        if not end:
            continue
        last_number[numbering.style] = numbering.number
        last_end = end
        cuts.append(at)
    yield from sorted(cuts)


def _after_stop(text: str, at: int) -> bool:
    end = _trimmed_end(text, at)
    return not end or text[end - 1] in "。！？"


def _trimmed_end(text: str, at: int) -> int:
    """Where the text before `at` ends without white space; 0 when there is none."""
    while at and text[at - 1].isspace():
        at -= 1
    return at
