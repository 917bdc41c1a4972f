"""A PDF gives paragraphs again, in order, with their page, and without running lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document
from tests.reader_builders import Print, pdf_of, typeset

LONG = "今年以来全县卫生健康系统紧扣群众健康需求攻坚克难深化改革各项任务如期完成群众满意度稳步提高"
OTHER = "下一步我们将补齐基层短板抓实重点人群健康管理加快县医院新院区建设进度确保明年上半年投入使用"


def read(pages: list[list[Print]], *, title: str = "") -> Document:
    return read_document(Path("report.pdf"), pdf_of(pages, title=title))


def shown(pages: list[list[Print]]) -> list[str]:
    return [block.text.text for block in read(pages).blocks]


def test_lines_that_run_to_the_margin_are_one_paragraph() -> None:
    document = read(typeset([LONG + "。", OTHER + "。"]))
    assert [block.text.text for block in document.blocks] == [LONG + "。", OTHER + "。"]
    assert [block.page for block in document.blocks] == [1, 1]


def test_the_text_keeps_the_line_breaks_that_a_block_leaps_over() -> None:
    document = read(typeset([LONG + "。"]))
    block = document.blocks[0]
    assert document.text.replace("\n", "") == block.text.text
    start, end = block.text.span()
    assert document.text[start:end] == document.text
    assert all(document.text[block.text.starts[n]] == character for n, character in enumerate(block.text.text))


def test_a_paragraph_that_goes_on_over_the_page_is_one_block_of_its_first_page() -> None:
    document = read(typeset([LONG + "。", OTHER + "。"], rows=4))
    assert [(block.text.text, block.page) for block in document.blocks] == [(LONG + "。", 1), (OTHER + "。", 1)]


def test_running_headers_and_page_numbers_are_in_the_text_but_in_no_block() -> None:
    pages = typeset([LONG + "。", OTHER + "。", LONG + "！"], rows=4)
    for number, page in enumerate(pages, 1):
        page.insert(0, Print(230, 800, "某县卫生健康局文件", 10))
        page.append(Print(280, 40, f"— {number} —", 10))
    document = read(pages)
    assert [block.text.text for block in document.blocks] == [LONG + "。", OTHER + "。", LONG + "！"]
    assert document.text.count("某县卫生健康局文件") == 3
    assert "— 2 —" in document.text


@pytest.mark.parametrize("number", ["1", "- 1 -", "—1—", "第 1 页", "第1页 共1页", "1/1"])
def test_a_page_number_is_known_by_its_form_even_on_a_single_page(number: str) -> None:
    assert shown([[*typeset([LONG])[0], Print(290, 40, number, 10)]]) == [LONG]


def test_a_figure_alone_in_the_last_line_is_no_page_number() -> None:
    assert shown([[*typeset([LONG])[0], Print(90, 40, "4480", 14)]]) == [LONG, "4480"]


def test_a_heading_and_the_short_line_after_it_stay_apart() -> None:
    assert shown(typeset(["一、工作成绩", "完成签约任务。", LONG + "。"])) == [
        "一、工作成绩",
        "完成签约任务。",
        LONG + "。",
    ]


def test_a_full_line_before_an_indented_one_ends_a_paragraph() -> None:
    full = LONG[:37] + "。"  # 18 + 20 characters: its last line is full
    assert shown(typeset([full, OTHER + "。"])) == [full, OTHER + "。"]


def test_a_full_line_before_an_item_number_ends_a_paragraph() -> None:
    lines = [
        Print(90, 720, LONG[:20]),
        Print(90, 692, LONG[:19] + "。"),
        Print(90, 664, "2.加强培训。"),
        Print(90, 636, "（三）抓督查。"),
    ]
    assert shown([lines]) == [LONG[:20] + LONG[:19] + "。", "2.加强培训。", "（三）抓督查。"]


def test_a_line_cut_short_by_a_figure_that_did_not_fit_goes_on() -> None:
    lines = [
        Print(90, 720, LONG[:20]),
        Print(90, 692, LONG[20:36] + "为"),
        Print(90, 664, "1234567.89万元，同比增长。"),
    ]
    lines += [Print(118, 636, OTHER[:18]), Print(90, 608, OTHER[18:38])]
    assert shown([lines])[0] == LONG[:36] + "为1234567.89万元，同比增长。"


def test_a_title_in_two_centred_lines_is_one_block() -> None:
    title = [Print(150, 780, "某县卫生健康局二〇二三年", 22), Print(180, 748, "工作总结和工作计划", 22)]
    assert shown([[*title, *typeset([LONG + "。"])[0]]]) == ["某县卫生健康局二〇二三年工作总结和工作计划", LONG + "。"]


def test_a_title_whose_first_line_fills_the_width_is_one_block() -> None:
    title = [Print(96, 790, "某县卫生健康局二〇二三年", 22), Print(153, 758, "工作总结和计划", 22)]
    body = typeset([LONG + "。", OTHER + "。"])[0]
    assert shown([[*title, *body]]) == ["某县卫生健康局二〇二三年工作总结和计划", LONG + "。", OTHER + "。"]


def test_an_indented_line_opens_a_paragraph_although_the_heading_before_it_has_no_full_stop() -> None:
    heading = "一、" + LONG[:16]  # fills its line
    assert shown(typeset([heading, LONG + "。", OTHER + "。"])) == [heading, LONG + "。", OTHER + "。"]


def test_a_line_that_begins_with_what_looks_like_a_number_goes_on_with_an_open_sentence() -> None:
    lines = [Print(118, 720, LONG[:18]), Print(90, 692, LONG[18:38]), Print(90, 664, "第一、总量居前，同比增长。")]
    lines += [Print(118, 608, OTHER[:18]), Print(90, 580, OTHER[18:38])]
    assert shown([lines])[0] == LONG[:38] + "第一、总量居前，同比增长。"


def test_signature_and_date_at_the_right_margin_stay_apart() -> None:
    end = [Print(258, 560, "某县卫生健康局"), Print(244, 532, "二〇二三年十二月")]
    assert shown([[*typeset([LONG + "。"])[0], *end]]) == [LONG + "。", "某县卫生健康局", "二〇二三年十二月"]


def test_a_wide_gap_separates_paragraphs() -> None:
    lines = [
        Print(90, 720, LONG[:20]),
        Print(90, 692, LONG[20:40]),
        Print(90, 600, OTHER[:20]),
        Print(90, 572, OTHER[20:40]),
    ]
    assert shown([lines]) == [LONG[:40], OTHER[:40]]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = typeset([LONG + "。", OTHER + "。"], width=14, x=60)[0]
    right = typeset([OTHER + "！", LONG + "！"], width=14, x=320)[0]
    assert shown([left + right]) == [LONG + "。", OTHER + "。", OTHER + "！", LONG + "！"]


def test_latin_words_get_their_blank_back_and_figures_do_not() -> None:
    lines = [Print(90, 720, "abcd " * 8, 14), Print(90, 692, "efgh")]
    document = read([lines])
    assert document.blocks[0].text.text.endswith("abcd efgh")
    assert all(len(block.text.text) == len(block.text.starts) for block in document.blocks)


def test_the_title_property_is_the_title_unless_a_program_made_it_up() -> None:
    assert read(typeset([LONG]), title="某县2023年工作总结").title == "某县2023年工作总结"
    assert read(typeset([LONG]), title="Microsoft Word - 某县总结.docx").title == "某县总结"
    assert read(typeset([LONG]), title="untitled").title is None


def test_a_truncated_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_document(Path("a.pdf"), b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")


@given(st.lists(st.text(st.sampled_from("卫生健康工作总结任务完成"), min_size=1, max_size=70), min_size=1, max_size=8))
def test_no_character_of_the_text_layer_is_lost(paragraphs: list[str]) -> None:
    document = read(typeset(paragraphs))
    assert "".join(block.text.text for block in document.blocks) == "".join(paragraphs)
    for block in document.blocks:
        assert all(
            document.text[start] == character
            for character, start in zip(block.text.text, block.text.starts, strict=True)
        )
