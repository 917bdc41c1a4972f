"""Tables of a PDF give one block per row, with the cells in their places, whether ruled or only aligned."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pdf_builders import OTHER, SENTENCE, Draw, aligned, moved, read, rows_of, rule, ruled, running, shown, text

HEAD = [["指标"], ["任务数"], ["完成数"]]


def kinds(*pages: list[Draw]) -> list[str]:
    return [block.kind for block in read(*pages).blocks]


def test_a_ruled_table_gives_one_block_a_row_between_the_paragraphs_around_it() -> None:
    table = ruled([HEAD, [["两癌筛查"], ["10000"], ["10320"]]], x=90, y=600, width=120, height=24)
    page = [*running(SENTENCE + "。", x=90, y=720, width=28), *table, *running(OTHER + "。", x=90, y=500, width=28)]
    assert shown(page) == [
        SENTENCE + "。",
        "指标 | 任务数 | 完成数",
        "指标：两癌筛查 | 任务数：10000 | 完成数：10320",
        OTHER + "。",
    ]
    assert kinds(page) == ["paragraph", "table_row", "table_row", "paragraph"]


def test_a_cell_over_several_lines_is_one_cell() -> None:
    table = ruled(
        [HEAD, [["六十五岁以上老年", "人健康管理人数"], ["500", ""], ["498"]]], x=90, y=600, width=120, height=40
    )
    assert shown(table)[1] == "指标：六十五岁以上老年人健康管理人数 | 任务数：500 | 完成数：498"


def test_full_cells_with_hardly_a_gap_between_are_parted_by_the_rule() -> None:
    row = [["一二三四五六七八九十甲"], ["乙丙丁戊己庚辛壬癸子丑"]]
    assert (
        shown(ruled([row, row], x=90, y=600, width=114, height=24))[0]
        == "一二三四五六七八九十甲 | 乙丙丁戊己庚辛壬癸子丑"
    )


def test_an_empty_cell_keeps_its_place() -> None:
    rows = [[["甲"], ["乙"], ["丙"]], [[], ["丁"], ["戊"]]]
    assert shown(ruled(rows, x=90, y=600, width=120, height=24)) == ["甲 | 乙 | 丙", " | 丁 | 戊"]


def test_merged_cells_count_once_in_a_row_and_show_their_text_in_the_first_of_their_rows() -> None:
    levels = [rule(90, 600, 450, 600), rule(210, 576, 450, 576), rule(90, 552, 450, 552), rule(210, 528, 450, 528)]
    uprights = [rule(90, 600, 90, 504), rule(450, 600, 450, 504), rule(210, 600, 210, 504), rule(330, 576, 330, 504)]
    cells = [
        text(95, 570, "项目", size=10),
        text(300, 585, "2023年", size=10),
        text(215, 560, "任务", size=10),
        text(335, 560, "完成", size=10),
        text(95, 520, "签约", size=10),
        text(215, 535, "7", size=10),
        text(335, 535, "8", size=10),
        text(215, 510, "9", size=10),
        text(335, 510, "6", size=10),
    ]
    found = shown([*levels, *uprights, rule(90, 504, 450, 504), *cells])
    assert found == [
        "项目 | 2023年",
        "任务 | 完成",
        "项目：签约 | 2023年任务：7 | 2023年完成：8",
        "项目：签约 | 2023年任务：9 | 2023年完成：6",
    ]


def test_a_table_open_at_its_sides_is_a_table() -> None:
    levels = [rule(90, y, 450, y) for y in (600, 576, 552)]
    uprights = [rule(x, 600, x, 552) for x in (210, 330)]
    cells = [text(95 + 120 * c, 585 - 24 * r, f"格{r}{c}", size=10) for r in range(2) for c in range(3)]
    assert shown([*levels, *uprights, *cells]) == ["格00 | 格01 | 格02", "格10 | 格11 | 格12"]


def test_rows_without_rules_between_them_are_told_by_their_lines() -> None:
    names = ["两癌筛查", "家庭签约", "健康档案", "慢病管理"]
    table = ruled([[["指标"], ["完成数"]], [names, ["10", "20", "30", "40"]]], x=90, y=600, width=150, height=60)
    assert shown(table) == ["指标 | 完成数", *(f"指标：{name} | 完成数：{n}0" for n, name in enumerate(names, 1))]


def test_a_table_that_goes_on_overleaf_keeps_its_header_and_shows_it_once() -> None:
    first = ruled([HEAD, [["甲项"], ["1"], ["2"]]], x=90, y=200, width=120, height=24)
    second = ruled([HEAD, [["乙项"], ["3"], ["4"]]], x=90, y=700, width=120, height=24)
    third = ruled([[["丙项"], ["5"], ["6"]]], x=90, y=700, width=120, height=24)
    document = read(first, second, third)
    assert [(block.text.text, block.page) for block in document.blocks] == [
        ("指标 | 任务数 | 完成数", 1),
        ("指标：甲项 | 任务数：1 | 完成数：2", 1),
        ("指标：乙项 | 任务数：3 | 完成数：4", 2),
        ("指标：丙项 | 任务数：5 | 完成数：6", 3),
    ]
    assert document.text.endswith("指标 | 任务数 | 完成数")


def test_a_row_that_breaks_at_the_foot_of_the_page_is_one_row() -> None:
    row = [["1"], ["农村适龄妇女两癌免费"], ["500"], ["498"]]
    head = [["序号"], ["指标"], ["任务数"], ["完成数"]]
    first = ruled([head, row], x=60, y=200, width=120, height=24)
    rest = ruled([head, [[], ["检查人数"], [], []], [["2"], ["签约"], ["7"], ["8"]]], x=60, y=780, width=120, height=24)
    assert shown(first, rest)[1:] == [
        "序号：1 | 指标：农村适龄妇女两癌免费检查人数 | 任务数：500 | 完成数：498",
        "序号：2 | 指标：签约 | 任务数：7 | 完成数：8",
    ]


def test_a_frame_around_a_paragraph_is_no_table() -> None:
    frame = [rule(80, 750, 520, 750), rule(80, 600, 520, 600), rule(80, 600, 80, 750), rule(520, 600, 520, 750)]
    assert kinds([*frame, *running(SENTENCE + "。", x=90, y=720, width=28)]) == ["paragraph"]


def test_an_article_in_a_field_of_a_table_stays_paragraphs() -> None:
    lines = [(SENTENCE + OTHER)[at : at + 16] for at in range(0, 64, 16)]
    article = [*lines, "如期完成。", *lines, "投入使用。", *lines, *lines]
    table = ruled([[["总结"], article]], x=60, y=780, width=240, height=400)
    assert set(kinds(table)) == {"paragraph"}


def test_figures_aligned_in_columns_are_a_table_without_rules() -> None:
    rows = [("指标名称", "任务数", "完成数"), ("两癌筛查", "10000", "10320"), ("家庭签约", "5000", "4980")]
    page = [*running(SENTENCE + "。", x=90, y=720, width=28), *aligned(rows, places=(100, 250, 380), y=600)]
    head, *data = rows
    labelled = [" | ".join(f"{label}：{cell}" for label, cell in zip(head, row, strict=True)) for row in data]
    assert rows_of(read(page)) == [" | ".join(head), *labelled]


@pytest.mark.parametrize("below", [True, False])
def test_a_name_over_two_lines_belongs_to_its_row_wherever_the_figures_stand(below: bool) -> None:
    rows = [("指标名称", "任务数"), ("两癌筛查", "10"), ("家庭签约", "20"), ("健康档案", "30")]
    draws = aligned(rows, places=(100, 330), y=700, pitch=30)
    draws.append(text(100, 670 + (-13 if below else 13), "（免费服务）", size=12))
    name = "两癌筛查（免费服务）" if below else "（免费服务）两癌筛查"
    data = [(name, "10"), ("家庭签约", "20"), ("健康档案", "30")]
    assert rows_of(read(draws))[1:] == [f"指标名称：{name} | 任务数：{count}" for name, count in data]


def test_signatures_side_by_side_are_no_table() -> None:
    draws = aligned([("签发人：某某", "联系人：某某"), ("二〇二三年", "电话：不公开")], places=(100, 350), y=300)
    assert rows_of(read([*running(SENTENCE + "。", x=90, y=720, width=28), *draws])) == []


def test_a_table_on_a_page_that_lies_on_its_side_is_read() -> None:
    table = ruled([HEAD, [["两癌筛查"], ["10000"], ["10320"]]], x=90, y=400, width=120, height=24)
    assert shown([moved(draw, 595, 0, angle=90) for draw in table]) == [
        "指标 | 任务数 | 完成数",
        "指标：两癌筛查 | 任务数：10000 | 完成数：10320",
    ]


CELLS = st.text(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=9)  # words of no header, which would be repeated


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=6), st.booleans())
def test_no_character_of_a_table_is_lost_or_shown_twice(rows: list[list[str]], with_rules: bool) -> None:
    before = "表一" + SENTENCE
    if with_rules:
        table = ruled([[[cell] for cell in row] for row in rows], x=90, y=600, width=130, height=20)
    else:
        table = aligned(rows, places=(90, 250, 400), y=600)
    found = "".join(shown([*running(before, x=90, y=720, width=28), *table]))
    expected = before + "".join(chain.from_iterable(rows))
    assert sorted(found.replace(" | ", "").replace(" ", "")) == sorted(expected)
