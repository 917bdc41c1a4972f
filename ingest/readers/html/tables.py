"""Which rows of HTML tables are data, and their cells; all other tables are page layout and read as running text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.readers.html.inline import Span
from ingest.readers.html.tokens import Token
from ingest.readers.html.tree import BLOCK_TAGS, HEADINGS, Element

_LONG_CELL = 200
"""Characters from which a cell of several paragraphs is an article that was put into a table, not a table cell."""


@dataclass(slots=True)
class _Content:
    """What an element holds: characters of text, paragraphs, and whether there is structure that no data cell has."""

    chars: int = 0
    paragraphs: int = 0
    structured: bool = False
    flowing: bool = False


def data_rows(
    elements: list[Element], is_dropped: Callable[[Element], bool]
) -> dict[Element, list[tuple[Element, list[Span]]]]:
    """Each `tr` that is a row of data: its cells with the spans of their text.

    A row is data when at least two cells hold text and none holds an inner table, a heading, a list or a long text of
    several paragraphs. `elements` have parents before children.
    """
    if not any(element.tag == "tr" for element in elements):
        return {}
    contents = _measure(elements, is_dropped)
    rows: dict[Element, list[tuple[Element, list[Span]]]] = {}
    for element in elements:
        if element.tag != "tr":
            continue
        cells = [child for child in element.children if isinstance(child, Element) and child.tag in {"td", "th"}]
        measured = [contents[cell] for cell in cells]
        if sum(content.chars > 0 for content in measured) >= 2 and all(map(_is_cell, measured)):
            rows[element] = [(cell, _spans(cell, is_dropped)) for cell in cells]
    return rows


def _is_cell(content: _Content) -> bool:
    return not content.structured and (content.paragraphs <= 1 or content.chars <= _LONG_CELL)


def _measure(elements: list[Element], is_dropped: Callable[[Element], bool]) -> dict[Element, _Content]:
    """Bottom up: a child comes after its parent, so going backwards every element is complete when it is added up."""
    contents = {element: _Content() for element in elements}
    for element in reversed(elements):
        content = contents[element]
        for child in element.children:
            if isinstance(child, Token):
                chars = len(element.source[child.start : child.end].strip())
                content.chars += chars
                content.flowing |= chars > 0
        is_block = element.tag in BLOCK_TAGS
        content.paragraphs += (is_block and content.flowing) or element.tag == "br"
        if element.parent is None or is_dropped(element):
            continue
        above = contents[element.parent]
        above.chars += content.chars
        above.paragraphs += content.paragraphs
        above.flowing |= content.flowing and not is_block
        above.structured |= content.structured or element.tag in {"table", "ul", "ol", "dl"} or element.tag in HEADINGS
    return contents


def _spans(cell: Element, is_dropped: Callable[[Element], bool]) -> list[Span]:
    """All text of a cell in one line; an empty span, which reads as a blank, where a paragraph or line ends."""
    spans: list[Span] = []
    stack = [iter(cell.children)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, Token):
            spans.append((child.start, child.end))
        elif not is_dropped(child):
            if (child.tag in BLOCK_TAGS or child.tag == "br") and spans:
                spans.append((spans[-1][1], spans[-1][1]))
            stack.append(iter(child.children))
    return spans
