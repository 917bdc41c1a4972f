"""The judge's own eye for figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.figures import figures, han_value, possible_figures
from eval.metrics.text import contains


def kinds(text: str) -> list[tuple[str, str]]:
    return [(figure.kind, figure.text) for figure in figures(text)]


def test_numbers_percentages_years_and_dates_are_told_apart() -> None:
    assert kinds("2022年11月20日前完成４，３８０人，占９５．２％，千分之6.2即6.2‰，提高3个百分点") == [
        ("year", "2022年"), ("date", "11月20日"), ("number", "4,380"), ("percent", "95.2%"),
        ("number", "6.2"), ("permille", "6.2‰"), ("number", "3"),
    ]  # fmt: skip


def test_a_magnitude_belongs_to_the_figure_but_a_unit_of_measure_does_not() -> None:
    assert [(one.text, one.value) for one in figures("110余万人、5千人、12亿元、10千米")] == [
        ("110万", 1_100_000), ("5千", 5000), ("12亿", 1_200_000_000), ("10", 10),
    ]  # fmt: skip


def test_both_ends_of_a_run_of_years_are_years() -> None:
    assert kinds("2021—2025年") == [("year", "2021"), ("year", "2025年")]


@pytest.mark.parametrize(
    ("run", "value"),
    [("三百五十", 350), ("十二", 12), ("二〇二二", 2022), ("一千零二万", 10_020_000), ("一亿二千万", 120_000_000)],
)
def test_chinese_numerals_have_a_value(run: str, value: int) -> None:
    assert han_value(run) == value


@pytest.mark.parametrize("run", ["千万", "万一", "十四五", "四五百", "百千"])
def test_words_made_of_numerals_have_none(run: str) -> None:
    assert han_value(run) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_and_full_width_forms_change_nothing(number: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    for written in (f"{number}", f"{number:,}", f"{number:,}".translate(wide)):
        (figure,) = figures(f"共{written}人")
        assert figure.digits == Decimal(number)


@given(st.text(alphabet="0123456789.,%年月日万人共—-一二十 \n", max_size=30))
def test_what_is_shown_verbatim_is_always_possible_in_its_source(text: str) -> None:
    assert {figure.key for figure in figures(text) if figure.kind != "han"} <= possible_figures(text)


def test_a_source_is_read_generously_but_never_by_its_digits() -> None:
    held = possible_figures("1.2022年完成70—80%，11月20日报送14,380人，1—10月5 600人")
    assert {("year", Decimal(2022)), ("percent", Decimal(70)), ("date", (11, None)), ("date", (1, None))} <= held
    assert ("number", Decimal(5600), Decimal(1)) in held
    assert ("number", Decimal(4380), Decimal(1)) not in held
    assert ("number", Decimal(380), Decimal(1)) not in held


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("完成４，３８０人", "4380", True),
        ("完成14380人", "4380", False),
        ("完成4380.5人", "4380", False),
        ("完成43801人", "4380人", False),
        ("衛(wèi)生監(jiān)督", "卫生监督", True),
        ("对接 hrp 系统", "HRP", True),
        ("乡镇\n卫生院", "乡镇卫生院", True),
        ("乡镇医院", "乡镇卫生院", False),
    ],
)
def test_words_are_found_as_a_reader_finds_them(text: str, wanted: str, found: bool) -> None:
    assert contains(text, wanted) is found
