"""Open questions: what was done or is planned on a topic, what the problems are, what a whole plan says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Assistant
from tests.assistant_builders import assistant_over, said

_CITY = """长汀市2024年政府工作报告

一、2023年工作回顾

（一）经济运行稳中向好。地区生产总值增长6.1%。认真组织开展主题教育，干部作风明显转变。

（二）社会事业全面进步。教育供给更加充分。新建学校12所，新增学位8600个。招聘教师430人，集团化办学覆盖全部城区学校。文化惠民深入开展。送戏下乡260场，建成农家书屋88个。

（三）民生福祉持续增进。市第二医院建成投用，新增三级医院1家，县域医疗次中心达到9个。城镇新增就业3.2万人。空气质量优良天数比率达到92.4%，新增绿化2600亩，国控断面水质全部达标。

同时，我们也清醒地认识到，产业结构不够优，教育资源分布不均，营商环境有待改善，等等。

二、2024年重点工作

（一）做强产业支撑。新引进亿元以上项目60个。推动制造业数字化改造。

（二）建设教育强市。推进义务教育优质均衡发展，新增学位9000个。

（三）守护绿水青山。完成18家企业超低排放改造，治理水土流失40平方公里。
"""

_LAKE = """湖东市2024年政府工作报告

一、2023年工作回顾

（一）产业发展提速

新引进亿元以上项目41个。

二、2024年重点工作

做好全年工作，要把握好稳与进的关系。

（一）做强产业支撑，培育新的动能

实施制造业数字化改造。推进园区扩容。引进亿元以上项目50个。

（二）建设教育强市，促进优质均衡

学前教育扩充普惠学位3000个。

（三）办好民生实事，增进百姓福祉。提升教育供给质量。新建学校6所。完善社会保障体系。新增托位700个。

（四）守护绿水青山

守护绿水青山要久久为功。治理水土流失52平方公里。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("telling") / "home"
    with assistant_over(home, {"长汀2024.txt": _CITY, "湖东2024.txt": _LAKE}) as assistant:
        yield assistant


def test_what_stands_under_a_lead_that_names_the_topic_is_told_without_the_lead(assistant: Assistant) -> None:
    answer = said(assistant.ask("长汀市2023年教育方面做了哪些工作？"))
    assert "新增学位8600个" in answer
    assert "招聘教师430人" in answer
    assert "教育供给更加充分" not in answer


def test_the_next_lead_ends_what_the_first_is_about(assistant: Assistant) -> None:
    assert "送戏下乡" not in said(assistant.ask("长汀市2023年教育方面做了哪些工作？"))


def test_a_word_that_only_looks_like_the_topic_is_another_thing(assistant: Assistant) -> None:
    assert "主题教育" not in said(assistant.ask("长汀市2023年教育方面做了哪些工作？"))
    assert "主题教育" in said(assistant.ask("长汀市2023年主题教育开展得怎么样？"))


@pytest.mark.parametrize(
    ("topic", "told", "not_told"),
    [("医疗卫生", "市第二医院建成投用", "就业"), ("生态环境保护", "优良天数比率", "医院")],
)
def test_a_topic_of_the_trade_is_found_by_its_own_words(
    assistant: Assistant, topic: str, told: str, not_told: str
) -> None:
    answer = said(assistant.ask(f"长汀市2023年{topic}方面做了哪些工作？"))
    assert told in answer
    assert not_told not in answer


def test_what_was_done_is_not_told_by_what_is_still_wanting(assistant: Assistant) -> None:
    answer = assistant.ask("长汀市2023年营商环境方面做了哪些工作？")
    assert "有待改善" not in said(answer)


def test_problems_named_in_one_sentence_are_told(assistant: Assistant) -> None:
    assert "产业结构不够优" in said(assistant.ask("长汀市2023年有什么问题和不足？"))


@pytest.mark.parametrize("asked", ["重点工作有哪些", "主要任务是什么", "要做哪些工作"])
def test_a_whole_plan_is_told_by_the_first_sentence_of_each_section(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(f"长汀市2024年{asked}？")
    assert said(answer).splitlines() == ["做强产业支撑。", "建设教育强市。", "守护绿水青山。"]
    assert {one.part for one in answer.citations} == {"plan"}


def test_a_section_of_a_whole_plan_is_told_under_its_heading(assistant: Assistant) -> None:
    answer = assistant.ask("湖东市2024年重点工作有哪些？")
    assert said(answer).splitlines() == [
        "做好全年工作，要把握好稳与进的关系。",
        "做强产业支撑，培育新的动能：实施制造业数字化改造。",
        "建设教育强市，促进优质均衡：学前教育扩充普惠学位3000个。",
        "办好民生实事，增进百姓福祉。",
        "守护绿水青山要久久为功。",
    ]
    assert all(one.quote.removeprefix("（三）") in said(answer) for one in answer.citations)


def test_a_section_whose_heading_is_asked_for_is_told_by_its_leads(assistant: Assistant) -> None:
    answer = said(assistant.ask("湖东市2024年民生实事有哪些？"))
    assert answer.splitlines() == ["办好民生实事，增进百姓福祉：提升教育供给质量。", "完善社会保障体系。"]


def test_what_was_reached_is_not_told_by_the_plan(assistant: Assistant) -> None:
    answer = assistant.ask("长汀市2023年主要成绩有哪些？")
    assert {one.part for one in answer.citations} == {"review"}
