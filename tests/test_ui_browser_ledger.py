"""What a clerk changes in the tab 指标台账, in a real browser over a real archive: kept, told, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Locator, Page, expect

from ingest.archive import Archive
from tests.browser import CHROMIUM, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

TEXT = """石桥县卫生健康局2023年工作总结

一、主要工作
（一）妇幼健康。全年农村妇女两癌筛查任务数6000人，宫颈癌和乳腺癌检查完成5400人。
（二）慢病管理。高血压患者规范管理率为86.2%。
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_archive(tmp_path / "home", tmp_path / "in", {"石桥23.txt": TEXT})
    return tmp_path / "home"


@pytest.fixture
def page(home: Path) -> Iterator[Page]:
    with chromium() as browser, served(home) as server:
        page = open_page(browser, server.url)
        page.get_by_role("tab", name="指标台账").click()
        page.locator("#listed tr[data-row]").first.wait_for()
        yield page
        page.context.close()


def rows(page: Page, text: str) -> Locator:
    return page.locator("#listed tr[data-row]", has_text=text)


def struck(home: Path) -> list[str]:
    with Archive.create_or_open(home) as archive:
        return [record.figure.text for record in archive.struck_figures()]


def test_a_figure_is_struck_out_at_its_passage_and_brought_back_there_or_from_the_list(page: Page, home: Path) -> None:
    rows(page, "86.2%").locator("a", has_text="86.2%").click()
    expect(page.locator("#source mark")).to_contain_text("86.2%")
    page.locator("#source button", has_text="删去这个数").click()
    expect(rows(page, "86.2%")).to_have_count(0)
    expect(page.locator("#source .said")).to_contain_text("figures edit")
    expect(page.locator("#source .said")).to_contain_text("--reset")
    assert struck(home) == ["86.2%"]

    page.locator("#source button", has_text="恢复这个数").click()
    expect(rows(page, "86.2%")).to_have_count(1)
    assert struck(home) == []

    page.locator("#source button", has_text="删去这个数").click()
    expect(rows(page, "86.2%")).to_have_count(0)
    page.reload()
    page.get_by_role("tab", name="指标台账").click()
    page.locator("#status input").click()
    page.get_by_role("option", name="已删去的数", exact=True).click()
    expect(page.locator("#listed td", has_text="86.2%")).to_have_count(1)
    page.locator("#listed button", has_text="恢复").click()
    expect(page.locator("#listed")).to_contain_text("没有删去过数")
    assert struck(home) == []


def test_names_taken_for_one_indicator_say_why_and_are_parted_and_joined_again(page: Page, home: Path) -> None:
    rows(page, "5400人").locator("td").first.click()
    page.locator("#row-head summary", has_text="为何合并").click()
    expect(page.locator("#row-head .joins")).to_contain_text("同义词表")
    page.locator("#row-head .joins button", has_text="分开").click()

    expect(page.locator("#row-head .said")).to_contain_text("--reset")
    expect(page.locator("#row-head .joins")).to_contain_text("由用户分开")
    expect(rows(page, "6000人").filter(has_text="5400人")).to_have_count(0)
    expect(rows(page, "5400人")).to_have_count(1)
    with Archive.create_or_open(home) as archive:
        assert [same for _, _, same in archive.indicator_joins()] == [False]

    page.locator("#row-head .joins button", has_text="撤销").click()
    expect(rows(page, "6000人").filter(has_text="5400人")).to_have_count(1)
    expect(page.locator("#row-head .joins")).to_contain_text("同义词表")
    with Archive.create_or_open(home) as archive:
        assert archive.indicator_joins() == []
