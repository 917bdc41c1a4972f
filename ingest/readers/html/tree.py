"""Tokens to an element tree: forgiving as a browser, flat enough never to need recursion."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ingest.readers.html.tokens import Token, attributes, tokenise

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TABLE_PARTS = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_DOCUMENT_PARTS = frozenset({"html", "head", "body"})
_CLOSES_P = (
    frozenset(
        {"address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt"}
    )
    | frozenset(
        {"fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main"}
    )
    | frozenset({"menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul", *HEADINGS})
)
BLOCK_TAGS = _CLOSES_P | _TABLE_PARTS | _DOCUMENT_PARTS
# What an opening tag closes, when open, without crossing one of the tags behind the bar (the end tag may be left out).
_IMPLIED_END: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir", "table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "tfoot"}), frozenset({"table"})),
    "body": (frozenset({"head"}), frozenset()),
    "a": (frozenset({"a"}), frozenset({"td", "th", "table"})),
}
_P_SCOPE = frozenset({"td", "th", "table", "caption", "body", "template", "noscript", "object", "button"})
_MAX_DEPTH = 256


@dataclass(eq=False)
class Element:
    """A node: `children` are elements and text tokens in source order."""

    tag: str
    source: str = field(repr=False)
    token: Token | None = None
    parent: Element | None = field(default=None, repr=False)
    depth: int = 0
    children: list[Element | Token] = field(default_factory=list, repr=False)

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Parsed when first asked for: most elements are never asked."""
        return {} if self.token is None else attributes(self.source, self.token)


def build_tree(source: str) -> tuple[Element, list[Element]]:
    """The root and all elements in source order (a parent comes before its children)."""
    root = Element("#root", source)
    elements, stack = [root], [root]
    open_tags: dict[str, int] = {}
    for token in tokenise(source):
        if token.kind == "text":
            stack[-1].children.append(token)
        elif token.kind == "open":
            _close_implied(token.name, stack, open_tags)
            element = Element(token.name, source, token, stack[-1], len(stack))
            stack[-1].children.append(element)
            elements.append(element)
            if token.name not in _VOID and len(stack) < _MAX_DEPTH:
                stack.append(element)
                open_tags[token.name] = open_tags.get(token.name, 0) + 1
        elif open_tags.get(token.name):
            _close(token.name, stack, open_tags)
    return root, elements


def _close_implied(name: str, stack: list[Element], open_tags: dict[str, int]) -> None:
    if name in _IMPLIED_END:
        tags, scope = _IMPLIED_END[name]
        _close_nearest(tags, scope, stack, open_tags)
    if name in _CLOSES_P and open_tags.get("p"):
        _close_nearest(frozenset({"p"}), _P_SCOPE, stack, open_tags)


def _close_nearest(
    tags: frozenset[str], scope: frozenset[str], stack: list[Element], open_tags: dict[str, int]
) -> None:
    if not any(open_tags.get(tag) for tag in tags):
        return
    for element in reversed(stack):
        if element.tag in scope:
            return
        if element.tag in tags:
            _pop_to(element, stack, open_tags)
            return


def _close(name: str, stack: list[Element], open_tags: dict[str, int]) -> None:
    """An end tag closes its element and what was left open inside; a stray inline end tag never closes a block (a link
    does: it would go on for ever), and nothing but a table's own end tag leaves a table.
    """
    stops_at_block = name not in BLOCK_TAGS and name != "a"
    for element in reversed(stack):
        if element.tag == name:
            _pop_to(element, stack, open_tags)
            return
        if element.tag == "table" or (stops_at_block and element.tag in BLOCK_TAGS):
            return


def _pop_to(element: Element, stack: list[Element], open_tags: dict[str, int]) -> None:
    while True:
        popped = stack.pop()
        open_tags[popped.tag] -= 1
        if popped is element:
            return
