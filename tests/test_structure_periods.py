"""Part and period of every passage, resolved from headings, places in the report, and turning sentences."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, report_of, sense_of

SUMMARY = "云岭县卫健局2022年工作总结和2023年工作计划\n"
GOVERNMENT = "2024年云州市政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"


def test_a_bureau_s_summary_reviews_its_year_and_plans_the_next() -> None:
    text = f"{SUMMARY}一、工作开展情况\n甲。{DEED}\n二、存在的问题\n乙。{DEED}\n三、下一步工作打算\n丙。{DEED}"
    report = report_of(text)
    assert sense_of(report, "甲") == ("review", "2022")
    assert sense_of(report, "乙") == ("problem", "2022")
    assert sense_of(report, "丙") == ("plan", "2023")


def test_a_half_year_report_plans_the_second_half() -> None:
    title = "云岭县卫健局2023年上半年工作总结及下半年工作计划"
    report = report_of(f"{title}\n一、上半年工作情况\n甲。{DEED}\n二、下半年工作安排\n乙。{DEED}")
    assert sense_of(report, "甲") == ("review", "2023-H1")
    assert sense_of(report, "乙") == ("plan", "2023-H2")


def test_a_government_report_reviews_the_year_before() -> None:
    text = f"{GOVERNMENT}一、工作回顾\n甲。{DEED}\n二、今后工作安排\n乙。{DEED}\n三、加强政府自身建设\n丙。{DEED}"
    report = report_of(text)
    assert sense_of(report, "甲") == ("review", "2023")
    assert sense_of(report, "乙") == ("plan", "2024")
    assert sense_of(report, "丙") == ("plan", "2024")


@pytest.mark.parametrize("title", ["云岭县卫健局2023年工作计划", "云岭县卫健局2023年工作要点"])
def test_a_plan_plans_throughout(title: str) -> None:
    report = report_of(f"{title}\n2023年要做好以下工作。\n一、抓好医改取得新成效\n甲。{DEED}")
    assert sense_of(report, "以下工作") == ("plan", "2023")
    assert sense_of(report, "甲") == ("plan", "2023")


def test_a_plan_may_look_back_first() -> None:
    report = report_of(f"云岭县卫健局2023年工作计划\n一、2022年工作回顾\n甲。{DEED}\n二、2023年重点任务\n乙。{DEED}")
    assert sense_of(report, "甲") == ("review", "2022")
    assert sense_of(report, "乙") == ("plan", "2023")


@pytest.mark.parametrize(
    ("heading", "part", "period"),
    [
        ("一、2022年工作回顾", "review", "2022"),
        ("一、过去五年工作回顾", "review", "2019/2023"),
        ("一、今后五年的奋斗目标", "plan", "2024/2028"),
        ("一、“十三五”时期发展成就", "review", "2016/2020"),
        ("一、“十五五”时期主要目标任务", "plan", "2026/2030"),
        ("一、2021—2023年工作回顾", "review", "2021/2023"),
        ("一、关于2024年工作", "plan", "2024"),
        ("一、对今年政府工作的建议", "plan", "2024"),
        ("一、去年工作回顾", "review", "2023"),
        ("一、２０２３年工作回顾", "review", "2023"),
    ],
)
def test_a_heading_that_names_its_time_overrides(heading: str, part: str, period: str) -> None:
    report = report_of(f"{GOVERNMENT}{heading}\n（一）经济发展\n甲。{DEED}")
    assert sense_of(report, "甲") == (part, period)


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("工作思路", "plan"),
        ("努力方向", "plan"),
        ("2023年目标任务", "plan"),
        ("今后工作展望", "plan"),
        ("下一步改进措施", "plan"),
        ("目标任务完成情况", "review"),
        ("主要做法和成效", "review"),
        ("上级部署落实情况", "review"),
        ("计划生育工作情况", "review"),
        ("存在的困难和不足", "problem"),
        ("工作中的短板不足", "problem"),
        ("主要问题和原因分析", "problem"),
        ("着力解决群众看病难问题", "review"),
        ("补齐短板、完善设施", "review"),
    ],
)
def test_the_words_of_a_heading_tell_the_part(heading: str, part: str) -> None:
    report = report_of(f"{SUMMARY}一、工作情况\n{DEED}\n二、{heading}\n甲。{DEED}")
    assert sense_of(report, "甲")[0] == part


def test_lower_headings_follow_the_one_above() -> None:
    text = f"{SUMMARY}一、工作情况\n（一）医改。甲。{DEED}\n二、工作打算\n（一）推动医改取得新成效。乙。{DEED}"
    report = report_of(text)
    assert sense_of(report, "甲") == ("review", "2022")
    assert sense_of(report, "乙") == ("plan", "2023")


def test_a_lower_heading_may_name_problems_or_plans() -> None:
    text = f"{SUMMARY}一、信息公开\n（一）工作情况。甲。\n（二）存在的主要问题。乙。\n（三）下一步工作打算。丙。"
    report = report_of(text)
    assert sense_of(report, "甲。")[0] == "review"
    assert sense_of(report, "乙。") == ("problem", "2022")
    assert sense_of(report, "丙。") == ("plan", "2023")


def test_a_document_s_year_in_a_lower_heading_is_not_its_period() -> None:
    report = report_of(f"{SUMMARY}一、工作打算\n（一）深入落实《2021年行动方案》\n甲。{DEED}")
    assert sense_of(report, "甲") == ("plan", "2023")


@pytest.mark.parametrize(
    "turn",
    [
        "下一步，我局将继续加强管理。",
        "2023年，我们将新建门诊楼。",
        "我局将进一步充实队伍。",
        "今后，要坚持问题导向。",
        "明年计划新建门诊楼。",
        "接下来重点抓好落实。",
    ],
)
def test_a_sentence_that_looks_ahead_is_never_dated_as_review(turn: str) -> None:
    report = report_of(f"{SUMMARY}一、工作情况\n甲。{DEED}{turn}\n二、公共卫生\n乙。{DEED}")
    assert sense_of(report, "甲。") == ("review", "2022")
    assert sense_of(report, turn) == ("plan", "2023")
    assert sense_of(report, "乙") == ("review", "2022")


@pytest.mark.parametrize(
    "deed",
    [
        "我局将卫生监督纳入年度考核。",
        "为下一步工作打下坚实基础。",
        "针对存在的问题逐项整改到位。",
        "2022年11月完成验收。",
        "实现计划免疫全覆盖。",
    ],
)
def test_a_deed_stays_review(deed: str) -> None:
    assert sense_of(report_of(f"{SUMMARY}一、工作情况\n{DEED}{deed}"), deed) == ("review", "2022")


def test_a_turn_that_opens_a_paragraph_holds_to_the_end_of_the_section() -> None:
    text = f"{SUMMARY}一、工作情况\n甲。{DEED}\n下一步，重点抓好以下工作。\n乙。{DEED}"
    report = report_of(text)
    assert sense_of(report, "甲。") == ("review", "2022")
    assert sense_of(report, "乙。") == ("plan", "2023")


def test_a_turn_in_mid_paragraph_holds_for_it_and_its_enumeration() -> None:
    text = f"{SUMMARY}一、工作情况\n甲。{DEED}下一步，一是抓管理。\n二是抓培训。\n乙。{DEED}"
    report = report_of(text)
    assert sense_of(report, "抓培训") == ("plan", "2023")
    assert sense_of(report, "乙。") == ("review", "2022")


def test_the_sections_of_a_turn_share_the_path_and_follow_each_other() -> None:
    report = report_of(f"{SUMMARY}一、工作情况\n甲。{DEED}但仍存在人员不足等问题。下一步，将加强培训。")
    assert [(s.part, s.path) for s in report.sections] == [
        ("review", ("一、工作情况",)),
        ("problem", ("一、工作情况",)),
        ("plan", ("一、工作情况",)),
    ]
    assert [s.start for s in report.sections] == sorted(s.start for s in report.sections)


def test_headings_below_a_turned_text_are_turned_as_well() -> None:
    text = f"{SUMMARY}一、工作情况\n甲。{DEED}\n下一步，重点抓好两项工作：\n1.抓管理。乙。\n2.抓培训。丙。"
    report = report_of(text)
    assert sense_of(report, "乙。") == ("plan", "2023")
    assert sense_of(report, "丙。") == ("plan", "2023")


def test_a_plan_whose_heading_was_lost_is_known_by_its_opening_and_restarted_numbers() -> None:
    text = (
        f"{GOVERNMENT}一、2023年工作回顾\n（一）经济。甲。{DEED}\n（二）民生。{DEED}\n"
        f"做好今年工作的总体要求是：坚持稳中求进。\n（一）扩大投资。乙。{DEED}\n（二）促进消费。丙。{DEED}"
    )
    report = report_of(text)
    assert sense_of(report, "甲。") == ("review", "2023")
    assert sense_of(report, "乙。") == ("plan", "2024")
    assert sense_of(report, "丙。") == ("plan", "2024")


def test_a_heading_over_two_periods_is_divided_by_its_paragraphs() -> None:
    text = (
        f"2026年云州市政府工作报告\n一、“十四五”时期发展成就和“十五五”时期主要目标\n五年来，甲。{DEED}\n"
        f"“十五五”时期，乙。{DEED}\n（一）发展产业。丙。{DEED}"
    )
    report = report_of(text)
    assert sense_of(report, "甲。") == ("review", "2021/2025")
    assert sense_of(report, "乙。") == ("plan", "2026/2030")
    assert sense_of(report, "丙。") == ("plan", "2026/2030")


def test_a_paragraph_that_opens_with_an_earlier_year_speaks_of_that_year() -> None:
    report = report_of(f"{SUMMARY}一、工作情况\n2021年，甲。{DEED}\n乙。{DEED}")
    assert sense_of(report, "甲。") == ("review", "2021")
    assert sense_of(report, "乙。") == ("review", "2022")


def test_after_the_problems_an_unnamed_heading_of_a_government_report_is_plan() -> None:
    text = (
        f"{GOVERNMENT}一、2023年工作回顾\n甲。{DEED}\n我们也清醒地看到，发展中还存在不少困难和问题。乙。\n"
        f"二、扩大内需和促进增长\n丙。{DEED}"
    )
    report = report_of(text)
    assert sense_of(report, "乙。") == ("problem", "2023")
    assert sense_of(report, "丙。") == ("plan", "2024")


def test_an_unknown_year_leaves_the_part_known() -> None:
    report = report_of(f"卫健局20xx年工作总结\n一、工作情况\n甲。{DEED}\n二、工作打算\n乙。{DEED}")
    assert sense_of(report, "甲") == ("review", None)
    assert sense_of(report, "乙") == ("plan", None)


def test_a_glossary_is_of_no_part() -> None:
    report = report_of(f"{GOVERNMENT}一、2024年工作安排\n{DEED}\n名词解释\n甲。{DEED}")
    assert sense_of(report, "甲。") == (None, None)


def test_the_year_just_past_leaves_a_five_year_review() -> None:
    text = (
        "2026年青山省政府工作报告\n各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议。\n"
        f"一、“十四五”时期工作回顾\n五年来，甲项目建成三百处。{DEED}\n"
        f"刚刚过去的2025年，乙项目增长9%。{DEED}\n丙项目新设三万户。{DEED}\n二、2026年重点工作\n丁。{DEED}"
    )
    report = report_of(text)
    assert sense_of(report, "甲项目") == ("review", "2021/2025")
    assert sense_of(report, "乙项目") == ("review", "2025")
    assert sense_of(report, "丙项目") == ("review", "2025")
    assert sense_of(report, "丁") == ("plan", "2026")
