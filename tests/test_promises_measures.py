"""Plans cut into measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.promises.measures import find_measures, is_measure
from tests.builders import passage


def measures(text: str) -> list[str]:
    """The texts of the measures of a plan passage."""
    return [measure.text for measure in find_measures([passage(1, 1, text, part="plan", period="2023")])]


def test_verb_phrases_that_stand_alone_are_measures_of_their_own() -> None:
    assert measures("新建村卫生室24所，改造乡镇卫生院6家；开工建设县中医医院迁建项目。") == [
        "新建村卫生室24所",
        "改造乡镇卫生院6家",
        "开工建设县中医医院迁建项目",
    ]


def test_listed_verb_phrases_are_cut_and_listed_things_are_not() -> None:
    assert measures("新建社区食堂12个、改造农贸市场9个。") == ["新建社区食堂12个", "改造农贸市场9个"]
    assert measures("培训乡村医生、护士和药师160人。") == ["培训乡村医生、护士和药师160人"]


def test_a_figure_without_its_subject_stays_with_the_clause_that_names_it() -> None:
    assert measures("继续抓好高血压患者规范管理，年内完成4.6万人。") == ["继续抓好高血压患者规范管理，年内完成4.6万人"]


def test_numbering_and_stops_are_no_part_of_a_measure() -> None:
    assert measures("（一）组建县域医共体总医院。二是建立双向转诊平台；") == [
        "组建县域医共体总医院",
        "建立双向转诊平台",
    ]


@pytest.mark.parametrize(
    "text", ["始终坚持以人民为中心", "紧紧围绕年初目标", "2022年12月22日", "青禾县卫生健康局", "营造良好氛围"]
)
def test_slogans_dates_and_signatures_promise_nothing(text: str) -> None:
    assert not is_measure(text)


@pytest.mark.parametrize(
    "text", ["地区生产总值增长5%左右", "推行“先诊疗后付费”", "深化公立医院薪酬制度改革", "开工青禾至临泽高速"]
)
def test_figures_names_and_concrete_things_promise_something(text: str) -> None:
    assert is_measure(text)


def test_full_width_figures_are_read() -> None:
    assert measures("粮食产量增长５％，蔬菜产量增长３％。") == ["粮食产量增长５％", "蔬菜产量增长３％"]


def test_a_comma_in_brackets_cuts_nothing() -> None:
    assert measures("建设区域医疗中心（含急救站，共3处）。") == ["建设区域医疗中心（含急救站，共3处）"]


@given(st.text(alphabet="建设中心，。、；：“”（）一12个 \n新医院坚持", max_size=60))
def test_measures_lie_in_order_inside_their_passage(text: str) -> None:
    found = find_measures([passage(1, 1, text, part="plan")])
    at = 0
    for measure in found:
        assert at <= measure.start < measure.end <= len(text)
        assert measure.source == (measure.start, measure.end)
        at = measure.end
