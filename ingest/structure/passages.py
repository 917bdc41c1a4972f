"""Lines of one section → passages of whole sentences within a token budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.mapped import MappedText
from ingest.structure.lines import Line
from ingest.structure.sentences import sentence_spans
from ingest.structure.tokens import count_tokens
from ingest.types import Passage

_SEAM = 2
"""Joining two texts changes only the tokens at the seam: the count is that of both, give or take less than this."""
_CLAUSE = re.compile(r"[，,、：:]")


@dataclass(frozen=True, slots=True)
class _Unit:
    """The least thing that is packed: a paragraph, a sentence or, where one is far too long, some of its clauses."""

    text: MappedText
    tokens: int
    page: int | None
    opens: bool
    """Whether it begins a paragraph (a line)."""


def pack(lines: Sequence[Line], budget: int) -> tuple[Passage, ...]:
    """Passages of at most `budget` tokens, in reading order, without overlap, together holding all of the lines.

    Paragraphs stay whole where they fit; a single sentence over the budget is a passage of its own, and is divided at
    commas only when it is more than twice the budget. Paragraphs within a passage are parted by a line break.
    """
    passages: list[Passage] = []
    held: list[_Unit] = []
    weight = 0
    for line in lines:
        tokens, units = _measure(line, budget)
        if held and weight + tokens > budget and (tokens <= budget or _full(held, budget)):
            _flush(held, budget, passages)
            weight = 0
        if tokens <= budget or line.kind == "table_row":
            held.append(_Unit(line.text, tokens, line.page, True))
            weight += tokens + 1
            continue
        for unit in units or _sentences(line, budget):
            if held and weight + unit.tokens > budget:
                _flush(held, budget, passages)
                weight = 0
            held.append(unit)
            weight += unit.tokens + 1
    _flush(held, budget, passages)
    return tuple(passages)


def _measure(line: Line, budget: int) -> tuple[int, list[_Unit]]:
    """The line's tokens, and its sentences if they had to be counted for that.

    Counting is what packing costs. A line of about as many characters as the budget has tokens will be divided, so its
    sentences are counted at once, and the line as a whole only where their sum leaves room for doubt.
    """
    if 10 * len(line.string) > 9 * budget and line.kind != "table_row":
        units = list(_sentences(line, budget))
        tokens = sum(unit.tokens for unit in units)
        if tokens - _SEAM * len(units) > budget:
            return tokens, units
        return count_tokens(line.string), units
    return count_tokens(line.string), []


def _full(held: list[_Unit], budget: int) -> bool:
    """A passage that is half full is closed at a paragraph's end rather than filled with a piece of the next."""
    return sum(unit.tokens for unit in held) * 2 >= budget


def _sentences(line: Line, budget: int) -> Iterator[_Unit]:
    opens = True
    for start, end in sentence_spans(line.string):
        for first, last in _clauses(line.string, start, end, budget):
            piece = line.piece(first, last)
            if piece is not None:
                yield _Unit(piece.text, count_tokens(piece.string), line.page, opens)
                opens = False


def _clauses(text: str, start: int, end: int, budget: int) -> Iterator[tuple[int, int]]:
    """The sentence whole, or in pieces that end at a comma when it is more than twice the budget."""
    if end - start <= budget or count_tokens(text[start:end]) <= 2 * budget:
        yield start, end
        return
    at = start
    cuts = [found.end() for found in _CLAUSE.finditer(text, start, end)]
    for cut, following in pairwise([*cuts, end]):
        if at < cut and count_tokens(text[at:following]) > budget:
            yield at, cut
            at = cut
    yield at, end


def _flush(held: list[_Unit], budget: int, passages: list[Passage]) -> None:
    """Turn what is held into passages; the joined text is counted again, since pieces can cost more together."""
    while held:
        size = len(held)
        text = _joined(held)
        certain = sum(unit.tokens + _SEAM for unit in held) <= budget
        while size > 1 and not certain and count_tokens(text.text) > budget:
            size -= 1
            text = _joined(held[:size])
        passages.append(Passage(text, held[0].page))
        del held[:size]


def _joined(units: Sequence[_Unit]) -> MappedText:
    if len(units) == 1:
        return units[0].text
    paragraphs: list[list[MappedText]] = []
    for unit in units:
        if unit.opens or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(unit.text)
    return MappedText.join(
        (pieces[0] if len(pieces) == 1 else MappedText.join(pieces) for pieces in paragraphs), glue="\n"
    )
