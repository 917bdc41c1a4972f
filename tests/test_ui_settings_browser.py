"""The tab 设置 in a real browser: what is chosen holds at once and after a reload; users are managed on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from assistant.accounts import Accounts
from tests.browser import CHROMIUM, QINGHE, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

PASSWORD = "正确的马电池订书钉"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place: Path = tmp_path_factory.mktemp("settings")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE})
    with served(place / "home") as running:
        yield running.url


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("guarded")
    Accounts(home).add("王馆长", PASSWORD, "keeper")
    with served(home) as running:
        yield running.url


def settings(page: Page) -> None:
    page.get_by_role("tab", name="设置").click()
    page.locator("[data-part=about] dd").first.wait_for()


def test_dark_and_large_hold_at_once_and_after_a_reload(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    settings(page)
    body = page.locator("body")
    expect(body).not_to_have_class(re.compile("dark"))
    page.get_by_label("深色").check()
    expect(body).to_have_class(re.compile("dark"))
    page.get_by_label("特大").check()
    page.reload()
    page.locator("#question textarea").wait_for()
    expect(body).to_have_class(re.compile("dark"))
    assert page.evaluate("getComputedStyle(document.documentElement).zoom") == "1.25"
    expect(page.locator("#send")).to_be_in_viewport(ratio=1)
    settings(page)
    expect(page.get_by_label("深色")).to_be_checked()
    page.get_by_label("跟随系统").check()
    page.emulate_media(color_scheme="light")
    expect(body).not_to_have_class(re.compile("dark"))
    page.context.close()


def test_the_archive_is_checked_by_keyboard(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    settings(page)
    page.get_by_role("button", name="检查档案").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=archive] .good")).to_contain_text("档案完好")
    page.context.close()


def test_a_keeper_adds_a_user_and_makes_a_token_that_is_shown_once(browser: Browser, guarded: str) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 900}).new_page()
    page.goto(guarded)
    page.get_by_label("用户名").fill("王馆长")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    settings(page)
    people = page.locator("[data-part=people]")
    people.get_by_text("添加用户").click()
    people.locator("form[data-act=user-add] [name=name]").fill("李写手")
    people.locator("form[data-act=user-add] [name=password]").fill(PASSWORD)
    people.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator(".parts > .said")).to_contain_text("已添加 李写手")
    expect(people.locator("tr[data-user]")).to_have_count(2)
    people.get_by_text("发放令牌").first.click()
    people.locator("[name=label]").fill("办公系统")
    people.get_by_role("button", name="发放令牌").click()
    expect(people.locator(".secret output")).to_contain_text("ra-")
    people.locator("tr[data-user=李写手] [data-act=user-remove]").click()
    expect(people.locator("tr[data-user]")).to_have_count(2)
    people.locator("tr[data-user=李写手] [data-act=user-remove]").click()
    expect(people.locator("tr[data-user]")).to_have_count(1)
    expect(page.locator("[data-part=audit]")).to_contain_text("移除 李写手")
    page.context.close()
