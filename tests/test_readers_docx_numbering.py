"""The numbers that Word counts by itself stand in the text, as they do on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import read_document
from tests.reader_builders import docx_of, paragraph


def level(depth: int, style: str, label: str, *, start: int = 1, suffix: str = "tab") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{label}"/></w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def shown(body: str, definition: str, **parts: str) -> list[str]:
    document = read_document(Path("a.docx"), docx_of(body, numbering=definition, **parts))
    return [block.text.text for block in document.blocks]


def test_levels_count_on_and_start_again_below_a_new_upper_number() -> None:
    definition = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    )
    body = (
        item("成绩")
        + item("医改", 1)
        + item("公卫", 1)
        + item("培训", 2)
        + item("打算")
        + item("基层", 1)
        + item("试点", 2)
    )
    assert shown(body, definition) == [
        "一、成绩",
        "（一）医改",
        "（二）公卫",
        "1. 培训",
        "二、打算",
        "（一）基层",
        "1. 试点",
    ]


@pytest.mark.parametrize(
    ("style", "start", "written"),
    [
        ("chineseCountingThousand", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("japaneseCounting", 20, "二十"),
        ("taiwaneseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 23, "二三"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("ideographTraditional", 2, "乙"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"),
        ("someFutureStyle", 5, "5"),
    ],
)
def test_numbers_are_written_as_their_style_says(style: str, start: int, written: str) -> None:
    assert shown(item("文"), numbering(level(0, style, "%1、", start=start))) == [f"{written}、文"]


def test_a_number_does_not_run_into_a_figure() -> None:
    assert shown(item("2023年完成"), numbering(level(0, "decimal", "%1."))) == ["1. 2023年完成"]
    assert shown(item("2023年完成"), numbering(level(0, "decimal", "%1、"))) == ["1、2023年完成"]


def test_a_label_of_several_levels_shows_each_in_its_own_style() -> None:
    definition = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1-%2）"))
    assert shown(item("总则") + item("范围", 1), definition) == ["第一章总则", "一-1）范围"]


def test_bullets_are_list_items_without_a_mark() -> None:
    document = read_document(Path("a.docx"), docx_of(item("文"), numbering=numbering(level(0, "bullet", "\uf0b7"))))
    assert [(block.text.text, block.kind) for block in document.blocks] == [("文", "list_item")]


def test_a_list_may_restart_and_a_paragraph_may_leave_its_list() -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙") + item("丙", number=2) + item("丁", number=0)
    assert shown(body, numbering(level(0, "decimal", "%1）"), lists=lists)) == ["1）甲", "2）乙", "1）丙", "丁"]


def test_numbering_may_come_from_the_style() -> None:
    definition = (
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("成绩", '<w:pStyle w:val="h"/>') + paragraph("打算", '<w:pStyle w:val="h"/>')
    assert shown(body, numbering(level(0, "chineseCounting", "%1、")), styles=definition) == ["一、成绩", "二、打算"]


def test_a_list_that_is_not_defined_has_no_numbers() -> None:
    assert shown(item("文", number=9) + item("字", 5), numbering(level(0, "decimal", "%1."))) == ["文", "字"]
