"""The text of one .docx paragraph: its lines, and the paragraphs that float in it (text boxes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.docx_package import attribute, local

# Tracked deletions and moves away are read as accepted, so they are gone; rPr and pPr hold no text.
_SKIPPED = frozenset(
    {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "sdtPr", "sdtEndPr", "fldData"}
)
_LITERAL = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "cr": "\n", "br": "\n"}
# Adobe Symbol, the codes that stand in figures and comparisons; every other symbol keeps its private-use code, which
# marks it as a character that the text does not give.
_SYMBOL_FONT = {
    0xB1: "±",
    0xB3: "≥",
    0xA3: "≤",
    0xB4: "×",
    0xB8: "÷",
    0xB0: "°",
    0xB7: "·",
    0xB9: "≠",
    0xBB: "≈",
    0x6D: "μ",
    0x61: "α",
    0x62: "β",
}
_MAX_DEPTH = 200  # no editor nests runs, links, fields and controls nearly as deep


@dataclass(slots=True)
class Paragraph:
    """`text` has a newline for each line break; `boxes` are the `w:txbxContent` elements anchored in it."""

    text: str = ""
    boxes: list[Element] = field(default_factory=list)


def read_runs(paragraph: Element) -> Paragraph:
    """All text of a `w:p` in reading order, hyperlinks, fields, content controls and formulas included."""
    texts: list[str] = []
    boxes: list[Element] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        if len(stack) > _MAX_DEPTH:
            continue
        name = local(element.tag)
        if name == "t":
            texts.append(element.text or "")
        elif name in _LITERAL:
            texts.append(_LITERAL[name])
        elif name == "sym":
            texts.append(_symbol(element))
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            chosen = _alternative(element)
            if chosen is not None:
                stack.append(iter(chosen))
        elif name not in _SKIPPED:
            stack.append(iter(element))
    return Paragraph("".join(texts), boxes)


def _alternative(element: Element) -> Element | None:
    """Choice and Fallback hold the same content for new and for old programs: read the first of them that has text."""
    branches = [branch for branch in element if local(branch.tag) in {"Choice", "Fallback"}]
    with_text = (branch for branch in branches if any(local(inner.tag) == "t" for inner in branch.iter()))
    return next(with_text, None)


def _symbol(element: Element) -> str:
    code, font = attribute(element, "char") or "", attribute(element, "font") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if font.lower() == "symbol" and value & 0xFF in _SYMBOL_FONT:
        return _SYMBOL_FONT[value & 0xFF]
    return chr(value) if 0x20 <= value <= 0xFFFF and not 0xD800 <= value <= 0xDFFF else ""
