"""The page and the named styles of an official document.

GB/T 9704-2012: 5.1–5.2 (page, type area of 22 lines of 28 characters), 7.3 (title, addressee, levels, attachment note,
signature, date), 7.5 (page number). Sizes in pt; lengths of the page in mm; `w:` lengths in twentieths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.drafting.export.ooxml import element, font_table, fonts

TITLE, BODY, ADDRESSEE, NOTE, ORG, DATE = (
    "公文标题",
    "公文正文",
    "公文主送机关",
    "公文附件说明",
    "公文署名",
    "公文成文日期",
)
LEVELS = (BODY, "公文一级标题", "公文二级标题", "公文三级标题", "公文四级标题")
RUN_IN = (None, "公文一级标题字符", "公文二级标题字符", None, None)
"""Character styles for a heading that goes on as body text; levels 3 and 4 look like it anyway."""
LABEL, SOURCE, CELL, HEAD_CELL, PAGE_NUMBER, PAGE_NUMBER_EVEN, TABLE = (
    "公文附件标识",
    "公文来源说明",
    "公文表格文字",
    "公文表头",
    "公文页码",
    "公文页码偶数页",
    "公文表格",
)
XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"

LINE = 579
"""Exactly 28.95 pt: 22 lines fill 225 mm."""
TYPE_AREA_WIDTH = 8844
"""156 mm."""
_CHARACTER_SPACING = -5
"""-0.25 pt: 28 characters of 16 pt fill a line of 156 mm. A character grid (docGrid) would do the same in Word, but
other programs put small type and numbers on it too.
"""


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style. `first`, `left`, `right`: indents in characters of its own size."""

    name: str
    id: str
    font: str = FANGSONG
    size: int = 16
    first: int = 0
    left: int = 0
    right: int = 0
    align: str = "both"
    line: int | None = LINE
    outline: int | None = None
    keep_next: bool = False
    new_page: bool = False


_LOOKS = (
    _Look(TITLE, "GwTitle", XIAOBIAOSONG, 22, align="center", keep_next=True),
    _Look(ADDRESSEE, "GwAddressee"),
    _Look(BODY, "GwBody", first=2),
    _Look(LEVELS[1], "GwHeading1", HEITI, first=2, outline=0, keep_next=True),
    _Look(LEVELS[2], "GwHeading2", KAITI, first=2, outline=1, keep_next=True),
    _Look(LEVELS[3], "GwHeading3", first=2, outline=2),
    _Look(LEVELS[4], "GwHeading4", first=2, outline=3),
    _Look(NOTE, "GwNote", first=2, align="left"),
    _Look(ORG, "GwOrg", align="right"),
    _Look(DATE, "GwDate", align="right", right=4),
    _Look(LABEL, "GwLabel", HEITI, new_page=True, keep_next=True),
    _Look(SOURCE, "GwSource", size=12, first=2, line=400),
    _Look(CELL, "GwCell", size=12, align="center", line=360),
    _Look(HEAD_CELL, "GwHeadCell", HEITI, 12, align="center", line=360),
    _Look(PAGE_NUMBER, "GwPageNumber", SONGTI, 14, right=1, line=None, align="right"),
    _Look(PAGE_NUMBER_EVEN, "GwPageNumberEven", SONGTI, 14, left=1, line=None, align="left"),
)
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


def new_document() -> Any:
    """An empty document with the page, the styles and nothing of the template that it was made from."""
    from docx import Document

    document = Document()
    _strip(document)
    _defaults(document.styles.element)
    for look in _LOOKS:
        document.styles.element.append(_paragraph_style(look))
    for level, font in ((1, HEITI), (2, KAITI)):
        document.styles.element.append(_character_style(str(RUN_IN[level]), f"GwHeading{level}Char", font))
    document.styles.element.append(_table_style())
    _page(document)
    return document


def _strip(document: Any) -> None:
    """Drop the template's styles, picture and data of its maker."""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    dropped = ("stylesWithEffects", "thumbnail", "customXml", "numbering", "extended-properties")
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if any(relation.reltype.endswith(name) for name in dropped):
                del holder.rels[key]
            elif relation.reltype.endswith("fontTable"):
                relation.target_part._blob = font_table()
    for latent in document.styles.element.findall(element("latentStyles").tag):
        document.styles.element.remove(latent)
    settings = document.settings.element
    for tag in ("rsids", "savePreviewPicture"):
        for found in settings.findall(element(tag).tag):
            settings.remove(found)
    for found in settings.findall(element("themeFontLang").tag):
        found.getparent().replace(found, element("themeFontLang", val="zh-CN", eastAsia="zh-CN"))


def _defaults(styles: Any) -> None:
    """What every style starts from: 16 pt 仿宋 in Chinese, exact lines, no single-line rules."""
    old = styles.find(element("docDefaults").tag)
    run = element(
        "rPr",
        fonts(FANGSONG),
        element("sz", val=32),
        element("szCs", val=32),
        element("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"),
    )
    paragraph = element(
        "pPr",
        element("widowControl", val=0),
        element("spacing", before=0, after=0, line=LINE, lineRule="exact"),
    )
    new = element("docDefaults", element("rPrDefault", run), element("pPrDefault", paragraph))
    styles.replace(old, new)
    normal = next(style for style in styles.style_lst if style.name_val == "Normal")
    for tag in ("pPr", "rPr"):
        for found in normal.findall(element(tag).tag):
            normal.remove(found)


def _paragraph_style(look: _Look) -> Any:
    switches = [element(tag) for tag, on in (("keepNext", look.keep_next), ("pageBreakBefore", look.new_page)) if on]
    line, rule = (240, "auto") if look.line is None else (look.line, "exact")
    sides: dict[str, int] = {}
    for side, count in (("left", look.left), ("right", look.right), ("firstLine", look.first)):
        sides |= {f"{side}Chars": count * 100, side: count * look.size * 20}
    properties = element(
        "pPr",
        *switches,
        element("widowControl", val=0),
        element("autoSpaceDE", val=0),  # no gaps between Chinese and 2024: 28 places a line, as the standard counts
        element("autoSpaceDN", val=0),
        *([] if look.size == 16 else [element("snapToGrid", val=0)]),
        element("spacing", before=0, after=0, line=line, lineRule=rule),
        element("ind", **sides),
        element("jc", val=look.align),
        *([] if look.outline is None else [element("outlineLvl", val=look.outline)]),
    )
    return element(
        "style",
        element("name", val=look.name),
        element("basedOn", val="Normal"),
        element("next", val="GwBody" if look.outline is not None else look.id),
        element("qFormat"),
        properties,
        _run_properties(look.font, look.size, _CHARACTER_SPACING if look.size == 16 else 0),
        type="paragraph",
        customStyle=1,
        styleId=look.id,
    )


def _character_style(name: str, style_id: str, font: str) -> Any:
    return element(
        "style",
        element("name", val=name),
        element("basedOn", val="DefaultParagraphFont"),
        element("qFormat"),
        _run_properties(font, 16, _CHARACTER_SPACING),
        type="character",
        customStyle=1,
        styleId=style_id,
    )


def _run_properties(font: str, size: int, spacing: int) -> Any:
    sizes = (element("sz", val=size * 2), element("szCs", val=size * 2))
    return element("rPr", fonts(font), element("b", val=0), element("spacing", val=spacing), *sizes)


def _table_style() -> Any:
    """Single lines all round, half a point."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *(element(side, val="single", sz=4, space=0, color="auto") for side in sides))
    room = (("top", 45), ("left", 85), ("bottom", 45), ("right", 85))
    margins = element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in room))
    return element(
        "style",
        element("name", val=TABLE),
        element("basedOn", val="TableNormal"),
        element("qFormat"),
        element("tblPr", element("jc", val="center"), borders, margins),
        type="table",
        customStyle=1,
        styleId="GwTable",
    )


def _page(document: Any) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)  # the dash stands 7 mm below the type area
    for grid in section._sectPr.findall(element("docGrid").tag):
        section._sectPr.remove(grid)
    section._sectPr.append(element("docGrid", type="lines", linePitch=LINE))
