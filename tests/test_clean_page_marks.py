"""The numbered page marks of a preview, which cut sentences and figures."""

from __future__ import annotations

from tests.clean_documents import cleaned, furniture, lines

FILLER = (
    "各乡镇卫生院认真开展基本公共卫生服务，建立健全工作台账，逐级落实责任，定期开展督导检查和业务培训，确保任务落到实处，"
    * 3
)


def preview(*pages: str) -> str:
    """Pages as a sharing site prints them: numbered from 1, a blank line between them."""
    return "\n\n".join(f"{n}、{page}" for n, page in enumerate(pages, 1))


def test_page_marks_go_and_the_cut_sentences_are_whole_again() -> None:
    text = preview(f"总结如下，{FILLER}突发公共", f"卫生事件处置及时，{FILLER}全面推", f"进医改，{FILLER}任务完成。")
    assert lines(text) == [f"总结如下，{FILLER}突发公共卫生事件处置及时，{FILLER}全面推进医改，{FILLER}任务完成。"]
    assert furniture(text) == ["1、", "2、", "3、"]


def test_a_title_is_not_joined_with_the_first_page() -> None:
    text = "清源县工作总结\n" + preview(f"{FILLER}突发公共", f"卫生事件{FILLER}全面推", f"进医改，{FILLER}任务完成。")
    assert lines(text)[0] == "清源县工作总结"


def test_a_figure_with_a_page_mark_inside_is_doubtful_as_a_whole() -> None:
    text = preview(f"{FILLER}管理率78.3", f"6%。{FILLER}全面推", f"进医改，{FILLER}任务完成。")
    result = cleaned(text)
    assert "管理率78.36%。" in result.blocks[0].text.text
    (mark,) = result.marks
    assert mark.kind == "doubtful"
    assert text[mark.start : mark.end] == "78.3\n\n2、6%"
    assert "分页标记" in mark.reason and "78.36%" in mark.reason


def test_a_number_parted_from_its_unit_is_doubtful() -> None:
    text = preview(f"{FILLER}支出1850", f"万元，{FILLER}全面推", f"进医改，{FILLER}任务完成。")
    (mark,) = cleaned(text).marks
    assert text[mark.start : mark.end] == "1850\n\n2、万元"


def test_a_page_that_ends_with_a_sentence_stays_its_own_paragraph() -> None:
    text = preview(
        f"{FILLER}突发公共", f"卫生事件。{FILLER}全面推", f"进医改。{FILLER}完成。", f"新的一页，{FILLER}结束。"
    )
    assert lines(text)[-1] == f"新的一页，{FILLER}结束。"
    assert len(lines(text)) == 2


def test_numbered_items_inside_a_page_stay() -> None:
    text = preview(f"{FILLER}突发公共", f"卫生事件。 2、制度建设加强。{FILLER}全面推", f"进医改，{FILLER}完成。")
    assert any("2、制度建设加强。" in line for line in lines(text))
