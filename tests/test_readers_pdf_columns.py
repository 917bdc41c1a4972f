"""Pages in columns are read column by column; single columns, tables and titles are left as they are."""

from __future__ import annotations

from itertools import chain, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pdf_builders import OTHER, SENTENCE, Draw, read, rows_of, running, shown, text

LEFT = SENTENCE + "。" + OTHER + "。" + SENTENCE + "。"
RIGHT = OTHER + "！" + SENTENCE + "！" + OTHER + "！"


def column(string: str, x: float, y: float = 700, width: int = 16) -> list[Draw]:
    return running(string, x=x, y=y, width=width, pitch=20, size=12)


def woven(*columns: list[Draw]) -> list[Draw]:
    return [draw for draw in chain.from_iterable(zip_longest(*columns)) if draw is not None]


@pytest.mark.parametrize("interleaved", [False, True])
def test_the_left_column_comes_before_the_right(interleaved: bool) -> None:
    left, right = column(LEFT, 60), column(RIGHT, 320)
    assert shown(woven(left, right) if interleaved else left + right) == [LEFT, RIGHT]


def test_columns_whose_lines_stand_at_different_heights() -> None:
    assert shown(woven(column(LEFT, 60), column(RIGHT, 320, y=691))) == [LEFT, RIGHT]


def test_three_columns() -> None:
    texts = [SENTENCE + OTHER + "。", OTHER + SENTENCE + "！", SENTENCE + OTHER + "；"]
    columns = [running(each, x=40 + 180 * n, y=700, width=12, pitch=18, size=12) for n, each in enumerate(texts)]
    assert shown(woven(*columns)) == texts


def test_titles_over_the_whole_width_stay_in_their_places() -> None:
    upper = woven(column(LEFT, 60, y=720), column(RIGHT, 320, y=720))
    lower = woven(column(RIGHT, 60, y=420), column(LEFT, 320, y=420))
    title = text(130, 780, "某县卫生健康工作简报二〇二三年合订", size=20)
    second = text(150, 460, "第二期乡镇卫生院工作动态专刊", size=20)
    assert shown([*lower, second, *upper, title]) == [
        "某县卫生健康工作简报二〇二三年合订",
        LEFT,
        RIGHT,
        "第二期乡镇卫生院工作动态专刊",
        RIGHT,
        LEFT,
    ]


def test_a_sentence_goes_on_from_the_foot_of_one_column_to_the_head_of_the_next() -> None:
    whole = (SENTENCE + OTHER) * 3
    lines = [whole[at : at + 16] for at in range(0, 160, 16)]
    draws = [text(60, 700 - 20 * n, line, size=12) for n, line in enumerate(lines[:5])]
    draws += [text(320, 700 - 20 * n, line, size=12) for n, line in enumerate(lines[5:])]
    assert shown(draws) == ["".join(lines)]


def test_a_single_column_is_not_parted_by_its_short_lines() -> None:
    page = [*running(LEFT, x=90, y=720, width=28), text(330, 500, "某县卫生健康局"), text(330, 472, "二〇二三年")]
    assert shown(page) == [LEFT, "某县卫生健康局", "二〇二三年"]


def test_a_table_without_rules_is_not_read_as_columns() -> None:
    rows = [(f"第{n}项健康服务的名称和说明", f"{n}000人次") for n in range(1, 9)]
    draws = [
        text(x, 700 - 24 * n, cell, size=12)
        for n, row in enumerate(rows)
        for x, cell in zip((90, 380), row, strict=True)
    ]
    assert rows_of(read(draws)) == [" | ".join(row) for row in rows]


def test_lines_drawn_out_of_order_are_read_from_the_top_down() -> None:
    page = running(LEFT, x=90, y=720, width=28)
    assert shown(page[::-1]) == [LEFT]


@given(
    st.lists(st.text(st.sampled_from("卫生健康工作总结任务完成"), min_size=64, max_size=150), min_size=2, max_size=2)
)
def test_no_character_of_two_columns_is_lost(texts: list[str]) -> None:
    assert "".join(shown(woven(column(texts[0], 60), column(texts[1], 320)))) == "".join(texts)


def test_a_last_page_with_text_in_the_first_column_only() -> None:
    first = woven(column(LEFT, 60), column(RIGHT, 320))
    assert shown(first, [*column(LEFT, 60), *column(RIGHT, 60, y=500)]) == [LEFT, RIGHT, LEFT, RIGHT]
