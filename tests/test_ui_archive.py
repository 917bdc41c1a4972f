"""The tab 档案库 as HTML, and in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from ingest.archive.quality import Concern, Item, Quality
from tests.browser import BAISHI, CHROMIUM, HOSTILE, QINGHE, ask, chromium, make_archive, open_page, served
from tests.builders import report
from ui.library import list_html, quality_html, reasons_html

MASKED = "XX区卫生健康局20xx年工作总结\n\n一、主要工作\n（一）慢性病管理。规范管理高血压患者xx人，管理率为xx%。\n"
EVIL = '<img src=x onerror="window.hacked=1">'


class TestHtml:
    def test_the_list_holds_only_what_was_looked_for(self) -> None:
        reports = [report(1, "青禾县卫健局", "青禾县", "县", 2022), report(2, None, None, None, None, title="无名")]
        assert list_html(reports).count('class="row"') == 2
        assert "#report-1" in list_html(reports, "青禾 2022年") and "#report-2" not in list_html(reports, "青禾")
        assert "#report-2" in list_html(reports, "年份不详") and "没有这样的报告" in list_html(reports, "黑水")
        assert 'class="row chosen"' in list_html(reports, chosen=2)

    def test_signs_tell_what_to_look_at(self) -> None:
        plain = report(1, "青禾县卫健局", "青禾县", "县", 2022)
        assert "sign" not in list_html([plain])
        odd = replace(plain, truncated=True, certainty={"year": "low", "org": "given"}, sources=("a.txt", "b.txt"))
        shown = list_html([odd])
        assert all(word in shown for word in ("不完整", "待核对", "已更正", "2个来源", "a.txt、b.txt"))

    def test_nothing_of_a_report_is_read_as_markup(self) -> None:
        odd = replace(report(1, EVIL, None, None, 2022, title=EVIL), sources=(EVIL,), reasons={"year": EVIL})
        quality = Quality(1, 0, 1, 1, (Concern("failed", "未能读入", 1, "个", "请核对", (Item(EVIL, EVIL),)),))
        for html in (list_html([odd]), reasons_html(odd), quality_html(quality)):
            assert "<img" not in html and "&#60;img" in html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("archive")
    files = {"青禾.txt": QINGHE, "白石.txt": BAISHI, "赤岭.txt": HOSTILE, "模板.txt": MASKED}
    make_archive(place / "home", place / "in", files)
    with served(place / "home") as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url)
    opened.get_by_role("tab", name="档案库").click()
    opened.locator("#reports a.row").first.wait_for()
    yield opened
    opened.context.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")
class TestInTheBrowser:
    def test_a_report_is_found_corrected_answered_from_and_given_back(self, page: Page) -> None:
        rows = page.locator("#reports a.row")
        expect(rows).to_have_count(4)
        page.fill("#find-report :is(input, textarea)", "白石")
        expect(rows).to_have_count(1)
        rows.click()
        expect(page.locator("#edit-year :is(input, textarea)")).to_have_value("2022")
        expect(page.locator("#reasons")).to_contain_text("白石.txt")

        page.fill("#edit-year :is(input, textarea)", "2019")
        page.locator("#save").click()
        expect(page.locator("#said")).to_contain_text("已保存")
        expect(rows).to_contain_text("2019年")
        expect(rows).to_contain_text("已更正")
        page.get_by_role("tab", name="问答").click()
        expect(ask(page, "2019年白石县两癌筛查完成多少人？")).to_contain_text("5600人")
        expect(ask(page, "2022年白石县两癌筛查完成多少人？")).to_have_class(re.compile("abstained"))

        page.get_by_role("tab", name="档案库").click()
        page.locator("#undo").click()
        expect(page.locator("#said")).to_contain_text("已恢复")
        expect(page.locator("#edit-year :is(input, textarea)")).to_have_value("2022")
        expect(rows).not_to_contain_text("已更正")

    def test_what_cannot_be_is_said_and_nothing_typed_is_lost(self, page: Page) -> None:
        page.locator("#reports a.row", has_text="青禾县").click()
        page.fill("#edit-year :is(input, textarea)", "去年")
        page.fill("#edit-title :is(input, textarea)", "改了一半的标题")
        page.locator("#save").click()
        expect(page.locator("#said .fault")).to_contain_text("去年")
        expect(page.locator("#edit-title :is(input, textarea)")).to_have_value("改了一半的标题")

    def test_the_quality_report_leads_to_the_reports_it_names(self, page: Page) -> None:
        expect(page.locator("#quality .facts")).to_contain_text("4个文件，4份报告")
        trouble = page.locator("#quality details").first
        trouble.locator("summary").click()
        expect(trouble.locator(".remedy")).not_to_be_empty()
        named = trouble.locator("a").first
        title = re.search("《(.*)》", named.inner_text())
        named.click()
        assert title is not None
        expect(page.locator("#edit-title :is(input, textarea)")).to_have_value(title[1])

    def test_hostile_words_stay_words(self, page: Page) -> None:
        page.locator("#reports a.row", has_text="赤岭县").click()
        page.fill("#edit-title :is(input, textarea)", f"赤岭县卫生健康局{EVIL}")
        page.locator("#save").click()
        expect(page.locator("#said")).to_contain_text("已保存")
        expect(page.locator("#reports")).to_contain_text("onerror")
        assert page.evaluate("window.hacked") is None
