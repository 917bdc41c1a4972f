"""The text of one .docx paragraph: its lines, and the paragraphs that float in it (text boxes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.ooxml import attribute, child, is_on, local

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
_SOFT_HYPHEN = "\u00ad"
_MAX_DEPTH = 200  # no editor nests runs, links, fields and controls nearly as deep


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mark in the text refers to: a `footnote` or an `endnote` by its id."""

    kind: str
    number: str

    @classmethod
    def of(cls, element: Element) -> Reference:
        """From a `w:footnoteReference` or `w:endnoteReference`."""
        return cls(local(element.tag).removesuffix("Reference"), attribute(element, "id") or "")


@dataclass(slots=True)
class Paragraph:
    """`text` has a newline for each line break; `boxes` are the `w:txbxContent` elements anchored in it, `references`
    its footnotes and endnotes.
    """

    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


def read_runs(paragraph: Element, hidden_styles: frozenset[str] = frozenset()) -> Paragraph:
    """All visible text of a `w:p` in reading order, hyperlinks, results of fields, content controls and formulas
    included; runs in one of the `hidden_styles` (ids of character styles) are hidden text.
    """
    texts: list[str] = []
    boxes: list[Element] = []
    references: list[Reference] = []
    codes: list[int] = []  # where the codes of open fields begin in `texts`
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
            texts.append((element.text or "").replace(_SOFT_HYPHEN, ""))
        elif name == "r" and _is_hidden(element, hidden_styles):
            continue
        elif name in _LITERAL:
            texts.append(_LITERAL[name])
        elif name == "sym":
            texts.append(_symbol(element))
        elif name == "txbxContent":
            boxes.append(element)
        elif name in {"footnoteReference", "endnoteReference"}:
            references.append(Reference.of(element))
        elif name == "fldChar":
            _field_mark(attribute(element, "fldCharType"), texts, codes)
        elif name == "AlternateContent":
            chosen = _alternative(element)
            if chosen is not None:
                stack.append(iter(chosen))
        elif name not in _SKIPPED:
            stack.append(iter(element))
    return Paragraph("".join(texts), boxes, references)


def _field_mark(kind: str | None, texts: list[str], codes: list[int]) -> None:
    """A field's code is what stands between its begin and its separator, fields inside it included."""
    if kind == "begin":
        codes.append(len(texts))
    elif codes and kind == "separate":
        del texts[codes[-1] :]
        codes[-1] = -1
    elif codes and kind == "end":
        begin = codes.pop()
        if begin >= 0:  # no separator, so no result
            del texts[begin:]


def _is_hidden(run: Element, hidden_styles: frozenset[str]) -> bool:
    properties = child(run, "rPr")
    if properties is None:
        return False
    own = child(properties, "vanish")
    return is_on(own) if own is not None else attribute(child(properties, "rStyle"), "val") in hidden_styles


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
