"""Which blocks of a page are the report and which are the site around it.

After Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection using Shallow Text Features" (2010): length and link
density per block tell most of it. But where such extractors maximise an average, this drops only what is surely
furniture: a later room removes the rest, and report text once lost is lost for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.readers.html.blocks import FoundBlock
from ingest.readers.html.tree import Element

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "header"})
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|(?:bread)?crumbs?|foot(?:er)?|copyright|side(?:bar)?|share|bdsharebuttonbox|"
    r"pag(?:er|ination)|related|recommend|friend-?links?|search(?:bar|box)?|login|toolbar|comments?)(?:$|[\s_-])",
    re.I,
)
_SENTENCE = re.compile("[，。；！？]")
_BOILERPLATE = re.compile(
    "版权所有|版权声明|未经许可|免责声明|ICP备|公网安备|网站标识码|主办单位|承办单位|技术支持|违法和不良信息|Copyright|©"
)
_PARAGRAPH = 40  # characters from which a block with sentence punctuation counts as report text
_LONG_PARAGRAPH = 60  # ... even inside a link: an `<a>` that was never closed must not swallow the report
_SHORT = 8  # characters below which a line outside the main content says nothing
_FURNITURE_SHARE = 0.25  # a <header> or <aside> with more of the page's report text than this is misused markup
_LINK_RUN = 3  # so many lines of nothing but links, one after another, are a list of other pages


def main_blocks(blocks: Sequence[FoundBlock]) -> list[FoundBlock]:
    """The blocks without navigation, footers and lists of links; all of them where the page has no report text."""
    texts = [block for block in blocks if _is_report_text(block)]
    if not texts:
        return list(blocks)
    weights = _weights(texts)
    total = sum(len(block.text) for block in texts)
    furniture = {element for element in _elements(blocks) if _is_furniture(element, weights.get(element, 0) / total)}
    inside = [not any(element in furniture for element in _ancestors(block.element)) for block in blocks]
    main = _common_ancestor(
        [block.element for block, kept in zip(blocks, inside, strict=True) if kept and _is_report_text(block)]
    )
    in_link_run = _link_runs(blocks)
    return [
        block
        for block, kept, listed in zip(blocks, inside, in_link_run, strict=True)
        if kept and not listed and (_is_within(block.element, main) or _belongs(block))
    ]


def _is_report_text(block: FoundBlock) -> bool:
    text = block.text.text
    if len(text) < _PARAGRAPH or not _SENTENCE.search(text) or _BOILERPLATE.search(text):
        return False
    return _link_share(block) < 0.5 or (len(text) >= _LONG_PARAGRAPH and "。" in text)


def _belongs(block: FoundBlock) -> bool:
    """Outside the main content: a title, a date line, a table behind the text; not links, slogans and site notices."""
    if block.kind == "heading":
        return _link_share(block) < 0.5
    return len(block.text) >= _SHORT and _link_share(block) < 0.5 and not _BOILERPLATE.search(block.text.text)


def _link_share(block: FoundBlock) -> float:
    return block.link_chars / max(1, len("".join(block.text.text.split())))


def _link_runs(blocks: Sequence[FoundBlock]) -> list[bool]:
    """For each block: is it one of several lines of links in a row, or a breadcrumb (one line of several links)?"""
    linked = [_link_share(block) >= 0.8 and not _is_report_text(block) for block in blocks]
    result = [_is_breadcrumb(block) for block in blocks]
    start = 0
    for at in range(len(blocks) + 1):
        if at == len(blocks) or not linked[at]:
            if at - start >= _LINK_RUN:
                result[start:at] = [True] * (at - start)
            start = at + 1
    return result


def _is_breadcrumb(block: FoundBlock) -> bool:
    text = block.text.text
    return block.links >= 2 and _link_share(block) >= 0.5 and "附件" not in text and not _is_report_text(block)


def _is_furniture(element: Element, share: float) -> bool:
    """By its own declaration: tag, ARIA role, or the class and id names that sites give to their furniture."""
    if element.tag in {"html", "body", "#root"}:
        return False
    attributes = element.attributes
    if element.tag in _FURNITURE_TAGS or attributes.get("role", "").lower() in _FURNITURE_ROLES:
        return share < _FURNITURE_SHARE
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return share == 0 and _FURNITURE_NAMES.search(names) is not None


def _ancestors(element: Element | None) -> Iterator[Element]:
    while element is not None:
        yield element
        element = element.parent


def _is_within(element: Element, outer: Element | None) -> bool:
    return any(ancestor is outer for ancestor in _ancestors(element))


def _elements(blocks: Iterable[FoundBlock]) -> set[Element]:
    """Every element that holds a block."""
    seen: set[Element] = set()
    for block in blocks:
        for element in _ancestors(block.element):
            if element in seen:
                break
            seen.add(element)
    return seen


def _weights(texts: Iterable[FoundBlock]) -> dict[Element, int]:
    """Characters of report text in each element."""
    weights: dict[Element, int] = {}
    for block in texts:
        for element in _ancestors(block.element):
            weights[element] = weights.get(element, 0) + len(block.text)
    return weights


def _common_ancestor(elements: Sequence[Element]) -> Element | None:
    """The deepest element that holds all of `elements`, None for none."""
    common = elements[0] if elements else None
    for element in elements[1:]:
        other: Element | None = element
        while other is not common and common is not None and other is not None:
            if common.depth >= other.depth:
                common = common.parent
            else:
                other = other.parent
    return common
