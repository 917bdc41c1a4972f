"""Greetings, thanks, closing calls, signatures and glossaries neither report nor plan: they have no part."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, passages_of, report_of, reports_of, section_with, sense_of

SUBMITS = "现在，我代表县人民政府，向大会报告工作，请予审议。"
GOVERNMENT = (
    f"2024年云岭县政府工作报告\n（2024年1月9日在云岭县第五届人民代表大会第四次会议上）\n各位代表：\n{SUBMITS}\n"
)
CALL = "各位代表！让我们更加紧密地团结起来，奋力谱写云岭新篇章！"


def test_what_comes_before_the_matter_has_no_part() -> None:
    report = report_of(f"{GOVERNMENT}一、2023年工作回顾\n甲。{DEED}")
    assert sense_of(report, "请予审议") == (None, None)
    assert sense_of(report, "甲。") == ("review", "2023")


def test_text_after_the_opening_and_before_any_heading_is_the_review() -> None:
    report = report_of(f"{GOVERNMENT}甲。{DEED}\n一、2023年工作回顾\n{DEED}")
    assert sense_of(report, "甲。") == ("review", "2023")


@pytest.mark.parametrize("call", [CALL, f"各位代表！\n{CALL[5:]}", f"同志们，{CALL[5:]}\n谢谢大家！"])
def test_the_closing_call_has_no_part(call: str) -> None:
    report = report_of(f"{GOVERNMENT}一、2023年工作回顾\n{DEED}\n二、2024年工作安排\n甲。{DEED}\n{call}")
    assert sense_of(report, "谱写云岭新篇章") == (None, None)
    assert sense_of(report, "甲。") == ("plan", "2024")


def test_a_closing_call_run_together_with_the_last_section_is_parted_from_it() -> None:
    report = report_of(f"{GOVERNMENT}一、2023年工作回顾\n{DEED}\n二、2024年工作安排\n甲。{DEED * 3}{CALL}")
    assert sense_of(report, "谱写云岭新篇章") == (None, None)
    assert sense_of(report, "甲。") == ("plan", "2024")


def test_a_plan_that_says_let_us_in_mid_report_stays_a_plan() -> None:
    text = f"{GOVERNMENT}一、2023年工作回顾\n{DEED}\n二、2024年工作安排\n让我们携手把实事办好。甲。\n" + f"{DEED}\n" * 8
    assert sense_of(report_of(text), "甲。") == ("plan", "2024")


def test_thanks_on_their_own_have_no_part_and_what_follows_has_its_own() -> None:
    text = (
        f"{GOVERNMENT}一、2023年工作回顾\n甲。{DEED}\n在此，我代表县人民政府，向全县人民表示衷心的感谢！\n"
        f"同时，我们清醒地看到，还存在不少困难和问题：乙。"
    )
    report = report_of(text)
    assert sense_of(report, "衷心的感谢") == (None, None)
    assert sense_of(report, "乙。") == ("problem", "2023")


def test_a_promise_to_mend_the_problems_plans_nothing() -> None:
    text = (
        f"{GOVERNMENT}一、2023年工作回顾\n{DEED}\n我们也清醒地看到，还存在不少困难和问题。"
        f"对此，我们将高度重视，认真加以解决。\n二、2024年工作安排\n{DEED}"
    )
    assert sense_of(report_of(text), "认真加以解决") == ("problem", "2023")


def test_the_signature_is_no_part_of_the_last_section() -> None:
    text = f"云岭县卫健局2022年工作总结\n一、工作情况\n{DEED}\n二、下一步打算\n甲。{DEED}\n"
    text += "特此报告。\n云岭县卫健局\n2022年12月20日"
    report = report_of(text)
    assert sense_of(report, "2022年12月20日") == (None, None)
    assert section_with(report, "特此报告").part is None
    assert sense_of(report, "甲。") == ("plan", "2023")


def test_a_sentence_that_a_line_break_cuts_before_a_body_s_name_is_not_a_signature() -> None:
    text = f"云岭县卫健局2022年工作总结\n一、工作情况\n{DEED}\n甲单位先后支援了全县各乡镇的\n云岭县人民医院"
    assert sense_of(report_of(text), "云岭县人民医院") == ("review", "2022")


def test_the_addressee_and_the_greeting_have_no_part() -> None:
    report = report_of(f"2022年工作情况汇报\n县人民政府：\n甲。{DEED}\n一、工作情况\n{DEED}")
    assert sense_of(report, "县人民政府：") == (None, None)
    assert sense_of(report, "甲。") == ("review", "2022")


def test_a_bureau_s_first_paragraph_is_no_ceremony() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n2022年1月至11月，全县门诊服务平稳\n{DEED}\n一、工作情况\n{DEED}")
    assert sense_of(report, "门诊服务平稳\n全县") == ("review", "2022")


@pytest.mark.parametrize(
    "opening",
    [
        "受疫情影响，全县卫生工作压力加大，我局各项工作仍有序开展，深受群众好评，有关工作取得实效。",
        "全年邀请专家审查施工图3次，组织人大代表视察并向其作工作汇报2次。",
    ],
)
def test_an_opening_that_only_sounds_like_submitting_is_review(opening: str) -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n{opening}\n一、工作情况\n{DEED}")
    assert sense_of(report, opening[:10]) == ("review", "2022")


def test_a_glossary_is_no_report_and_has_no_part() -> None:
    text = (
        f"{GOVERNMENT}一、2023年工作回顾\n{DEED * 3}\n二、2024年工作安排\n{DEED * 3}\n{CALL}\n附件1\n名词解释\n"
        f"一、两卡制：指健康卡。{DEED}\n二、医共体：甲。{DEED}"
    )
    report = report_of(text)
    assert sense_of(report, "两卡制") == sense_of(report, "甲。") == (None, None)


def test_a_table_of_contents_is_neither_title_nor_part_nor_report() -> None:
    text = (
        f"目录\n一、工作情况……1\n二、下一步打算……5\n云岭县卫健局2022年工作总结\n一、工作情况\n甲。{DEED}\n"
        f"二、下一步打算\n乙。{DEED}"
    )
    report = report_of(text)
    assert (report.title, report.year) == ("云岭县卫健局2022年工作总结", 2022)
    assert sense_of(report, "……5") == (None, None)
    assert (sense_of(report, "甲。"), sense_of(report, "乙。")) == (("review", "2022"), ("plan", "2023"))


def test_nothing_is_lost_between_ceremony_and_matter() -> None:
    text = f"{GOVERNMENT}一、2023年工作回顾\n甲。{DEED}\n二、2024年工作安排\n乙。{DEED}{CALL}"
    held = "".join(passage.text.text for passage in passages_of(reports_of(text)))
    for words in (SUBMITS, "甲。", "乙。", CALL):
        assert held.count(words) == 1
