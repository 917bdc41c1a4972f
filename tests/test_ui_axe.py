"""Accessibility of the page, as the rules of axe-core see it: no serious or critical fault on any tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytest.importorskip("axe_playwright_python", reason="needs axe-core")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.accounts import Accounts
from tests.browser import BAISHI, CHROMIUM, QINGHE, Served, ask, chromium, make_archive, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

Look = Literal["light", "dark"]
PASSWORD = "正确的马电池订书钉"
_GRAVE = ("serious", "critical")
_SIZES = {"wide": (1366, 768), "phone": (390, 844)}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place: Path = tmp_path_factory.mktemp("axe")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI})
    with served(place / "home") as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def faults(page: Page) -> list[str]:
    """Every grave fault: rule, number of places, the first place."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}) {len(one['nodes'])}×: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in _GRAVE
    ]


def answered(page: Page) -> None:
    ask(page, "青禾县2023年高血压患者规范管理率是多少？")
    page.locator(".answer a.mark").first.click()
    expect(page.locator("#passages mark").first).to_be_visible()


def ledger_row(page: Page) -> None:
    page.locator("#listed tr[data-row]").first.wait_for()
    page.locator("#listed tr[data-row] a").first.click()


def nothing(page: Page) -> None:
    page.wait_for_timeout(300)


def settings(page: Page) -> None:
    page.locator("[data-act=check][data-name=archive]").click()
    page.locator("[data-part=archive] .good").wait_for()
    page.locator(".how summary").click()


SCENES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "ask": ("问答", answered),
    "ledger": ("指标台账", ledger_row),
    "draft": ("起草", nothing),
    "archive": ("档案库", nothing),
    "settings": ("设置", settings),
}


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES)
def test_no_grave_fault(server: Served, browser: Browser, scene: str, look: Look, size: str) -> None:
    width, height = _SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=look, locale="zh-CN")
    page = context.new_page()
    try:
        page.goto(server.url)
        tab, act = SCENES[scene]
        page.get_by_role("tab", name=tab).click()
        act(page)
        assert faults(page) == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("guarded")
    Accounts(home).add("王馆长", PASSWORD, "keeper")
    Accounts(home).add("李写手", PASSWORD, "writer")
    with served(home) as server:
        yield server


@pytest.mark.parametrize("look", ["light", "dark"])
def test_no_grave_fault_where_one_signs_in_and_where_users_are_managed(
    guarded: Served, browser: Browser, look: Look
) -> None:
    page = browser.new_context(viewport={"width": 1366, "height": 900}, color_scheme=look).new_page()
    page.goto(guarded.url)
    page.get_by_label("用户名").fill("王馆长")
    assert faults(page) == []
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="设置").click()
    page.locator("[data-part=people] table").wait_for()
    for summary in page.locator(".settings summary").all():
        summary.click()
    page.locator("[data-act=user-password]").first.click()
    assert faults(page) == []
    page.context.close()


def test_a_picture_without_words_is_found(browser: Browser) -> None:
    page = browser.new_page()
    picture = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    page.set_content(f"<html lang=zh><title>a</title><main><img src='{picture}'></main>")
    assert [one.split()[0] for one in faults(page)] == ["image-alt"]
    page.close()
