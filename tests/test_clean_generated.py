"""Damage made on purpose: after cleaning the clean original is back, or the damage is marked on its span."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.clean_damage import bracketed, figure_spans, long_text, paged, paragraphs, sentences, unlike
from tests.clean_documents import cleaned, lines, marks

PINYIN = ("wèi", "jiàn", "guī", "zǒng", "yè", "fú")


def shown(text: str) -> str:
    return "".join(lines(text))


@given(seed=st.integers(0, 10**6), length=st.integers(260, 420), separator=st.sampled_from(["\n\n", "\n"]))
def test_page_marks_on_lines_go_and_each_figure_they_cut_is_doubtful(seed: int, length: int, separator: str) -> None:
    text = long_text(seed)
    copy, cuts = paged(text, length, separator)
    assume(len(cuts) >= 3 and sum(text[cut - 1] not in "。" for cut in cuts) >= 0.6 * len(cuts) + 1)
    assert shown(copy) == text
    doubtful = marks(copy, "doubtful")
    for start, end in figure_spans(text):
        inside = [cut for cut in cuts if start < cut < end]
        if inside:
            number = cuts.index(inside[0]) + 2
            assert any(f"{number}、" in mark for mark in doubtful)


@given(seed=st.integers(0, 10**6), length=st.integers(260, 420))
def test_page_marks_inside_a_line_go_too(seed: int, length: int) -> None:
    text = long_text(seed)
    copy, cuts = paged(text, length, "")
    ends_clause = sum(text[cut - 1] in "。" for cut in cuts)
    assume(len(cuts) >= 3 and ends_clause == 0)
    assert shown(copy) == text
    for start, end in figure_spans(text):
        inside = [cut for cut in cuts if start < cut < end]
        if inside:
            assert any(f"{cuts.index(inside[0]) + 2}、" in mark for mark in marks(copy, "doubtful"))


@given(report=unlike, places=st.sets(st.integers(0, 400), min_size=4))
def test_pinyin_brackets_go(report: list[str], places: set[int]) -> None:
    copy = "\n".join(bracketed(paragraph, PINYIN, places) for paragraph in report)
    assert lines(copy) == lines("\n".join(report))


@given(report=unlike)
def test_a_traditional_copy_reads_as_the_simplified_text(report: list[str]) -> None:
    from opencc import OpenCC

    text = "\n".join(report)
    assert lines(OpenCC("s2t").convert(text)) == lines(text)


@given(text=paragraphs, at=st.integers(1, 60), char=st.sampled_from(["\ue123", "\ufffd", "??", "\U000f0001", "锟斤拷"]))
def test_a_character_that_cannot_be_read_is_damaged_on_its_span(text: str, at: int, char: str) -> None:
    assume(at < len(text) - 1 and all("\u4e00" <= side <= "\u9fff" for side in text[at - 1 : at + 1]))
    copy = text[:at] + char + text[at:]
    assert any(char in mark for mark in marks(copy, "damaged"))
    assert char in shown(copy)


@given(
    text=paragraphs, mask=st.sampled_from(["x", "xx", "XX", "××", "xxx", "***", "ｘｘ", "□□", "（  ）"]), data=st.data()
)
def test_a_hidden_figure_is_masked(text: str, mask: str, data: st.DataObject) -> None:
    start, end = data.draw(st.sampled_from(figure_spans(text)))
    copy = text[:start] + mask + text[end:]
    assert any(mask in found for found in marks(copy, "masked"))


@given(text=sentences(), blank=st.sampled_from([" ", "\u3000", "  "]))
def test_a_spaced_out_title_is_closed_up(text: str, blank: str) -> None:
    title = "全县卫生健康工作总结"
    assert lines(f"{blank.join(title)}\n{text}") == [title, text]


@given(report=unlike, data=st.data())
def test_a_paragraph_told_twice_in_a_row_is_read_once(report: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(report) - 1))
    twice = [*report[: at + 1], *report[at:]]
    assert lines("\n".join(twice)) == lines("\n".join(report))


@given(report=unlike)
def test_character_references_are_resolved(report: list[str]) -> None:
    copy = "\n".join(f"&nbsp;&nbsp;{line.replace('全', '&#20840;')}" for line in report)
    assert lines(copy) == lines("\n".join(report))
    assert lines(copy.replace("&", "&amp;")) == lines("\n".join(report))


@given(report=unlike)
def test_full_width_figures_read_as_plain_ones(report: list[str]) -> None:
    wide = str.maketrans("0123456789%", "０１２３４５６７８９％")
    copy = "\n".join(line.translate(wide).replace(".", "．") for line in report)
    assert lines(copy) == lines("\n".join(report))


@given(text=paragraphs, data=st.data())
def test_a_line_end_inside_a_figure_is_joined_or_marked(text: str, data: st.DataObject) -> None:
    start, end = data.draw(st.sampled_from(figure_spans(text)))
    assume(end - start > 1 and start >= 8)
    at = data.draw(st.integers(start + 1, end))
    copy = f"{text[:at]}\n{text[at:]}"
    assert text in shown(copy)
    assert lines(copy) == [text], "the figure must be whole in one paragraph"
    if at < end:
        assert any("\n" in mark for mark in marks(copy, "doubtful"))


@given(report=unlike, data=st.data())
def test_a_line_end_anywhere_loses_no_character(report: list[str], data: st.DataObject) -> None:
    text = "\n".join(report)
    places = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=8)))
    copy = "\n".join(text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True))
    assert shown(copy) == "".join(report)


@given(report=unlike)
def test_a_text_without_damage_is_left_alone(report: list[str]) -> None:
    result = cleaned("\n".join(report))
    assert [block.text.text for block in result.blocks] == report
    assert (result.marks, result.furniture, result.truncated) == ((), (), False)
