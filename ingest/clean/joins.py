"""Broken lines back to whole paragraphs: lines wrapped at a fixed width, and sentences cut by a page's end.

Lines are joined only where the words ask for it or where the page was plainly wrapped; a heading or a numbered item
always begins a paragraph of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.clean.draft import Draft, with_text
from ingest.clean.reasons import BETWEEN_LINES
from ingest.clean.shapes import ends_line, starts_enumeration, starts_heading, width
from ingest.mapped import MappedText
from ingest.types import Block, Furniture

_NEVER_FIRST = "，、。；：！？）”’》」』】％%,;"
_NEVER_LAST = "，、（“‘《「『【,("
_RUN = 5
"""Lines in a row, at least, before a fixed width can be told."""
_NARROWEST, _WIDEST = 24, 140
_FULL = 0.8
"""A line this share of the run's width is full; a bad text layer drops characters, so lines are not quite equal."""
_FULL_SHARE = 0.6
_CUT_SHARE = 0.5
_PAGE_CUT = 20


@dataclass(frozen=True, slots=True)
class _Line:
    """What joining needs to know of a block: `close` when nothing but white space and page furniture stands between
    it and the block before, `indented` when the source indents it, `full` when it fills the wrapped width.
    """

    text: str
    close: bool
    indented: bool
    full: bool
    page: int | None


def join_lines(draft: Draft) -> Draft:
    """Each paragraph as one block again."""
    lines = _lines(draft)
    groups: list[list[Block]] = []
    for i, block in enumerate(draft.blocks):
        if groups and _continues(draft.blocks[i - 1], block, lines[i - 1], lines[i]):
            groups[-1].append(block)
        else:
            groups.append([block])
    if len(groups) == len(draft.blocks):
        return draft
    return draft.changed(
        group[0] if len(group) == 1 else with_text(group[0], _joined(block.text for block in group)) for group in groups
    )


def _lines(draft: Draft) -> list[_Line]:
    spans = [block.text.span() for block in draft.blocks]
    pieces = sorted((piece for piece in draft.furniture), key=lambda piece: piece.start)
    starts = [piece.start for piece in pieces]
    full = _full_lines(draft.blocks)
    lines = []
    for i, block in enumerate(draft.blocks):
        start = spans[i][0]
        before = spans[i - 1][1] if i else 0
        between = pieces[bisect_left(starts, before) : bisect_left(starts, start)]
        lines.append(
            _Line(
                text=block.text.text,
                close=i > 0 and before <= start and all(piece.reason in BETWEEN_LINES for piece in between),
                indented=_is_indented(draft.source, start, between),
                full=i in full,
                page=block.page,
            )
        )
    return lines


def _is_indented(source: str, start: int, between: list[Furniture]) -> bool:
    if between and between[-1].end > start - 2:
        return False
    gap = source[max(0, start - 2) : start]
    return gap.endswith("\u3000") or gap in ("  ", "\xa0\xa0")


def _full_lines(blocks: tuple[Block, ...]) -> set[int]:
    """Indices of lines that fill the width of a run of wrapped lines."""
    full: set[int] = set()
    run: list[int] = []
    widths: list[int] = []
    for i, block in enumerate(blocks):
        columns = width(block.text.text) if block.kind == "paragraph" and len(block.text) <= _WIDEST else _WIDEST + 1
        widths.append(columns)
        if columns <= _WIDEST:
            run.append(i)
        else:
            full |= _full_of(run, widths, blocks)
            run = []
    return full | _full_of(run, widths, blocks)


def _full_of(run: list[int], widths: list[int], blocks: tuple[Block, ...]) -> set[int]:
    if len(run) < _RUN:
        return set()
    paper = sorted(widths[i] for i in run)[int(len(run) * 0.85)]
    full = {i for i in run if widths[i] >= _FULL * paper}
    cut = sum(1 for i in full if not ends_line(blocks[i].text.text))
    is_wrapped = paper >= _NARROWEST and len(full) >= _FULL_SHARE * len(run) and cut >= _CUT_SHARE * len(full)
    return full if is_wrapped else set()


def _continues(before: Block, block: Block, left: _Line, right: _Line) -> bool:
    """Whether `block` goes on with the sentence that `before` breaks off."""
    if before.kind != "paragraph" or block.kind != "paragraph" or not right.close:
        return False
    if right.text[0] in _NEVER_FIRST:
        return True
    if ends_line(left.text) or starts_heading(right.text) or right.indented:
        return False
    if left.text[-1] in _NEVER_LAST:
        return True
    if left.full:
        return True
    turned = left.page is not None and right.page is not None and left.page != right.page
    return turned and len(left.text) >= _PAGE_CUT and not starts_heading(left.text) and not starts_enumeration(right.text)


def _joined(pieces: Iterable[MappedText]) -> MappedText:
    """The pieces in a row; a blank only where two Latin words meet."""
    whole = MappedText.empty()
    parts: list[MappedText] = []
    for piece in pieces:
        if parts and _is_latin(parts[-1].text[-1]) and _is_latin(piece.text[0]):
            whole = MappedText.join((MappedText.join(parts), MappedText.empty()), " ")
            parts = [whole]
        parts.append(piece)
    return MappedText.join(parts)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
