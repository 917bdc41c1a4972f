"""Years, half-years and relative dates in questions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.years import read_years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年两癌筛查任务数多少", (2022,)),
        ("25年固投增长多少", (2025,)),
        ("25年内蒙固投增长多少", (2025,)),
        ("2019-2022年建档率", (2019, 2020, 2021, 2022)),
        ("2021年和2023年相比", (2021, 2023)),
        ("二〇二一年做了哪些事", (2021,)),
        ("2022建档率", (2022,)),
        ("99年全国财政收入", (1999,)),
        ("全国粮食产量，95年和96年各多少", (1995, 1996)),
        ("98到02这五年增长多少", (1998, 1999, 2000, 2001, 2002)),
    ],
)
def test_named_years_are_read(text: str, years: tuple[int, ...]) -> None:
    assert read_years(text).years == years


@pytest.mark.parametrize(
    "text", ["近20年来的变化", "第20年", "65岁以上老年人", "完成2022.5万元", "签约12022人", "建院60年", "70年代"]
)
def test_numbers_that_are_no_years_are_left_alone(text: str) -> None:
    assert read_years(text).years == ()


@pytest.mark.parametrize(("text", "offset"), [("去年完成多少", -1), ("明年打算", 1), ("今年目标", 0), ("前年呢", -2)])
def test_relative_years_are_offsets(text: str, offset: int) -> None:
    assert read_years(text).offsets == (offset,)


@pytest.mark.parametrize("base", ["比上一年", "较上年", "比去年同期"])
def test_the_year_that_a_growth_is_counted_from_is_no_year_asked_about(base: str) -> None:
    mention = read_years(f"2023年门诊量{base}增长多少")
    assert (mention.years, mention.offsets) == ((2023,), ())
    assert [mention.bases] == [((8, 8 + len(base)),)]


def test_two_years_set_against_each_other_are_both_asked_about() -> None:
    assert read_years("今年门诊量比去年增长多少").offsets == (0, -1)
    assert read_years("2023年门诊量和上年对比").offsets == (-1,)


def test_a_half_year_is_told_from_its_year() -> None:
    mention = read_years("2023年上半年建档率")
    assert (mention.years, mention.half) == ((2023,), 1)


def test_recent_years_are_a_count() -> None:
    assert read_years("近三年建档率变化").recent == 3


def test_a_five_year_figure_is_recognised() -> None:
    assert read_years("十四五期间新增多少").multi_year
    assert not read_years("2022年新增多少").multi_year


@given(st.text(max_size=60))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    spans = read_years(text).spans
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
