"""Nothing in a report, a name or a draft runs in the page, turns its text around or fetches anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from assistant.conversations import Conversations, Turn
from tests.browser import CHROMIUM, QINGHE, ask, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

RUN = "window.hacked=(window.hacked||0)+1"
TURN = "\N{RIGHT-TO-LEFT OVERRIDE}"
ATTACKS = (
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}>",
    f'"><iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"' onmouseover='{RUN}' x='",
    f"[点此](javascript:{RUN})",
    f'<a href="javascript:{RUN}" autofocus onfocus="{RUN}">点此</a>',
    "![图](http://192.0.2.1/x.png)",
    '<img src="http://192.0.2.1/y.png"><link rel=stylesheet href="//192.0.2.1/z.css">',
    f"&lt;img src=x onerror={RUN}&gt;&#60;script&#62;{RUN}&#60;/script&#62;",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}#{{{RUN}}}<%= {RUN} %>",
    "</textarea></title></style></script><b>粗</b>",
    f"{TURN}%59是率种接\N{POP DIRECTIONAL FORMATTING}",
)

REPORT = "赤岭县卫生健康局2023年工作总结\n\n一、主要工作\n" + "\n".join(
    f"（{number}）第{number}项任务。全县建成智慧门诊{number + 20}个{attack}，门诊覆盖率为9{number % 10}.5%。"
    for number, attack in enumerate(ATTACKS, 1)
)
PLAN = f"""{ATTACKS[1]}黑石县卫生健康局2024年工作计划{ATTACKS[0]}

一、{ATTACKS[7]}主要任务{ATTACKS[10]}
（一）智慧门诊建设。{ATTACKS[2]}2024年建成智慧门诊30个。
"""
LONG = (
    "长风县卫生健康局2023年工作总结\n\n一、主要工作\n"
    f"全县建成健康小屋17个。{'各乡镇扎实开展健康教育' * 32_000}{ATTACKS[0]}。\n"
)
"""One line of a megabyte."""
NAMES = (
    f"赤岭<img src=x onerror={RUN}>.txt",
    f"{TURN}txt.结总岭赤.txt",
    f"长风'\"${{{RUN}}}.txt",
)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@dataclass
class Watched:
    """A page, what it asked for, and what its console complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def harmless(self, url: str) -> None:
        """Nothing ran, nothing left the machine, nothing is markup that was text, nothing is turned around."""
        self.page.wait_for_timeout(300)
        assert self.page.evaluate("window.hacked") is None
        beyond = [one for one in self.asked if not one.startswith(("data:", "blob:", f"{url}/"))]
        assert beyond == []
        assert self.complaints == []
        assert self.page.locator("[srcdoc], [onerror], [onload], [onmouseover], a[href^='javascript']").count() == 0
        assert self.page.locator("img[src*='192.0.2'], link[href*='192.0.2']").count() == 0
        said = self.page.evaluate(
            "document.body.innerText + [...document.querySelectorAll('[title], [aria-label]')]"
            ".map((one) => one.title + one.ariaLabel).join('')"
        )
        assert [f"U+{ord(one):04X}" for one in BIDI if one in said] == []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    reports = dict(zip(NAMES, (REPORT, PLAN, LONG), strict=True)) | {"青禾.txt": QINGHE}
    make_archive(place / "home", place / "in", reports)
    kept = Conversations(place / "home")
    for attack in ATTACKS:
        made = kept.start("", Turn(attack, fault="没有找到"))
        kept.rename("", made.id, attack)
    return place / "home"


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with served(home) as running:
        yield running.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def watched(browser: Browser, url: str) -> Iterator[Watched]:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    seen = Watched(page)

    def complained(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            seen.complaints.append(message.text)

    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("console", complained)
    page.goto(url)
    page.locator("#question textarea").wait_for()
    yield seen
    page.context.close()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def test_answers_and_reports_show_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    for question in ("2023年赤岭县建成智慧门诊多少个？", ATTACKS[1], "2024年黑石县智慧门诊计划建成多少个？"):
        ask(page, question)
    for mark in page.locator("a.mark").all()[:12]:
        mark.click()
        expect(page.locator("#passages mark").first).to_be_visible()
    expect(page.locator("#passages")).to_contain_text("智慧门诊")
    watched.harmless(url)


def test_earlier_conversations_show_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    listed = page.locator("#past")
    expect(listed).to_contain_text("<script>")
    listed.locator("a", has_text="<script>").first.click()
    expect(page.locator(".asked").first).to_contain_text("<script>")
    watched.harmless(url)


def test_the_ledger_shows_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    tab(page, "指标台账")
    page.locator("#listed tr[data-row]").first.wait_for()
    for link in page.locator("#listed tr[data-row] a").all()[:6]:
        link.click()
        page.wait_for_timeout(200)
    watched.harmless(url)


def test_the_archive_and_the_preview_show_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    tab(page, "档案库")
    rows = page.locator("#reports a.row")
    rows.first.wait_for()
    shown = page.locator("#reports").inner_text()
    assert "<img src=x" in shown and "${window" in shown
    for number in range(rows.count()):
        rows.nth(number).click()
        page.locator("#preview .preview").wait_for()
        page.wait_for_timeout(300)
        watched.harmless(url)
        page.locator("#head button").first.click()
        page.wait_for_timeout(300)
    watched.harmless(url)


def test_a_draft_shows_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    tab(page, "起草")
    draft = page.locator("#draft")
    draft.get_by_label("单位", exact=True).fill("赤岭县卫生健康局")
    draft.get_by_label("年份", exact=True).fill("2024")
    draft.get_by_label("事实与目标").fill("\n".join(f"智慧门诊目标3{n}个{one}" for n, one in enumerate(ATTACKS)))
    draft.get_by_role("button", name="起草", exact=True).click()
    expect(draft.get_by_label("文稿标题")).to_be_visible(timeout=60_000)
    for part in draft.locator(".part h2").all()[:4]:
        part.click()
    for sentence in draft.locator(".sentence").all()[:8]:
        sentence.click()
    draft.get_by_label("草稿名称").fill(ATTACKS[1] + ATTACKS[3])
    draft.get_by_role("button", name="保存", exact=True).click()
    expect(draft.locator(".said")).to_contain_text("已保存")
    draft.locator("summary", has_text="草稿与版本").click()
    expect(draft).to_contain_text("<img src=x")
    watched.harmless(url)


def test_the_settings_show_it_as_text(watched: Watched, url: str) -> None:
    page = watched.page
    tab(page, "设置")
    page.locator("[data-act=check][data-name=archive]").click()
    page.locator("[data-part=archive] .good").wait_for()
    watched.harmless(url)


def test_what_runs_or_asks_elsewhere_is_noticed(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    watched = Watched(page, asked=["http://192.0.2.1/x.png"])
    with pytest.raises(AssertionError):
        watched.harmless(url)
    watched = Watched(page)
    page.evaluate("document.querySelector('.name').textContent = '\\u202e'")
    with pytest.raises(AssertionError, match="202E"):
        watched.harmless(url)
    page.evaluate("window.hacked = 1")
    with pytest.raises(AssertionError):
        watched.harmless(url)
    page.context.close()
