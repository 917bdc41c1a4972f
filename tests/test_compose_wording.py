"""The few words added to a quote: a full stop, whose and of when, and what to beware of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.wording import cautions, finish, in_words, label
from ingest.archive.records import MarkRecord
from ingest.period import Period
from tests.builders import passage, report

MASKED = MarkRecord(10, 13, "masked", "原文此处数字已隐去")
NAME = MarkRecord(10, 13, "masked", "原文此处名称已隐去")
DOUBTFUL = MarkRecord(10, 15, "doubtful", "百分比超过1000%，请核对原文")
DAMAGED = MarkRecord(12, 13, "damaged", "无法解码的字符")


class TestFinishing:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("完成筛查10400人，", "完成筛查10400人。"),
            ("完成筛查10400人；", "完成筛查10400人。"),
            ("完成筛查10400人。", "完成筛查10400人。"),
            ("怎么办？", "怎么办？"),
            ("一是统一药品采购。", "统一药品采购。"),
            ("三是要建立转诊平台；", "建立转诊平台。"),
            ("（二）家庭医生签约。", "家庭医生签约。"),
            ("2、配备急救人员。", "配备急救人员。"),
            ("1.新建中医馆8个。", "新建中医馆8个。"),
        ],
    )
    def test_a_clause_becomes_a_sentence(self, text: str, sentence: str) -> None:
        assert finish(text) == sentence

    @pytest.mark.parametrize("text", ["12.3万人签约。", "1.5亿元到位。", "84人参加培训。", "3.5万份。"])
    def test_a_figure_in_front_is_no_enumeration(self, text: str) -> None:
        assert finish(text) == text

    @given(st.text(alphabet="完成筛查10400人，；：。、！ ", max_size=20))
    def test_finishing_twice_changes_nothing(self, text: str) -> None:
        assert finish(finish(text)) == finish(text)


class TestLabels:
    @pytest.mark.parametrize(
        ("period", "words"),
        [
            ("2022", "2022年"),
            ("2022-H1", "2022年上半年"),
            ("2022-H2", "2022年下半年"),
            ("2018/2022", "2018—2022年"),
            (None, "年份不详"),
        ],
    )
    def test_a_period_in_words(self, period: str | None, words: str) -> None:
        assert in_words(None if period is None else Period.parse(period)) == words

    def test_a_label_names_the_body_and_the_period_of_the_passage(self) -> None:
        county = report(1, "青禾县卫生健康局", "青禾县", "县", 2022)
        assert label(passage(1, 1, "x", period="2023"), county) == "青禾县卫生健康局（2023年）："

    def test_without_a_body_the_place_or_the_title_stands_for_it(self) -> None:
        nobody = report(1, None, "青禾县", "县", 2022, "工作总结")
        assert label(passage(1, 1, "x"), nobody).startswith("青禾县（")
        assert label(passage(1, 1, "x"), replace(nobody, region=None)).startswith("工作总结（")


class TestCautions:
    def test_an_unmarked_quote_needs_none(self) -> None:
        assert cautions((), 0, 50) == ("", ())
        assert cautions((MASKED, DOUBTFUL), 20, 50) == ("", ())

    def test_a_hidden_figure_is_said_to_be_hidden(self) -> None:
        note, (warning,) = cautions((MASKED,), 0, 50)
        assert "隐去" in note and warning.kind == "masked_figure" and "照录" in warning.text

    def test_a_hidden_name_hides_no_figure(self) -> None:
        assert cautions((NAME,), 0, 50) == ("", ())

    @pytest.mark.parametrize("mark", [DOUBTFUL, DAMAGED])
    def test_a_doubtful_or_damaged_place_is_to_be_checked(self, mark: MarkRecord) -> None:
        note, (warning,) = cautions((mark,), 0, 50)
        assert "存疑" in note and warning.kind == "doubtful_figure" and mark.reason in warning.text

    def test_each_reason_is_given_once_and_the_note_once(self) -> None:
        note, warnings = cautions((DOUBTFUL, DOUBTFUL, DAMAGED), 0, 50)
        assert note.count("存疑") == 1 and len(warnings) == 2

    def test_a_mark_that_only_touches_the_quotes_end_is_outside(self) -> None:
        assert cautions((DOUBTFUL,), 0, 10) == ("", ()) and cautions((DOUBTFUL,), 15, 20) == ("", ())


def test_text_recognised_from_a_scan_is_to_be_compared_with_the_original() -> None:
    note, warnings = cautions((MarkRecord(10, 20, "ocr", "扫描件文字识别所得，请与原件核对"),), 12, 15)
    assert "识别" in note and [warning.kind for warning in warnings] == ["doubtful_figure"]
    assert cautions((MarkRecord(10, 20, "ocr", "扫描件"),), 20, 25) == ("", ())
