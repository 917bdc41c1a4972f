"""Page marks (1、 2、 3、 …) of a preview whose pages were run together into one line.

In running text such a mark looks like nothing at all, so only a whole series counts: consecutive numbers, pages of
about one length, nearly all of them in the middle of a clause. A mark may stand right behind a digit: 84.202、23%.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of, with_text
from ingest.clean.page_marks import broken_figure
from ingest.mapped import MappedText
from ingest.types import Block, Furniture, Mark

_NUMBER = re.compile(r"(?<!\d)\d{1,3}、")
_MID_CLAUSE = re.compile(r"[\u3400-\u9fff\d.%％“”（()）《》、，,]\s*$")
_LIST = re.compile(r"\d、\s*$")
_FEWEST = 3
_PAGE_LENGTH = 150
_SHORTER, _LONGER = 0.5, 1.7
"""A page is this many times as long as the middle one, at least and at most; the last may be shorter."""
_CUT_SHARE = 0.8


def drop_inline_page_marks(draft: Draft) -> Draft:
    """Cut a series of page marks out of long paragraphs; a figure with a mark inside becomes doubtful."""
    blocks: list[Block] = []
    gone: list[Furniture] = []
    marks: list[Mark] = []
    for block in draft.blocks:
        text = block.text
        cuts = _series(text.text) if block.kind == "paragraph" and len(text) >= _FEWEST * _PAGE_LENGTH else []
        if cuts:
            gone += [furniture_of(text, reasons.PAGE_MARK, *cut) for cut in cuts]
            block = with_text(block, text.replace_spans((*cut, "") for cut in cuts))
            marks += _figures(block.text, text.text, cuts)
        blocks.append(block)
    return draft.changed(blocks, gone, marks) if gone else draft


def _figures(text: MappedText, before: str, cuts: list[tuple[int, int]]) -> list[Mark]:
    marks: list[Mark] = []
    removed = 0
    for start, end in cuts:
        marks += broken_figure(text, start - removed, before[start:end].strip())
        removed += end - start
    return marks


def _series(text: str) -> list[tuple[int, int]]:
    """The spans of the page marks in `text`, blanks around them included; empty if there is no series."""
    if text.count("、") < _FEWEST or not (_NUMBER.match(text) or "2、" in text):
        return []
    for length in _lengths(text):
        cuts = _walk(text, length)
        if len(cuts) >= _FEWEST and _is_series(text, cuts):
            return cuts
    return []


def _lengths(text: str) -> list[int]:
    """How long a page may be: the places of a “2、” in mid-clause."""
    found = (match.start() for match in re.finditer("2、", text))
    return [at for at in found if at >= _PAGE_LENGTH and _MID_CLAUSE.search(text[max(0, at - 3) : at])][:40]


def _walk(text: str, length: int) -> list[tuple[int, int]]:
    """The mark of page 1 at the head, if any, page 2 at `length`, and each next one where its page must end."""
    cuts = [(0, head.end())] if (head := re.match(r"1、\s*", text)) else []
    at, number = length, 2
    while at >= 0:
        end = re.compile(rf"{number}、\s*").match(text, at)
        assert end is not None
        start = at
        while text[start - 1] in " \u3000":
            start -= 1
        cuts.append((start, end.end()))
        number += 1
        at = _next(text, f"{number}、", at + int(_SHORTER * length), at + int(_LONGER * length))
    return cuts


def _next(text: str, mark: str, first: int, last: int) -> int:
    """Where `mark` stands in mid-clause between two places; a place behind no other digit is preferred; else -1."""
    best, at = -1, text.find(mark, first, last)
    while at >= 0:
        before = text[max(0, at - 3) : at]
        if _MID_CLAUSE.search(before):
            if not before[-1:].isdigit():
                return at
            best = at if best < 0 else best
        at = text.find(mark, at + 1, last)
    return best


def _is_series(text: str, cuts: list[tuple[int, int]]) -> bool:
    lengths = [right[0] - left[1] for left, right in pairwise(cuts)]
    middle = median(lengths)
    even = all(_SHORTER * middle <= length <= _LONGER * middle for length in lengths)
    clauses = sum(1 for start, _ in cuts[1:] if not text[:start].rstrip().endswith(("。", "；", "：")))
    lists = sum(1 for start, _ in cuts[1:] if _LIST.search(text[max(0, start - 3) : start]))
    to_the_end = len(text) - cuts[-1][1] <= _LONGER * middle
    return even and to_the_end and clauses >= _CUT_SHARE * (len(cuts) - 1) and lists <= 0.5 * (len(cuts) - 1)
