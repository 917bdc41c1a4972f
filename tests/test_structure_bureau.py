"""Reports of bureaus and hospitals in the trade's ways: problems and intentions in one heading, inline, half-years."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, report_of, sense_of

TITLE = "云岭县卫健局2023年工作总结\n"


def test_problems_and_intentions_under_one_heading_are_parted_by_their_sentences() -> None:
    text = (
        f"{TITLE}一、工作开展情况\n{DEED}\n二、存在的问题及下一步打算\n一是人手不足。甲。二是经费紧张。\n"
        "针对以上问题，我局将采取措施：一是引进人才。乙。"
    )
    report = report_of(text)
    assert sense_of(report, "甲。") == ("problem", "2023")
    assert sense_of(report, "乙。") == ("plan", "2024")


def test_items_that_name_their_part_inline_turn_it() -> None:
    text = (
        f"{TITLE}一、工作情况\n1.医疗服务。甲。{DEED}\n2.存在问题：乙，人手不足。\n"
        f"3.下一步打算：丙，加强培训。\n二、党建工作\n丁。{DEED}"
    )
    report = report_of(text)
    assert [sense_of(report, words)[0] for words in ("甲。", "乙，", "丙，", "丁。")] == [
        "review",
        "problem",
        "plan",
        "review",
    ]


@pytest.mark.parametrize("heading", ["（三）目前存在的问题", "㈢存在的困难和不足", "3.主要问题", "三、困难和问题"])
def test_a_heading_names_the_problems_in_many_ways(heading: str) -> None:
    report = report_of(f"{TITLE}一、工作情况\n{DEED}\n{heading}\n甲，人手紧张。{DEED}")
    assert sense_of(report, "甲，") == ("problem", "2023")


@pytest.mark.parametrize(
    "sentence",
    [
        "虽然取得了一定成绩，但与群众期盼相比还有较大差距。",
        "同时，我们清醒地知道，基层力量仍需加强。",
        "我县卫生健康事业还面临一些困难和挑战，主要是：甲。",
        "但工作中仍存在不少短板。",
    ],
)
def test_a_sentence_names_the_problems_in_many_ways(sentence: str) -> None:
    report = report_of(f"{TITLE}一、工作情况\n{DEED}\n{sentence}")
    assert sense_of(report, sentence[:8]) == ("problem", "2023")


@pytest.mark.parametrize(
    "sentence",
    [
        "针对园区存在的薄弱环节，全年完成了改造。",
        "面对困难和挑战，我们迎难而上。",
        "然而门诊楼还存在布局零散等不足，我们把改造列为头等大事。",
    ],
)
def test_a_problem_that_was_met_or_mended_is_review(sentence: str) -> None:
    report = report_of(f"{TITLE}一、工作情况\n{sentence}{DEED}")
    assert sense_of(report, sentence[:8]) == ("review", "2023")


@pytest.mark.parametrize("heading", ["2023年工作计划完成情况", "目标任务完成情况", "2023年重点任务落实情况"])
def test_how_a_plan_was_carried_out_is_review(heading: str) -> None:
    report = report_of(f"{TITLE}一、{heading}\n甲。{DEED}\n二、下一步工作打算\n乙。{DEED}")
    assert (sense_of(report, "甲。"), sense_of(report, "乙。")) == (("review", "2023"), ("plan", "2024"))


def test_a_half_year_report_reviews_one_half_and_plans_the_other() -> None:
    text = f"云岭县卫健局2023年上半年工作总结及下半年工作打算\n㈠工作情况\n甲。{DEED}\n㈡下半年工作打算\n乙。{DEED}"
    report = report_of(text)
    assert (sense_of(report, "甲。"), sense_of(report, "乙。")) == (("review", "2023-H1"), ("plan", "2023-H2"))


def test_what_goes_on_by_second_and_third_goes_on_in_the_part_of_the_first() -> None:
    text = f"{TITLE}一、工作情况\n{DEED}\n下一步，我局将抓好三项工作。首先，抓管理。\n"
    text += "其次，抓培训。甲。\n（三）抓考核。乙。"
    report = report_of(text)
    assert (sense_of(report, "甲。"), sense_of(report, "乙。")) == (("plan", "2024"), ("plan", "2024"))


def test_five_years_and_the_last_of_them_are_told_apart_in_one_chapter() -> None:
    text = (
        "2026年云岭县政府工作报告\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、“十四五”时期工作回顾\n"
        f"甲。{DEED}\n刚刚过去的2025年，乙。{DEED}\n各位代表！回顾过去的五年，丙。{DEED}\n"
        f"同时，我县发展还面临不少困难和挑战，主要是：丁。\n二、“十五五”时期主要目标\n戊。{DEED}\n三、2026年重点工作\n己。{DEED}"
    )
    report = report_of(text)
    assert [sense_of(report, words) for words in ("甲。", "乙。", "丙。", "丁。", "戊。", "己。")] == [
        ("review", "2021/2025"),
        ("review", "2025"),
        ("review", "2021/2025"),
        ("problem", "2021/2025"),
        ("plan", "2026/2030"),
        ("plan", "2026"),
    ]


def test_a_chapter_of_the_year_and_of_five_years_is_divided_by_its_paragraphs() -> None:
    text = (
        "2026年云岭县政府工作报告\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、2025年工作和“十四五”发展回顾\n"
        f"过去一年，甲。{DEED}\n——这五年，乙。{DEED}\n——这五年，丙。{DEED}\n我们也清醒看到，还存在不少困难和问题。丁。\n二、2026年重点工作\n{DEED}"
    )
    report = report_of(text)
    assert [sense_of(report, words) for words in ("甲。", "乙。", "丙。", "丁。")] == [
        ("review", "2025"),
        ("review", "2021/2025"),
        ("review", "2021/2025"),
        ("problem", "2021/2025"),
    ]
