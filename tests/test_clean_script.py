"""Traditional characters and the brackets of a broken converter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import normalise, to_simplified
from tests.clean_documents import cleaned, lines


def test_traditional_characters_become_simplified_ones() -> None:
    assert to_simplified("衛生規劃與醫療發展") == "卫生规划与医疗发展"
    assert to_simplified("著力推進幹部隊伍建設，著名專家") == "着力推进干部队伍建设，著名专家"


def test_characters_that_are_right_in_simplified_text_stay_in_it() -> None:
    assert to_simplified("乾县卫生院位于乾陵脚下，於某负责") == "乾县卫生院位于乾陵脚下，於某负责"


def test_a_single_traditional_character_in_simplified_text_is_converted() -> None:
    assert to_simplified("全县卫生健康事業") == "全县卫生健康事业"


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF, exclude_categories=["Cs"])))
def test_conversion_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="衛生規劃乾坤後來著名裏面臺灣羣眾麵條發展鬱金香一二三abc（）"))
def test_conversion_is_done_once_and_for_all(text: str) -> None:
    assert to_simplified(to_simplified(text)) == to_simplified(text)


def test_query_and_report_meet_in_one_form() -> None:
    assert normalise("２０２２年完成率９５．５％，ＣＴ檢查") == normalise("2022年完成率95.5%，CT检查")
    assert normalise("一、完成情况：良好。") == "一、完成情况：良好。"


def test_pinyin_brackets_go_and_the_character_stands_for_them_in_the_source() -> None:
    text = "縣衛(wèi)生局規(guī)劃，推進(jìn)醫(yī)改。"
    block = cleaned(text).blocks[0]
    assert block.text.text == "县卫生局规划，推进医改。"
    assert text[slice(*block.text.span(1, 2))] == "衛(wèi)"
    assert text[slice(*block.text.span(0, 5))] == "縣衛(wèi)生局規(guī)"


def test_full_width_brackets_are_the_converters_too() -> None:
    assert lines("領（lǐng）導和計（jì）劃") == ["领导和计划"]


def test_toneless_brackets_go_only_where_toned_ones_show_the_converter() -> None:
    assert lines("衛(wèi)生、規(guī)劃、進(jìn)展、工(gong)作") == ["卫生、规划、进展、工作"]
    assert lines("工(gong)作正常开展。") == ["工(gong)作正常开展。"]


def test_bracketed_latin_text_of_the_report_stays() -> None:
    text = "由市疾控中心(cdc)牵头，通过客户端（APP）和系统(HIS)上报，按(a)(b)两类处理，衛(wèi)生、進(jìn)步、計(jì)划。"
    assert lines(text)[0].startswith("由市疾控中心(cdc)牵头，通过客户端（APP）和系统(HIS)上报，按(a)(b)两类处理")
