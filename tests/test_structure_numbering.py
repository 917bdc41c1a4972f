"""One grammar for every way to number: headings, list items, and the words that number sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.numbering import RANK, enumerator_at, numbering_at
from tests.structure_builders import DEED, path_of, report_of, sense_of

TITLE = "云岭县卫健局2022年工作总结\n"


@pytest.mark.parametrize(
    ("text", "style", "number", "end"),
    [
        ("㈠医疗服务", "cn_paren", 1, 1),
        ("㈩、医疗服务", "cn_paren", 10, 2),
        ("⑴医疗服务", "num_paren", 1, 1),
        ("⒇医疗服务", "num_paren", 20, 1),
        ("⒈医疗服务", "num", 1, 1),
        ("⒈⑵医疗服务", "num", 1, 1),
        ("１２、医疗服务", "num", 12, 3),
        ("（１）医疗服务", "num_paren", 1, 3),
        ("1)医疗服务", "num_paren", 1, 2),
        ("1，医疗服务", "num", 1, 2),
        ("1.2 医疗服务", "decimal", 2, 4),
        ("Ⅰ、医疗服务", "roman", 1, 2),
        ("Ⅻ 医疗服务", "roman", 12, 2),
        ("一　医疗服务", "cn", 1, 2),
        ("一，医疗服务", "cn", 1, 2),
        ("二)医疗服务", "cn_paren", 2, 2),
        ("【三】医疗服务", "cn_paren", 3, 3),
        ("第一，医疗服务", "ordinal", 1, 3),
        ("第二、医疗服务", "ordinal", 2, 3),
        ("　>　㈡医疗服务", "cn_paren", 2, 4),
    ],
)
def test_signs_words_and_lost_marks_are_read_and_end_where_they_end(
    text: str, style: str, number: int, end: int
) -> None:
    found = numbering_at(text)
    assert found is not None
    assert (found.style, found.number, found.end) == (style, number, end)


@pytest.mark.parametrize(
    "text",
    [
        "1.2万人",
        "1,200人",
        "第一、二季度",
        "第一、第二类",
        "第一季度",
        "一 年来",
        "十五五",
        "2 个百分点",
        "Ⅰ",
        "首先进单位",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbering_at(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一是抓管理", 1),
        ("十二是抓管理", 12),
        ("首先，抓管理", 1),
        ("其次抓管理", 2),
        ("最后，抓管理", 9),
        ("（三）抓管理", 3),
    ],
)
def test_sentences_are_numbered_by_words_as_well(text: str, number: int) -> None:
    found = enumerator_at(text)
    assert found is not None and found.number == number


def test_words_that_number_sentences_head_no_section() -> None:
    assert numbering_at("一是抓管理") is None and numbering_at("首先，抓管理") is None


@given(st.text(alphabet="第一二十（）()㈠⑴⒈①Ⅰ1２.、，　 >是部分节医A", max_size=40))
def test_a_number_ends_within_its_text_and_is_of_a_known_style(text: str) -> None:
    found = numbering_at(text)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert found.style in RANK and found.number >= 0
        assert numbering_at(text + "医疗") == found or text[found.end :] == ""


def test_signs_of_one_character_nest_as_their_spelt_out_forms() -> None:
    text = f"{TITLE}一、医疗服务\n㈠门诊\n⑴预约。甲。{DEED}\n⑵急诊。乙。{DEED}\n㈡住院\n丙。{DEED}\n"
    text += f"二、公共卫生\n丁。{DEED}"
    report = report_of(text)
    assert path_of(report, "乙。") == ("一、医疗服务", "㈠门诊", "⑵急诊")
    assert path_of(report, "丙。") == ("一、医疗服务", "㈡住院")
    assert path_of(report, "丁。") == ("二、公共卫生",)


def test_an_order_of_one_s_own_wins_over_the_usual_one() -> None:
    text = f"{TITLE}1、医疗服务\n（一）门诊\n甲。{DEED}\n（二）住院\n{DEED}\n2、公共卫生\n（一）体检\n乙。{DEED}"
    report = report_of(text)
    assert path_of(report, "甲。") == ("1、医疗服务", "（一）门诊")
    assert path_of(report, "乙。") == ("2、公共卫生", "（一）体检")


def test_numbers_that_are_skipped_or_twice_there_lose_no_section() -> None:
    text = f"{TITLE}一、医疗服务\n甲。{DEED}\n三、公共卫生\n乙。{DEED}\n三、中医药\n丙。{DEED}"
    report = report_of(text)
    assert [path_of(report, words) for words in ("甲。", "乙。", "丙。")] == [
        ("一、医疗服务",),
        ("三、公共卫生",),
        ("三、中医药",),
    ]


def test_a_restarted_row_under_the_next_heading_is_filed_under_that() -> None:
    text = f"{TITLE}一、工作情况\n1.门诊。{DEED}\n2.住院。{DEED}\n二、下一步打算\n1.体检。甲。{DEED}"
    report = report_of(text)
    assert path_of(report, "甲。") == ("二、下一步打算", "1.体检")
    assert sense_of(report, "甲。") == ("plan", "2023")
