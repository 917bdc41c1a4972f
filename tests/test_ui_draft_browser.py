"""The tab 起草 in a real browser, from the order to the Word document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.browser import BAISHI, CHROMIUM, HOSTILE, QINGHE, chromium, make_archive, open_page, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

ORG = "青禾县卫生健康局"
MINE = "这一句由我加写，全年完成健康体检12345人次。"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("draft")
    make_archive(home / "home", home / "reports", {"青禾.txt": QINGHE, "白石.txt": BAISHI, "赤岭.txt": HOSTILE})
    with served(home / "home") as page:
        yield page.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    page = open_page(browser, url)
    page.set_default_timeout(30_000)
    page.get_by_role("tab", name="起草").click()
    page.locator("#draft").get_by_label("单位", exact=True).fill(ORG)
    page.locator("#draft").get_by_label("年份", exact=True).fill("2025")
    yield page
    page.context.close()


def written(page: Page) -> None:
    """A draft, to the end."""
    page.locator("#draft").get_by_role("button", name="起草", exact=True).click()
    expect(page.locator("#draft").get_by_label("文稿标题")).to_be_visible(timeout=60_000)


def test_from_the_order_to_the_document(page: Page, tmp_path: Path) -> None:
    page.locator("#draft").get_by_label("事实与目标").fill("普惠托位目标400个")
    page.locator("#draft").get_by_role("button", name="拟提纲").click()
    headings = page.locator("#draft .outline li")
    headings.first.wait_for()
    page.locator("#draft").get_by_role("button", name="添一节").click()
    headings.last.get_by_role("textbox").fill("加强信息化建设")
    written(page)
    parts = page.locator("#draft .part")
    assert parts.count() == headings.count()
    assert "加强信息化建设" in parts.last.inner_text() and "400个" in page.locator("#draft .parts").inner_text()

    first = parts.first
    first.locator("h2").click()
    first.get_by_role("button", name="编辑").click()
    field = first.get_by_label("第1节正文")
    field.press("Control+End")
    field.press_sequentially(MINE)
    check = page.locator("#draft .checks a", has_text="12345人次")
    check.wait_for()
    assert MINE in field.input_value(), "the answer of the server must not touch what is being typed"
    first.get_by_role("button", name="完成").click()
    expect(first.locator(".text")).to_contain_text("作者自写")
    check.click()
    expect(page.locator("#draft .sentence.chosen")).to_contain_text("12345人次")
    expect(page.locator("#draft .becauses")).to_contain_text("由作者自己写入")

    page.locator("#draft").get_by_label("草稿名称").fill("给局长看的一稿")
    page.locator("#draft").get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#draft .said")).to_contain_text("已保存")
    page.reload()
    expect(page.locator("#draft").get_by_label("文稿标题")).to_be_visible(timeout=30_000)
    expect(parts.first).to_contain_text(MINE)
    assert page.locator("#draft").get_by_label("草稿名称").input_value() == "给局长看的一稿"
    assert page.locator("#draft").get_by_label("事实与目标").input_value() == "普惠托位目标400个"

    page.locator("#draft summary", has_text="导出").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Word 公文").click()
    path = tmp_path / waited.value.suggested_filename
    waited.value.save_as(path)
    assert path.suffix == ".docx"
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert MINE in text and "来源说明" in text


def test_a_section_is_written_again_without_a_model_and_says_what_could_not_be_done(page: Page) -> None:
    written(page)
    first = page.locator("#draft .part").first
    first.locator("h2").click()
    before = first.locator(".text").inner_text()
    first.get_by_role("button", name="重写本节").click()
    expect(first.locator(".ask")).to_contain_text("不用模型重写")
    first.locator(".ask").get_by_role("textbox").fill("更简短，写得有诗意")
    first.locator(".ask").get_by_role("textbox").press("Enter")
    expect(first.locator(".note")).to_contain_text("诗意", timeout=20_000)
    if first.locator(".text").inner_text() != before:
        first.get_by_role("button", name="还原").click()
        expect(first.locator(".text")).to_have_text(before.replace("\n", ""), timeout=10_000)


def test_what_stands_in_an_exemplar_too_is_marked_when_asked_for_and_led_to(page: Page) -> None:
    page.locator("#draft").get_by_label("事实与目标").fill("普惠托位目标400个")
    written(page)
    first = page.locator("#draft .part").first
    first.locator("h2").click()
    model = page.locator("#draft .exemplars details").first
    model.click()
    copied = max(model.locator(".whole p:not(.from)").all_inner_texts(), key=len)[:24]
    first.get_by_role("button", name="编辑").click()
    first.get_by_label("第1节正文").fill(f"我们要把这件事办好。{copied}。")
    first.get_by_role("button", name="完成").click()
    expect(first.locator("mark.same").first).to_be_attached()
    switch, listed = page.locator("#draft").get_by_label("与范文相同的文字"), page.locator("#draft .sames a").first
    assert not switch.is_checked() and not listed.is_visible()
    plain = first.locator("mark.same").first.evaluate("mark => getComputedStyle(mark).backgroundColor")
    switch.check()
    assert first.locator("mark.same").first.evaluate("mark => getComputedStyle(mark).backgroundColor") != plain
    expect(listed).to_contain_text("《")
    listed.click()
    expect(page.locator("#draft .sentence.chosen mark.same").first).to_be_visible()


def test_a_version_that_was_saved_is_noted_and_found_again(page: Page) -> None:
    written(page)
    page.locator("#draft").get_by_role("button", name="保存", exact=True).click()
    page.locator("#draft summary", has_text="草稿与版本").click()
    row = page.locator("#draft .versions li.hand").first
    row.get_by_role("button", name="备注").click()
    row.get_by_role("textbox").fill("送局长审阅稿")
    row.get_by_role("textbox").press("Enter")
    expect(row).to_contain_text("送局长审阅稿")
    page.keyboard.press("Escape")
    first = page.locator("#draft .part").first
    before = first.locator(".text").inner_text()
    first.locator("h2").click()
    first.get_by_role("button", name="编辑").click()
    first.get_by_label("第1节正文").fill("后来全改了。")
    first.get_by_role("button", name="完成").click()
    expect(first.locator(".text")).to_contain_text("后来全改了。")
    page.locator("#draft summary", has_text="草稿与版本").click()
    page.locator("#draft .versions a", has_text="送局长审阅稿").click()
    expect(first.locator(".text")).to_have_text(before.replace("\n", ""), timeout=10_000)


def test_an_edit_that_was_not_sent_is_there_after_a_reload_and_can_be_taken_back(page: Page) -> None:
    written(page)
    first = page.locator("#draft .part").first
    before = first.locator(".text").inner_text()
    first.locator("h2").click()
    first.get_by_role("button", name="编辑").click()
    first.get_by_label("第1节正文").fill("只写了这一句就离开了。")
    page.reload()
    expect(first.locator(".text")).to_contain_text("只写了这一句就离开了。", timeout=30_000)
    first.locator("h2").click()
    first.get_by_role("button", name="还原").click()
    expect(first.locator(".text")).to_have_text(before.replace("\n", ""), timeout=10_000)


def test_reports_cannot_bring_markup_and_the_phone_shows_all_of_it(page: Page) -> None:
    page.locator("#draft").get_by_label("单位", exact=True).fill("赤岭县卫生健康局")
    written(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for place in (".order", ".paper", ".grounds"):
        page.locator(f"#draft {place}").scroll_into_view_if_needed()
    assert page.evaluate("document.querySelector('#draft').scrollWidth <= innerWidth")
    assert page.evaluate("window.hacked") is None
