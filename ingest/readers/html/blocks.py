"""An element tree to blocks in reading order, each with the element it stands in and how much of it is links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.mapped import MappedText
from ingest.readers.html.inline import Span, inline_text
from ingest.readers.html.rows import row_texts
from ingest.readers.html.tables import data_rows
from ingest.readers.html.tokens import Token
from ingest.readers.html.tree import BLOCK_TAGS, HEADINGS, Element
from ingest.types import BlockKind

# Nothing in these is running text; rt and rp hold the pinyin above a character.
NOT_TEXT = frozenset(
    {"script", "style", "noscript", "template", "title", "select", "datalist", "button", "textarea"}
) | frozenset({"iframe", "noembed", "noframes", "object", "audio", "video", "canvas", "svg", "map", "rt", "rp"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """`element` is the nearest block element; `links` counts links, `link_chars` the characters of `text` in them."""

    text: MappedText
    kind: BlockKind
    level: int | None
    element: Element
    links: int
    link_chars: int


@dataclass(slots=True)
class _Flow:
    """The block that is being gathered."""

    spans: list[Span] = field(default_factory=list)
    links: int = 0
    link_chars: int = 0


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the walk stands: an element, what is left of its children, and what text in it is."""

    element: Element
    children: Iterator[Element | Token]
    block: Element
    kind: BlockKind
    level: int | None
    link: bool
    preformatted: bool


def find_blocks(source: str, root: Element, elements: list[Element]) -> list[FoundBlock]:
    """All blocks of the page with text in them. An explicit stack, because markup may be nested as deep as it likes."""
    rows = row_texts(source, data_rows(elements, is_dropped))
    found: list[FoundBlock] = []
    flow = _Flow()
    # Without a single tag it is plain text under a wrong name, whose lines mean something.
    stack = [_Frame(root, iter(root.children), root, "paragraph", None, False, len(elements) == 1)]

    def flush(frame: _Frame) -> None:
        nonlocal flow
        if not flow.spans:
            return
        text = inline_text(source, flow.spans)
        if text.text:
            found.append(FoundBlock(text, frame.kind, frame.level, frame.block, flow.links, flow.link_chars))
        flow = _Flow()

    while stack:
        frame = stack[-1]
        child = next(frame.children, None)
        if child is None:
            stack.pop()
            if frame.element is frame.block:
                flush(frame)
        elif isinstance(child, Token):
            for number, span in enumerate(_lines(source, child, frame.preformatted)):
                if number:
                    flush(frame)
                flow.spans.append(span)
                if frame.link:
                    flow.link_chars += len("".join(source[slice(*span)].split()))
        elif child in rows:
            flush(frame)
            if rows[child].text:
                found.append(FoundBlock(rows[child], "table_row", None, child, 0, 0))
        elif child.tag in {"br", "hr"}:
            flush(frame)
        elif not is_dropped(child):
            if child.tag in BLOCK_TAGS:
                flush(frame)
            inner = _enter(child, frame)
            flow.links += inner.link and not frame.link
            stack.append(inner)
    return found


def is_dropped(element: Element) -> bool:
    """No running text inside; or an inline element that is hidden, which is how sites salt their text against copying.

    A hidden block is kept: many sites show the rest of a report only after a click.
    """
    if element.tag in NOT_TEXT:
        return True
    return element.tag not in BLOCK_TAGS and bool(_HIDDEN.search(element.attributes.get("style", "")))


def _enter(element: Element, frame: _Frame) -> _Frame:
    tag = element.tag
    link = frame.link or (tag == "a" and "href" in element.attributes)
    kind, level = frame.kind, frame.level
    if tag in HEADINGS:
        kind, level = "heading", HEADINGS[tag]
    elif tag in {"li", "td", "th"}:
        kind, level = "list_item" if tag == "li" else "paragraph", None
    preformatted = frame.preformatted or tag in {"pre", "xmp"}
    if not preformatted and "style" in element.attributes:
        preformatted = bool(_PREFORMATTED.search(element.attributes["style"]))
    block = element if tag in BLOCK_TAGS else frame.block
    return _Frame(element, iter(element.children), block, kind, level, link, preformatted)


def _lines(source: str, token: Token, preformatted: bool) -> Iterator[Span]:
    """The token's span, or that of each of its lines where line breaks count (an empty one where a break leads)."""
    if not preformatted:
        yield token.start, token.end
        return
    at = token.start
    while at <= token.end:
        end = source.find("\n", at, token.end)
        end = token.end if end < 0 else end
        yield at, end
        at = end + 1
