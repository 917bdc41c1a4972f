"""Plain text and Markdown: one block per line that is not blank, each where it stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document


def read(text: str, name: str = "report.txt") -> Document:
    return read_document(Path(name), text.encode())


def shown(document: Document) -> list[str]:
    return [block.text.text for block in document.blocks]


def test_each_line_that_is_not_blank_is_a_block_without_the_blanks_around_it() -> None:
    document = read("　　一、工作情况　\n\n \u3000\t\n  全年完成签约3.2万人。\r\n")
    assert shown(document) == ["一、工作情况", "全年完成签约3.2万人。"]
    assert document.text == "　　一、工作情况　\n\n \u3000\t\n  全年完成签约3.2万人。\n"


def test_a_block_leads_back_to_its_place() -> None:
    document = read("\n　　完成率98.6%。\n")
    start, end = document.blocks[0].text.span()
    assert document.text[start:end] == "完成率98.6%。"


def test_page_and_soft_line_breaks_end_a_line_as_well() -> None:
    assert shown(read("第一段\x0b第二段\x0c第三段\u2028第四段")) == ["第一段", "第二段", "第三段", "第四段"]


def test_hashes_make_headings_of_their_level() -> None:
    document = read("# 2023年工作总结\n## 一、主要成绩 ##\n#1号楼已经封顶\n", "report.md")
    assert [(block.text.text, block.kind, block.level) for block in document.blocks] == [
        ("2023年工作总结", "heading", 1),
        ("一、主要成绩", "heading", 2),
        ("#1号楼已经封顶", "paragraph", None),
    ]
    assert document.title == "2023年工作总结"


def test_markdown_lists_and_tables_lose_their_marks_but_not_their_text() -> None:
    document = read("- 强化培训\n| 指标 | 完成数 |\n|---|---:|\n| 签约 | 3.2万人 |\n", "report.md")
    assert [(block.text.text, block.kind) for block in document.blocks] == [
        ("强化培训", "list_item"),
        ("指标 | 完成数", "table_row"),
        ("签约 | 3.2万人", "table_row"),
    ]


@pytest.mark.parametrize("text", ["\n\n", " \u3000 ", "\ufeff"])
def test_a_file_of_blanks_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="没有任何文字"):
        read(text)


@given(st.text(st.sampled_from("一二总结。 \u3000\n\r\t#|-*x1%"), min_size=1), st.sampled_from(["a.txt", "a.md"]))
def test_every_character_of_a_block_is_the_source_character_it_points_at(text: str, name: str) -> None:
    try:
        document = read(text, name)
    except UnreadableFile:
        return
    for block in document.blocks:
        pairs = zip(block.text.text, block.text.starts, block.text.ends, strict=True)
        assert all(document.text[start:end] == character for character, start, end in pairs)
        assert block.text.text == block.text.text.strip() != ""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_no_visible_character_of_a_plain_text_is_lost(text: str) -> None:
    try:
        document = read(text)
    except UnreadableFile:
        return
    kept = "".join("".join(block.text.text.split()) for block in document.blocks if block.kind == "paragraph")
    if all(block.kind == "paragraph" for block in document.blocks):
        assert kept == "".join(document.text.split())
