"""A .docx gives what a person sees in Word: everything in its order, with all tracked changes accepted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document
from tests.reader_builders import docx_of, paragraph, table

LONG = "全县卫生健康系统攻坚克难，各项重点任务有序推进。" * 10


def read(body: str, **parts: str) -> Document:
    return read_document(Path("report.docx"), docx_of(body, **parts))


def shown(body: str, **parts: str) -> list[str]:
    return [block.text.text for block in read(body, **parts).blocks]


def style(name: str, inner: str = "", *, style_id: str = "s1") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{inner}</w:style>'


def styled(text: str, style_id: str = "s1") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style_id}"/>')


def test_the_text_is_the_blocks_joined_by_newlines() -> None:
    document = read(paragraph("　　一、成绩") + paragraph("") + paragraph("完成4480人。 "))
    assert document.text == "一、成绩\n完成4480人。"
    assert [block.text.span() for block in document.blocks] == [(0, 4), (5, 13)]


def test_paragraphs_and_tables_keep_their_order() -> None:
    body = paragraph("前") + table([["指标", "任务数", "完成数"], ["筛查", "", "4480人"]]) + paragraph("后")
    assert [(block.text.text, block.kind) for block in read(body).blocks] == [
        ("前", "paragraph"),
        ("指标 | 任务数 | 完成数", "table_row"),
        ("筛查 |  | 4480人", "table_row"),
        ("后", "paragraph"),
    ]


def test_a_table_that_holds_the_whole_report_reads_as_paragraphs() -> None:
    cell = f"<w:tc>{paragraph('一、成绩')}{paragraph(LONG)}</w:tc>"
    body = f"<w:tbl><w:tr>{cell}</w:tr><w:tr><w:tc>{paragraph('栏目')}</w:tc>{cell}</w:tr></w:tbl>"
    assert [(block.text.text, block.kind) for block in read(body).blocks] == [
        ("一、成绩", "paragraph"),
        (LONG, "paragraph"),
        ("栏目", "paragraph"),
        ("一、成绩", "paragraph"),
        (LONG, "paragraph"),
    ]


def test_a_table_inside_a_table_gives_its_own_rows() -> None:
    inner = table([["甲", "1"], ["乙", "2"]])
    body = f"<w:tbl><w:tr><w:tc>{paragraph('左')}</w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert shown(body) == ["左", "甲 | 1", "乙 | 2"]


def test_a_cell_merged_over_rows_is_read_once() -> None:
    def cell(text: str, merge: str) -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"

    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = f"<w:tr>{cell('妇幼', start)}{cell('筛查', '')}{cell('5', '')}</w:tr>"
    rows += f"<w:tr>{cell('', on)}{cell('叶酸', '')}{cell('6', '')}</w:tr>"
    assert shown(f"<w:tbl>{rows}</w:tbl>") == ["妇幼 | 筛查 | 5", " | 叶酸 | 6"]


def test_a_line_break_inside_a_paragraph_begins_a_new_block() -> None:
    assert shown("<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>") == ["第一行", "第二行"]


def test_text_in_links_fields_and_controls_is_read_and_field_codes_are_not() -> None:
    body = (
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        '<w:fldSimple w:instr="DATE"><w:r><w:t>12月</w:t></w:r></w:fldSimple>'
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('块级控件')}</w:sdtContent></w:sdt>"
    )
    assert shown(body) == ["链接12月控件", "块级控件"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>4380</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>4480</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom></w:p>"
        f"<w:ins>{paragraph('新增一段')}</w:ins>"
    )
    assert shown(body) == ["完成4480", "新增一段"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert shown(paragraph("上半", "<w:rPr><w:del/></w:rPr>") + paragraph("下半") + paragraph("另段")) == [
        "上半下半",
        "另段",
    ]


def test_a_text_box_is_read_once_although_it_is_stored_twice() -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert shown(body) == ["正文", "框内文字"]


def test_footnotes_and_endnotes_stand_at_the_end_without_their_separators() -> None:
    separator = f'<w:footnote w:type="separator">{paragraph("分隔")}</w:footnote>'
    assert shown(
        paragraph("正文"),
        footnotes=f"{separator}<w:footnote>{paragraph('脚注')}</w:footnote>",
        endnotes=f"<w:endnote>{paragraph('尾注')}</w:endnote>",
    ) == ["正文", "脚注", "尾注"]


def test_comparison_signs_of_the_symbol_font_become_characters() -> None:
    body = '<w:p><w:r><w:t>合格率</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r></w:p>'
    assert shown(body) == ["合格率≥95%"]


@pytest.mark.parametrize(
    ("definition", "level"),
    [
        (style("heading 2"), 2),
        (style("标题 3"), 3),
        (style("Title"), 1),
        (style("公文一级", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), 1),
        (style("派生", '<w:basedOn w:val="s2"/>') + style("heading 4", style_id="s2"), 4),
        (style("heading 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'), None),
        (style("圈", '<w:basedOn w:val="s1"/>'), None),
        (style("正文"), None),
    ],
)
def test_a_heading_is_what_its_style_declares(definition: str, level: int | None) -> None:
    block = read(styled("一、成绩"), styles=definition).blocks[0]
    assert (block.kind, block.level) == ("paragraph" if level is None else "heading", level)


def test_a_paragraph_may_declare_its_own_outline_level() -> None:
    assert read(paragraph("一、成绩", '<w:outlineLvl w:val="1"/>')).blocks[0].level == 2


def test_lines_of_a_table_of_contents_are_text_but_no_blocks() -> None:
    document = read(styled("一、成绩 1") + paragraph("一、成绩"), styles=style("toc 1"))
    assert [block.text.text for block in document.blocks] == ["一、成绩"]
    assert document.text == "一、成绩 1\n一、成绩"


def test_the_title_property_is_the_title() -> None:
    assert read_document(Path("a.docx"), docx_of(paragraph("正文"), title=" 某县总结 ")).title == "某县总结"
    assert read(paragraph("正文")).title is None


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="没有任何文字"):
        read(paragraph("　"))


def test_a_document_in_the_strict_namespace_is_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of(paragraph("严格格式")))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode().replace("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml")
            target.writestr(name, text.replace("/2006", ""))
    assert read_document(Path("a.docx"), buffer.getvalue()).text == "严格格式"


def test_what_python_docx_writes_is_read_back() -> None:
    import docx

    written = docx.Document()
    written.add_heading("某县2023年工作总结", 0)
    written.add_heading("一、成绩", 1)
    written.add_paragraph("完成4480人。")
    rows = written.add_table(rows=2, cols=2)
    for cell, text in zip(rows._cells, ["指标", "完成数", "筛查", "4480"], strict=True):
        cell.text = text
    buffer = io.BytesIO()
    written.save(buffer)
    document = read_document(Path("a.docx"), buffer.getvalue())
    assert [(block.text.text, block.kind, block.level) for block in document.blocks] == [
        ("某县2023年工作总结", "heading", 1),
        ("一、成绩", "heading", 1),
        ("完成4480人。", "paragraph", None),
        ("指标 | 完成数", "table_row", None),
        ("筛查 | 4480", "table_row", None),
    ]


@given(st.lists(st.text(st.sampled_from("一二。 \u3000\tAB9"), max_size=12), min_size=1, max_size=8))
def test_no_text_is_lost_and_every_character_is_the_one_it_points_at(paragraphs: list[str]) -> None:
    try:
        document = read("".join(paragraph(text) for text in paragraphs))
    except UnreadableFile:
        assert not "".join(paragraphs).strip()
        return
    assert [block.text.text for block in document.blocks] == [text.strip() for text in paragraphs if text.strip()]
    for block in document.blocks:
        start, end = block.text.span()
        assert document.text[start:end] == block.text.text
        assert list(block.text.starts) == list(range(start, end))
