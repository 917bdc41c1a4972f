"""Reading a citation in its report: the quote, its page as a picture, the passages around it, the original file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, ask, chromium, make_archive, open_page, served
from tests.reading_builders import LONG, MANY, REPORT_PDF, report_pdf

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("reading")
    (place / "in").mkdir()
    (place / "in" / REPORT_PDF).write_bytes(report_pdf())
    make_archive(place / "home", place / "in", {"长河.txt": LONG})
    with served(place / "home") as page:
        yield page.url


def opened(browser: Browser, url: str, question: str, *size: int) -> Page:
    """A new page with the first citation of the answer opened by a click."""
    page = open_page(browser, url, *size)
    ask(page, question).locator("a.mark").first.click()
    expect(page.locator("#passages article.opened")).to_be_visible()
    return page


SIGNED = "2023年苍梧县家庭医生签约多少人？"
OPENED = f"2023年长河县第{MANY // 2}项任务完成多少件？"


def test_from_a_citation_to_the_marked_page_the_next_passage_and_the_original(browser: Browser, url: str) -> None:
    page = opened(browser, url, SIGNED)
    report = page.locator("#passages article.report")
    expect(report.locator("mark")).to_contain_text("8.4万人")

    report.get_by_role("button", name="页面").click()
    sheet = report.locator("figure.sheet").first
    expect(sheet.locator("rect").first).to_be_attached()
    expect(report.locator(".count")).to_have_text("第2页 / 共2页")
    image = sheet.locator("img")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("one => one.naturalWidth") == 1000
    mark, paper = sheet.locator("rect").first.bounding_box(), sheet.locator(".paper").bounding_box()
    assert mark and paper and paper["y"] <= mark["y"] < paper["y"] + paper["height"]
    assert mark["width"] > 40 and 8 < mark["height"] < 40
    expect(sheet.locator("rect").first).to_be_in_viewport()
    sheet.locator(".paper").click()
    expect(sheet).to_have_class(re.compile("zoomed"))
    report.get_by_role("button", name="上一页").click()
    expect(report.locator(".count")).to_have_text("第1页 / 共2页")

    report.get_by_role("button", name="文字").click()
    before = report.locator(".count").inner_text()
    report.get_by_role("button", name="下一段").click()
    expect(report.locator(".body p.at")).not_to_have_class(re.compile("current"))
    expect(report.locator(".count")).not_to_have_text(before)
    report.get_by_role("button", name="回到引文").click()
    expect(report.locator(".body p.at mark")).to_be_visible()
    expect(report.locator(".count")).to_have_text(before)

    with page.expect_download() as download:
        report.locator("a.original").click()
    assert download.value.suggested_filename == REPORT_PDF
    assert Path(download.value.path()).read_bytes() == report_pdf()
    page.context.close()


def test_a_long_report_comes_in_parts_as_one_moves_through_it_by_keys(browser: Browser, url: str) -> None:
    page = opened(browser, url, OPENED)
    report = page.locator("#passages article.report")
    shown = report.locator(".body p[data-n]")
    expect(report.locator(".body")).to_be_focused()
    at, count = map(int, re.findall(r"\d+", report.locator(".count").inner_text()))
    assert count > 60 and shown.count() < count
    last = int(report.get_attribute("data-last") or 0)

    for _ in range(last - at + 2):
        page.keyboard.press("j")
    expect(report.locator(".count")).to_have_text(f"第{last + 2}段 / 共{count}段")
    expect(report.locator(".body p.at")).to_be_in_viewport()
    expect(report.locator(".where .path")).to_have_text(
        str(report.locator(".body p.at").get_attribute("data-path") or "")
    )
    page.keyboard.press("ArrowLeft")
    expect(report.locator(".count")).to_have_text(f"第{last + 1}段 / 共{count}段")
    expect(report.locator(".body")).to_be_focused()

    report.locator(".body").evaluate("box => { box.scrollTop = 0; }")
    report.locator(f'.body p[data-n="{max(1, at - 30)}"]').wait_for(state="attached")
    numbers = shown.evaluate_all("all => all.map((one) => Number(one.dataset.n))")
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    page.context.close()


def test_a_quote_is_copied_with_where_it_stands(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    ask(page, SIGNED).locator("a.mark").first.click()
    page.get_by_role("button", name="复制引文").click()
    expect(page.locator("button.take")).to_have_text("已复制", use_inner_text=True)
    quote, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert "8.4万人" in quote
    assert source.startswith("——《苍梧县卫生健康局2023年工作总结》 › ") and source.endswith(f"（{REPORT_PDF}，第2页）")
    page.context.close()


def test_on_a_phone_the_report_is_a_sheet_that_escape_closes(browser: Browser, url: str) -> None:
    page = opened(browser, url, SIGNED, 390, 844)
    sheet = page.locator("#evidence").bounding_box()
    assert sheet and sheet["y"] > 20 and sheet["width"] == 390
    close = page.locator("#passages a.close").bounding_box()
    assert close and close["width"] >= 36 and close["height"] >= 36
    page.keyboard.press("Escape")
    expect(page.locator("#passages article")).to_have_count(0)
    expect(page.locator(".answer a.mark").first).to_be_focused()
    page.context.close()
