"""Figures of impossible form, and figures that a line end breaks."""

from __future__ import annotations

import pytest

from tests.clean_damage import long_text
from tests.clean_documents import lines, marks, reasons


@pytest.mark.parametrize(
    "figure", ["198.5.2%", "3.5.6亿元", "100..5%", "95。6%", "20230%", "120210%", "0.172021万人", "2021月"]
)
def test_a_figure_that_cannot_be_is_doubtful_even_alone(figure: str) -> None:
    text = f"全年任务按期推进，截至目前达到{figure}，较好完成。"
    assert any(figure.startswith(found) or found.startswith(figure) for found in marks(text, "doubtful"))


@pytest.mark.parametrize(
    "text",
    [
        "按照1.2.3节的要求，2022.1.5印发通知。",
        "完成2021年任务，投入2021万元，惠及2023人。",
        "快递业务量同比增长1350%，网络零售额增长5.21%。",
        "每千人口床位数6.5张，孕产妇死亡率0/10万。",
        "占比为1.2021%，利率为4.35%。",
        "比上年提高了0.5个百分点，占全部支出的%（单位：%）由表三列出。",
    ],
)
def test_figures_that_can_be_stay_unmarked(text: str) -> None:
    assert marks(text, "doubtful") == []


def test_a_percentage_with_the_year_inside_says_what_it_may_have_been() -> None:
    assert reasons("全县建卡率20230%，建证率95%。", "doubtful") == ["疑为“10”被替换为“2023”，可能原为100%"]


@pytest.mark.parametrize(
    "gap", ["合格率为%，其余指标正常。", "占比达到%以上，成效明显。", "比上年提高了个百分点，位居前列。"]
)
def test_a_unit_without_its_number_is_damaged(gap: str) -> None:
    assert len(marks(gap, "damaged")) == 1


def test_odd_numbers_are_doubtful_where_a_file_of_many_numbers_holds_no_ten_any_more() -> None:
    numbers = "".join(f"第{n}村完成{n + 20}户，" for n in range(11, 80))
    odd = "为202165人发放药品，另有202148户受益。"
    assert set(marks(f"{numbers}{odd}", "doubtful")) == {"202165人", "202148户"}
    assert marks(f"{numbers}共计110户。{odd}", "doubtful") == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("全县免费接种疫苗21.\n6万人次，同比增长8%。", "21.6万人次"),
        ("全县共完成健康体检3\n600人，完成率95%。", "3600人"),
        ("全县共完成健康体检3600\n万人次，完成率95%。", "3600万人次"),
        ("全县共完成健康体检3600人\n次，完成率95%。", "3600人次"),
    ],
)
def test_a_figure_broken_by_a_line_end_is_whole_again(text: str, whole: str) -> None:
    (line,) = lines(text)
    assert whole in line


def test_where_digits_meet_at_a_line_end_the_figure_is_doubtful() -> None:
    assert marks("全县免费接种疫苗21.\n6万人次，同比增长8%。", "doubtful") == ["21.\n6"]
    assert marks("全县共完成健康体检3600\n万人次，完成率95%。", "doubtful") == []


@pytest.mark.parametrize(
    "text",
    [
        "建档人数\n120\n人",
        "主要指标完成情况见表1\n2023年全县完成投资35亿元，增长8%。",
        "三、计划完成任务12\n3.加强队伍建设，提高服务能力。",
        "工作任务完成数15\n个别单位进展缓慢，需要加快。",
    ],
)
def test_lines_of_tables_and_lists_are_not_joined(text: str) -> None:
    assert lines(text) == text.split("\n")


def test_a_list_of_measures_numbered_in_one_line_is_no_series_of_pages() -> None:
    body = long_text(7, 900)
    third = len(body) // 3
    cut = [body.index("。", at) + 1 for at in (third, 2 * third)]
    text = f"1、{body[: cut[0]]}2、{body[cut[0] : cut[1]]}3、{body[cut[1] :]}"
    assert "2、" in "".join(lines(text)) and "3、" in "".join(lines(text))
