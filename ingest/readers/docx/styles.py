"""What the styles of a .docx say about a paragraph: heading level, numbering, table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.ooxml import attribute, child, is_on, local

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_TITLE_NAMES = frozenset({"title", "标题"})
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*\d", re.I)
_BODY_LEVEL = 9  # w:outlineLvl 9 is "body text"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """`level` is the heading level from 1, None for body text; `numbering` is (numId, level from 0)."""

    level: int | None = None
    numbering: tuple[str, int] | None = None
    contents: bool = False


PLAIN = ParagraphStyle()


class Styles:
    """The paragraph styles by id, resolved along their basedOn chains when first asked for."""

    def __init__(self, root: Element | None) -> None:
        styles = root if root is not None else ()
        self._elements = {attribute(style, "styleId"): style for style in styles if local(style.tag) == "style"}
        self.hidden = frozenset(
            key for key, style in self._elements.items() if key is not None and is_on(child(style, "rPr", "vanish"))
        )
        """Ids of the styles whose text is hidden."""
        self._resolved: dict[str | None, ParagraphStyle] = {}
        self._default = next(
            (
                key
                for key, style in self._elements.items()
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}
            ),
            None,
        )

    def of(self, properties: Element | None) -> ParagraphStyle:
        """The effective style of a paragraph with these properties (its `w:pPr`)."""
        style_id = attribute(child(properties, "pStyle"), "val") or self._default
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        inherited = self._resolved[style_id]
        if properties is None:
            return inherited
        level, numbering = _outline(properties), _numbering(properties, inherited.numbering)
        return ParagraphStyle(
            inherited.level if level is None else (level if level <= _BODY_LEVEL else None),
            numbering,
            inherited.contents,
        )

    def _resolve(self, style_id: str | None) -> ParagraphStyle:
        level: int | None = None
        numbering: tuple[str, int] | None = None
        contents = False
        for depth, style in enumerate(self._chain(style_id)):
            properties = child(style, "pPr")
            name = attribute(child(style, "name"), "val") or ""
            if level is None:
                level = _outline(properties) or _level_of_name(name)
            if numbering is None and properties is not None:
                numbering = _numbering(properties, None)
            contents |= depth == 0 and _CONTENTS_NAME.fullmatch(name.strip()) is not None
        return ParagraphStyle(level if level is not None and level <= _BODY_LEVEL else None, numbering, contents)

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        """The style and those it is based on; each at most once, because a broken file may have a circle."""
        seen: set[str | None] = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            style = self._elements[style_id]
            yield style
            style_id = attribute(child(style, "basedOn"), "val")


def _level_of_name(name: str) -> int | None:
    match = _HEADING_NAME.fullmatch(name.strip())
    if match is not None:
        return int(match[1])
    return 1 if name.strip().lower() in _TITLE_NAMES else None


def _outline(properties: Element | None) -> int | None:
    """The declared outline level from 1; `_BODY_LEVEL + 1` where body text is declared, None where nothing is."""
    value = attribute(child(properties, "outlineLvl"), "val")
    return int(value) + 1 if value is not None and value in "0123456789" and len(value) == 1 else None


def _numbering(properties: Element, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """A paragraph's own numbering over the style's; numId 0 takes it away, a level alone keeps the style's list."""
    own = child(properties, "numPr")
    if own is None:
        return inherited
    number = attribute(child(own, "numId"), "val") or (inherited[0] if inherited else "0")
    level = attribute(child(own, "ilvl"), "val") or ""
    depth = int(level) if level.isdecimal() else (inherited[1] if inherited else 0)
    return None if number == "0" else (number, depth)
