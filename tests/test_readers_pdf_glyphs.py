"""Characters come out once, in order and without the blanks of typesetting, however they were drawn."""

from __future__ import annotations

import pytest

from tests.pdf_builders import OTHER, SENTENCE, moved, running, shown, text


def test_a_line_drawn_twice_to_look_bold_is_read_once() -> None:
    twice = [text(90, 720, SENTENCE[:20]), text(90.4, 720, SENTENCE[:20])]
    assert shown([*twice, text(90, 640, OTHER[:20])]) == [SENTENCE[:20], OTHER[:20]]


def test_characters_drawn_twice_one_by_one_are_read_once() -> None:
    draws = [text(90 + 14 * n + shift, 720, each) for n, each in enumerate(SENTENCE[:20]) for shift in (0, 0.4)]
    assert shown(draws) == [SENTENCE[:20]]


def test_doubled_characters_and_digits_side_by_side_are_kept() -> None:
    assert shown([text(90, 720, "人人参与天天向上共1100人、2200户——好")]) == ["人人参与天天向上共1100人、2200户——好"]


def test_a_justified_line_has_no_blanks_between_its_characters() -> None:
    assert shown([text(90, 720, SENTENCE[:20], spread=5), text(90, 692, SENTENCE[20:26])]) == [SENTENCE[:26]]


def test_blanks_between_latin_words_and_figures_stay() -> None:
    assert shown([text(90, 720, "HIS system 2.0 at 2023-05 10:30")]) == ["HIS system 2.0 at 2023-05 10:30"]


@pytest.mark.parametrize(("angle", "x", "y"), [(90, 842, 0), (180, 595, 842), (270, 0, 595)])
def test_a_page_that_lies_on_its_side_or_stands_on_its_head(angle: int, x: float, y: float) -> None:
    page = [*running(SENTENCE + "。", x=90, y=520, width=20), *running(OTHER + "。", x=90, y=440, width=20)]
    assert shown([moved(draw, x, y, angle=angle) for draw in page]) == [SENTENCE + "。", OTHER + "。"]


def test_a_raised_note_mark_stays_in_its_line() -> None:
    draws = [text(90, 720, SENTENCE[:10]), text(230, 726, "①", size=7), text(237, 720, SENTENCE[10:20])]
    assert shown(draws) == [SENTENCE[:10] + "①" + SENTENCE[10:20]]
