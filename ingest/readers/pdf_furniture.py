"""Running headers, footers and page numbers of a PDF, told by position and repetition."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ingest.readers.pdf_text import Line, Page

_ZONE = 0.12
"""Share of the page height at either edge where running lines stand (GB/T 9704: margins of 37 and 35 mm of 297)."""

_EDGE_LINES = 3
_MAX_LENGTH = 60
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[—–－-]+#[—–－-]+|第#页(?:[,，/]?共#页)?|共#页[,，/]?第#页|#/#|#/共?#页?|Page#(?:of#)?|·#·|-?第#页-?", re.I
)


def running_lines(pages: Sequence[Page]) -> frozenset[Line]:
    """The lines that are page furniture: repeated at one place on several pages, or a page number by their form."""
    edges = [(page, line, zone) for page in pages for zone, line in _edge_lines(page)]
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for _, line, zone in edges:
        groups[zone, _shape(line)].append(line)
    needed = max(2, len(pages) * 0.3)
    found: set[Line] = set()
    for page, line, zone in edges:
        same_place = [other for other in groups[zone, _shape(line)] if abs(other.bottom - line.bottom) < 2 * line.size]
        if len({other.page for other in same_place}) >= needed or _is_page_number(line, page.number):
            found.add(line)
    return frozenset(found)


def _edge_lines(page: Page) -> Iterable[tuple[str, Line]]:
    """The outermost few lines in the zones at the top and at the bottom of the page."""
    by_height = sorted(page.lines, key=lambda line: line.bottom, reverse=True)
    for line in by_height[:_EDGE_LINES]:
        if line.bottom > page.height * (1 - _ZONE) and len(line.text) <= _MAX_LENGTH:
            yield "top", line
    for line in by_height[-_EDGE_LINES:]:
        if line.top < page.height * _ZONE and len(line.text) <= _MAX_LENGTH:
            yield "bottom", line


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split()))


def _is_page_number(line: Line, page: int) -> bool:
    return _PAGE_NUMBER.fullmatch(_shape(line)) is not None or line.text == str(page)
