"""Damaged characters are marked on their exact span and never repaired."""

from __future__ import annotations

import pytest

from tests.clean_documents import cleaned, lines, marks, reasons


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("建成\ue5a3区\ue0c1中心。", "\ue5a3"),
        ("完成改\ufffd\ufffd造任务。", "\ufffd\ufffd"),
        ("提升医院特色??能力。", "??"),
        ("提升医院特色?·?能力。", "?·?"),
        ("二期、?水灌区开工。", "?"),
        ("圆满完成各项工作?,下面汇报。", "?"),
        ("数据显示锟斤拷如下。", "锟斤拷"),
    ],
)
def test_unreadable_characters_are_marked_where_they_stand(text: str, span: str) -> None:
    assert marks(text, "damaged")[0] == span
    assert lines(text) == [text]


def test_text_that_a_decoder_read_askew_is_marked_up_to_the_stray_letter() -> None:
    text = "舉辦夏季培訓?；鍌鞑^習班三期，衛(wèi)生工作順利。"
    assert marks(text, "damaged") == ["?；鍌鞑^"]
    text = "全縣衛(wèi)生院?zhì)锱嘤枠藴w已經達標，進(jìn)步明顯。"
    assert marks(text, "damaged") == ["?zhì)锱嘤枠藴w"]


def test_a_number_beside_lost_characters_is_doubtful() -> None:
    text = "确认省级特色???84个。"
    assert marks(text, "damaged") == ["???"]
    assert marks(text, "doubtful") == ["84"]
    assert reasons(text, "doubtful") == ["数字紧邻损坏的字符，可能缺位"]


def test_questions_are_not_damage() -> None:
    text = "钱从哪里来?人往哪里去?是不是真落实了??有没有实效?要看群众满意不满意。"
    assert cleaned(text).marks == ()


def test_every_reason_is_chinese() -> None:
    text = "建成\ue5a3区，改\ufffd造，特色??能力，锟斤拷。"
    assert all("\u4e00" <= mark.reason[0] <= "\u9fff" for mark in cleaned(text).marks)
