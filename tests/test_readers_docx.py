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
        ("指标：筛查 | 完成数：4480人", "table_row"),
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


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}">{paragraph(text)}</w:{kind}>'


def mark(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_a_footnote_is_a_paragraph_behind_the_one_that_refers_to_it() -> None:
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph("分隔")}</w:footnote>'
    body = (
        f"<w:p><w:r><w:t>管理率95%</w:t></w:r>{mark('footnote', 2)}<w:r><w:t>，达标。</w:t></w:r></w:p>"
        + paragraph("另段")
        + f"<w:p><w:r><w:t>末段</w:t></w:r>{mark('endnote', 2)}</w:p>"
    )
    assert shown(
        body, footnotes=separator + note("footnote", 2, "口径为常住人口。"), endnotes=note("endnote", 2, "见年鉴。")
    ) == ["管理率95%，达标。", "注：口径为常住人口。", "另段", "末段", "注：见年鉴。"]


def test_a_footnote_of_a_table_stands_behind_its_row() -> None:
    marked = f"<w:p><w:r><w:t>4480</w:t></w:r>{mark('footnote', 1)}</w:p>"
    row = f"<w:tr><w:tc>{paragraph('筛查')}</w:tc><w:tc>{marked}</w:tc></w:tr>"
    assert shown(f"<w:tbl>{row}</w:tbl>", footnotes=note("footnote", 1, "含复查。")) == ["筛查 | 4480", "注：含复查。"]


def test_a_footnote_without_a_reference_is_kept_and_one_of_deleted_text_is_not() -> None:
    deleted = f"<w:p><w:r><w:t>正文</w:t></w:r><w:del>{mark('footnote', 1)}</w:del></w:p>"
    notes = note("footnote", 1, "已删。") + note("footnote", 2, "无主。")
    assert shown(deleted, footnotes=notes) == ["正文", "注：无主。"]


def test_a_footnote_that_refers_to_itself_is_read_once() -> None:
    looped = f'<w:footnote w:id="1"><w:p><w:r><w:t>自指</w:t></w:r>{mark("footnote", 1)}</w:p></w:footnote>'
    assert shown(f"<w:p><w:r><w:t>正文</w:t></w:r>{mark('footnote', 1)}</w:p>", footnotes=looped) == [
        "正文",
        "注：自指",
    ]


def test_hidden_text_comments_and_soft_hyphens_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>完成</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>隐藏</w:t></w:r>'
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>4\u00ad480</w:t><w:softHyphen/></w:r>'
        '<w:commentRangeStart w:id="1"/><w:r><w:t>人</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    hidden = '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    assert shown(body, styles=hidden) == ["完成4480人"]


def field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_a_field_inside_the_code_of_a_field_is_code() -> None:
    begin, separate, end = (field_mark(kind) for kind in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText>DATE</w:instrText></w:r>{separate}<w:r><w:t>12月</w:t></w:r>{end}"
    body = (
        f"<w:p><w:r><w:t>截至</w:t></w:r>{field_mark('begin')}{inner}{field_mark('separate')}"
        f"<w:r><w:t>11月</w:t></w:r>{field_mark('end')}<w:r><w:t>底</w:t></w:r></w:p>"
    )
    assert shown(body) == ["截至11月底"]
    assert shown(f"<w:p><w:r><w:t>前</w:t></w:r>{field_mark('begin')}<w:r><w:t>没有结束</w:t></w:r></w:p>") == [
        "前没有结束"
    ]


def merged_cell(text: str, properties: str) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_a_header_of_two_rows_gives_labels_of_both() -> None:
    start, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        f"<w:tr>{merged_cell('指标', start)}{merged_cell('2022年', wide)}</w:tr>"
        f"<w:tr>{merged_cell('', on)}{merged_cell('任务数', '')}{merged_cell('完成数', '')}</w:tr>"
        f"<w:tr>{merged_cell('健康体检', '')}{merged_cell('5500', '')}{merged_cell('5600', '')}</w:tr>"
    )
    assert shown(f"<w:tbl>{rows}</w:tbl>") == [
        "指标 | 2022年",
        "任务数 | 完成数",
        "指标：健康体检 | 2022年任务数：5500 | 2022年完成数：5600",
    ]


def test_below_a_header_a_cell_merged_over_rows_speaks_for_each_row() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = "<w:tr>" + "".join(merged_cell(text, "") for text in ("类别", "指标", "完成数")) + "</w:tr>"
    rows += f"<w:tr>{merged_cell('妇幼', start)}{merged_cell('体检', '')}{merged_cell('5', '')}</w:tr>"
    rows += f"<w:tr>{merged_cell('', on)}{merged_cell('叶酸', '')}{merged_cell('6', '')}</w:tr>"
    assert shown(f"<w:tbl>{rows}</w:tbl>")[1:] == [
        "类别：妇幼 | 指标：体检 | 完成数：5",
        "类别：妇幼 | 指标：叶酸 | 完成数：6",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", "<html><body><p>嵌入的网页</p></body></html>".encode()),
        ("part.docx", docx_of(paragraph("嵌入的网页"))),
        ("part.txt", "嵌入的网页".encode()),
    ],
)
def test_an_embedded_document_is_read_in_its_place(name: str, data: bytes) -> None:
    document = read_document(Path("a.docx"), with_chunk(name, data))
    assert [block.text.text for block in document.blocks] == ["前", "嵌入的网页", "后"]
    assert document.notes == ()


def test_an_embedded_document_that_cannot_be_read_is_noted() -> None:
    document = read_document(Path("a.docx"), with_chunk("part.bin", b"\x00\x01\x02" * 99))
    assert [block.text.text for block in document.blocks] == ["前", "后"]
    assert "1 处外部内容" in document.notes[0]


def with_chunk(name: str, data: bytes) -> bytes:
    relation = (
        '<Relationships><Relationship Id="c1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/aFChunk" Target="{name}"/></Relationships>'
    )
    buffer = io.BytesIO()
    whole = docx_of(paragraph("前") + '<w:altChunk r:id="c1"/>' + paragraph("后"))
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.namelist():
            target.writestr(entry, relation if entry.endswith("document.xml.rels") else source.read(entry))
        target.writestr(f"word/{name}", data)
    return buffer.getvalue()


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
        ("指标：筛查 | 完成数：4480", "table_row", None),
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


def test_an_encoding_that_nobody_knows_is_damage_told_in_one_line() -> None:
    data = docx_of(paragraph("完成4480人。"))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/document.xml":
                body = b"<?xml version='1.0' encoding='UTF-9'?>" + body[body.index(b"<w:document") :]
            new.writestr(name, body)
    with pytest.raises(UnreadableFile, match="Word"):
        read_document(Path("report.docx"), changed.getvalue())
