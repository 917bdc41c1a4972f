"""The tab 指标台账: its tables and its plot as data, and the whole in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Locator, Page, expect

from assistant.answer import Citation
from assistant.ledger import Ledger, LedgerRow, Query
from assistant.ledger.chart import chart_of
from assistant.ledger.why import links
from tests.browser import CHROMIUM, chromium, make_archive, open_page, served
from tests.ledger_builders import Archive, report
from ui import ledger_tab, ledger_view
from ui.access import Access
from ui.ledger_plot import plot_of
from ui.ledger_tab import Filters
from ui.ledger_view import cells_html, head_html, struck_html, table_html
from ui.promises_view import compared_html

EVIL = '<img src=x onerror="window.hacked=1">'
BODY = "石桥县卫生健康局"

FIRST = """石桥县卫生健康局2022年工作总结和2023年工作计划

一、2022年工作总结
（一）妇幼健康。全年农村妇女两癌筛查任务数5000人，实际完成5100人，完成率102%。
（二）慢病管理。高血压患者规范管理率为81.5%。

二、2023年工作计划
（一）妇幼健康。2023年农村妇女两癌筛查任务数6000人。
（二）慢病管理。高血压患者规范管理率达到84%以上。
（三）人才培养。选派乡村医生到县人民医院进修学习。
（四）院落整治。为乡镇卫生院新装太阳能路灯。
"""

SECOND = """石桥县卫生健康局2023年工作总结和2024年工作计划

一、2023年工作总结
（一）妇幼健康。全年农村妇女两癌筛查任务数6000人，实际完成5400人，完成率90%。
（二）慢病管理。高血压患者规范管理率为86.2%。
（三）人才培养。选派12名乡村医生到县人民医院进修学习。

二、2024年工作计划
（一）妇幼健康。2024年农村妇女两癌筛查任务数6200人。
"""

HOSTILE = """赤岭县卫生健康局2023年工作总结

一、主要工作
（一）智慧门诊<img src=x onerror="window.hacked=1">建设。建成智慧门诊<b onclick="window.hacked=1">12个，覆盖率为95.5%。
"""


def three_years() -> Archive:
    """两癌筛查 in three years, the last of which has a target only."""
    held = Archive(report(1, 2021), report(2, 2022), report(3, 2023))
    held.say("目标", "两癌筛查", "5000人", period="2021", number=1).say(
        "结果", "两癌筛查", "5100人", period="2021", number=1
    )
    held.say("目标", "两癌筛查", "5500人", period="2022", number=2).say(
        "结果", "两癌筛查", "5000人", period="2022", number=2
    )
    return held.say("目标", "两癌筛查", "6000人", period="2024", number=3, plan=True)


def ledger_of(held: Archive) -> tuple[Ledger, dict[str, LedgerRow]]:
    """The ledger and its rows by period."""
    rows = held.rows()
    return Ledger(rows, held.reports), {str(row.period): row for row in rows}


def citation(quote: str, start: int) -> Citation:
    return Citation(
        1, "总结", BODY, 2022, "review", "2022", ("一",), "a.txt", quote, start, start + len(quote), None, 1, 1
    )


class TestTable:
    def test_a_row_tells_body_period_indicator_values_and_status_and_each_value_is_a_link(self) -> None:
        row = ledger_of(three_years())[1]["2022"]
        shown = table_html([row])
        for said in ("青禾县卫生健康局", "2022年", row.name, "5500人", "5000人", "（计算）", row.status_name):
            assert said in shown
        for cell in (*row.targets, *row.results):
            assert f'href="#cell-{row.id}-{cell.record.id}"' in shown

    def test_what_was_worked_out_is_told_apart_from_what_is_stated(self) -> None:
        stated = (
            Archive()
            .say("目标", "两癌筛查", "5500人")
            .say("结果", "两癌筛查", "5000人")
            .say("完成率", "两癌筛查", "90.9%")
            .row()
        )
        worked = Archive().say("目标", "两癌筛查", "5500人").say("结果", "两癌筛查", "5000人").row()
        rate = re.compile('data-label="完成率">(.*?)</td>')
        (left,), (right,) = rate.findall(table_html([stated])), rate.findall(table_html([worked]))
        assert "计算" not in left and "#cell-" in left
        assert "（计算）" in right and "#cell-" not in right
        assert worked.computed is not None and worked.computed.expression in head_html(worked).replace("&#47;", "/")

    def test_only_so_many_rows_are_shown_and_the_others_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ledger_view, "SHOWN", 2)
        shown = table_html(three_years().rows())
        assert shown.count("<tr data-row") == 2 and "共3行，这里只列前2行" in shown
        assert "没有符合条件" in table_html([])

    def test_nothing_of_a_source_is_read_as_markup(self) -> None:
        held = Archive(report(1, 2022, org=EVIL)).say("结果", EVIL, "5000人", scope=EVIL)
        row = replace(held.row(), name=EVIL, reason=EVIL, phrases=(EVIL,))
        place = (row.results[0], replace(citation(EVIL, 0), report=EVIL, source_file=EVIL))
        joined = links(replace(row, phrases=(EVIL, f"{EVIL}数")), [(EVIL, f"{EVIL}二", False)])
        for html in (table_html([row]), head_html(row, joined), cells_html(row, [place]), struck_html(row.results)):
            assert "<img" not in html and "&#60;img" in html

    def test_the_figure_is_marked_in_the_sentence_that_is_quoted(self) -> None:
        row = Archive().say("结果", "两癌筛查", "5000人").row()
        cell = row.results[0]
        quote = "全年两癌筛查完成5000人。"
        at = cell.record.figure.start - quote.index("5000人")
        assert "<mark>5000人</mark>" in cells_html(row, [(cell, citation(quote, at))])

    def test_filters_left_open_restrict_nothing(self) -> None:
        assert Query() == Filters(indicator="  ").query == Filters().query
        asked = Filters(org=BODY, year=2023, indicator=" 两癌 ", status="missed").query
        assert (asked.org, asked.year, asked.indicator, asked.status) == (BODY, 2023, "两癌", frozenset({"missed"}))


class TestPlot:
    def test_targets_stand_against_results_year_by_year_with_gaps_left_open(self) -> None:
        ledger, rows = ledger_of(three_years())
        chart = chart_of(ledger, rows["2022"])
        assert chart is not None
        results, targets = plot_of(chart).data
        assert results.type == "bar" and list(results.x) == ["2021", "2022", "2023", "2024"]
        assert list(results.y) == [5100, 5000, None, None] and list(targets.y) == [5000, 5500, None, 6000]
        assert "人" in results.name

    def test_rates_are_lines(self) -> None:
        held = Archive(report(1, 2021), report(2, 2022))
        held.say("结果", "建档率", "90.1%", period="2021", number=1).say(
            "结果", "建档率", "91%", period="2022", number=2
        )
        ledger, rows = ledger_of(held)
        chart = chart_of(ledger, rows["2022"])
        assert chart is not None and {trace.type for trace in plot_of(chart).data} == {"scatter"}

    def test_one_lone_value_is_not_drawn_nor_one_that_is_doubtful(self) -> None:
        for held in (
            Archive().say("结果", "两癌筛查", "5000人"),
            Archive().say("目标", "两癌筛查", "5500人").say("结果", "两癌筛查", "5000人", status="doubtful"),
        ):
            ledger, rows = ledger_of(held)
            assert chart_of(ledger, rows["2022"]) is None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ledger")
    make_archive(place / "home", place / "in", {"石桥22.txt": FIRST, "石桥23.txt": SECOND, "赤岭.txt": HOSTILE})
    return place / "home"


class TestAgainstAnArchive:
    @pytest.fixture
    def access(self, home: Path) -> Iterator[Access]:
        from ingest.settings import Settings

        held = Access(Settings(home=home))
        yield held
        held.close()

    @pytest.mark.parametrize(
        "click",
        [
            *(None, [], "x", {}, {"row": None}, {"row": EVIL, "figure": []}, {"n": "1"}, {"n": 7}, {"act": []}),
            *({"act": act, "row": EVIL, "link": 1, "figure": "1"} for act in ("x", "strike", "restore", "part")),
        ],
    )
    def test_a_click_that_means_nothing_opens_nothing(self, access: Access, click: object) -> None:
        shown = ledger_tab._clicked(access, None, [], Filters(), click)
        assert "档案已有变动" in "".join(part for part in shown if isinstance(part, str))

    def test_a_change_that_another_writer_prevents_is_told_and_audited_as_such(self, access: Access) -> None:
        from ingest.archive.lock import WriteLock

        assistant = access.assistant()
        row = assistant.ledger().find(Query(org=BODY))[0]
        lock = WriteLock(access.settings.home)
        lock.acquire()
        try:
            click = {"act": "strike", "row": row.id, "figure": row.places[0].record.id}
            shown = ledger_tab._clicked(access, row.id, [], Filters(), click)
        finally:
            lock.release()
        assert "请" in str(shown) and access.audit.lines()[0].outcome not in ("ok", "begun")
        assert assistant.ledger().find(Query(org=BODY))[0].places == row.places

    def test_a_plan_stands_beside_its_review_with_both_passages_and_the_caution(self, access: Access) -> None:
        found = access.assistant().promises(BODY, 2023)
        places = access.assistant().cite_promises(found)
        shown = compared_html(found, places)
        assert "不等于没有做" in shown and "未在下一年总结中提及" in shown and "有对应表述" in shown
        assert [one.n for planned, said in places for one in (planned, *said)] == list(
            range(1, shown.count("#pair-") + 1)
        )
        for planned, _ in places:
            assert planned.quote in FIRST

    def test_without_an_archive_the_tab_says_so_and_looks_again(self, tmp_path: Path) -> None:
        from ingest.settings import Settings

        seen, _, _, shown, _ = ledger_tab._look(Access(Settings(home=tmp_path / "none")), -1, None, Filters())
        assert "ingest" in shown and seen != -1

    def test_a_comparison_that_cannot_be_made_is_told_in_one_line(self, access: Access) -> None:
        shown, cited = ledger_tab._listed(access, None, Filters("compared", BODY, 2019))
        assert "档案中没有" in shown and cited == []
        assert "请在上面选" in ledger_tab._listed(access, None, Filters("compared"))[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with served(home) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url)
    opened.get_by_role("tab", name="指标台账").click()
    opened.locator("#listed tr[data-row]").first.wait_for()
    yield opened
    opened.context.close()


def choose(page: Page, name: str, option: str) -> None:
    """Pick `option` in the dropdown `name`."""
    page.locator(f"#{name} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def rows(page: Page, text: str) -> Locator:
    return page.locator("#listed tr[data-row]", has_text=text)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")
class TestInTheBrowser:
    def test_filters_narrow_the_rows(self, page: Page) -> None:
        page.fill("#indicator :is(input, textarea)", "两癌")
        expect(rows(page, "规范管理率")).to_have_count(0)
        expect(rows(page, "两癌")).to_have_count(3)
        choose(page, "book-year", "2023年")
        expect(page.locator("#listed tr[data-row]")).to_have_count(1)
        expect(page.locator("#listed tr[data-row]")).to_contain_text("5400人")
        choose(page, "status", "已达到")
        expect(page.locator("#listed")).to_contain_text("没有符合条件的指标")

    def test_a_row_shows_its_passages_and_a_plot_and_leads_to_the_report(self, page: Page) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        rows(page, "5400人").locator("td").first.click()
        expect(page.locator("#row-head h2")).to_contain_text("两癌")
        expect(page.locator("#cells mark", has_text="5400人")).to_have_count(1)
        expect(page.locator("#cells li", has_text="石桥22.txt")).to_contain_text("目标6000人")
        expect(page.locator("#plot .js-plotly-plot .bars .point")).not_to_have_count(0, timeout=30_000)

        page.locator("#cells a", has_text="90%").last.click()
        expect(page.locator("#source mark")).to_contain_text("实际完成5400人")
        expect(page.locator("#source mark")).to_be_in_viewport()
        expect(page.locator("#source h2")).to_contain_text("2023年工作总结和2024年工作计划")
        page.locator("#source a.close").click()
        expect(page.locator("#source mark")).to_have_count(0)
        expect(page.locator("#row-head h2")).to_be_visible()
        assert {urlsplit(one).hostname for one in asked if not one.startswith(("data:", "blob:"))} == {"127.0.0.1"}

    def test_a_value_in_the_table_leads_straight_to_its_passage(self, page: Page) -> None:
        rows(page, "5400人").locator("a", has_text="5400人").click()
        expect(page.locator("#source mark")).to_contain_text("5400人")
        page.locator("#source a.close").click()
        expect(page.locator("#cells li")).not_to_have_count(0)

    def test_the_plan_of_a_year_is_set_beside_its_review(self, page: Page) -> None:
        page.locator("#view label", has_text="兑现对照").click()
        expect(page.locator("#listed")).to_contain_text("请在上面选一个单位和一个年度")
        choose(page, "book-org", BODY)
        choose(page, "book-year", "2023年")
        expect(page.locator("#listed")).to_contain_text("不等于没有做")
        expect(page.locator("#listed tr", has_text="太阳能路灯")).to_contain_text("未在下一年总结中提及")
        page.locator("#listed a.pair", has_text="12名乡村医生").click()
        expect(page.locator("#source mark")).to_contain_text("乡村医生")
        expect(page.locator("#source h2")).to_contain_text("2023年工作总结")

    def test_hostile_words_stay_words(self, page: Page) -> None:
        rows(page, "95.5%").locator("td").first.click()
        expect(page.locator("#cells")).to_contain_text("95.5%")
        page.locator("#cells a").first.click()
        expect(page.locator("#source")).to_contain_text("onerror")
        assert page.evaluate("window.hacked") is None

    def test_on_a_phone_nothing_runs_over_the_edge_and_the_report_covers_the_page(
        self, browser: Browser, url: str
    ) -> None:
        page = open_page(browser, url, 390, 800)
        page.get_by_role("tab", name="指标台账").click()
        rows(page, "5400人").locator("a", has_text="5400人").click()
        expect(page.locator("#source mark")).to_contain_text("5400人")
        box = page.locator("#source").bounding_box()
        assert box is not None and (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 800)
        assert box["y"] < 80  # of the page only a strip is left, to be seen and touched
        page.locator("#source a.close").click()
        expect(page.locator("#source mark")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.context.close()
