"""Pictures of the page for the handbook: every tab, light and dark, on a wide screen and on a phone."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eval.bench.users import page_of
from ingest.errors import ReportAssistantError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Look = Literal["light", "dark"]
LOOKS: tuple[Look, ...] = ("light", "dark")

SIZES = {"wide": (1366, 768), "phone": (390, 844)}
_PATIENCE = 60_000
"""Milliseconds that a step may take."""
_COLOURS = 128
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class PictureError(ReportAssistantError):
    """There is nothing to take pictures with."""


_NO_PATH = "document.querySelector('[data-part=archive] dd').textContent = '…/report-assistant'"
"""Where the archive lies on the machine that took the pictures belongs into no handbook."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One tab and what is done in it before its picture is taken; `question` names the body and year it is about."""

    name: str
    tab: str
    act: Callable[[Page, str, str], None]


def take_pictures(home: Path, out: Path, question: str, org: str, say: Callable[[str], None]) -> list[Path]:
    """PNG files in `out`, named tab-look-size.png, of the archive at `home`.

    `question` is asked in 问答, `org` is who the draft is for. Raises PictureError without a browser, BenchError where
    the page does not open.
    """
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with (
        _copied(home) as copy,
        page_of({**os.environ, "REPORT_ASSISTANT_HOME": str(copy)}) as (_, url),
        _browser() as browser,
    ):
        for scene, size in product(SCENES, SIZES):
            say(f"{scene.tab} {size}")
            page = _opened(browser, url, size)
            page.get_by_role("tab", name=scene.tab).click()
            scene.act(page, question, org)
            for look in LOOKS:
                made.append(out / f"{scene.name}-{look}-{size}.png")
                made[-1].write_bytes(_picture(page, look))
            page.context.close()
    return made


def _opened(browser: Browser, url: str, size: str) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    page.goto(url)
    page.locator("#question textarea").wait_for()
    return page


@contextmanager
def _copied(home: Path) -> Iterator[Path]:
    """Asking and drafting for a picture leaves nothing behind in the archive."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-pictures-") as temporary:
        yield shutil.copytree(home, Path(temporary) / "report-assistant")


@contextmanager
def _browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise PictureError("没有安装 playwright", "请运行 pip install report-assistant[dev]") from error
    place = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if place is None:
        raise PictureError("没有找到 Chromium", "请安装 chromium 后重试")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=["--headless", "--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def _picture(page: Page, look: Look) -> bytes:
    """The page as it stands, in one look; nothing moves meanwhile."""
    page.emulate_media(color_scheme=look, reduced_motion="reduce")
    page.wait_for_timeout(600)
    return smaller(page.screenshot(animations="disabled", caret="hide"))


def smaller(png: bytes) -> bytes:
    """The same picture with a palette, where Pillow is installed and that is less."""
    try:
        from PIL import Image
    except ImportError:
        return png
    held = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return min(held.getvalue(), png, key=len)


def _ask(page: Page, question: str, _: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.locator(".answer:not(.waiting) a.mark").first.wait_for()
    page.wait_for_timeout(800)


def _ledger(page: Page, _: str, __: str) -> None:
    row = page.locator("#listed tr[data-row]:has(.status.met)")
    row.first.wait_for()
    row.first.locator("a").first.click()
    page.locator("#row-head h2").wait_for()
    page.wait_for_timeout(1500)


def _draft(page: Page, _: str, org: str) -> None:
    draft = page.locator("#draft")
    draft.get_by_label("单位", exact=True).fill(org)
    draft.get_by_label("年份", exact=True).fill("2025")
    draft.get_by_role("button", name="起草", exact=True).click()
    draft.get_by_label("文稿标题").wait_for()
    sentence = draft.locator(".part .sentence").first
    sentence.wait_for()
    sentence.scroll_into_view_if_needed()
    size = page.viewport_size
    if size is not None and size["width"] > SIZES["phone"][0]:  # there its grounds would cover the draft
        sentence.click()
    page.wait_for_timeout(800)


def _archive(page: Page, _: str, __: str) -> None:
    page.locator("#reports a.row").first.wait_for()
    page.wait_for_timeout(1500)


def _settings(page: Page, _: str, __: str) -> None:
    page.locator("[data-part=about] dd").first.wait_for()
    page.evaluate(_NO_PATH)
    page.wait_for_timeout(300)


SCENES = (
    Scene("ask", "问答", _ask),
    Scene("ledger", "指标台账", _ledger),
    Scene("draft", "起草", _draft),
    Scene("archive", "档案库", _archive),
    Scene("settings", "设置", _settings),
)
