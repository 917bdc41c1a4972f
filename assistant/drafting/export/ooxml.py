"""WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from typing import Any

from assistant.conversations.export import printable

PLACEHOLDER = re.compile(r"(【待填：[^】]*】)")
FONTS = {
    "方正小标宋简体": "方正小标宋_GBK",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""The fonts named in the file (they are not shipped), each with what may stand in for it."""


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """`<w:tag w:attribute="…">` with its children."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def fonts(name: str) -> Any:
    """The font for Chinese text and for all other."""
    return element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def add_text(paragraph: Any, text: str, style: str | None = None) -> None:
    """Add `text` to the paragraph; placeholders are highlighted so that nobody overlooks them."""
    from docx.enum.text import WD_COLOR_INDEX

    for piece in PLACEHOLDER.split(printable(text)):
        if piece:
            run = paragraph.add_run(piece, style=style)
            if PLACEHOLDER.fullmatch(piece):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def add_page_number(paragraph: Any) -> None:
    """— 1 —, counted by the reader's program."""
    paragraph.add_run("— ")
    run = paragraph.add_run()._r
    run.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = " PAGE "
    run = paragraph.add_run()._r
    run.append(instruction)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))
    paragraph.add_run("1")
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))
    paragraph.add_run(" —")


def indent(paragraph: Any, **characters: float) -> None:
    """Set this one paragraph's indents (`left`, `right`, `firstLine`) in characters of 16 pt."""
    for old in paragraph._p.get_or_add_pPr().findall(element("ind").tag):
        paragraph._p.pPr.remove(old)
    units: dict[str, int] = {}
    for side, count in characters.items():
        units |= {f"{side}Chars": round(count * 100), side: round(count * 320)}
    properties = paragraph._p.pPr
    properties._insert_ind(element("ind", **units))


def repeat_as_header(row: Any) -> None:
    """Show the row again on every page that the table runs on to."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_whole(row: Any) -> None:
    """Never split the row between two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def font_table() -> bytes:
    """The part fontTable.xml with the fonts of FONTS."""
    from docx.opc.oxml import serialize_part_xml

    entries = [
        element("font", element("altName", val=other), element("charset", val="86"), name=name)
        for name, other in FONTS.items()
    ]
    table: bytes = serialize_part_xml(element("fonts", *entries))
    return table
