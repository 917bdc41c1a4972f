"""What a page repeats: running headers and footers, page numbers, watermarks; told by place and repetition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from math import log
from statistics import median

from ingest.readers.pdf.page import Line, Page

_ZONE = 0.12
"""Share of the page height at either edge where running lines stand (GB/T 9704: margins of 37 and 35 mm of 297)."""

_EDGE_LINES = 3
_MAX_LENGTH = 60
_OFTEN = 0.3  # share of the pages that a running line is on
_ENOUGH = 3  # pages that are always enough for a line repeated to the letter (the header of a chapter)
_MOST_NUMBERS = 3
_LARGE = 1.5  # times the usual size of the text, from which a line across the page can be a watermark
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[—–－―-]+#[—–－―-]+|第#页(?:[,，/]?共#页)?|共#页[,，/]?第#页|#/#|#/共?#页?|Page#(?:of#)?|·#·|-?第#页-?", re.I
)

_Key = tuple[str, str, tuple[str, ...], int, int]


def running_lines(pages: Sequence[Page]) -> frozenset[Line]:
    """The lines that are page furniture: repeated at one place on several pages, or a page number by their form.

    Repeated means the same text, or the same but for a number that counts the pages; lines that differ in a figure
    only (完成率95%, 完成率96%) are text. Of pages that hold nothing else, nothing is furniture.
    """
    edges = [(page, line, list(_keys(zone, line))) for page in pages for zone, line in _edge_lines(page)]
    seen: dict[_Key, set[int]] = defaultdict(set)
    for page, _, keys in edges:
        for key in keys:
            seen[key].add(page.number)
    needed = max(2, min(_ENOUGH, len(pages) * _OFTEN))
    found = {
        line
        for page, line, keys in edges
        if any(len(seen[key]) >= needed for key in keys) or _is_page_number(line, page.number)
    }
    is_all = all(isinstance(item, Line) and item in found for page in pages for item in page.items)
    return frozenset() if is_all else frozenset(found)


def watermarks(pages: Sequence[Page]) -> frozenset[Line]:
    """Text drawn across the pages: at a slant, or large and in a light colour, the same on each.

    On a single page only what is at a slant and large, or light. What is at a slant for another reason (the labels of
    a chart) stays.
    """
    sizes = [line.size for page in pages for line in page.lines]
    usual = median(sizes) if sizes else 0.0
    slanted = [line for page in pages for line in page.strays]
    level = [line for page in pages for line in page.lines if line.light and line.size >= _LARGE * usual]
    on_pages: dict[str, set[int]] = defaultdict(set)
    for line in (*slanted, *level):
        on_pages[line.text].add(line.page)
    needed = max(2, len(pages) * _OFTEN)
    once = {line for line in slanted if line.light or line.size >= _LARGE * usual > 0}
    return frozenset(once | {line for line in (*slanted, *level) if len(on_pages[line.text]) >= needed})


def _edge_lines(page: Page) -> Iterable[tuple[str, Line]]:
    """The outermost few lines in the zones at the top and at the bottom of the page."""
    by_height = sorted(page.lines, key=lambda line: line.bottom, reverse=True)
    for line in by_height[:_EDGE_LINES]:
        if line.bottom > page.height * (1 - _ZONE) and len(line.text) <= _MAX_LENGTH:
            yield "top", line
    for line in by_height[-_EDGE_LINES:]:
        if line.top < page.height * _ZONE and len(line.text) <= _MAX_LENGTH:
            yield "bottom", line


def _keys(zone: str, line: Line) -> Iterable[_Key]:
    """What two running lines have in common: at least one of these.

    The text, in which a number stands for itself or, counted from the page's own, for the number of the page; height
    and size, both rounded in two ways, so that what is near is in one of them the same. Odd and even pages have it to
    the right and to the left.
    """
    form = _shape(line.text)
    numbers = _DIGITS.findall(line.text)
    counted = [(number, f"+{int(number[:9]) - line.page}") for number in numbers[:_MOST_NUMBERS]]
    for meant in product(*counted):
        for shift in (0.0, 0.5):
            height = round(line.bottom / (4 * line.size) + shift)
            yield zone, form, (*meant, *numbers[_MOST_NUMBERS:]), height, round(5 * log(line.size) + shift)


def _shape(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


def _is_page_number(line: Line, page: int) -> bool:
    return _PAGE_NUMBER.fullmatch(_shape(line.text)) is not None or line.text == str(page)
