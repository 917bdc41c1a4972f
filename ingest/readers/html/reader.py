"""HTML, from a government site, a sharing site or an office suite's "save as web page"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from ingest.readers.decoding import decode
from ingest.readers.html.blocks import FoundBlock, find_blocks
from ingest.readers.html.main import main_blocks
from ingest.readers.html.tree import Element, build_tree
from ingest.types import Block, Document

_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9_-]{1,40})",
    re.I,
)
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "chinese", "euc-cn"})
_TITLE_META = ("articletitle", "og:title", "dc.title", "title")


def read_html(data: bytes) -> Document:
    """Read a page: `text` is its source, markup included; the blocks are the main content. Raises UnreadableFile."""
    decoded = decode(data, _declared_encoding(data))
    root, elements = build_tree(decoded.text)
    found = find_blocks(decoded.text, root, elements)
    blocks = tuple(Block(block.text, block.kind, block.level) for block in main_blocks(found))
    notes = () if decoded.note is None else (decoded.note,)
    return Document(decoded.text, blocks, "html", _title(elements, found), decoded.encoding, notes)


def _declared_encoding(data: bytes) -> str | None:
    """What the page says of itself. Pages that say gb2312 use the characters of GB18030, its superset."""
    match = _CHARSET.search(data[:8192])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii").lower()
    return "gb18030" if name in _GB else name


def _title(elements: Sequence[Element], found: Sequence[FoundBlock]) -> str | None:
    """The article's own title before the page's, which tends to end in the names of column and site."""
    declared: dict[str, str] = {}
    for element in elements:
        if element.tag == "meta":
            attributes = element.attributes
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            declared.setdefault(name, _clean(attributes.get("content", "")))
        elif element.tag == "title":
            declared.setdefault("<title>", _clean(_raw_text(element)))
    headings = [block.text.text for block in found if block.level == 1]
    page = declared.get("<title>", "")
    exact = [heading for heading in headings if len(heading) >= 4 and heading in page]
    candidates = [*(declared.get(name, "") for name in _TITLE_META[:2]), *exact, page, *headings[:1]]
    return next((candidate for candidate in candidates if candidate), None)


def _raw_text(element: Element) -> str:
    return "".join(
        element.source[child.start : child.end] for child in element.children if not isinstance(child, Element)
    )


def _clean(written: str) -> str:
    return " ".join(unescape(written).split())
