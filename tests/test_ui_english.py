"""The page in English: no Chinese is left in what the interface itself says, on any tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from tests.browser import BAISHI, CHROMIUM, QINGHE, ask, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

CONTENT = (
    "[lang=zh-CN]",  # the way to the Chinese page
    ".example, .asked, .followup, .next button",  # questions to Chinese reports
    ".answer .text, .answer .card, .answer .cautions, .answer .figures, .chip .value",  # what reports say
    "#passages, #source, .talks, .talk",
    "#filters select, #book select option",
    "#listed td, #row-head :is(h2, p, li, summary), #cells :is(.quote, .report, .facts, .value)",
    "#reports, #head, #reasons, #one textarea, #one input, #preview, #quality li",
    "#collection th[scope=row], #collection a, .gaps li",
    "#paper, .becauses, #draft [contenteditable]",
    "[placeholder*='e.g.'], [data-part=archive] .findings",
)
"""What comes from reports, from people and from the assistant is Chinese by design; all else is the interface."""

_LEFT = """(content) => {
  const han = /[\\u3400-\\u9fff]/, found = new Set();
  const skip = (element) => !element || element.closest(content) || !element.checkVisibility();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const drawn = parent.closest("#plot") && !parent.closest(content);
    const said = drawn ? node.data.replace(/（[^（）]*）$/, "") : node.data;  // the unit is the reports' own
    if (!han.test(said) || parent.closest("script, style, noscript") || skip(parent)) continue;
    const named = parent.closest("[id], [class]");
    found.add(`${parent.tagName}.${parent.className}#${named?.id ?? ""}: ${node.data.trim().slice(0, 50)}`);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
    for (const name of ["aria-label", "placeholder", "title", "alt"]) {
      const said = element.getAttribute(name) ?? "";
      if (han.test(said) && !skip(element)) found.add(`${element.tagName}[${name}].${element.className}: ${said}`);
    }
  }
  return [...found];
}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place: Path = tmp_path_factory.mktemp("english")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI})
    with served(place / "home") as running:
        yield running.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, f"{url}/en/")
    yield opened
    opened.context.close()


def left(page: Page) -> list[str]:
    """The Chinese that stands in the interface."""
    found: list[str] = page.evaluate(_LEFT, ", ".join(CONTENT))
    return found


def answered(page: Page) -> None:
    ask(page, "青禾县2023年高血压患者规范管理率是多少？")
    page.locator(".answer a.mark").first.click()
    expect(page.locator("#passages mark").first).to_be_visible()


def ledger_row(page: Page) -> None:
    page.get_by_role("tab", name="Ledger").click()
    page.locator("#listed tr[data-row]").first.wait_for()
    page.locator("#listed tr[data-row] a").first.click()
    page.locator("#row-head h2").wait_for()
    expect(page.locator("#plot .legendtext").first).to_contain_text("人")  # the plot comes after the head


def draft(page: Page) -> None:
    page.get_by_role("tab", name="Draft").click()
    page.locator("#draft").wait_for()
    page.wait_for_timeout(500)


def archive(page: Page) -> None:
    page.get_by_role("tab", name="Archive").click()
    page.locator("#reports a.row").first.wait_for()
    page.wait_for_timeout(500)
    assert left(page) == []
    page.locator("#reports a.row").first.click()
    page.locator("#correct").wait_for()


def settings(page: Page) -> None:
    page.get_by_role("tab", name="Settings").click()
    page.locator("[data-part=about] dd").first.wait_for()
    page.locator("[data-act=check][data-name=archive]").click()
    page.locator("[data-part=archive] .good").wait_for()


@pytest.mark.parametrize("scene", [answered, ledger_row, draft, archive, settings], ids=lambda one: one.__name__)
def test_the_interface_says_nothing_in_chinese(page: Page, scene: object) -> None:
    assert callable(scene)
    scene(page)
    assert left(page) == []


def test_chinese_in_the_interface_is_found(page: Page) -> None:
    page.evaluate("document.querySelector('#send').textContent = '发送'")
    assert left(page) == ["BUTTON.lg primary svelte-1ixn6qd#send: 发送"] or "发送" in left(page)[0]


def test_chinese_in_a_plot_is_found_beside_the_unit(page: Page) -> None:
    ledger_row(page)
    page.evaluate("document.querySelector('#plot .legendtext').textContent = '目标（人）'")
    assert any("目标" in one for one in left(page))


def test_the_chosen_language_is_kept_and_either_page_leads_to_the_other(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    page.locator("#who .languages").get_by_text("English").click()
    page.wait_for_url(f"{url}/en/")
    page.goto(url)
    page.wait_for_url(f"{url}/en/")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#question textarea").wait_for()
    page.locator("#who .languages").get_by_text("中文").click()
    page.wait_for_url(f"{url}/")
    page.locator("#question textarea").wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.context.close()


@pytest.mark.parametrize("width", [1024, 1366])
def test_the_name_and_the_tabs_do_not_overlap(browser: Browser, url: str, width: int) -> None:
    page = open_page(browser, f"{url}/en/", width=width)
    name = page.locator("#masthead .motto").bounding_box()
    first = page.get_by_role("tab", name="Ask").bounding_box()
    last = page.get_by_role("tab", name="Settings").bounding_box()
    switch = page.locator("#who .languages").bounding_box()
    assert name and first and last and switch
    assert name["x"] + name["width"] <= first["x"]
    assert last["x"] + last["width"] <= switch["x"]
    page.context.close()
