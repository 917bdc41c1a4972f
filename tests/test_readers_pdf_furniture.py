"""What belongs to the pages and not to the report is in no block: and nothing else is left out."""

from __future__ import annotations

import pytest

from tests.pdf_builders import OTHER, SENTENCE, Draw, moved, read, running, shown, text

BODIES = [SENTENCE + "。", OTHER + "。", SENTENCE + "！", OTHER + "！"]


def body(number: int) -> list[Draw]:
    return running(BODIES[number % 4], x=90, y=700, width=28)


def test_page_numbers_to_the_right_and_to_the_left_as_the_standard_has_them() -> None:
    pages = [[*body(n), text(470 if n % 2 == 0 else 90, 60, f"— {n + 1} —")] for n in range(4)]
    assert shown(*pages) == BODIES


def test_different_headers_on_odd_and_even_pages_and_none_on_the_first() -> None:
    headers = ["某县卫生健康年鉴", "第一章综述"]
    pages = [[*body(n), *([text(90, 800, headers[n % 2], size=10)] if n else [])] for n in range(8)]
    assert shown(*pages) == BODIES * 2


def test_bare_numbers_that_count_with_the_pages_from_any_number() -> None:
    pages = [[*body(n), text(290, 40, str(n + 17), size=10)] for n in range(4)]
    assert shown(*pages) == BODIES


def test_a_header_that_counts_the_pages_among_other_numbers() -> None:
    pages = [[*body(n), text(90, 800, f"2023年汇编 {n + 5}/120", size=10)] for n in range(4)]
    assert shown(*pages) == BODIES


def test_lines_high_on_the_page_that_differ_in_a_figure_only_are_text() -> None:
    figures = ["规范管理率达到96%。", "规范管理率达到91%。", "规范管理率达到97%。"]
    assert shown(*[[text(118, 790, figure), *body(n)] for n, figure in enumerate(figures)]) == [
        part for n, figure in enumerate(figures) for part in (figure, BODIES[n])
    ]


def test_a_title_is_text_although_the_header_repeats_its_words() -> None:
    title = "某县卫生健康局工作总结"
    pages = [[text(150, 785, title, size=22), *body(0)]]
    pages += [[text(90, 800, title, size=9), *body(n)] for n in range(1, 4)]
    assert shown(*pages) == [title, *BODIES]


def test_pages_of_one_line_each_are_not_all_furniture() -> None:
    assert "".join(shown(*[[text(90, 800, "附件目录")] for _ in range(3)])) == "附件目录" * 3


def test_what_was_dropped_stands_behind_the_report_in_the_text() -> None:
    pages = [[*running(SENTENCE * 2 + "。", x=90, y=130, width=28, pitch=20)[:2], text(90, 40, "— 1 —")]]
    rest = running(SENTENCE * 2 + "。", x=90, y=770, width=28, pitch=20)[2:]
    pages.append([*[moved(draw, 0, 40) for draw in rest], text(90, 40, "— 2 —")])
    document = read(*pages)
    assert [block.text.text for block in document.blocks] == [SENTENCE * 2 + "。"]
    start, end = document.blocks[0].text.span()
    assert document.text[start:end].replace("\n", "") == SENTENCE * 2 + "。"
    assert document.text.endswith("— 1 —\n— 2 —")


def test_footnotes_do_not_cut_the_sentence_that_goes_on_overleaf() -> None:
    lines = [SENTENCE[:28], SENTENCE[28:] + OTHER[:20], OTHER[20:] + SENTENCE[:10] + "。"]
    first = [text(118, 200, lines[0][:26]), text(90, 172, lines[0][26:] + lines[1][:26])]
    note = [text(90, 100, "①数据由各乡镇卫生院上报。", size=9)]
    second = [text(90, 740, lines[1][26:] + lines[2])]
    assert shown([*first, *note], second) == ["".join(lines), "①数据由各乡镇卫生院上报。"]


@pytest.mark.parametrize(("size", "angle"), [(60, 45), (14, 30), (40, 60)])
def test_a_slanted_watermark_is_dropped(size: float, angle: float) -> None:
    mark = text(120, 300, "内部资料严禁外传", size=size, angle=angle, grey=0.8)
    assert shown(*[[mark, *body(n)] for n in range(3)]) == BODIES[:3]


def test_a_level_watermark_in_a_light_colour_is_dropped() -> None:
    mark = text(100, 400, "征求意见稿", size=50, grey=0.85)
    assert shown(*[[*body(n), mark] for n in range(3)]) == BODIES[:3]


def test_a_light_title_on_one_page_is_text() -> None:
    assert shown([text(150, 760, "工作简报", size=36, grey=0.9), *body(0)], body(1)) == ["工作简报", *BODIES[:2]]


def test_a_slanted_label_that_stands_once_is_text() -> None:
    assert "一季度" in shown([*body(0), text(300, 300, "一季度", size=12, angle=30)], body(1))
