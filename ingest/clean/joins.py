"""Broken lines back to whole paragraphs: lines wrapped at a fixed width, sentences cut by a link or a page number.

Lines are joined only where the words ask for it or where the text was plainly wrapped; a heading or a numbered item
always begins a paragraph of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.clean.broken_figures import breaks_figure, doubtful_joint
from ingest.clean.draft import Draft, with_text
from ingest.clean.reasons import BETWEEN_LINES
from ingest.clean.shapes import ends_line, ends_sentence, is_bare_numbering, starts_heading
from ingest.clean.wrapped import fill
from ingest.mapped import MappedText
from ingest.types import Block, Furniture, Mark

_NEVER_FIRST = "，、。；：！？）”’》」』】％%,;"
_NEVER_LAST = "，、（“‘《「『【,("
_NEARLY_FULL, _FULL = 0.65, 0.9
"""In wrapped text a line this full that stops in mid-sentence goes on in the next one; between the two shares only if
it does not look like a title or a heading, above the upper one always."""
_BRIMFUL = 0.97
"""A sentence may end just where the paper does: far oftener than a paragraph does."""
_TITLE_END = re.compile(r"(?:总结|计划|要点|报告|方案|安排|汇报|打算|规划|思路|意见|通知|情况)[)）]?$")
_SENTENCE_MARK = re.compile(r"[。；;！!？?]")


@dataclass(frozen=True, slots=True)
class _Line:
    """What joining needs to know of a block: `close` when nothing but white space and page furniture stands between
    it and the block before, `indented` when the source indents it, `fill` its share of the wrapped width, `goes_on`
    when the next block begins with a mark that can only continue it (a link of a web page stands on such a line).
    """

    text: str
    joinable: bool
    close: bool
    indented: bool
    fill: float
    goes_on: bool


def join_lines(draft: Draft) -> Draft:
    """Each paragraph as one block again."""
    lines = _lines(draft)
    groups: list[list[Block]] = []
    marks: list[Mark] = []
    for i, block in enumerate(draft.blocks):
        if groups and _continues(lines[i - 1], lines[i]):
            groups[-1].append(block)
        elif groups and _breaks_figure(lines[i - 1], lines[i]):
            left = draft.blocks[i - 1].text
            marks += doubtful_joint(MappedText.join((left, block.text)), len(left))
            groups[-1].append(block)
        else:
            groups.append([block])
    if len(groups) == len(draft.blocks):
        return draft
    joined = (
        group[0] if len(group) == 1 else with_text(group[0], _joined(block.text for block in group)) for group in groups
    )
    return draft.changed(joined, marks=marks)


def _lines(draft: Draft) -> list[_Line]:
    spans = [(block.text.starts[0], block.text.ends[-1]) for block in draft.blocks]  # offsets rise
    pieces = sorted(draft.furniture, key=lambda piece: piece.start)
    starts = [piece.start for piece in pieces]
    shares = fill(draft.blocks)
    lines = []
    for i, block in enumerate(draft.blocks):
        start = spans[i][0]
        before = spans[i - 1][1] if i else 0
        between = pieces[bisect_left(starts, before) : bisect_left(starts, start)]
        lines.append(
            _Line(
                text=block.text.text,
                joinable=block.kind == "paragraph",
                close=i > 0 and before <= start and all(piece.reason in BETWEEN_LINES for piece in between),
                indented=_is_indented(draft.source, start, between),
                fill=shares[i],
                goes_on=i + 1 < len(draft.blocks) and draft.blocks[i + 1].text.text[0] in _NEVER_FIRST,
            )
        )
    return lines


def _is_indented(source: str, start: int, between: list[Furniture]) -> bool:
    if between and between[-1].end > start - 2:
        return False
    gap = source[max(0, start - 2) : start]
    return gap.endswith("\u3000") or gap in ("  ", "\xa0\xa0")


def _continues(left: _Line, right: _Line) -> bool:
    """Whether `right` goes on with the sentence that `left` breaks off."""
    if not (left.joinable and right.joinable and right.close):
        return False
    if right.text[0] in _NEVER_FIRST:
        return True
    if starts_heading(right.text) or right.indented:
        return False
    if ends_line(left.text):
        return left.fill >= (_BRIMFUL if ends_sentence(left.text) else _FULL)
    if left.text[-1] in _NEVER_LAST or is_bare_numbering(left.text):
        return True
    if left.fill >= _NEARLY_FULL:
        return left.fill >= _FULL or not _looks_like_title(left.text)
    return right.goes_on and left.fill == 0.0 and not _looks_like_title(left.text)


def _breaks_figure(left: _Line, right: _Line) -> bool:
    """Whether nothing but a line end parts a figure, in a text that is not wrapped."""
    if not (left.joinable and right.joinable and right.close) or right.indented or starts_heading(right.text):
        return False
    return breaks_figure(left.text, right.text)


def _looks_like_title(text: str) -> bool:
    if _TITLE_END.search(text):
        return True
    return starts_heading(text) and not _SENTENCE_MARK.search(text)


def _joined(pieces: Iterable[MappedText]) -> MappedText:
    """The pieces in a row; a blank only where two Latin words meet."""
    whole = MappedText.empty()
    for piece in pieces:
        words_meet = bool(whole.text) and _is_latin(whole.text[-1]) and _is_latin(piece.text[0])
        whole = MappedText.join((whole, piece), " " if words_meet else "")
    return whole


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
