"""Sentences: where they end, where an enumeration opens one, and what never divides one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("门诊平稳。住院增加！怎么办？", ["门诊平稳。", "住院增加！", "怎么办？"]),
        ("完成筛查；建立档案；落实随访。", ["完成筛查；", "建立档案；", "落实随访。"]),
        ("院长说：“要抓质量。”会后各科自查。", ["院长说：“要抓质量。”", "会后各科自查。"]),
        (
            "问题有三：一是人手少；二是经费紧，三是设备旧。",
            ["问题有三：", "一是人手少；", "二是经费紧，", "三是设备旧。"],
        ),
        ("措施如下：1.加强培训。2.充实力量。", ["措施如下：", "1.加强培训。", "2.充实力量。"]),
        ("重点是：（1）建机制；（2）补短板。", ["重点是：", "（1）建机制；", "（2）补短板。"]),
        ("各项工作有序推进……年底全部完成", ["各项工作有序推进……", "年底全部完成"]),
        ("经费到位\n人员到位", ["经费到位", "人员到位"]),
    ],
)
def test_sentences_end_at_closing_marks_and_open_at_enumerators(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "产前筛查率为102.28%，比上年提高1.5个百分点。",
        "系统网址为http://jk.example.cn/a.html?id=1，可随时查询。",
        "落实经费（含上级补助。另有配套；分两批）共三项。",
        "安全生产是第一要务，必须时刻绷紧这根弦。",
        "投入1.2亿元建设门诊楼。",
    ],
)
def test_decimals_addresses_and_brackets_do_not_divide_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_unclosed_bracket_protects_nothing() -> None:
    assert sentences("完成筛查（含复查。随访到位。") == ["完成筛查（含复查。", "随访到位。"]


def test_a_very_long_sentence_stays_one() -> None:
    text = "，".join(["继续推进各项工作"] * 300) + "。"
    assert sentences(text) == [text]


@given(st.text(alphabet="卫生健康。！？；…，、：“”（）《》()[]1.2一二是 \n　xX%", max_size=80))
def test_sentences_cover_all_text_that_is_not_white_space_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered or char.isspace() for i, char in enumerate(text))
