"""The Word document of a draft has the form of GB/T 9704-2012: looked up in the XML, and looked at as pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.export.docx import to_docx, write_docx
from assistant.drafting.export.form import title_lines, width
from assistant.drafting.types import Fact, Manuscript
from ingest.errors import UnwritableFile
from ingest.readers.office.program import find_program
from tests.paper_builders import FACTS, ORG, manuscript, order, section

OFFICE = find_program()
SENT = order(addressee="各乡镇卫生院，县直各医疗卫生单位:", date="2024-01-05")


def _document(*sections: Any, with_sources: bool = False, **changes: Any) -> Any:
    made = manuscript(*sections, **{"order": SENT, **changes})
    return Document(io.BytesIO(to_docx(made, with_sources=with_sources)))


def _looks(document: Any) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]


def _style_of(document: Any, text: str) -> Any:
    return next(one.style for one in document.paragraphs if text in one.text.replace("\n", ""))


def _value(holder: Any, path: str, attribute: str = "val") -> str | None:
    found = holder.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return None if found is None else found.get(qn(f"w:{attribute}"))


def _font(style: Any) -> str | None:
    return _value(style.element, "rPr/rFonts", "eastAsia")


def test_the_page_is_a4_with_the_margins_and_the_lines_of_the_standard() -> None:
    (page,) = _document().sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    pitch = int(page._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch")))
    assert pitch * 22 <= (page.page_height - page.top_margin - page.bottom_margin) / 635 < pitch * 22.1


def test_title_text_and_levels_have_their_fonts_and_none_is_bold() -> None:
    text = "（一）做好筛查。\n1.逐村组织。\n（1）逐户通知。\n全年开展四轮。"
    document = _document(section("公共卫生服务", text))
    expected = {
        f"{ORG}2024年工作计划": ("公文标题", "方正小标宋简体", 22),
        "一、公共卫生服务": ("公文一级标题", "黑体", 16),
        "（一）做好筛查。": ("公文二级标题", "楷体_GB2312", 16),
        "1.逐村组织。": ("公文三级标题", "仿宋_GB2312", 16),
        "（1）逐户通知。": ("公文四级标题", "仿宋_GB2312", 16),
        "全年开展四轮。": ("公文正文", "仿宋_GB2312", 16),
    }
    for line, (name, font, size) in expected.items():
        style = _style_of(document, line)
        assert (style.name, _font(style), style.font.size) == (name, font, Pt(size))
        assert _value(style.element, "rPr/rFonts", "ascii") == font
        assert style.font.bold is False
    assert all(not run.bold for paragraph in document.paragraphs for run in paragraph.runs)


def test_paragraphs_are_indented_by_two_characters_on_exact_lines_without_widow_control() -> None:
    document = _document(section("公共卫生服务", "（一）做好筛查。\n全年开展四轮。"))
    for line in ("一、公共卫生服务", "（一）做好筛查。", "全年开展四轮。"):
        properties = _style_of(document, line).element
        assert _value(properties, "pPr/ind", "firstLineChars") == "200"
        assert (_value(properties, "pPr/spacing", "line"), _value(properties, "pPr/spacing", "lineRule")) == (
            "579",
            "exact",
        )
        assert _value(properties, "pPr/widowControl") == "0"
    title = _style_of(document, "工作计划").element
    assert (_value(title, "pPr/jc"), _value(title, "pPr/ind", "firstLineChars")) == ("center", "0")


def test_a_heading_that_goes_on_in_its_line_has_its_font_only_up_to_the_full_stop() -> None:
    line = "（一）做好筛查。全年完成两癌筛查10000人。"
    document = _document(section("公共卫生服务", line))
    paragraph = next(one for one in document.paragraphs if one.text == line)
    head, rest = paragraph.runs
    assert (head.text, head.style.name, _font(head.style)) == ("（一）做好筛查。", "公文二级标题字符", "楷体_GB2312")
    assert (rest.text, rest.style.name) == ("全年完成两癌筛查10000人。", "Default Paragraph Font")
    assert paragraph.style.name == "公文正文", "a whole paragraph is no entry of the outline"


def test_headings_are_in_the_outline_of_the_document() -> None:
    document = _document(section("公共卫生服务", "（一）做好筛查。"))
    levels = [
        _value(_style_of(document, text).element, "pPr/outlineLvl") for text in ("一、公共卫生服务", "（一）做好筛查。")
    ]
    assert levels == ["0", "1"]


def test_headings_get_the_number_of_their_place_unless_they_bring_one() -> None:
    document = _document(
        section("公共卫生服务", "做好筛查。"),
        section("二、签约", "做实签约。"),
        section("中医药", "三、传承中医药\n建好中医馆。"),
        section("", "有关要求如下。"),
        section("人才", "引进人才。"),
    )
    heads = [text for name, text in _looks(document) if name == "公文一级标题"]
    assert heads == ["一、公共卫生服务", "二、签约", "三、传承中医药", "四、人才"]


def test_what_only_looks_like_a_number_is_body_text() -> None:
    texts = ["1.5亿元投入建设。", "2024年做好五件事。", "一是做好筛查。", "3、4月开展义诊。", "（略）"]
    looks = _looks(_document(section("", "\n".join(texts))))
    assert [name for name, text in looks if text in texts] == ["公文正文"] * 5


def test_the_addressee_stands_flush_left_with_a_full_width_colon() -> None:
    document = _document()
    style = _style_of(document, "各乡镇卫生院")
    assert ("公文主送机关", "各乡镇卫生院，县直各医疗卫生单位：") in _looks(document)
    assert _value(style.element, "pPr/ind", "firstLineChars") == "0"
    assert "公文主送机关" not in dict(_looks(_document(order=order())))


@pytest.mark.parametrize(
    ("given_date", "shown"),
    [
        ("2024-01-05", "2024年1月5日"),
        ("2024年01月05日", "2024年1月5日"),
        ("2024.12.31", "2024年12月31日"),
        ("2024-03", "2024年3月"),
        ("岁末", "岁末"),
        ("2024-13-01", "2024-13-01"),
        ("", "【待填：成文日期】"),
    ],
)
def test_the_date_has_no_zeros_in_front_and_stands_four_characters_in(given_date: str, shown: str) -> None:
    document = _document(order=order(addressee="各单位", date=given_date))
    assert ("公文成文日期", shown) in _looks(document)
    style = _style_of(document, shown).element
    assert (_value(style, "pPr/jc"), _value(style, "pPr/ind", "rightChars")) == ("right", "400")


def test_the_body_that_signs_is_centred_over_the_date_and_a_long_name_pushes_the_date_in() -> None:
    def indents(org: str) -> list[int]:
        document = _document(order=order(org=org, addressee="各单位", date="2024-01-05"))
        pair = [one for one in document.paragraphs if one.style.name in ("公文署名", "公文成文日期")]
        assert [one.text for one in pair] == [org, "2024年1月5日"]
        return [int(_value(one._p, "pPr/ind", "rightChars") or "400") for one in pair]

    assert indents("青禾县卫生健康局") == [300, 400]
    assert indents("青禾县人民政府办公室县域医疗卫生服务体系建设领导小组") == [0, 1000]


def test_a_plan_that_is_neither_sent_nor_dated_is_not_signed() -> None:
    names = dict(_looks(_document(order=order())))
    assert "公文署名" not in names and "公文成文日期" not in names


@pytest.mark.parametrize("facts", [FACTS, ()])
def test_no_page_can_hold_the_signature_alone(facts: tuple[Fact, ...]) -> None:
    paragraphs = _document(order=order(facts=facts, addressee="各单位")).paragraphs
    date = next(n for n, one in enumerate(paragraphs) if one.style.name == "公文成文日期")
    kept = [one for one in paragraphs[:date] if one.paragraph_format.keep_with_next]
    assert [one.text for one in kept[-3:]] == ["", "", ORG]
    assert kept[-4].text.startswith("附件：" if facts else "（1）随访率")
    assert kept == paragraphs[date - len(kept) : date] and not paragraphs[date].paragraph_format.keep_with_next


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = _document()
    assert document.settings.odd_and_even_pages_header_footer is True
    (page,) = document.sections
    for footer, side, other in ((page.footer, "right", "left"), (page.even_page_footer, "left", "right")):
        (paragraph,) = footer.paragraphs
        style = paragraph.style
        assert paragraph.text == "— 1 —"
        assert [one.text.strip() for one in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        kinds = [one.get(qn("w:fldCharType")) for one in paragraph._p.iter(qn("w:fldChar"))]
        assert kinds == ["begin", "separate", "end"]
        assert (_font(style), style.font.size, _value(style.element, "pPr/jc")) == ("宋体", Pt(14), side)
        assert _value(style.element, "pPr/ind", f"{side}Chars") == "100"
        assert _value(style.element, "pPr/ind", f"{other}Chars") == "0"


def test_the_language_is_chinese_and_the_file_names_a_title_and_no_person() -> None:
    document = _document()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(".//" + qn("w:lang"))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("zh-CN", "zh-CN")
    assert defaults.find(".//" + qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    core = document.core_properties
    assert (core.title, core.language) == (f"{ORG}2024年工作计划", "zh-CN")
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.created.year > 2023
    names = {str(part.partname) for part in document.part.package.iter_parts()}
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "app.xml" in name]


def test_every_style_that_is_referred_to_is_there() -> None:
    document = _document(with_sources=True)
    there = {style.style_id for style in document.styles}
    parts = [document.element, document.styles.element, document.sections[0].footer._element]
    used = {
        one.get(qn("w:val"))
        for part in parts
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
        for one in part.iter(qn(f"w:{tag}"))
    }
    assert used and used <= there


def test_placeholders_are_highlighted_wherever_they_stand() -> None:
    document = _document(section("", "（一）随访率达到【待填：随访率，%】。再建【待填：中医馆，个】。"))
    paragraph = next(one for one in document.paragraphs if "待填" in one.text)
    marked = [run.text for run in paragraph.runs if run.font.highlight_color is not None]
    assert marked == ["【待填：随访率，%】", "【待填：中医馆，个】"]
    assert paragraph.text == "（一）随访率达到【待填：随访率，%】。再建【待填：中医馆，个】。"


def test_targets_stand_in_a_table_whose_header_repeats_and_whose_rows_stay_whole() -> None:
    document = _document()
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "上年完成", "本年目标", "来源"],
        ["两癌筛查", "—", "10000人", "起草单位提供"],
        ["家庭医生签约", "8.4万人", "9万人", "起草单位提供"],
    ]
    assert [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)
    assert {cell.paragraphs[0].style.name for cell in table.rows[0].cells} == {"公文表头"}
    borders = table.style.element.find(".//" + qn("w:tblBorders"))
    assert {one.tag.split("}")[1] for one in borders} == {"top", "left", "bottom", "right", "insideH", "insideV"}
    assert sum(int(one.get(qn("w:w"))) for one in table._tbl.tblGrid) == 8844
    assert _document(order=order(facts=FACTS[2:])).tables == []


def test_the_attachment_note_lists_what_follows() -> None:
    def note(**changes: Any) -> list[str]:
        return [text for name, text in _looks(_document(**changes)) if name == "公文附件说明"]

    assert note(with_sources=True) == ["附件：1.主要指标目标表", "2.来源说明"]
    assert note() == ["附件：主要指标目标表"]
    assert note(order=order()) == ["附件：主要指标目标表"]
    assert note(order=order(facts=())) == []


def test_the_sources_are_an_attachment_that_can_be_left_out() -> None:
    looks = _looks(_document(with_sources=True))
    assert ("公文附件标识", "附件2") in looks and ("公文标题", "来源说明") in looks
    cited = [text for name, text in looks if name == "公文来源说明" and text.startswith("〔1〕")]
    assert len(cited) == 1 and "《青禾县卫生健康局2023年工作总结》" in cited[0] and "8.4万人" in cited[0]
    assert "公文来源说明" not in dict(_looks(_document()))


def test_a_long_title_is_broken_between_words_into_lines_of_like_length() -> None:
    title = "青禾县卫生健康局关于印发《青禾县2024年县域医疗卫生服务体系建设重点工作任务安排》的通知"
    lines = title_lines(title, ORG)
    assert "".join(lines) == title and len(lines) == 3
    assert lines[0].endswith("印发") and lines[1].startswith("《青禾县2024年")
    assert all(width(line) <= 20 for line in lines)
    assert title_lines("青禾县卫生健康局2024年工作计划", ORG) == ["青禾县卫生健康局2024年工作计划"]
    assert title_lines("青禾县卫生健康委员会2024年下半年重点工作安排", "青禾县卫生健康委员会") == [
        "青禾县卫生健康委员会",
        "2024年下半年重点工作安排",
    ]


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "无此文件夹" / "a.docx", tmp_path, tmp_path / "a\0.docx"):
        with pytest.raises(UnwritableFile, match="写不了文件") as fault:
            write_docx(manuscript(), path)
        assert "\n" not in str(fault.value)


_CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\r")
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.one_of(_CHARACTERS, st.sampled_from("一二、（）1.。\n【待填：】")), max_size=80), max_size=3)
)
def test_any_text_gives_a_readable_document_that_holds_just_this_text(texts: list[str]) -> None:
    document = _document(*(section("", text) for text in (texts or [""])), order=order(facts=()))
    _, *body = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
    assert body == [_NOT_XML.sub("\ufffd", line) for line in lines]


def _chinese_fonts() -> bool:
    lister = shutil.which("fc-list")
    return lister is not None and bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout)


def _pages(made: Manuscript, folder: Path) -> Any:
    """The document's pages as LibreOffice prints them."""
    import pypdfium2

    write_docx(made, folder / "a.docx", with_sources=False)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "a.docx")], check=True, capture_output=True, timeout=120)
    return pypdfium2.PdfDocument(folder / "a.pdf")


@pytest.mark.skipif(OFFICE is None or not _chinese_fonts(), reason="LibreOffice or a Chinese font is missing here")
def test_printed_pages_hold_22_lines_of_28_characters_between_the_margins(tmp_path: Path) -> None:
    facts = tuple(Fact(f"指标{n}目标{n}人", f"指标{n}", target=f"{n}人") for n in range(1, 60))
    text = "字" * (26 + 28 * 40) + "【待填：指标，人】"
    pages = _pages(manuscript(section("", text), order=order(facts=facts), title="计划"), tmp_path)
    texts = [page.get_textpage().get_text_range() for page in pages]
    lines = [[re.sub(r"\s", "", line) for line in text.splitlines() if line.strip()] for text in texts]

    assert [len(line) for line in lines[0] if "字" in line] == [26, *[28] * 19], "title, a blank line and 20 lines"
    assert sum(line == "字" * 28 for line in lines[1]) == 21
    assert all(f"—{n}—" in found for n, found in enumerate(lines, start=1))
    assert len(lines) > 3 and all("指标" in text for text in texts[2:]), "the table's header is on every page"

    for number, page in enumerate(pages, start=1):
        ink = page.render(scale=2).to_numpy()[..., :3].min(axis=2) < 128
        mm = 2 * 72 / 25.4
        rows, columns = ink.any(axis=1).nonzero()[0] / mm, ink.any(axis=0).nonzero()[0] / mm
        assert rows.min() > 36 and columns.min() > 27 and columns.max() < 185, "nothing stands in the margins"
        foot = ink[round(263 * mm) :].any(axis=0).nonzero()[0] / mm
        assert (foot.min() > 150) if number % 2 else (foot.max() < 60), "the page number: right on odd pages, else left"
        assert 263 < rows.max() < 275, "7 mm under the text"
    colours = pages[1].render(scale=1).to_numpy()[..., :3].reshape(-1, 3).tolist()
    assert [0, 255, 255] in colours, "the placeholder is yellow (in blue, green, red)"
