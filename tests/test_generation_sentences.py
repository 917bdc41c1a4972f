"""Cutting a language model's stream into sentences with the evidence that each names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.generation.sentences import Written, sentences

WRITTEN = st.text(alphabet="。！？!?\n 〔〕[]【】()（）123,，、和*#-甲乙丙完成人：.", max_size=120)


def cut(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.keys) for one in sentences([text])]


@pytest.mark.parametrize(
    "mark", ["〔2〕", "[2]", "【2】", "〖2〗", "［2］", " 〔2〕", "〔 2 〕", "\n〔2〕", "[2][2]", "〔2，2〕"]
)
def test_a_key_in_any_brackets_behind_the_stop_belongs_to_the_sentence_before(mark: str) -> None:
    assert cut(f"完成5600人。{mark}另有一项。[1]") == [("完成5600人。", (2,)), ("另有一项。", (1,))]


@pytest.mark.parametrize("text", ["完成5600人〔2〕。", "完成〔2〕5600人。", "完成5600人 [2] 。"])
def test_a_key_before_the_stop_or_in_the_middle_counts_as_well(text: str) -> None:
    assert cut(text)[0][1] == (2,)
    assert cut(text)[0][0].replace(" ", "") == "完成5600人。"


@pytest.mark.parametrize("mark", ["〔1〕〔3〕", "〔1，3〕", "[1, 3]", "【1、3】", "〔1和3〕", "〔1〕 〔3〕〔1〕"])
def test_several_keys_are_kept_in_their_order_and_once(mark: str) -> None:
    assert cut(f"两项都完成。{mark}") == [("两项都完成。", (1, 3))]


@pytest.mark.parametrize("front", ["1. ", "1、", "- ", "• ", "## ", "回答：", "答: ", "* ", "- 1. "])
def test_bullets_and_headings_are_no_part_of_a_sentence(front: str) -> None:
    assert cut(f"{front}完成5600人。〔1〕") == [("完成5600人。", (1,))]


def test_a_number_at_the_beginning_is_no_bullet() -> None:
    assert cut("5600人完成筛查。") == [("5600人完成筛查。", ())]
    assert cut("3.5万人已签约。") == [("3.5万人已签约。", ())]


def test_emphasis_and_needless_stops_are_left_out() -> None:
    assert cut("**完成5600人**。。。") == [("完成5600人。", ())]


def test_a_line_without_a_stop_is_a_sentence() -> None:
    assert cut("完成5600人〔1〕\n签约3万人") == [("完成5600人。", (1,)), ("签约3万人。", ())]


def test_signs_without_words_are_no_sentence() -> None:
    assert cut("。？！\n\n〔1〕\n") == []


def test_a_sentence_is_given_out_before_the_next_one_ends() -> None:
    pieces = iter(["完成5600人。", "〔1〕", "另", "有一项。"])
    stream = sentences(pieces)
    assert next(stream) == Written("完成5600人。", (1,))
    assert list(pieces) == ["有一项。"]


@pytest.mark.parametrize("rest", ["〔注：略", "。。", "[a"])
def test_signs_that_make_no_key_hold_nothing_up(rest: str) -> None:
    stream = sentences(iter(["完成5600人。", rest, "另有一项。"]))
    assert next(stream).text.startswith("完成5600人")


def test_endless_text_without_a_stop_is_not_waited_for() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "任务数为4999人，"

    assert list(sentences(endless())) == []


@given(st.text(max_size=200) | WRITTEN)
@example("甲。〔x〕乙。〔1〕")
def test_no_text_breaks_it_and_every_sentence_ends_and_is_one_line(text: str) -> None:
    for one in sentences([text]):
        assert one.text and one.text[-1] in "。！？!?" and "\n" not in one.text
        assert all(0 <= key <= 999 for key in one.keys)


@given(WRITTEN, st.lists(st.integers(0, 120), max_size=12))
@example("甲。 〔1〕乙。", [2, 3, 4])
@example("甲。。。乙", [2, 3])
@example("甲" * 599 + "。乙。", [])
@example("甲" * 700 + "。乙。", [650])
def test_it_does_not_matter_in_which_pieces_a_text_comes(text: str, cuts: Sequence[int]) -> None:
    places = [0, *sorted(min(place, len(text)) for place in cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    assert list(sentences(pieces)) == list(sentences([text])) == list(sentences(text))
