"""The page in a real browser, over a real archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.browser import BAISHI, CHROMIUM, HOSTILE, QINGHE, ask, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("page")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI, "赤岭.txt": HOSTILE})
    with served(place / "home") as page:
        yield page.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url)
    yield opened
    opened.context.close()


def test_a_question_is_answered_with_a_citation_that_opens_the_report_at_the_quote(page: Page) -> None:
    answer = ask(page, "2023年青禾县高血压患者规范管理率是多少？")
    expect(answer).to_contain_text("86.2%")
    page.locator("#passages a.close").click()
    expect(page.locator("#passages mark")).to_have_count(0)

    answer.locator("a.mark").first.click()

    quote = page.locator("#passages mark")
    expect(quote).to_contain_text("86.2%")
    expect(quote).to_be_in_viewport()
    expect(page.locator("#passages h2")).to_have_text("青禾县卫生健康局2023年工作总结和2024年工作计划")
    expect(page.locator("#passages .body")).to_contain_text("乡村医生年龄偏大")
    expect(page.locator("#passages .tag", has_text="计划").first).to_contain_text("2024年")


def test_the_first_citation_stands_beside_the_answer_without_a_click(page: Page) -> None:
    ask(page, "2022年白石县两癌筛查完成多少人？")
    expect(page.locator("#passages mark")).to_contain_text("5600人")


def test_a_card_tells_report_section_period_and_file_and_opens_the_passage(page: Page) -> None:
    answer = ask(page, "2023年青禾县家庭医生签约多少人？")
    card = answer.locator("a.card").first
    for said in (
        "青禾县卫生健康局2023年工作总结和2024年工作计划",
        "2023年",
        "总结",
        "家庭医生签约",
        "青禾.txt",
        "8.4万人",
    ):
        expect(card).to_contain_text(said)
    card.click()
    expect(page.locator("#passages mark")).to_contain_text("8.4万人")


def test_what_is_not_there_is_said_calmly(page: Page) -> None:
    answer = ask(page, "2015年黑水县的献血人次是多少？")
    expect(answer).to_contain_text("档案中未找到")
    expect(answer).to_have_class(re.compile("abstained"))
    expect(answer.locator("a.mark")).to_have_count(0)


def test_filters_offer_what_the_archive_holds_and_narrow_the_answer(page: Page) -> None:
    choose(page, "#org", "白石县卫生健康局")
    choose(page, "#year", "2022年")
    expect(page.locator("#filters .chip.set")).to_have_count(2)
    answer = ask(page, "高血压患者规范管理率是多少？")
    expect(answer.locator(".understood .chip.set")).to_have_count(2)
    expect(answer).to_contain_text("79.4%")
    expect(answer).not_to_contain_text("86.2%")


def choose(page: Page, filter_: str, choice: str) -> None:
    page.locator(f"#filters {filter_}").select_option(label=choice)


def test_an_example_question_is_asked_by_a_click(page: Page) -> None:
    example = page.locator("#conversation .example").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".asked")).to_have_text(text)
    expect(page.locator(".answer a.mark").first).to_be_visible()


def test_a_follow_up_is_understood_and_a_new_conversation_forgets_it(page: Page) -> None:
    ask(page, "2023年青禾县高血压患者规范管理率是多少？")
    expect(ask(page, "那白石县2022年呢？")).to_contain_text("79.4%")
    page.locator("#new").click()
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator("#passages .nothing")).to_be_visible()
    expect(page.locator("#conversation .example").first).to_be_visible()


def test_an_empty_question_is_not_asked_and_leaves_everything_as_it_is(page: Page) -> None:
    ask(page, "2023年青禾县家庭医生签约多少人？")
    page.press("#question textarea", "Enter")
    expect(page.get_by_text("请先输入问题。")).to_be_visible()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator("#passages mark")).to_have_count(1)


def test_a_question_far_too_long_gets_a_polite_answer(page: Page) -> None:
    expect(ask(page, "高血压" * 4000)).to_contain_text("问题太长")


def test_an_answer_is_copied_with_its_citations(browser: Browser, url: str) -> None:
    page = open_page(browser, url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    answer = ask(page, "2023年青禾县家庭医生签约多少人？")
    answer.locator("button.copy.full").click()
    expect(answer.locator("button.copy.full")).to_have_text("已复制", use_inner_text=True)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "8.4万人" in copied
    assert "〔1〕青禾县卫生健康局2023年工作总结和2024年工作计划" in copied
    rich = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert "<sup>〔1〕</sup>" in rich

    answer.locator("button.copy.bare").click()
    expect(answer.locator("button.copy.bare")).to_have_text("已复制", use_inner_text=True)
    alone = page.evaluate("navigator.clipboard.readText()")
    assert "8.4万人" in alone and "〔" not in alone and "依据" not in alone
    page.context.close()


def test_two_sessions_do_not_see_each_other(browser: Browser, url: str) -> None:
    first, second = open_page(browser, url), open_page(browser, url)
    ask(first, "2023年青禾县高血压患者规范管理率是多少？")
    expect(second.locator(".answer")).to_have_count(0)
    ask(second, "2022年白石县两癌筛查完成多少人？").locator("a.mark").first.click()
    expect(second.locator("#passages mark")).to_contain_text("5600人")
    expect(first.locator(".answer")).to_have_count(1)
    expect(first.locator("#passages mark")).to_contain_text("86.2%")
    first.context.close()
    second.context.close()


def test_nothing_in_a_report_runs_in_the_page_or_is_read_as_markup(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for question in (
        "2023年赤岭县智慧门诊建成多少个？",
        "2023年赤岭县健康驿站建成多少个？",
        "<img src=x onerror=hacked=1>**粗**",
    ):
        ask(page, question)
    for mark in page.locator("a.mark").all():
        mark.click()
        expect(page.locator("#passages mark")).to_be_visible()

    assert page.evaluate("window.hacked") is None
    expect(
        page.locator(".answer script, .answer img, .asked img, .asked strong, .report img, .answer strong")
    ).to_have_count(0)
    expect(page.locator(".asked").last).to_have_text("<img src=x onerror=hacked=1>**粗**")
    everything = page.locator("#conversation").inner_text()
    assert "**覆盖率**" in everything
    assert '<img src=x onerror="window.hacked=1">' in everything
    report = page.locator("#passages .body")
    for hostile in (
        "{{constructor.constructor",
        "${window.hacked=1}",
        "<script>window.hacked=1</script>",
        "![图](http",
    ):
        expect(report).to_contain_text(hostile)
    assert not [address for address in asked if urlsplit(address).hostname != "127.0.0.1"]


def test_the_page_asks_nothing_of_any_other_host(browser: Browser, url: str) -> None:
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(url)
    page.locator("#question textarea").wait_for()
    ask(page, "2023年青禾县高血压患者规范管理率是多少？")
    assert asked
    assert {urlsplit(address).hostname for address in asked if not address.startswith(("data:", "blob:"))} == {
        "127.0.0.1"
    }
    linked = page.eval_on_selector_all("[href], [src]", "all => all.map(e => e.href || e.src).filter(String)")
    assert not [address for address in linked if address.startswith("http") and not address.startswith(url)]
    context.close()


def test_on_a_phone_the_report_covers_the_conversation_until_closed(browser: Browser, url: str) -> None:
    page = open_page(browser, url, width=390, height=844)
    answer = ask(page, "2023年青禾县高血压患者规范管理率是多少？")
    expect(page.locator("#evidence")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    answer.locator("a.mark").first.click()

    expect(page.locator("#passages mark")).to_be_in_viewport()
    page.locator("#passages a.close").click()
    expect(page.locator("#evidence")).to_be_hidden()
    expect(page.locator("#send")).to_be_in_viewport()
    page.context.close()


def test_all_of_it_works_by_keyboard(page: Page) -> None:
    expect(page.locator("#question textarea")).to_be_focused()
    ask(page, "2023年青禾县高血压患者规范管理率是多少？").locator("a.mark").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".report.opened mark")).to_be_visible()


def test_nothing_of_gradio_itself_is_shown_and_every_label_is_chinese(page: Page) -> None:
    ask(page, "2023年青禾县高血压患者规范管理率是多少？")
    expect(page).to_have_title("报告档案助手")
    expect(page.locator("footer")).to_be_hidden()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    labels = page.eval_on_selector_all(
        "[aria-label], [placeholder], [title]",
        "all => all.filter(e => e.checkVisibility())"
        ".flatMap(e => [e.ariaLabel, e.placeholder, e.title]).filter(Boolean)",
    )
    assert labels
    assert not [label for label in labels if not re.search("[\u4e00-\u9fff]", label)]


def test_the_page_opens_without_an_archive_and_sees_one_that_is_made_later(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home) as running:
        page = open_page(browser, running.url)
        expect(page.locator(".notice")).to_contain_text("report-assistant ingest")
        expect(ask(page, "高血压患者规范管理率是多少？")).to_contain_text("还没有档案")

        make_archive(home, tmp_path / "in", {"青禾.txt": QINGHE})

        expect(page.locator(".notice")).to_have_count(0)
        expect(page.locator(".holdings")).to_contain_text("1份报告")
        expect(ask(page, "2023年青禾县高血压患者规范管理率是多少？")).to_contain_text("86.2%")

        (tmp_path / "in" / "白石.txt").write_text(BAISHI, encoding="utf-8")
        ingest_paths(Settings(home=home), [tmp_path / "in"], embed=False)

        expect(page.locator(".holdings")).to_contain_text("2份报告")
        choose(page, "#org", "白石县卫生健康局")
        page.context.close()


def test_ctrl_c_stops_the_page_in_good_order_while_it_is_open(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "home") as running:
        assert running.opened == f"网页已打开：{running.url}（按 Ctrl+C 停止）"
        page = open_page(browser, running.url)
        assert running.interrupt() == 0
        assert running.line(5) == "网页已停止。"
        expect(page.locator(".toast-wrap")).to_contain_text("与服务的连接断了")
        page.context.close()
