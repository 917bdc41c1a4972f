"""Several people at one page, each in a browser of his own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from assistant.accounts import Accounts
from tests.browser import BAISHI, CHROMIUM, QINGHE, ask, chromium, make_archive, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

PASSWORD = "正确的马电池订书钉"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("page")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI})
    accounts = Accounts(place / "home")
    for name, role in (("王馆长", "keeper"), ("李写手", "writer"), ("赵读者", "reader")):
        accounts.add(name, PASSWORD, role)  # type: ignore[arg-type]
    return place / "home"


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with served(home) as page:
        yield page.url


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(url)
    return page


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.keyboard.press("Enter")


def test_a_wrong_password_is_told_and_the_right_one_opens_the_page(browser: Browser, url: str) -> None:
    page = opened(browser, url)
    expect(page).to_have_url(re.compile("/login$"))
    expect(page.get_by_label("用户名")).to_be_focused()
    sign_in(page, "王馆长", "错了的密码")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    expect(page.get_by_label("用户名")).to_have_value("王馆长")
    expect(page.get_by_label("密码")).to_be_focused()
    sign_in(page, "王馆长")
    page.locator("#question textarea").wait_for()
    expect(page.locator("#who .user")).to_have_text("王馆长")
    expect(page.get_by_role("tab", name="起草")).to_be_visible()
    page.context.close()


def test_two_users_at_once_see_only_their_own_and_a_reload_keeps_it(browser: Browser, url: str) -> None:
    first, second = opened(browser, url), opened(browser, url)
    sign_in(first, "李写手")
    sign_in(second, "赵读者")
    for page in (first, second):
        page.locator("#question textarea").wait_for()
    ask(first, "2023年青禾县高血压患者规范管理率是多少？")
    ask(second, "2022年白石县两癌筛查完成多少人？")
    expect(first.locator("#talks")).to_contain_text("青禾县")
    expect(first.locator("#talks")).not_to_contain_text("白石县")
    expect(second.locator("#talks")).to_contain_text("白石县")
    second.reload()
    second.locator("#question textarea").wait_for()
    expect(second.locator("#talks")).to_contain_text("白石县")
    expect(second.locator("#talks")).not_to_contain_text("青禾县")
    expect(second.get_by_role("tab", name="问答")).to_be_visible()
    expect(second.get_by_role("tab", name="起草")).to_have_count(0)
    expect(first.get_by_role("tab", name="起草")).to_be_visible()
    for page in (first, second):
        page.context.close()


def test_signing_out_leads_to_the_form_and_back_leads_nowhere(browser: Browser, url: str) -> None:
    page = opened(browser, url)
    sign_in(page, "赵读者")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status")).to_contain_text("已退出登录")
    page.goto(url)
    expect(page).to_have_url(re.compile("/login$"))
    page.context.close()


def test_when_a_session_ends_what_was_typed_stays(browser: Browser, url: str, home: Path) -> None:
    page = opened(browser, url)
    sign_in(page, "李写手")
    page.locator("#question textarea").wait_for()
    page.fill("#question textarea", "2023年青禾县家庭医生签约多少人？")
    Accounts(home).set_password("李写手", PASSWORD)
    page.press("#question textarea", "Enter")
    expect(page.locator("#who .expired")).to_be_visible()
    with page.context.expect_page() as another:
        page.locator("#who .expired a").click()
    sign_in(another.value, "李写手")
    another.value.locator("#question textarea").wait_for()
    page.bring_to_front()
    page.fill("#question textarea", "2023年青禾县家庭医生签约多少人？")
    page.press("#question textarea", "Enter")
    expect(page.locator(".answer").last).to_contain_text("8.4万人")
    expect(page.locator("#who .expired")).to_be_hidden()
    page.context.close()
