"""A report as it is read on the page: whole, with headings, labels and the quote highlighted."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given

from assistant.copies import Copy
from ingest.archive.records import FileRecord
from tests.answer_builders import citation, paragraph, shown
from tests.test_ui_render import NASTY, Reader, printable
from ui.reading import fault_html, paragraphs_html, report_html
from ui.strings import period_label

PDF = FileRecord(7, "青禾.pdf", "/青禾.pdf", "ab" * 32, "pdf", 1, "ok", None, ())


@given(NASTY, NASTY, NASTY)
def test_the_report_is_shown_whole_and_only_the_quote_is_highlighted(before: str, quote: str, after: str) -> None:
    span = (len(before), len(before) + len(quote))
    html = report_html(shown(paragraph(before + quote + after, highlight=(span,))), citation(), opened=True)
    read = Reader(html)
    assert printable(read.texts["current"][0]) == printable(before + quote + after)
    (marked,) = re.findall("<mark>(.*?)</mark>", html)
    assert printable(Reader(f"<p>{marked}</p>").texts[""][0]) == printable(quote)


@given(NASTY)
def test_nothing_in_a_report_becomes_markup(text: str) -> None:
    view = shown(paragraph(text, path=(text, text + "二")))
    view = replace(view, report=replace(view.report, title=text, org=text, sources=(text, text + "2")))
    view = replace(view, copies=(Copy("0f1e", text, True), Copy("2d3c", text + "2", False)), file=PDF)
    read = Reader(report_html(view, citation(section=(text,), source_file=text), opened=False))
    assert read.tags <= {"article", "header", "div", "span", "h2", "h3", "a", "p", "mark", "button"}
    assert {name for name in read.attributes if not name.startswith("data-")} <= {
        *("class", "href", "title", "role", "aria-label", "tabindex", "type", "hidden", "download", "aria-pressed")
    }
    assert read.links == ["#close", "/originals/0f1e"]


def test_headings_stand_where_they_begin_and_only_once() -> None:
    html = report_html(
        shown(
            paragraph("甲。", path=("一、回顾", "（一）签约")),
            paragraph("乙。", path=("一、回顾", "（一）签约")),
            paragraph("丙。", path=("一、回顾", "（二）托育")),
            paragraph("丁。", path=("二、打算",), part="plan", period="2024"),
        ),
        citation(),
        opened=True,
    )
    assert re.findall(r'<h3 class="level(\d)">(.*?)</h3>', html) == [
        ("1", "一、回顾"),
        ("2", "（一）签约"),
        ("2", "（二）托育"),
        ("1", "二、打算"),
    ]


def test_a_heading_that_runs_on_into_its_paragraph_is_not_repeated() -> None:
    html = report_html(
        shown(paragraph("（一）签约。全年8万人。", path=("一、回顾", "（一）签约"))), citation(), opened=True
    )
    assert re.findall("<h3.*?>(.*?)</h3>", html) == ["一、回顾"]


def test_period_and_part_are_labelled_where_they_change() -> None:
    read = Reader(
        report_html(
            shown(paragraph("甲。"), paragraph("乙。"), paragraph("丙。", part="plan", period="2024")),
            citation(),
            opened=True,
        )
    )
    assert read.texts["tag"] == ["2023年总结", "2024年计划"]


def test_page_numbers_stand_where_a_page_begins() -> None:
    read = Reader(report_html(shown(paragraph("甲。", page=1), paragraph("乙。", page=2)), citation(), opened=True))
    assert read.texts["page"] == ["第1页", "第2页"]


def test_the_head_names_body_year_kind_place_and_files() -> None:
    view = shown(paragraph("甲。"))
    view = replace(view, report=replace(view.report, sources=("青禾.txt", "副本.docx"), truncated=True))
    html = report_html(view, citation(page=3), opened=True)
    for said in ("青禾县卫生健康局", "2023年", "第3页", "青禾.txt（另见 副本.docx）", "不完整的副本"):
        assert said in "".join(text for texts in Reader(html).texts.values() for text in texts)


def test_every_file_that_is_kept_can_be_downloaded_the_cited_one_first() -> None:
    held = (Copy("aa", "青禾.docx", True), Copy("bb", "青禾.txt", True), Copy("cc", "副本.txt", False))
    html = report_html(replace(shown(paragraph("甲。")), copies=held), citation(), opened=True)
    assert re.findall('href="/originals/(..)"', html) == ["bb", "aa"]
    assert "青禾.txt（另见 青禾.docx、副本.txt）" in "".join(Reader(html).texts["file"])


def test_only_a_pdf_can_be_read_by_the_page() -> None:
    assert "data-way" not in report_html(shown(paragraph("甲。")), citation(), opened=True)
    html = report_html(replace(shown(paragraph("甲。")), file=PDF), citation(page=3), opened=True)
    assert 'data-way="page"' in html and "/pages/7?start=10&amp;end=18&amp;page=3&amp;lang=zh" in html


def test_the_bar_tells_which_passage_of_how_many_is_read() -> None:
    quote = paragraph("乙。", highlight=((0, 1),))
    html = report_html(replace(shown(paragraph("甲。"), quote), first=10, total=88), citation(), opened=True)
    assert Reader(html).texts["count"] == ["第12段 / 共88段"]
    assert re.findall('<p[^>]* data-n="([0-9]+)"', html) == ["11", "12"]
    for said in ('data-first="10"', 'data-last="12"', 'data-count="88"', 'data-quote="12"'):
        assert said in html


def test_a_part_goes_on_from_the_paragraph_above_it() -> None:
    """What opened above it is not said again."""
    above = paragraph("甲。", path=("一、回顾", "（一）签约"), page=2)
    below = paragraph("乙。", path=("一、回顾", "（二）托育"), page=2)
    html = paragraphs_html(replace(shown(below), first=5, before=above))
    assert re.findall("<h3.*?>(.*?)</h3>", html) == ["（二）托育"]
    assert 'class="tag"' not in html and 'class="page"' not in html


def test_only_a_report_that_was_asked_for_covers_a_phone() -> None:
    assert 'class="report opened"' in report_html(shown(paragraph("甲。")), citation(), opened=True)
    assert 'class="report"' in report_html(shown(paragraph("甲。")), citation(), opened=False)


def test_a_fault_is_one_escaped_line() -> None:
    assert "<b>" not in fault_html("没有<b>")


def test_periods_read_as_a_clerk_writes_them() -> None:
    assert [period_label(period) for period in ("2022", "2022-H1", "2022-H2", "2021/2025", None)] == [
        "2022年",
        "2022年上半年",
        "2022年下半年",
        "2021—2025年",
        "年份不详",
    ]
