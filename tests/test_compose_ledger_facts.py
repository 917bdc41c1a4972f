"""A known indicator of one year, asked for in free wording: told from where the ledger has it, and no other year's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.compose.clauses import LONG, around
from assistant.compose.ledger_facts import concerns, indicator_of
from assistant.service import Assistant
from tests.assistant_builders import assistant_over, question, said

_PROVINCE = """2025年霁月省人民政府工作报告

一、2024年工作回顾

全省地区生产总值增长5.9%，粮食产量310亿斤。

二、2025年工作安排

主要预期目标是：全省地区生产总值增长6%左右，城镇新增就业31万人以上，居民消费价格涨幅2%左右，城镇居民人均可支配收入增长5%左右，农村居民人均可支配收入增长6%左右，粮食产量320亿斤以上。
"""

_NEXT = """2026年霁月省人民政府工作报告

一、2025年工作回顾

过去一年，面对多重困难挑战，全省上下齐心协力、攻坚克难，经济运行稳中有进、质量效益持续改善，各项事业取得新的进步，全省地区生产总值增长6.3%，规上工业增加值增长8.8%，城镇新增就业33.4万人，城镇、农村居民人均可支配收入分别增长4.7%、6.6%，物价总体平稳。

“十四五”时期，地区生产总值年均增长7.1%，城镇新增就业累计160万人，粮食产量增长近12%。

严守耕地红线，新建高标准农田90万亩，全年粮食总产达到325.6亿斤，再创历史新高。

二、2026年工作安排

主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业30万人以上，居民消费价格涨幅1.8%左右，粮食产量330亿斤以上。
"""

_NEIGHBOUR = """2026年临泽省人民政府工作报告

一、2025年工作回顾

全省地区生产总值增长4.9%，城镇新增就业12.5万人。

二、2026年工作安排

主要预期目标是：地区生产总值增长5%左右。
"""

FILES = {"霁月2025.txt": _PROVINCE, "霁月2026.txt": _NEXT, "临泽2026.txt": _NEIGHBOUR}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("facts") / "home", FILES, today="2026-03-01") as opened:
        yield opened


class TestFreeWordings:
    @pytest.mark.parametrize(
        ("asked", "figure"),
        [
            ("霁月省2025年GDP增长多少", "6.3%"),
            ("霁月去年经济增速到底怎么样", "6.3%"),
            ("去年霁月省粮食总产搞到了多少", "325.6亿斤"),
            ("霁月去年打了多少粮食", "325.6亿斤"),
            ("霁月省上年度新增就业的数据", "33.4万人"),
            ("霁月去年新增就业咋样，有数吗", "33.4万人"),
            ("霁月今年经济增长想干到多少", "5.5%"),
            ("霁月省本年度粮食产量预期是多少", "330亿斤"),
            ("去年霁月说CPI要控制在多少来着，目标", "2%左右"),
            ("霁月今年新增就业力争达到多少", "30万人"),
        ],
    )
    def test_the_figure_of_that_year_is_given_and_no_average(
        self, assistant: Assistant, asked: str, figure: str
    ) -> None:
        answer = assistant.ask(asked)
        assert figure in said(answer)
        assert not any(wrong in said(answer) for wrong in ("7.1%", "160万人", "近12%", "临泽"))
        assert all(sentence.citations for sentence in answer.sentences)

    @pytest.mark.parametrize(
        "asked",
        ["霁月2025年GDP目标多少，完成了吗", "去年霁月经济增长说好的目标兑现了没", "霁月2025年GDP实际比目标高还是低"],
    )
    def test_promise_and_outcome_stand_beside_each_other(self, assistant: Assistant, asked: str) -> None:
        answer = assistant.ask(asked)
        assert "6%左右" in said(answer) and "6.3%" in said(answer)
        assert {one.source_file for one in answer.citations} == {"霁月2025.txt", "霁月2026.txt"}

    def test_a_report_named_with_its_year_answers_for_the_year_it_looks_back_on(self, assistant: Assistant) -> None:
        answer = assistant.ask("霁月省2026年政府工作报告回顾2025年时说粮食总产是多少")
        assert "325.6亿斤" in said(answer) and "320亿斤" not in said(answer)

    def test_an_outcome_in_words_is_told_in_words(self, assistant: Assistant) -> None:
        assert "物价总体平稳" in said(assistant.ask("霁月2025年CPI完成情况"))

    def test_what_is_told_by_its_parts_only_is_told_by_its_parts(self, assistant: Assistant) -> None:
        answer = said(assistant.ask("霁月2025年居民收入增长多少"))
        assert "4.7%" in answer and "6.6%" in answer

    def test_two_bodies_are_each_told_with_their_name(self, assistant: Assistant) -> None:
        answer = assistant.ask("霁月和临泽2025年新增就业谁高")
        assert "33.4万人" in said(answer) and "12.5万人" in said(answer)

    def test_a_year_that_no_report_tells_of_is_not_answered_with_another(self, assistant: Assistant) -> None:
        answer = said(assistant.ask("临泽2025年粮食产量多少"))
        assert "亿斤" not in answer


class TestWhatIsLeftToTheSearch:
    def test_an_indicator_that_the_table_does_not_know(self) -> None:
        assert indicator_of(question("青禾县2022年立案查处违法案件多少起")) is None

    def test_a_topic_with_more_in_it_than_the_indicator(self) -> None:
        assert indicator_of(question("青禾县2022年返乡农民工城镇新增就业多少人")) is None

    @pytest.mark.parametrize(
        "asked", ["2022年新增就业多少人", "青禾县新增就业多少人", "青禾县2021到2022年新增就业变化"]
    )
    def test_no_body_no_year_or_several_years(self, asked: str) -> None:
        assert not concerns(question(asked))

    @pytest.mark.parametrize("name", ["GDP", "经济增速", "地区生产总值", "生产总值增速"])
    def test_all_names_of_one_indicator_are_one(self, name: str) -> None:
        entry = indicator_of(question(f"青禾县2022年{name}是多少"))
        assert entry is not None and entry.name == "地区生产总值"


class TestClausesAroundFigures:
    def test_a_short_sentence_is_whole(self) -> None:
        assert around("甲增长1%，乙增长2%。", [3]) == (0, 12)

    def test_a_long_one_is_cut_to_the_clauses_that_hold_them(self) -> None:
        text = "，".join(["全省各项事业取得新的进步"] * 12) + "，甲增长1%，乙增长2%，丙增长3%。"
        assert len(text) > LONG
        start, end = around(text, [text.index("甲"), text.index("2%")])
        assert text[start:end] == "甲增长1%，乙增长2%，"

    def test_a_clause_that_goes_on_about_the_one_before_takes_it_along(self) -> None:
        text = "，".join(["全省各项事业取得新的进步"] * 12) + "，甲县产量3万吨，同比增长1%，丙增长3%。"
        start, end = around(text, [text.index("1%")])
        assert text[start:end] == "甲县产量3万吨，同比增长1%，"
