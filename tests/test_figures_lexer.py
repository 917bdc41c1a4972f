"""Numbers with their units: what is a figure, what it is worth, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.figures.lexer import values
from ingest.figures.numerals import chinese_number

Seen = tuple[str, str | None, str]


def seen(text: str) -> list[Seen]:
    """(characters, value, unit) of each figure; a range as low—high."""
    found = []
    for value in values(text):
        low, high = value.low, value.high
        shown = (
            None if low is None else f"{low.normalize():f}" + (f"—{high.normalize():f}" if high != low and high else "")
        )
        found.append((text[value.start : value.end], shown, value.unit))
    return found


class TestWorth:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("管理高血压患者4.9万人", [("4.9万人", "49000", "人")]),
            ("免费筛查１，２３４人".translate(str.maketrans("１２３４", "1234")), [("1，234人", "1234", "人")]),
            ("拨付资金1,234.5万元", [("1,234.5万元", "12345000", "元")]),
            ("生产总值突破1.2万亿元", [("1.2万亿元", "1200000000000", "元")]),
            ("建档率84.20%", [("84.20%", "84.2", "%")]),
            ("提高2.3个百分点", [("2.3个百分点", "2.3", "百分点")]),
            ("死亡率3.0‰以内", [("3.0‰", "3", "‰")]),
            ("增长5%—6%", [("5%—6%", "5—6", "%")]),
            ("面积50至60平方米", [("50至60平方米", "50—60", "平方米")]),
            ("3.5万—4万人", [("3.5万—4万人", "35000—40000", "人")]),
            ("补助标准740元/月", [("740元/月", "740", "元/月")]),
            ("三家医院和一百二十三名医师", [("三家", "3", "家"), ("一百二十三名", "123", "名")]),
            ("完成百分之八十五点三", [("百分之八十五点三", "85.3", "%")]),
            ("产值翻一番", [("翻一番", "1", "番")]),
            ("300余名医务人员", [("300余名", "300", "名")]),
            ("平均住院日7.8天", [("7.8天", "7.8", "天")]),
            ("任务数4380，完成4480。", [("4380", "4380", ""), ("4480", "4480", "")]),
            ("投放X万袋、覆盖xx%", [("X万袋", None, "袋"), ("xx%", None, "%")]),
        ],
    )
    def test_a_figure_is_worth_what_it_says(self, text: str, expected: list[Seen]) -> None:
        assert seen(text) == expected

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("达到90%以上", "以上"), ("控制在3%以内", "以内"), ("不少于200人", "不少于"), ("增长5%左右", "左右"),
            ("约300人", "约"), ("超过5万人", "超过"), ("目标为≥77%", "≥"), ("300多人", "多"), ("达到90%", ""), 
            ("签约3000人", ""), ("节约200万元", ""),
        ],
    )  # fmt: skip
    def test_the_sign_word_is_kept_as_written(self, text: str, word: str) -> None:
        assert [value.comparator for value in values(text)] == [word]

    @given(
        st.integers(1, 10**7),
        st.sampled_from(["人", "名", "户", "张", "元", "件", "所", "公里"]),
        st.sampled_from(["", "万", "亿"]),
    )
    def test_any_count_comes_back_in_its_unit(self, number: int, unit: str, scale: str) -> None:
        (value,) = values(f"全年完成{number}{scale}{unit}，下一步继续推进。")
        assert value.low == Decimal(number) * {"": 1, "万": 10**4, "亿": 10**8}[scale]
        assert value.unit == unit

    @given(st.integers(1, 99_999))
    def test_a_chinese_numeral_is_read_as_it_is_spoken(self, number: int) -> None:
        assert chinese_number(spelt(number)) == number


def spelt(number: int) -> str:
    """A number below 100,000 as it is written in words: 10010 → 一万零一十."""
    digits = "零一二三四五六七八九"
    text = ""
    for place, step in ((10**4, "万"), (10**3, "千"), (10**2, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += digits[digit] + step
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


class TestNoFigures:
    @pytest.mark.parametrize(
        "text",
        [
            "2022年11月20日前完成", "2021—2023年行动", "国卫发〔2024〕86号", "第3名", "1.加强管理", "过去5年、连续3年",
            "120急救、12345热线", "PM2.5和H7N9", "建设5G网络", "《“十四五”规划》", "中央八项规定", "核心零部件",
            "超亿元项目", "xx县卫生局", "65岁以上老年人", "0—6岁儿童", "每千人口", "一批项目", "一体化推进", "xx街道",
            "第三期工程", "24小时服务", "3.0升级版", "14：30开会",
        ],
    )  # fmt: skip
    def test_dates_names_and_ordinals_are_none(self, text: str) -> None:
        assert seen(text) == []

    @given(
        st.text(
            st.sampled_from("0123456789.,万亿人%个百分点年月日一二三十x×—至以上约、，。 第〔〕（）Gk元"), max_size=40
        )
    )
    def test_spans_are_disjoint_rising_and_inside_the_text(self, text: str) -> None:
        at = 0
        for value in values(text):
            assert at <= value.start < value.end <= len(text)
            assert text[value.start : value.end].strip() == text[value.start : value.end]
            at = value.end


def test_a_masked_number_may_lack_its_unit_beside_one_that_has_it() -> None:
    told = values("肺癌筛查X例，发现病变X；随访X。")
    assert [one.masked for one in told] == [True, True, True]
    assert values("参观X区，会见X。") == []
