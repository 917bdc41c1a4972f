"""What may be asked next: only what the archive answers, and nothing that was asked already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.followups import MOST
from assistant.service import Assistant
from tests.assistant_builders import CITY_2022, COUNTY_2022, assistant_over

LEDGERED = """云溪县卫生健康局{year}年工作总结

一、主要指标完成情况
（一）妇幼健康。农村妇女两癌筛查任务数{target}人，实际完成{reached}人。
（二）家庭医生签约。重点人群家庭医生签约率目标90%，实际达到{rate}%。
（三）慢性病管理。高血压患者规范管理率为{managed}%。

二、存在的问题
基层人才不足，信息化建设相对滞后。
"""
FILES = {
    "云溪2021.txt": LEDGERED.format(year=2021, target=5000, reached=5200, rate="91.2", managed="79.8"),
    "云溪2022.txt": LEDGERED.format(year=2022, target=5500, reached=5100, rate="88.4", managed="81.3"),
    "双溪2022.txt": LEDGERED.replace("云溪", "双溪").format(
        year=2022, target=3000, reached=3300, rate="93.5", managed="84.6"
    ),
    "青禾2022.txt": COUNTY_2022,
    "临泽2022.txt": CITY_2022,
}
ASKED = (
    "云溪县2022年两癌筛查任务数是多少？",
    "云溪县2022年两癌筛查完成多少人？",
    "双溪县2022年高血压患者规范管理率是多少？",
    "云溪县2021年和2022年高血压患者规范管理率各是多少？",
    "云溪县2022年哪些指标没有完成？",
    "云溪县2022年存在哪些问题？",
    "青禾县2022年两癌筛查完成多少人？",
    "临泽市2022年两癌筛查完成了吗？",
    "黑水县2015年献血多少人次？",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("following") / "home", FILES) as opened:
        yield opened


def test_every_suggestion_is_answered(assistant: Assistant) -> None:
    offered = [one for asked in ASKED for one in assistant.followups(assistant.ask(asked))]
    assert len(offered) > 5
    assert not [one for one in offered if assistant.ask(one).abstained]


def test_there_are_few_none_twice_and_none_that_was_just_asked(assistant: Assistant) -> None:
    for asked in ASKED:
        offered = assistant.followups(assistant.ask(asked))
        assert len(offered) == len(set(offered)) <= MOST
        assert asked not in offered


def test_a_figure_leads_to_the_year_before_and_to_its_completion_unless_that_was_told(assistant: Assistant) -> None:
    offered = assistant.followups(assistant.ask(ASKED[0]))
    assert any("2021年" in one for one in offered)
    assert not any("完成了吗" in one for one in offered)  # target and result stand in one sentence
    parted = assistant.ask("云溪县2022年重点人群签约率任务数是多少？", part="review")
    assert len(assistant.followups(parted)) > 0


def test_another_body_with_the_same_indicator_is_offered(assistant: Assistant) -> None:
    offered = assistant.followups(assistant.ask(ASKED[2]))
    assert any(one.startswith("云溪县卫生健康局2022年") for one in offered), offered


def test_an_abstention_leads_nowhere(assistant: Assistant) -> None:
    answer: Answer = assistant.ask(ASKED[-1])
    assert answer.abstained and assistant.followups(answer) == []
