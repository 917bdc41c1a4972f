"""Two processes of the page over one archive: whoever is sent from one to the other finds his work there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from assistant.accounts import Accounts
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.browser import BAISHI, CHROMIUM, QINGHE, Served, ask, chromium, make_archive, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

PASSWORD = "正确的马电池订书钉"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("two")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE})
    Accounts(place / "home").add("李馆长", PASSWORD, "keeper")
    return place / "home"


@pytest.fixture(scope="module")
def both(home: Path) -> Iterator[tuple[Served, Served]]:
    with served(home) as first, served(home) as second:
        yield first, second


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, both: tuple[Served, Served]) -> Iterator[Page]:
    opened = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    opened.goto(both[0].url)
    opened.get_by_label("用户名").fill("李馆长")
    opened.get_by_label("密码").fill(PASSWORD)
    opened.keyboard.press("Enter")
    opened.locator("#question textarea").wait_for()
    yield opened
    opened.context.close()


def test_a_conversation_begun_at_one_goes_on_at_the_other(page: Page, both: tuple[Served, Served]) -> None:
    first, second = both
    assert "86.2%" in ask(page, "2023年青禾县高血压患者规范管理率是多少？").inner_text()
    page.goto(second.url)  # signed in there as well
    page.locator("#question textarea").wait_for()
    page.locator(".talks a.open .title", has_text="高血压").click()
    expect(page.locator(".answer")).to_have_count(1)
    assert "88%" in ask(page, "2024年目标呢？").inner_text()
    page.goto(first.url)
    page.locator(".talks a.open .title", has_text="高血压").click()
    expect(page.locator(".answer")).to_have_count(2)


def test_what_is_read_in_meanwhile_is_found_by_both(
    page: Page, both: tuple[Served, Served], home: Path, tmp_path: Path
) -> None:
    (tmp_path / "白石.txt").write_text(BAISHI, encoding="utf-8")
    assert not ingest_paths(Settings(home=home), [tmp_path], embed=False).failed
    for one in both:
        page.goto(one.url)
        page.locator("#question textarea").wait_for()
        answer = ask(page, "2022年白石县两癌筛查完成多少人？")
        expect(answer.locator("a.mark").first).to_be_visible()
