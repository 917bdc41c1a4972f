"""A second copy of the text in the same file: read instead where it is the better one, and never read twice."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.clean_damage import long_text
from tests.clean_documents import cleaned, furniture, lines, marks, reasons

HEAD = "清源县工作总结.docx\n上传人:甲**乙 文档编号:123 格式:DOCX 页数:9\n"
TEXT = (
    "今年以来，我局认真贯彻落实上级部门的决策部署，坚持以人民健康为中心，不断提高服务水平。"
    "全年完成免费体检3650人，规范管理高血压患者1280人，建档率达到95.6%。"
    "深入推进医药卫生体制改革，建立健全分级诊疗制度，群众满意度明显提高。"
)
MORE = "下一步，我局将继续加强基层能力建设，完善考核办法，改善就医环境，确保各项任务按期完成。"


def without(text: str, words: str) -> str:
    """`text` without the one character between bars in each piece of `words` (坚|持|以)."""
    for piece in words.split():
        left, gone, right = piece.split("|")
        assert left + gone + right in text
        text = text.replace(left + gone + right, left + right)
    return text


BAD = without(TEXT, "我|局|认 策|部|署 人|民|健 完|成|免 入|推|进 分|级|诊")


def test_whole_sentences_are_read_from_the_summary_where_the_text_lost_characters() -> None:
    copy = f"{HEAD}{BAD}{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    result = cleaned(copy)
    shown = [block.text.text for block in result.blocks]
    assert TEXT in shown and MORE in shown
    assert not any(BAD[:20] in line for line in shown)


def test_what_is_read_from_the_copy_is_quoted_from_the_copy() -> None:
    copy = f"{HEAD}{BAD}{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    (block,) = [block for block in cleaned(copy).blocks if block.text.text == TEXT]
    start, end = block.text.span()
    assert copy[start:end] == TEXT and start > copy.index("摘要")


def test_what_was_replaced_is_furniture_with_its_reason() -> None:
    copy = f"{HEAD}{BAD}{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    why = {copy[piece.start : piece.end]: piece.reason for piece in cleaned(copy).furniture}
    assert why[BAD] == "同一文件中有更完整的副本"
    assert why["下一步，我局将继..."] == "同一文件中正文的副本"


def test_the_rest_of_a_text_layer_that_loses_characters_is_damaged() -> None:
    copy = f"{HEAD}{BAD}{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    assert MORE in marks(copy, "damaged")
    assert any("此文字层有缺字" in reason for reason in reasons(copy, "damaged"))


def test_a_figure_that_the_two_copies_tell_differently_stays_and_is_doubtful() -> None:
    other = BAD.replace("3650人", "365人")
    copy = f"{HEAD}{other}{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    assert any("365人" in line and "3650" not in line for line in lines(copy))
    assert not any("3650人" in line for line in lines(copy))
    assert "365" in marks(copy, "doubtful")
    assert any("3650" in reason for reason in reasons(copy, "doubtful"))


def test_an_equal_summary_is_read_once_and_marks_nothing() -> None:
    copy = f"{HEAD}{TEXT}\n{MORE}\n摘要：\n{TEXT}下一步，我局将继...\n展开>> 收起<<"
    assert lines(copy)[1:] == [TEXT, MORE]
    assert not cleaned(copy).marks


def test_a_summary_that_is_worse_than_the_text_is_dropped() -> None:
    copy = f"{HEAD}{TEXT}\n{MORE}\n摘要：\n{BAD}下一步，我局将继...\n展开>> 收起<<"
    assert lines(copy)[1:] == [TEXT, MORE]
    assert not cleaned(copy).marks


def test_a_summary_in_other_words_stays() -> None:
    own = "本文介绍了清源县卫生健康局在公共卫生、医疗改革和人才建设三个方面的主要做法，并就明年的重点任务作了安排，" * 2
    copy = f"{HEAD}{TEXT}\n{MORE}\n摘要：\n{own}\n展开>> 收起<<"
    assert own in lines(copy)


def test_without_a_sign_of_a_sharing_site_nothing_is_taken_for_a_copy() -> None:
    text = f"{TEXT}\n{MORE}\n{TEXT}"
    assert lines(text) == [TEXT, MORE, TEXT]
    assert furniture(text) == []


def test_two_reports_that_share_a_paragraph_keep_it_both() -> None:
    text = f"{HEAD}篇一\n{TEXT}\n{MORE}\n篇二\n{TEXT}\n群众满意度继续提高，全年未发生安全事故。"
    assert lines(text).count(TEXT) == 2


@given(seed=st.integers(0, 10**6), rate=st.integers(8, 25), size=st.integers(300, 700))
def test_the_whole_sentences_of_the_copy_are_read_or_the_text_is_damaged(seed: int, rate: int, size: int) -> None:
    text = long_text(seed, 1000)
    chance = random.Random(seed)
    bad = "".join(char for char in text if not ("\u4e00" <= char <= "\u9fff" and chance.randrange(rate) == 0))
    copy = f"{HEAD}{bad}\n摘要：\n{text[:size]}...\n展开>> 收起<<"
    result = cleaned(copy)
    shown = "".join(block.text.text for block in result.blocks)
    last = text[:size].rindex("。")
    whole = text[: text[:last].rindex("。") + 1]
    beyond_the_summary = copy.index("摘要")
    marked = [(mark.start, mark.end) for mark in result.marks if mark.kind == "damaged"]
    for block in result.blocks:
        start, end = block.text.span()
        assert copy[start:end] == block.text.text
        if whole not in shown and len(HEAD) <= start < beyond_the_summary:
            assert any(first <= start and end <= last for first, last in marked)
