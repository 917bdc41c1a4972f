"""Looking through a report: its headings as a tree, its text by the section, its marks where they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from assistant.gaps import collection
from assistant.preview import Outline, Shown, Span, outline, section, shown, tree
from assistant.unsure import as_they_are, doubts, to_look_at
from ingest.archive import Archive
from ingest.archive.records import MarkRecord, SectionRecord
from ingest.period import Period
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.builders import passage, report
from ui.archive_overview import collection_html
from ui.archive_preview import preview_html, text_html

EVIL = '<img src=x onerror="window.hacked=1">'


def heading(number: int, *path: str) -> SectionRecord:
    return SectionRecord(number, 1, number, path, "review", Period.parse("2022"), 0, 10)


class TestTree:
    def test_headings_lie_in_each_other(self) -> None:
        sections = [
            heading(0),
            heading(1, "一"),
            heading(2, "一", "（一）"),
            heading(3, "一", "（二）"),
            heading(4, "二"),
        ]
        nodes = tree(sections, [passage(n, 1, "四个文字") for n in (1, 2, 3)])
        assert [node.title for node in nodes] == ["", "一", "二"]
        assert [node.title for node in nodes[1].children] == ["（一）", "（二）"]
        assert (nodes[1].own, nodes[1].characters, nodes[2].characters) == (4, 12, 0)

    def test_a_heading_without_a_section_of_its_own_is_shown_all_the_same(self) -> None:
        (node,) = tree([heading(0, "一", "（一）"), heading(1, "一", "（二）")], [])
        assert (node.title, node.section) == ("一", None) and [one.section for one in node.children] == [0, 1]

    def test_two_headings_of_the_same_words_stay_two(self) -> None:
        assert [node.section for node in tree([heading(0, "小结"), heading(1, "小结")], [])] == [0, 1]

    def test_marks_count_for_every_heading_above_them(self) -> None:
        marked = replace(passage(1, 1, "管理xx人"), marks=(MarkRecord(2, 4, "masked", "隐去"),))
        (node,) = tree([heading(0, "一"), heading(1, "一", "（一）")], [marked])
        assert node.marks["masked"] == 1 and node.children[0].marks["masked"] == 1


class TestText:
    def test_marks_stand_where_they_are_in_the_text(self) -> None:
        marked = replace(passage(1, 1, "管理xx人"), marks=(MarkRecord(2, 4, "masked", "隐去"),))
        assert shown(marked).spans == (Span(2, 4, "masked", "隐去"),)
        assert '<mark class="m masked" title="已隐去：隐去">xx</mark>' in text_html([shown(marked)])

    def test_marks_within_marks_cost_no_text(self) -> None:
        spans = (Span(0, 4, "ocr", "识别"), Span(1, 3, "doubtful", "存疑"))
        html = text_html([Shown("一二三四", None, spans)])
        assert "doubtful ocr" in html and html.count("<mark") == 3

    def test_nothing_of_a_report_is_read_as_markup(self) -> None:
        html = text_html([Shown(EVIL, 1, (Span(0, 3, "damaged", EVIL),))])
        one = report(1, EVIL, None, None, 2022, title=EVIL)
        html += preview_html(Outline(one, tuple(tree([heading(0, EVIL)], [])), 0, Counter(), (EVIL,)))
        html += collection_html(collection([one]))
        assert "<img" not in html and "&#60;img" in html


def test_a_long_report_opens_quickly_and_its_text_comes_by_the_section(tmp_path: Path) -> None:
    lines = ["青禾县卫生健康局2023年工作总结", ""]
    for chapter in "一二三四五六七八九":
        lines.append(f"{chapter}、2023年工作{chapter}")
        for part in "一二三四五":
            lines += [f"（{part}）工作{part}", *(f"全县完成第{n}项工作{n * 7}人次，占{n % 90}.5%。" for n in range(60))]
    (tmp_path / "长.txt").write_text("\n".join(lines))
    settings = Settings(tmp_path / "home")
    ingest_paths(settings, [tmp_path / "长.txt"], embed=False)
    with Archive.create_or_open(settings.home) as archive:
        (found,) = archive.reports()
        made = outline(archive, found.id)
        html = preview_html(made)
        assert len(made.nodes) == 9 and all(len(node.children) == 5 for node in made.nodes)
        assert "第30项" not in html and len(html) < 60_000, "the text is not there until it is asked for"
        number = made.nodes[4].children[2].section
        assert number is not None
        text = "".join(one.text for one in section(archive, found.id, number))
        assert "第30项" in text and section(archive, found.id, 999) == ()


class TestGaps:
    def test_a_year_between_two_others_is_lacking(self) -> None:
        held = [report(n, "青禾县卫健局", None, None, year) for n, year in enumerate((2019, 2020, 2023, 2023))]
        found = collection([*held, report(9, "白石县卫健局", None, None, 2021), report(10, None, None, None, None)])
        assert found.years == (2019, 2020, 2021, 2022, 2023) and found.undated == 1
        assert found.gaps == (("青禾县卫健局", (2021, 2022)),)
        assert [body.name for body in found.bodies] == ["青禾县卫健局", "白石县卫健局", None]
        html = collection_html(found)
        assert html.count(">缺</td>") == 2 and 'scope="row"' in html
        assert "青禾县卫健局 2023年：2 份（总结、总结）" in html

    def test_an_archive_without_years_shows_no_table(self) -> None:
        assert collection_html(collection([])) == ""

    def test_of_a_long_past_the_latest_years_are_shown(self) -> None:
        found = collection([report(1, "甲", None, None, 1950), report(2, "甲", None, None, 2024)])
        assert found.years[0] == 2005 and found.earlier == 1 and found.gaps[0][1] == tuple(range(2015, 2024))


class TestUnsure:
    def test_what_is_unknown_or_guessed_is_to_be_looked_at_until_somebody_has(self) -> None:
        sure = report(1, "甲县卫健局", None, None, 2022)
        guessed = replace(report(2, "乙县卫健局", None, None, 2022), certainty={"year": "low", "published": "low"})
        unknown = report(3, None, None, None, 2022)
        settled = replace(unknown, id=4, certainty={"org": "given"})
        assert doubts(sure) == () and doubts(guessed) == ("year",) and doubts(unknown) == ("org",)
        assert to_look_at([sure, guessed, unknown, settled], first={3}) == [3, 2]
        assert as_they_are(guessed) == {"year": 2022} and as_they_are(unknown) == {"org": None}
