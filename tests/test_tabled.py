"""Answers of several figures as rows and as a plot: nothing that no sentence says, nothing that no quote holds."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Computed, Sentence
from assistant.tabled import Series, rows_of, series_of
from tests.answer_builders import answer, citation
from ui.answer_figures import figures_html, plot_svg


def told(*texts: str, quotes: tuple[str, ...] | None = None, computed: tuple[Computed, ...] = ()) -> Answer:
    """An answer of these sentences, each citing a quote of its own (by default its own text)."""
    given_quotes = quotes or texts
    return answer(
        *(Sentence(text, (n,), computed) for n, text in enumerate(texts, 1)),
        citations=tuple(citation(n, quote) for n, quote in enumerate(given_quotes, 1)),
    )


RUN = told(
    "青禾县（2021年）：产前筛查目标4920人，实际5215人（截至12月），完成率106%。",
    "青禾县（2022年）：产前筛查目标4980人，实际4369人。",
    "青禾县（2023年）：产前筛查为5138人（截至12月20日）。",
    "2023年比2021年少77人（按原文两数计算）。",
)


def test_each_sentence_with_figures_is_a_row_and_others_are_none() -> None:
    rows = rows_of(RUN)
    assert [(row.when, row.target, row.result, row.rate) for row in rows] == [
        ("2021年", "4920人", "5215人", "106%"),
        ("2022年", "4980人", "4369人", ""),
        ("2023年", "", "5138人", ""),
    ]
    assert [row.citations for row in rows] == [(1,), (2,), (3,)]


def test_a_run_of_years_of_one_indicator_is_drawn() -> None:
    series = series_of(rows_of(RUN))
    assert series is not None
    assert (series.unit, series.years) == ("人", ("2021", "2022", "2023"))
    assert series.results == (Decimal(5215), Decimal(4369), Decimal(5138))
    assert series.targets[2] is None


def test_two_years_several_bodies_or_several_units_are_not_drawn() -> None:
    assert series_of(rows_of(told(*[s.text for s in RUN.sentences[:2]]))) is None
    bodies = told("甲县（2021年）：签约率为90%。", "乙县（2022年）：签约率为91%。", "丙县（2023年）：签约率为92%。")
    assert len(rows_of(bodies)) == 3 and series_of(rows_of(bodies)) is None
    units = told("甲县（2021年）：签约为9万人。", "甲县（2022年）：签约为95000人。", "甲县（2023年）：签约为9.9万人。")
    assert series_of(rows_of(units)) is None


def test_a_figure_that_no_quote_holds_makes_no_row_unless_it_was_worked_out() -> None:
    texts = ("甲项目标93%，实际91%，完成率97.8%。", "乙项目标80%，实际82%，完成率102.5%。")
    quotes = ("甲项目标93%，实际91%", "乙项目标80%，实际82%")
    assert rows_of(told(*texts, quotes=quotes)) == ()
    worked = (Computed("97.8%", "91/93"), Computed("102.5%", "82/80"))
    assert len(rows_of(told(*texts, quotes=quotes, computed=worked))) == 2


def test_one_figure_or_prose_is_no_table() -> None:
    assert rows_of(told("青禾县（2021年）：签约率为90%。")) == ()
    assert rows_of(told("推进医共体建设。", "加强人才培养，新招20人。")) == ()


@given(st.text(max_size=30), st.sampled_from(['<img src=x onerror="a">', "</svg><script>", "a&b"]))
def test_names_are_shown_as_text_in_table_and_plot(name: str, hostile: str) -> None:
    series = Series(hostile, name, "人", ("2021", "2022", "2023"), (None,) * 3, (Decimal(1), Decimal(2), Decimal(3)))
    html = plot_svg(series)
    assert not re.search(r"<(?!/?(?:div|svg|title|desc|rect|text|polyline|circle|line|p)\b)", html)
    assert 'onerror="' not in html and "\n" not in html


def test_the_plot_tells_in_words_what_it_shows() -> None:
    html = figures_html(RUN, lambda numbers: "".join(map(str, numbers)))
    assert "<title>青禾县产前筛查历年情况（人）</title>" in html
    assert "<desc>2021 5215，2022 4369，2023 5138</desc>" in html
    assert html.count("<rect") == 3 and html.count('class="target"') == 2


def test_rates_are_drawn_as_a_line_and_equal_values_do_no_harm() -> None:
    same = Series("签约率", "青禾县", "%", ("2021", "2022", "2023"), (None,) * 3, (Decimal(90),) * 3)
    assert "<polyline" in plot_svg(same)
