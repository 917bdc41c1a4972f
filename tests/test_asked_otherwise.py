"""Questions as people ask them who have not the report's words before them: asked of a real archive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.service import Assistant
from tests.assistant_builders import assistant_over, said

CITY = """临泽市人民政府2024年政府工作报告

一、2023年工作回顾

全市地区生产总值增长5.8%，战略性新兴产业增加值占地区生产总值比重达到31%。全年新建口袋公园36座。

创新开展“局长接待日”活动，全年举办24场，征集群众提出问题676个，已经解决623个，群众上门反映情况有人接、有人办，得到上级部门和广大基层干部群众的一致肯定与好评，并在全省范围内作了经验交流。

新增省级示范社区3家。成功举办全省健康城市大会。

我们也清醒地看到，工作中还存在一些不足：受市场波动影响，进出口总额等指标未达预期；石化、钢铁产业受周期影响较大；基层编制紧张。

二、2024年重点工作

做好今年工作，必须把握好以下原则：一是稳字当头。二是实字为要。三是民字为先。

新建高标准农田45万亩。抓好粮食安全，确保粮食产量320万吨以上。我国面临三重压力，要迎难而上。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("otherwise") / "home", {"临泽2024.txt": CITY}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("临泽24年计划建多少高标准农田，粮食要收多少吨", ["45万亩", "320万吨"]),
        ("临泽23年“局长接待日”办了几场，群众提了多少问题，解决多少", ["24场", "676个", "623个"]),
        ("临泽2023年有哪些指标没完成预期", ["进出口总额"]),
        ("2023年临泽哪些目标没有达到", ["进出口总额"]),
        ("临泽2023年石化钢铁遇到什么难处", ["周期影响较大"]),
        ("临泽24年政府工作要把握好以下哪些原则", ["稳字当头", "实字为要", "民字为先"]),
        ("临泽24年政府工作报告里说的三重压力怎么讲", ["三重压力"]),
        ("临泽23年gdp增速", ["5.8%"]),
    ],
)
def test_is_answered(assistant: Assistant, question: str, told: list[str]) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained and all(one in said(answer) for one in told), said(answer)


@pytest.mark.parametrize(
    "question",
    [
        "临泽23年新增的三家示范社区是哪三家",
        "临泽23年健康城市大会是几月几号开的",
        "临泽23年口袋公园花了多少个亿",
        "临泽23年gdp总量多少亿",
    ],
)
def test_a_near_miss_is_no_answer(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained
