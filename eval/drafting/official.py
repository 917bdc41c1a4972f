"""The official form of a written .docx, told from its XML alone: GB/T 9704-2012 as STACK lists it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MM = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_TOLERANCE = 40


@dataclass(frozen=True, slots=True)
class Fact:
    """A demand of the standard and whether the file meets it."""

    name: str
    right: bool


@dataclass(frozen=True)
class _Looks:
    """What a paragraph looks like once its styles are resolved. Sizes in half-points."""

    text: str
    font: str
    size: int
    align: str
    first: int
    line: int
    rule: str
    bold: bool


def facts(path: Path) -> list[Fact]:
    """Every demand with its outcome. Raises OSError or BadZipFile where the file cannot be read."""
    with ZipFile(path) as archive:
        parts = {
            name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }
    document = parts["word/document.xml"]
    settings = parts.get("word/settings.xml")
    footers = [tree for name, tree in parts.items() if "footer" in name]
    section = next(document.iter(f"{_W}sectPr"))
    size, margin = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    styles = parts["word/styles.xml"]
    looks = _before_attachments([one for one in _paragraphs(document, styles) if one.text.strip()])
    title = looks[0]
    by_level = {
        "黑体": [one for one in looks if re.match(r"[一二三四五六七八九十]{1,3}、", one.text)],
        "楷体": [one for one in looks if re.match(r"（[一二三四五六七八九十]{1,3}）[^。]{2,30}(?:。|$)", one.text)],
    }
    body = [one for one in looks if one.first and not re.match(r"[一二三四五六七八九十]{1,3}、", one.text)]
    plain = [one for one in body if not one.text.startswith("（")]  # （一） may open a line in 楷体 or one of text
    aligned = {one.align for tree in footers for one in _paragraphs(tree, styles)}
    said = "".join("".join(tree.itertext()) for tree in footers)
    return [
        Fact("A4", _near(size, "w", 210) and _near(size, "h", 297)),
        Fact("margin at the top 37 mm", _near(margin, "top", 37)),
        Fact("margin at the left 28 mm", _near(margin, "left", 28)),
        Fact("type area 156 mm", _near(margin, "right", 26)),
        Fact("title 小标宋, 22 pt, centred", "小标宋" in title.font and title.size == 44 and title.align == "center"),
        Fact("text 仿宋, 16 pt", bool(body) and all("仿宋" in one.font and one.size == 32 for one in plain)),
        Fact("first line indented 2 characters", bool(body) and all(190 <= one.first <= 210 for one in body)),
        Fact("lines about 28 pt", bool(body) and all(one.rule == "exact" and 540 <= one.line <= 600 for one in body)),
        Fact("level 一、 in 黑体", bool(by_level["黑体"]) and all("黑体" in one.font for one in by_level["黑体"])),
        Fact("level （一） in 楷体", all("楷体" in one.font for one in by_level["楷体"])),
        Fact("nothing bold", not any(one.bold for one in looks)),
        Fact("odd and even pages differ", settings is not None and settings.find(f"{_W}evenAndOddHeaders") is not None),
        Fact("page numbers right and left", {"right", "left"} <= aligned or {"end", "start"} <= aligned),
        Fact("page number between dashes", "PAGE" in said and "—" in said),
    ]


def _before_attachments(looks: list[_Looks]) -> list[_Looks]:
    """The document itself: what follows 附件 is a table or a list and looks otherwise."""
    ends = [at for at, one in enumerate(looks) if re.match(r"附件\d*(?:：|$)", one.text.strip())]
    return looks[: ends[0]] if ends else looks


def _near(element: ElementTree.Element | None, name: str, millimetres: float) -> bool:
    return element is not None and abs(int(element.get(f"{_W}{name}", "0")) - millimetres * _MM) <= _TOLERANCE


def _paragraphs(document: ElementTree.Element, styles: ElementTree.Element) -> Iterator[_Looks]:
    named = {one.get(f"{_W}styleId"): one for one in styles.iter(f"{_W}style")}
    default = next((one for one in named.values() if one.get(f"{_W}default") == "1"), None)
    for paragraph in document.iter(f"{_W}p"):
        run = paragraph.find(f"{_W}r")
        chain: list[Any] = [paragraph.find(f"{_W}pPr")]
        runs: list[Any] = [run.find(f"{_W}rPr") if run is not None else None]
        runs += _chain(named, _value(runs[0], "rStyle"), "rPr")
        style = _value(chain[0], "pStyle") or (default.get(f"{_W}styleId") if default is not None else None)
        chain += _chain(named, style, "pPr")
        runs += _chain(named, style, "rPr")
        defaults = styles.find(f"{_W}docDefaults")
        if defaults is not None:
            runs.append(defaults.find(f"{_W}rPrDefault/{_W}rPr"))
        yield _Looks(
            "".join(one.text or "" for one in paragraph.iter(f"{_W}t")),
            str(_first(runs, "rFonts", "eastAsia") or ""),
            int(_first(runs, "sz", "val") or 0),
            str(_first(chain, "jc", "val") or ""),
            int(_first(chain, "ind", "firstLineChars") or 0),
            int(_first(chain, "spacing", "line") or 0),
            str(_first(chain, "spacing", "lineRule") or ""),
            _first(runs, "b", "val", "1") not in (None, "0", "false"),
        )


def _chain(named: dict[str | None, ElementTree.Element], style: str | None, part: str) -> list[Any]:
    found: list[Any] = []
    while style is not None and style in named and len(found) < 20:
        found.append(named[style].find(f"{_W}{part}"))
        style = _value(named[style], "basedOn")
    return found


def _value(element: ElementTree.Element | None, name: str) -> str | None:
    found = element.find(f"{_W}{name}") if element is not None else None
    return found.get(f"{_W}val") if found is not None else None


def _first(chain: list[Any], name: str, key: str, default: str | None = None) -> str | None:
    for one in chain:
        found = one.find(f"{_W}{name}") if one is not None else None
        if found is not None and found.get(f"{_W}{key}", default) is not None:
            return str(found.get(f"{_W}{key}", default))
    return None
