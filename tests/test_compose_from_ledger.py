"""Lists, comparisons and series told from the ledger, over reports read in through the whole pipeline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import chain
from assistant.abstain import NOT_FOUND
from assistant.answer import Answer
from assistant.compose.ledger_rows import is_of, rows_for
from assistant.ledger import Cell, Ledger, LedgerRow
from assistant.question.bodies import BodyIndex
from assistant.question.understand import understand
from assistant.retrieval import Retriever
from assistant.service import Assistant
from ingest.archive import Archive
from tests.assistant_builders import assistant_over, question, said
from tests.ledger_builders import Archive as Figures
from tests.ledger_builders import report


def _county(year: int, screened: str, filed: str, tail: str = "") -> str:
    return f"""青禾县卫生健康局{year}年工作总结

一、{year}年主要工作

（一）妇幼健康。{screened}

（二）基层卫生。{filed}
{tail}"""


FILES = {
    "青禾2020.txt": _county(
        2020, "两癌筛查年度任务8800人，实际完成8500人。", "居民健康档案建档率达到86.5%，村卫生室任务12所，新建10所。"
    ),
    "青禾2021.txt": _county(
        2021, "两癌筛查年度任务9000人，截至11月20日完成9100人，完成率101.1%。", "居民健康档案建档率达到88.6%。"
    ),
    "青禾2022.txt": _county(
        2022,
        "两癌筛查年度任务10000人，实际完成9500人，完成率95%。免费产前筛查任务数4200人，实际完成4350人，完成率103.6%。"
        "新生儿疾病筛查任务数3000人，实际完成2400人。",
        "居民健康档案建档率达到91.4%。家庭医生签约任务数12万人，全年签约xx万人。",
    ),
    "霁月2022.txt": _county(
        2022, "两癌筛查年度任务7000人，实际完成7700人，完成率110%。", "居民健康档案建档率达到90.2%。"
    ).replace("青禾县", "霁月县"),
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("tables") / "home", FILES) as opened:
        yield opened


def _one(folder: Path, files: dict[str, str], asked: str) -> Answer:
    with assistant_over(folder / "home", files) as opened:
        return opened.ask(asked)


def _warned(answer: Answer) -> str:
    return "\n".join(item.text for item in answer.warnings)


class TestListsByStanding:
    def test_what_was_missed_the_worst_first_with_worked_out_rates_marked(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2022年哪些指标没有完成")
        first, second = answer.sentences
        assert "新生儿" in first.text and "3000人" in first.text and "2400人" in first.text
        assert "完成率80%（按原文两数计算）" in first.text
        assert [item.expression for item in first.computed] == ["2400/3000"]
        assert "9500人" in second.text and "完成率95%" in second.text and not second.computed
        assert all(sentence.citations for sentence in answer.sentences)

    def test_what_cannot_be_judged_is_counted_and_not_listed(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2022年哪些指标没有完成")
        assert "签约" not in said(answer)
        assert "另有1项" in _warned(answer)

    def test_what_was_exceeded_in_every_body_is_labelled(self, assistant: Assistant) -> None:
        answer = assistant.ask("2022年哪些任务超额完成了")
        assert [sentence.text.split("：")[0] for sentence in answer.sentences] == [
            "霁月县卫生健康局（2022年）",
            "青禾县卫生健康局（2022年）",
        ]
        assert "7700人" in said(answer) and "4350人" in said(answer) and "9500人" not in said(answer)

    def test_the_lowest_rate_of_the_latest_year(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县完成率最低的是哪项")
        assert len(answer.sentences) == 1 and "2400人" in said(answer) and "2022年" in said(answer)

    def test_a_topic_limits_the_list(self, assistant: Assistant) -> None:
        assert "2400人" not in said(assistant.ask("青禾县2022年两癌筛查哪些任务没有完成"))

    def test_where_nothing_was_missed_that_is_said_and_nothing_made_up(self, assistant: Assistant) -> None:
        answer = assistant.ask("霁月县2022年哪些指标没有完成")
        assert answer.abstained and "没有找到没有完成的指标" in _warned(answer)


class TestSeriesAndComparisons:
    def test_a_series_has_one_sentence_a_year_and_the_difference(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县近三年建档率变化")
        texts = [sentence.text for sentence in answer.sentences]
        assert [re.findall(r"[\d.]+%", text) for text in texts[:3]] == [["86.5%"], ["88.6%"], ["91.4%"]]
        assert texts[3] == "2022年比2020年高4.9个百分点（按原文两数计算）。"
        assert answer.sentences[3].computed[0].expression == "91.4-86.5"
        assert len(answer.sentences[3].citations) == 2

    def test_two_bodies_are_set_beside_each_other(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县和霁月县2022年两癌筛查完成情况对比")
        first, second, apart = (sentence.text for sentence in answer.sentences)
        assert "10000人" in first and "9500人" in first and "95%" in first
        assert "7000人" in second and "7700人" in second and "110%" in second
        assert apart == "霁月县卫生健康局比青禾县卫生健康局少1800人（按原文两数计算）。"

    def test_a_date_that_the_source_gives_is_told(self, assistant: Assistant) -> None:
        assert "9100人（截至11月20日）" in said(assistant.ask("青禾县2021年和2022年两癌筛查各多少人"))

    def test_every_number_stands_in_a_quote_or_was_worked_out(self, assistant: Assistant) -> None:
        answer = assistant.ask("青禾县2020年到2022年两癌筛查逐年变化")
        assert len(answer.sentences) == 4
        quotes = "".join(citation.quote for citation in answer.citations)
        for sentence in answer.sentences:
            worked = "".join(item.value for item in sentence.computed)
            assert all(number in quotes + worked for number in re.findall(r"\d{4,}(?=人)", sentence.text))

    def test_a_hidden_figure_is_said_to_be_hidden(self, tmp_path: Path) -> None:
        files = {
            "一.txt": _county(2021, "家庭医生签约任务数11万人，全年签约11.5万人。", "无。"),
            "二.txt": _county(2022, "家庭医生签约任务数12万人，全年签约xx万人。", "无。"),
        }
        answer = _one(tmp_path, files, "青禾县2021年和2022年家庭医生签约各多少人")
        assert "11.5万人" in said(answer) and "数字已隐去" in said(answer)
        assert "按原文两数计算" not in said(answer)

    def test_how_something_is_done_is_no_question_for_figures(self, assistant: Assistant) -> None:
        asked = "青禾县和霁月县2022年两癌筛查的做法有何不同"
        assert "按原文两数计算" not in said(assistant.ask(asked))


class TestDisagreement:
    def test_two_values_of_one_report_are_both_shown_and_marked(self, tmp_path: Path) -> None:
        tail = "\n（三）卫生监督。监督检查有序开展。两癌筛查实际完成10524人。\n"
        files = {"一.txt": _county(2022, "两癌筛查年度任务10000人，实际完成10400人。", "无。", tail)}
        answer = _one(tmp_path, files, "青禾县2022年两癌筛查完成多少人")
        assert "10400人" in said(answer) and "10524人" in said(answer) and "不一致" in said(answer)
        assert "几个不同的数" in _warned(answer) and len(answer.sentences[0].citations) == 2

    def test_two_reports_of_one_year_are_both_shown_with_their_dates(self, tmp_path: Path) -> None:
        early = _county(2022, "今年任务繁重。截至11月20日，两癌筛查完成9400人。", "基层服务能力不断提升，群众满意。")
        late = """青禾县卫生健康局2022年度总结报告

一、年度工作回顾

妇女儿童保健网络更加健全，各乡镇按月通报进度。截至12月25日，两癌筛查完成10200人。

二、队伍建设回顾

组织业务培训，考核合格后上岗，服务水平稳步提高。
"""
        answer = _one(tmp_path, {"早.txt": early, "晚.txt": late}, "青禾县2022年两癌筛查完成多少人")
        assert "9400人（截至11月20日）" in said(answer) and "10200人（截至12月25日）" in said(answer)
        assert {citation.source_file for citation in answer.citations} == {"早.txt", "晚.txt"}

    def test_one_value_stated_twice_is_no_disagreement(self, tmp_path: Path) -> None:
        tail = "\n（三）卫生监督。两癌筛查实际完成10400人。\n"
        files = {"一.txt": _county(2022, "两癌筛查年度任务10000人，实际完成10400人。", "无。", tail)}
        assert "不一致" not in said(_one(tmp_path, files, "青禾县2022年两癌筛查完成多少人"))


@pytest.mark.parametrize(("asked", "date"), [("2022年13月", "13月"), ("3022年", "3022年")])
def test_an_impossible_date_is_named_and_nothing_is_answered(assistant: Assistant, asked: str, date: str) -> None:
    for wanted in ("两癌筛查完成多少人", "哪些指标没有完成", "两癌筛查和霁月县对比"):
        answer = assistant.ask(f"青禾县{asked}{wanted}")
        assert answer.abstained and said(answer).startswith(f"{NOT_FOUND}“{date}”") and "没有这样的日期" in said(answer)
        assert "青禾县卫生健康局" in said(answer)


class TestPlantedWrongRows:
    """A ledger that is wrong must not make an answer wrong."""

    def _answer(self, assistant: Assistant, asked: str, change: Callable[[LedgerRow], LedgerRow]) -> str:
        true = assistant.ledger()
        planted = Ledger([change(row) for row in true.rows], assistant.reports())
        bodies = BodyIndex(assistant.reports())
        with Archive.create_or_open(assistant._settings.home) as archive:
            reports = {one.id: one for one in assistant.reports()}
            run = chain.build(Retriever(archive, None), reports, None, lambda: planted)
            *_, composed = run.stream(understand(asked, (), bodies, assistant.reports()))
            assert isinstance(composed, chain.Composed)
        return "\n".join(sentence.text for sentence in composed.verified.sentences)

    def _wrong(self, row: LedgerRow, change: Callable[[Cell], Cell]) -> LedgerRow:
        return replace(row, results=tuple(change(cell) for cell in row.results))

    def test_a_number_that_its_passage_does_not_hold_is_never_shown(self, assistant: Assistant) -> None:
        def change(cell: Cell) -> Cell:
            figure = replace(cell.record.figure, text="7777人")
            return replace(cell, record=replace(cell.record, figure=figure))

        for asked in ("青禾县和霁月县2022年两癌筛查完成情况对比", "青禾县2022年哪些指标没有完成"):
            shown = self._answer(assistant, asked, lambda row: self._wrong(row, change))
            assert "7777" not in shown

    def test_another_body_s_row_is_not_told_of_the_one_asked_about(self, assistant: Assistant) -> None:
        stolen = next(row for row in assistant.ledger().rows if "霁月" in (row.org or "") and row.unit == "人")

        def change(row: LedgerRow) -> LedgerRow:
            if row.key != stolen.key or "青禾" not in (row.org or ""):
                return row
            return replace(row, results=stolen.results)

        shown = self._answer(assistant, "青禾县2021年和2022年两癌筛查各多少人", change)
        assert "7700" not in shown

    def test_another_year_s_value_is_not_told_of_the_year_asked_about(self, assistant: Assistant) -> None:
        old = next(
            row for row in assistant.ledger().rows if str(row.period) == "2020" and row.results[:1] and row.unit == "人"
        )

        def change(row: LedgerRow) -> LedgerRow:
            return replace(row, results=old.results, targets=()) if row.key == old.key else row

        shown = self._answer(assistant, "青禾县2021年和2022年两癌筛查各多少人", change)
        assert "8500" not in shown

    def test_a_rate_of_decline_is_left_to_the_quote(self, tmp_path: Path) -> None:
        files = {
            "一.txt": _county(2021, "孕产妇死亡人数同比增长2.1%。", "地区生产总值增长6.1%。"),
            "二.txt": _county(2022, "妇幼工作平稳。", "地区生产总值下降1.2%。"),
        }
        shown = said(_one(tmp_path, files, "青禾县2021年和2022年地区生产总值增速各多少"))
        assert "增速为1.2%" not in shown and ("1.2%" not in shown or "下降1.2%" in shown)


class TestChoosingRows:
    def _rows(self, figures: Figures, asked: str, years: tuple[int, ...] = (2021, 2022)) -> list[str]:
        found = rows_for(question(asked), [(None, year) for year in years], Ledger(figures.rows(), figures.reports))
        return [cell.text for row in found.values() for cell in row.results]

    def _figures(self) -> Figures:
        figures = Figures(report(1, 2021), report(2, 2022))
        figures.say("结果", "两癌筛查", "9100人", period="2021", number=1)
        return figures.say("结果", "两癌筛查", "10400人", period="2022", number=2)

    def test_the_rows_of_the_years(self) -> None:
        assert self._rows(self._figures(), "2021年和2022年两癌筛查各多少人") == ["9100人", "10400人"]

    def test_totals_of_several_years_halves_parts_and_rates_are_other_figures(self) -> None:
        figures = self._figures()
        figures.say("结果", "两癌筛查", "48213人", period="2018/2022", number=2)
        figures.say("结果", "两癌筛查", "5100人", period="2022-H1", number=2)
        figures.say("结果", "两癌筛查", "3300人", period="2022", number=2, scope="城区")
        figures.say("结果", "两癌筛查率", "92%", period="2022", number=2)
        assert self._rows(figures, "2021年和2022年两癌筛查各多少人") == ["9100人", "10400人"]

    def test_without_a_body_named_two_bodies_are_never_mixed(self) -> None:
        figures = self._figures()
        figures.reports.append(report(3, 2022, "临泽市卫生健康委员会", "临泽市"))
        figures.say("结果", "两癌筛查", "68000人", period="2022", number=3)
        assert self._rows(figures, "2021年和2022年两癌筛查各多少人") == []

    def test_fewer_than_half_of_the_years_are_left_to_the_quotes(self) -> None:
        assert self._rows(self._figures(), "2018年到2022年两癌筛查变化", (2018, 2019, 2020, 2021, 2022)) == []

    def test_a_word_that_names_no_indicator_leaves_the_rows_alone(self) -> None:
        assert self._rows(self._figures(), "2021年和2022年两癌筛查志愿者各多少人") == []

    def test_a_row_of_two_bodies_reports_is_neither_s(self) -> None:
        row = self._figures().rows()[0]
        (body,) = question("青禾县两癌筛查多少人").bodies
        assert is_of(row, body)
        assert not is_of(row, replace(body, reports=frozenset({99})))
