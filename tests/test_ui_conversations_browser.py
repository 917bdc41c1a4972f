"""Conversations in a real browser: five turns with a reload, the side list, answers as they come, stop."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="needs playwright")

from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.conversations import Conversations
from tests.browser import BAISHI, CHROMIUM, QINGHE, Served, ask, chromium, make_archive, open_page, served
from tests.slow_answers import CLOSED, ENDLESS

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on PATH")]

FIRST = "2023年青禾县高血压患者规范管理率是多少？"
FIVE = (
    (FIRST, "86.2%"),
    ("明年的目标呢？", "88%"),
    ("那白石县2022年实际是多少？", "79.4%"),
    ("两癌筛查完成了吗？", "5600人"),
    ("另外问一下，2023年青禾县新建中医馆多少个？", "6个"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("page")
    make_archive(place / "home", place / "in", {"青禾.txt": QINGHE, "白石.txt": BAISHI})
    return place / "home"


@pytest.fixture(scope="module")
def quick(home: Path) -> Iterator[Served]:
    with served(home) as running:
        yield running


@pytest.fixture(scope="module")
def slow(home: Path) -> Iterator[Served]:
    with served(home, "from tests import slow_answers; slow_answers.install()") as running:
        yield running


@pytest.fixture(autouse=True)
def no_conversation_yet(home: Path) -> None:
    kept = Conversations(home)
    for talk in kept.newest(""):
        kept.delete("", talk.id)


@pytest.fixture
def page(browser: Browser, quick: Served) -> Iterator[Page]:
    opened = open_page(browser, quick.url)
    yield opened
    opened.context.close()


def talks(page: Page) -> Locator:
    return page.locator(".talks a.open .title")


def begin(page: Page, question: str) -> Locator:
    """Ask without waiting for the answer; gives the answer in the making."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    waiting = page.locator(".answer.waiting")
    waiting.wait_for()
    return waiting


def test_a_conversation_of_five_turns_outlives_a_reload_in_the_middle_and_is_taken_away(page: Page) -> None:
    for question, said in FIVE[:3]:
        expect(ask(page, question)).to_contain_text(said)
    page.reload()
    expect(page.locator(".answer")).to_have_count(3)
    expect(page.locator(".asked").first).to_have_text(FIRST)
    expect(page.locator("#passages mark")).to_contain_text("79.4%")
    for question, said in FIVE[3:]:
        expect(ask(page, question)).to_contain_text(said)
    expect(talks(page)).to_have_count(1)

    page.locator(".answer").first.locator("a.mark").first.click()
    expect(page.locator("#passages mark")).to_contain_text("86.2%")

    with page.expect_download() as taken:
        page.locator(".talks a.download", has_text="Word").click()
    assert taken.value.suggested_filename.endswith(".docx")
    texts = [item.text for item in Document(io.BytesIO(Path(taken.value.path()).read_bytes())).paragraphs]
    assert [text for text in texts if text.startswith("问：")] == [f"问：{question}" for question, _ in FIVE]
    assert any(text.startswith("〔1〕《青禾县卫生健康局2023年工作总结和2024年工作计划》") for text in texts)


def test_conversations_are_begun_chosen_renamed_searched_deleted_and_brought_back(page: Page) -> None:
    ask(page, FIRST)
    page.locator("#new").click()
    expect(page.locator(".answer")).to_have_count(0)
    ask(page, "2022年白石县两癌筛查完成多少人？")
    expect(talks(page)).to_have_count(2)

    talks(page).last.click()
    expect(page.locator(".asked")).to_have_text(FIRST)
    expect(ask(page, "那白石县2022年呢？")).to_contain_text("79.4%")

    page.locator(".talks a", has_text="改名").click()
    page.locator(".talks .retitle").fill("<b>慢病</b>材料")
    page.keyboard.press("Enter")
    expect(talks(page).first).to_have_text("<b>慢病</b>材料")

    page.fill("#find-talk input, #find-talk textarea", "白石县两癌")
    expect(talks(page)).to_have_text(["2022年白石县两癌筛查完成多少人？"])
    page.fill("#find-talk input, #find-talk textarea", "")
    expect(talks(page)).to_have_count(2)

    page.locator(".talks a", has_text="删除").click()
    expect(talks(page)).to_have_count(1)
    expect(page.locator(".answer")).to_have_count(0)
    page.locator(".talks .undo a").click()
    expect(talks(page)).to_have_count(2)
    expect(page.locator(".answer")).to_have_count(2)


def test_an_answer_is_shown_sentence_by_sentence_and_its_sources_can_be_opened_meanwhile(
    browser: Browser, slow: Served
) -> None:
    page = open_page(browser, slow.url)
    waiting = begin(page, FIRST + ENDLESS)
    expect(waiting.locator(".progress")).to_have_text("正在检索档案")
    expect(page.locator("#stop")).to_be_visible()
    expect(page.locator("#send")).to_be_hidden()
    expect(waiting.locator(".sentence").first).to_contain_text("86.2%")
    waiting.locator("a.mark").first.click()
    expect(page.locator("#passages mark")).to_contain_text("86.2%")
    expect(waiting.locator(".progress")).to_have_text("正在撰写")
    page.context.close()


@pytest.mark.parametrize("by", ["button", "Escape"])
def test_a_stop_keeps_the_checked_sentences_and_ends_the_work(browser: Browser, slow: Served, by: str) -> None:
    page = open_page(browser, slow.url)
    expect(begin(page, FIRST + ENDLESS).locator(".sentence")).to_have_count(1)
    if by == "button":
        page.locator("#stop").click()
    else:
        page.keyboard.press("Escape")
    stopped = page.locator(".answer:not(.waiting)")
    expect(stopped).to_contain_text("86.2%")
    expect(stopped.locator(".note")).to_contain_text("已停止")
    assert slow.line(10) == CLOSED
    expect(page.locator("#send")).to_be_visible()
    page.reload()
    expect(page.locator(".answer .note")).to_contain_text("已停止")
    expect(ask(page, "2022年白石县两癌筛查完成多少人？")).to_contain_text("5600人")
    page.context.close()


def test_a_reload_while_an_answer_comes_neither_loses_nor_doubles_it(browser: Browser, slow: Served) -> None:
    page = open_page(browser, slow.url)
    ask(page, "2022年白石县两癌筛查完成多少人？")
    begin(page, FIRST)
    expect(page).to_have_url(re.compile("#talk-"))
    page.reload()
    expect(page.locator(".answer:not(.waiting)")).to_have_count(2)
    expect(page.locator(".answer").last).to_contain_text("86.2%")
    expect(page.locator(".answer.waiting")).to_have_count(0)
    page.context.close()


def test_a_stop_after_a_reload_still_reaches_the_answer(browser: Browser, slow: Served) -> None:
    page = open_page(browser, slow.url)
    expect(begin(page, FIRST + ENDLESS).locator(".sentence")).to_have_count(1)
    expect(page).to_have_url(re.compile("#talk-"))
    page.reload()
    expect(page.locator(".answer.waiting .sentence")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".answer:not(.waiting) .note")).to_contain_text("已停止")
    assert slow.line(10) == CLOSED
    page.context.close()


def test_turning_to_another_conversation_leaves_the_answer_to_be_finished(browser: Browser, slow: Served) -> None:
    page = open_page(browser, slow.url)
    begin(page, FIRST)
    page.locator("#new").click()
    expect(page.locator(".answer")).to_have_count(0)
    expect(ask(page, "2022年白石县两癌筛查完成多少人？")).to_contain_text("5600人")
    expect(page.locator(".answer")).to_have_count(1)
    talks(page).last.click()
    expect(page.locator(".answer:not(.waiting)")).to_contain_text("86.2%")
    page.context.close()


def test_a_second_question_waits_for_the_first(browser: Browser, slow: Served) -> None:
    page = open_page(browser, slow.url)
    begin(page, FIRST + ENDLESS)
    page.fill("#question textarea", "又问")
    page.press("#question textarea", "Enter")
    expect(page.get_by_text("请等这一问答完")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_value("又问")
    expect(page.locator(".asked")).to_have_count(1)
    page.context.close()


def test_enter_sends_and_ctrl_enter_begins_a_new_line(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill("2023年青禾县家庭医生")
    box.press("Control+Enter")
    expect(box).to_have_value("2023年青禾县家庭医生\n")
    box.press("Shift+Enter")
    expect(box).to_have_value("2023年青禾县家庭医生\n\n")
    box.press("Backspace")
    box.press_sequentially("签约多少人？")
    expect(page.locator(".asked")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".answer:not(.waiting)")).to_contain_text("8.4万人")
    expect(box).to_have_value("")


def test_the_foot_says_who_answers_and_what_the_check_gave(page: Page) -> None:
    expect(page.locator("#model")).to_have_text("未配置语言模型，按原文摘录作答")
    expect(ask(page, FIRST).locator(".by")).to_contain_text("原文摘录")


def test_on_a_phone_the_list_lies_over_the_conversation_until_one_is_chosen(browser: Browser, quick: Served) -> None:
    page = open_page(browser, quick.url, width=390, height=844)
    ask(page, FIRST)
    page.locator("#past").wait_for(state="hidden")
    page.locator("#show-past").click()
    expect(page.locator("#past")).to_be_visible()
    talks(page).first.click()
    expect(page.locator("#past")).to_be_hidden()
    expect(page.locator(".answer")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()
