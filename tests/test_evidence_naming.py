"""A figure of another indicator with half of the same words is none of the one asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evidence.naming import used_names
from assistant.service import Assistant
from tests.assistant_builders import assistant_over, question, said


def _report(place: str, sentence: str) -> str:
    title = f"{place}人民政府2023年工作总结"
    return f"{title}\n\n一、主要工作\n\n（一）经济运行。{sentence}\n\n二、2024年工作打算\n\n稳中求进。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    home: Path = tmp_path_factory.mktemp("naming") / "home"
    files = {
        "东岭.txt": _report("东岭县", "工业投资增长12.5%，技改投资增长18%。"),
        "西塘.txt": _report("西塘县", "重点项目稳步推进。技改投资增长21%。"),
        "南浦.txt": _report("南浦县", "固定资产投资增长7.1%，规上工业增加值增长9%。"),
        "北亭.txt": _report("北亭县", "工业固定资产投资增长6.4%。"),
        "中原.txt": _report("中原县", "工业投资势头强劲。比上年增长8.8%。"),
        "高岗.txt": _report("高岗县", "粮食总产量8710吨，粮食产量创新高。"),
        "低坪.txt": _report("低坪县", "实施粮食产能提升行动，机械化率达到94%。办好冬季旅游季活动。"),
        "上林.txt": _report("上林县", "运行平稳。\n\n（二）工业经济。投资增长5.2%。"),
    }
    with assistant_over(home, files) as assistant:
        yield assistant


def test_the_very_indicator_is_told(assistant: Assistant) -> None:
    assert "12.5%" in said(assistant.ask("东岭县2023年工业投资增长多少"))


@pytest.mark.parametrize(("place", "lookalike"), [("西塘县", "21%"), ("南浦县", "7.1%")])
def test_a_lookalike_is_not(assistant: Assistant, place: str, lookalike: str) -> None:
    answer = assistant.ask(f"{place}2023年工业投资增长多少")
    assert answer.abstained
    assert lookalike not in said(answer)


def test_a_word_between_makes_no_other_indicator(assistant: Assistant) -> None:
    assert "6.4%" in said(assistant.ask("北亭县2023年工业投资增长多少"))


def test_the_sentence_before_may_name_it(assistant: Assistant) -> None:
    assert "8.8%" in said(assistant.ask("中原县2023年工业投资增长多少"))


def test_the_heading_may_say_of_what(assistant: Assistant) -> None:
    assert "5.2%" in said(assistant.ask("上林县2023年工业投资增长多少"))


def test_a_name_that_the_dictionary_has_as_one_word_is_its_two_words(assistant: Assistant) -> None:
    assert "8710吨" in said(assistant.ask("高岗县2023年粮食产量是多少"))
    answer = assistant.ask("低坪县2023年粮食产量是多少")
    assert answer.abstained
    assert "94%" not in said(answer)


def test_a_bare_name_of_a_quantity_asks_for_its_figure(assistant: Assistant) -> None:
    assert "8710吨" in said(assistant.ask("高岗县粮食产量"))
    assert assistant.ask("低坪县旅游收入").abstained
    assert question("青禾县提高居民收入").asks_figure is False
    assert question("青禾县居民收入").asks_figure is True


def test_words_that_no_report_uses_as_they_stand_are_not_insisted_on() -> None:
    asked = question("青禾县2022年工业投资增长多少")
    assert used_names(asked, lambda names: dict.fromkeys(names, 3))
    assert not used_names(asked, lambda names: dict.fromkeys(names, 0))
