"""No figure without a source: planted figures without one are caught."""

from __future__ import annotations

import pytest

from eval.metrics.arithmetic import computed_fault
from eval.metrics.figures import possible_figures
from eval.metrics.traced import traced
from tests.eval_builders import ARCHIVED, SCREENED, SERVED, answer, citation, says, sentence, silence

PLANNED = "2023年完成两癌筛查6000人以上。"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (SCREENED, SCREENED),
        ("2022年，松溪县完成两癌筛查５６００人。", SCREENED),
        ("截至11月20日建档12345份。", ARCHIVED),
        ("11月建档12，345份。", ARCHIVED),
        ("服务群众110万人次。", SERVED),
    ],
)
def test_figures_of_the_quote_or_its_particulars_pass(text: str, quote: str) -> None:
    assert traced(says(text, quote)).faults == ()


@pytest.mark.parametrize(
    ("text", "quote", "offender"),
    [
        ("完成5700人。", SCREENED, "5700"),
        ("完成560人。", SCREENED, "560"),
        ("完成15600人。", SCREENED, "15600"),
        ("完成率5600%。", SCREENED, "5600%"),
        ("完成率101.8人。", SCREENED, "101.8"),
        ("完成率101.80001%。", SCREENED, "101.80001%"),
        ("截至11月2日建档。", ARCHIVED, "11月2日"),
        ("截至12月20日建档。", ARCHIVED, "12月20日"),
        ("建档345份。", ARCHIVED, "345"),
        ("服务110人次。", SERVED, "110"),
        ("服务1100000人次。", SERVED, "1100000"),
        ("2021年完成5600人。", SCREENED, "2021年"),
        ("完成2022人。", SCREENED, "2022"),
        ("完成2023人。", PLANNED, "2023"),
        ("完成二百五十人。", SCREENED, "二百五十"),
    ],
)
def test_a_figure_that_the_quote_does_not_hold_is_an_offender(text: str, quote: str, offender: str) -> None:
    found = traced(says(text, quote))
    assert found.faults == (f"第1句：{offender} 不在所引原文中",)
    assert found.shown >= 1


def test_a_figure_must_be_in_the_quote_of_its_own_sentence() -> None:
    crossed = answer(
        [sentence("建档12,345份。", 1), sentence("完成5600人。", 2)], [citation(SCREENED, 1), citation(ARCHIVED, 2)]
    )
    assert traced(crossed).faults == ("第1句：12,345 不在所引原文中", "第2句：5600 不在所引原文中")


def test_a_figure_in_a_sentence_without_citation_has_no_source() -> None:
    assert traced(answer([sentence("完成5600人。")], [citation()])).faults == ("第1句：5600 不在所引原文中",)


def test_the_half_of_a_half_year_supports_no_figure() -> None:
    assert traced(says("完成1人。", "平稳", period="2022-H1")).faults == ("第1句：1 不在所引原文中",)


def computed(value: str, expression: str, text: str | None = None) -> dict[str, object]:
    said = text or f"完成5600人，任务5500人，为任务数的{value}。"
    return answer([sentence(said, 1, computed=[{"value": value, "expression": expression}])], [citation()])


def test_a_computed_value_passes_when_it_is_right() -> None:
    assert traced(computed("101.82%", "5600/5500")).faults == ()


def test_a_value_that_looks_computed_but_is_not_listed_is_an_offender() -> None:
    assert traced(says("为任务数的101.82%。")).faults == ("第1句：101.82% 不在所引原文中",)


def test_wrong_arithmetic_is_caught() -> None:
    assert traced(computed("101.83%", "5600/5500")).faults == ("第1句：算式“5600/5500”得 101.8182%，不是 101.83%",)


def test_an_operand_that_is_not_quoted_is_caught() -> None:
    assert traced(computed("103.70%", "5600/5400")).faults == ("第1句：算式“5600/5400”的运算数不全在引文中",)


def test_an_operand_from_the_citations_particulars_is_not_quoted() -> None:
    assert "运算数" in traced(computed("277%", "5600/2022")).faults[0]


QUOTED = possible_figures("任务5500人，完成5600人；110万人次，上年100万人次；管理率95.2%，上年93.1%")


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("1.8%", "5600/5500-1"),
        ("1.8%", "(5600-5500)/5500"),
        ("101.82%", "5600÷5500×100%"),
        ("100人", "5600-5500"),
        ("2.1个百分点", "95.2%-93.1%"),
        ("2.1个百分点", "95.2-93.1"),
        ("10万人次", "110万-100万"),
        ("10万人次", "110-100"),
        ("110%", "110/100"),
        ("5550人", "(5600+5500)/2"),
        ("1.1倍", "110万/100万"),
    ],
)
def test_right_calculations_pass(value: str, expression: str) -> None:
    assert computed_fault(value, expression, QUOTED) is None


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("2.1%", "95.2%-93.1%"),
        ("10人次", "110-100"),
        ("100000万人次", "110万-100万"),
        ("2000%", "110/5500"),
        ("3700人", "(5600+5500)/3"),
        ("200人", "(5600-5500)*2"),
        ("5600人", "5600"),
        ("约等于", "5600/5500"),
        ("1", "5600/(5500-5500)"),
        ("1.8%", "5600/5500-"),
        ("1", "__import__('os').getpid()-1"),
        ("31360000人", "5600**2"),
    ],
)
def test_wrong_or_unsound_calculations_are_caught(value: str, expression: str) -> None:
    assert computed_fault(value, expression, QUOTED) is not None


def test_an_abstention_may_show_years_counts_of_reports_and_the_questions_figures_but_no_finding() -> None:
    assert traced(silence("档案中未找到2018年的。现有14个单位2019—2024年的报告12份。")).faults == ()
    found = traced(silence("档案中未找到人数，但完成率为101.8%。"))
    assert found.faults == ("第1句：101.8% 出现在未引用的句子里",)


def test_a_cited_sentence_is_no_abstention_whatever_its_first_words() -> None:
    assert traced(says("档案中未找到任务数，完成5700人。")).faults == ("第1句：5700 不在所引原文中",)
