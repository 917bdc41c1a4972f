"""Filters, chips, suggestions and verdicts of the tab 问答 in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from playwright.sync_api import Browser, Page, expect

from assistant.feedback import Feedback
from tests.browser import BAISHI, CHROMIUM, QINGHE, ask, chromium, make_archive, open_page, served

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

YEARS = {
    f"云溪{year}.txt": f"云溪县卫生健康局{year}年工作总结\n\n一、主要工作\n（一）慢性病管理。"
    f"高血压患者规范管理率目标{target}%，实际达到{reached}%。\n"
    for year, target, reached in ((2020, 70, 71.5), (2021, 74, 73.2), (2022, 78, 80.1))
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("chips")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI, **YEARS})
    return place / "home"


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with served(home) as page:
        yield page.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    opened = open_page(browser, url)
    yield opened
    opened.context.close()


def test_a_chip_of_an_answer_is_changed_and_asked_again(page: Page) -> None:
    answer = ask(page, "云溪县2022年高血压患者规范管理率是多少？")
    expect(answer.locator(".understood")).to_contain_text("云溪县卫生健康局")
    answer.locator(".understood .chip.year").click()
    answer.locator("select.rechoose").select_option(label="2021年")
    again = page.locator(".answer:not(.waiting)").nth(1)
    expect(again).to_contain_text("73.2%")
    expect(page.locator(".asked").last).to_contain_text("2021年")


def test_a_part_set_by_hand_is_kept_over_a_reload_and_can_be_cleared(page: Page) -> None:
    page.locator("#filters #part").select_option("plan")
    page.reload()
    page.locator("#question textarea").wait_for()
    expect(page.locator("#filters #part")).to_have_value("plan")
    answer = ask(page, "2022年白石县两癌筛查完成多少人？")
    expect(answer).to_contain_text("部分 计划")
    page.locator("#filters .clear").click()
    expect(page.locator("#filters .chip.set")).to_have_count(0)
    expect(ask(page, "2022年白石县两癌筛查完成多少人？")).to_contain_text("5600人")


def test_a_run_of_years_stands_in_a_table_and_a_plot(page: Page) -> None:
    answer = ask(page, "云溪县2020年到2022年高血压患者规范管理率每年多少？")
    expect(answer.locator("table.told tbody tr")).to_have_count(3)
    expect(answer.locator("svg.plot[role=img]")).to_have_count(1)
    answer.locator("table.told a.mark").first.click()
    expect(page.locator("#passages mark").first).to_be_visible()


def test_a_suggestion_is_asked_by_a_click(page: Page) -> None:
    ask(page, "云溪县2022年高血压患者规范管理率是多少？")
    suggestion = page.locator("button.followup").first
    text = suggestion.inner_text()
    page.locator("#filters #part").select_option("plan")
    suggestion.click()
    expect(page.locator("#filters .chip.set")).to_have_count(0)
    expect(page.locator(".asked").last).to_have_text(text)
    expect(page.locator(".answer:not(.waiting)").nth(1)).not_to_have_class("answer abstained")


def test_a_verdict_with_a_note_is_kept_shown_again_and_taken_back(page: Page, home: Path) -> None:
    answer = ask(page, "2022年白石县两癌筛查完成多少人？")
    answer.locator("button.judge.bad").click()
    field = answer.locator(".note-field")
    expect(field).to_be_focused()
    field.fill("应为全年数")
    field.press("Enter")
    expect(page.get_by_text("已记下，谢谢。")).to_be_visible()
    (said,) = Feedback(home).all()
    assert (said.verdict, said.note, said.question) == ("bad", "应为全年数", "2022年白石县两癌筛查完成多少人？")

    page.reload()
    again = page.locator("button.judge.bad")
    expect(again).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".note-field")).to_have_value("应为全年数")
    again.click()
    expect(page.locator("button.judge.on")).to_have_count(0)
    assert Feedback(home).all() == []


def test_a_slash_goes_to_the_question(page: Page) -> None:
    answer = ask(page, "2022年白石县两癌筛查完成多少人？")
    answer.locator("a.mark").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    expect(page.locator("#question textarea")).to_have_value("")


def test_the_list_shows_what_another_page_of_the_same_person_asked(browser: Browser, url: str) -> None:
    first, second = open_page(browser, url), open_page(browser, url)
    ask(second, "2023年青禾县家庭医生签约多少人？")
    before = first.locator("#talks li").count()
    first.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(first.locator("#talks .title", has_text="家庭医生签约")).not_to_have_count(0)
    assert first.locator("#talks li").count() > before
    first.context.close()
    second.context.close()


def test_the_filters_sent_are_what_the_page_shows(page: Page) -> None:
    page.locator("#filters #year").select_option("2022")
    sent = json.loads(page.evaluate("reportAssistantAnswers.chosen()"))
    assert sent == {"year": "2022", "org": "", "kind": "", "part": ""}
