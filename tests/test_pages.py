"""Where a quote stands on the pages of a PDF: rectangles over its characters and over no others."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.page_drawing import PageDrawer, PageUndrawn
from assistant.page_worker import work
from assistant.pages import Box, Sheet, SourceLine, joined, lines_of, quoted
from assistant.service import Assistant
from assistant.view import window
from ingest.errors import NotFound
from ingest.readers.pdf.reader import read_pdf
from tests.assistant_builders import FILES, assistant_over
from tests.pdf_builders import HEIGHT, OTHER, SENTENCE, WIDTH, drawn, rule, ruled, text

SIZE = 14
LINES = st.lists(
    st.text("今年全县卫生健康系统完成任务签约高血压患者规范管理率服务", min_size=4, max_size=16),
    min_size=2,
    max_size=12,
    unique=True,
)


def marks(data: bytes, start: int, end: int, page: int = 1) -> dict[int, list[Box]]:
    """The rectangles of `start:end` of the file's text by page, in points of the page as it is shown."""
    lines = tuple((line.text, line.start, line.end) for line in lines_of(read_pdf(data).text, start, end))
    answered: Any = work(Path(), data, None, ("marks", page, lines))
    return {
        number: [(x0 * width, y0 * height, x1 * width, y1 * height) for x0, y0, x1, y1 in rectangles]
        for number, width, height, rectangles in answered[2]
    }


def marks_of(data: bytes, words: str) -> dict[int, list[Box]]:
    at = read_pdf(data).text.index(words)
    return marks(data, at, at + len(words))


def covers(boxes: list[Box], x: float, y: float) -> bool:
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def turned(data: bytes, rotation: int) -> bytes:
    """The file with its pages turned clockwise for display."""
    document, stream = pdfium.PdfDocument(data), BytesIO()
    for page in document:
        page.set_rotation(rotation)
    document.save(stream)
    return stream.getvalue()


def as_shown(x: float, y: float, rotation: int) -> tuple[float, float]:
    """A point of the page, y upwards, on the page as it is shown, y downwards."""
    return {0: (x, HEIGHT - y), 90: (y, x), 180: (WIDTH - x, y), 270: (HEIGHT - y, WIDTH - x)}[rotation]


@settings(max_examples=40)
@given(LINES, st.booleans(), st.sampled_from((0, 90, 180, 270)), st.data())
def test_the_rectangles_lie_on_the_page_and_cover_the_quote_and_nothing_else(
    lines: list[str], two_columns: bool, rotation: int, data: st.DataObject
) -> None:
    half = (len(lines) + 1) // 2 if two_columns else len(lines)
    places = {line: (60 + 270 * (number // half), 760 - 28 * (number % half)) for number, line in enumerate(lines)}
    pdf = turned(drawn([text(*places[line], line) for line in lines]), rotation)
    source = read_pdf(pdf).text
    written = source.split("\n")
    assume(set(written) == set(lines))
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    assume(source[start:end].strip())

    (boxes,) = marks(pdf, start, end).values()

    width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    assert all(0 <= x0 < x1 <= width + 0.01 and 0 <= y0 < y1 <= height + 0.01 for x0, y0, x1, y1 in boxes)
    at = 0
    for line in written:
        x, y = places[line]
        for offset in range(len(line)):
            middle = as_shown(x + SIZE * (offset + 0.5), y + SIZE * 0.35, rotation)
            assert covers(boxes, *middle) == (start <= at + offset < end), (line, offset)
        at += len(line) + 1


def test_a_line_is_one_rectangle_and_a_quote_has_one_for_each_line() -> None:
    pdf = drawn([text(60, 760, SENTENCE[:20]), text(60, 732, SENTENCE[20:])])
    start = read_pdf(pdf).text.index(SENTENCE[5:20])
    (boxes,) = marks(pdf, start, start + 25).values()
    assert [round((x1 - x0) / SIZE) for x0, _, x1, _ in boxes] == [15, 9]


def test_a_quote_that_goes_on_overleaf_is_marked_on_both_pages() -> None:
    lines = [SENTENCE, OTHER, *(f"{SENTENCE[n:]}{OTHER[:n]}" for n in range(2, 30))]
    first = [text(30, 800 - 27 * n, line) for n, line in enumerate(lines[:28])]
    pdf = drawn(first, [text(30, 800 - 27 * n, line) for n, line in enumerate([*lines[28:], "任务全面完成。"])])
    source = read_pdf(pdf).text
    start, end = source.index(lines[27]), source.index(lines[28]) + 10
    assert start < end
    found = marks(pdf, start, end)
    assert sorted(found) == [1, 2]
    assert [round((boxes[0][2] - boxes[0][0]) / SIZE) for boxes in (found[1], found[2])] == [len(lines[27]), 10]


def test_of_two_equal_lines_the_one_between_the_same_neighbours_is_meant() -> None:
    same = "按期完成了各项任务"
    pdf = drawn(
        [text(60, 760 - 28 * n, line) for n, line in enumerate([SENTENCE[:15], same, OTHER[:15], same, OTHER[15:30]])]
    )
    source = read_pdf(pdf).text
    for at, row in ((source.index(same), 1), (source.rindex(same), 3)):
        (boxes,) = marks(pdf, at, at + len(same)).values()
        (box,) = boxes
        assert box[1] < HEIGHT - (760 - 28 * row + 5) < box[3]


def test_the_fields_of_a_row_are_marked_where_they_stand() -> None:
    rows = [
        [["指标"], ["目标"], ["完成"]],
        [["家庭医生签约"], ["8万人"], ["8.4万人"]],
        [["规范管理"], ["85%"], ["86.2%"]],
    ]
    pdf = drawn([*ruled(rows, x=60, y=760, width=150, height=40), text(60, 500, SENTENCE[:20])])
    source = read_pdf(pdf).text
    (line,) = [line for line in source.split("\n") if "8.4万人" in line]
    (boxes,) = marks(pdf, source.index(line), source.index(line) + len(line)).values()
    for column in range(3):
        assert covers(boxes, 60 + 150 * column + 8, HEIGHT - (760 - 40 - 13 + 4))
    assert not covers(boxes, 68, HEIGHT - (760 - 80 - 13 + 4))


def test_text_whose_every_letter_is_drawn_twice_to_be_bold_is_found() -> None:
    places = [(60 + SIZE * n, char) for n, char in enumerate(SENTENCE[:12])]
    pdf = drawn([text(x + shift, 760, char) for x, char in places for shift in (0, 0.3)])
    ((box,),) = marks_of(pdf, SENTENCE[3:9]).values()
    assert round((box[2] - box[0]) / SIZE) == 6


def test_a_page_without_text_says_so() -> None:
    pdf = drawn([rule(60, 700, 300, 700)])
    answered: Any = work(Path(), pdf, None, ("marks", 1, ((SENTENCE, 0, 5),)))
    assert answered == (1, False, [])


def test_words_that_are_not_there_are_marked_nowhere() -> None:
    sheet = Sheet(1, 100, 100, "今年以来", ((0, 0, 9, 9),) * 4)
    assert quoted([SourceLine("另外的字句", 0, 5)], [sheet]) == ()
    assert quoted([SourceLine("今年以来", 0, 4)], []) == ()


def test_what_reaches_beyond_the_page_is_cut_off() -> None:
    sheet = Sheet(1, 100, 100, "今", ((-5, 90, 20, 130),))
    assert quoted([SourceLine("今", 0, 1)], [sheet])[0].rectangles == ((0, 0.9, 0.2, 1),)


def test_text_that_runs_down_the_page_is_joined_downwards() -> None:
    assert joined([(10, y, 20, y + 10) for y in (0, 10, 20)]) == [(10, 0, 20, 30)]
    assert joined([(x, 0, x + 10, 10) for x in (0, 10, 60)]) == [(0, 0, 20, 10), (60, 0, 70, 10)]
    assert joined([]) == []


@given(st.text("甲乙\n", max_size=60), st.data())
def test_the_lines_of_a_quote_hold_it_whole(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    lines = lines_of(source, start, end)
    assert "".join(line.text[line.start : line.end] for line in lines) == source[start:end].replace("\n", "")
    assert "\n".join(line.text for line in lines) in source


def test_a_page_is_drawn_as_wide_as_asked_for_but_a_poster_coarser() -> None:
    for size, wide in (((WIDTH, HEIGHT), True), ((100, 14000), False)):
        picture: Any = work(Path(), drawn([text(20, 40, SENTENCE)], size=size), None, ("image", 1, 1000))
        assert picture.startswith(b"\x89PNG")
        width = int.from_bytes(picture[16:20])
        height = int.from_bytes(picture[20:24])
        assert (width == 1000) == wide and width * height <= 12_100_000


def test_there_is_no_page_behind_the_last() -> None:
    assert work(Path(), drawn([text(60, 760, SENTENCE)]), None, ("image", 2, 1000)) is None


@given(st.integers(1, 300), st.data())
def test_the_window_holds_the_quote_and_no_more_than_asked_for(count: int, data: st.DataObject) -> None:
    at, around = data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, 40))
    first, last = window(at, count, around)
    assert 0 <= first <= at < last <= count and last - first <= 2 * around + 1
    assert (first == 0 or at - first == around) and (last == count or last - at - 1 == around)
    assert window(at, count, None) == (0, count)


class TestInAnotherProcess:
    def test_a_page_is_drawn_and_the_quote_found_there(self, tmp_path: Path) -> None:
        (tmp_path / "home-reports").mkdir()
        body = ["青禾县卫生健康局2023年工作总结", SENTENCE, OTHER]
        (tmp_path / "home-reports" / "青禾.pdf").write_bytes(
            drawn([text(30, 760 - 28 * n, line) for n, line in enumerate(body)])
        )
        with assistant_over(tmp_path / "home", {"白石.txt": FILES["青禾2022.txt"]}) as assistant:
            file = file_named(assistant, "青禾.pdf")
            source = read_pdf((tmp_path / "home-reports" / "青禾.pdf").read_bytes()).text
            at = source.index(OTHER[:6])
            placed = assistant.pages.placed(file, 1, at, at + 6)
            assert (placed.count, placed.has_text, [item.number for item in placed.pages]) == (1, True, [1])
            assert assistant.pages.image(file, 1).startswith(b"\x89PNG")
            with pytest.raises(NotFound):
                assistant.pages.image(file, 2)
            with pytest.raises(NotFound):
                assistant.pages.image(file_named(assistant, "白石.txt"), 1)

    def test_a_file_that_takes_too_long_is_given_up(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("assistant.page_drawing.SECONDS", 0.0)
        with assistant_over(tmp_path / "home", {"青禾.txt": FILES["青禾2022.txt"]}) as assistant:
            drawer: PageDrawer = assistant.pages
            heavy = drawn([rule(n % 500, 0, 500 - n % 500, 800) for n in range(60_000)])
            with pytest.raises(PageUndrawn, match="画不出来"):
                drawer._drawn(heavy, ("image", 1, 2000))


def file_named(assistant: Assistant, name: str) -> int:
    (found,) = [item for item in assistant.reports() if name in item.sources]
    return found.file_id
