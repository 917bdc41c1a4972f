"""The tab 起草: drafts that are kept, their versions, and what comes back of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.versions import BEFORE_DRAFTING, BEFORE_REWRITING, BEFORE_TAKING_BACK, DRAFTED
from tests.draft_page import FIRST, SECOND, Page, Writer
from ui import strings


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def page(tmp_path: Path, writer: Writer) -> Page:
    return Page(tmp_path, writer)


class TestShelf:
    def test_a_draft_comes_back_as_it_stood_with_the_form(self, page: Page, tmp_path: Path) -> None:
        page.do("outline")
        page.do("offers")
        page.sent = {"offers": {"r1": "900人"}}
        page.do("write")
        page.do("title", title="新的标题")
        page.do("save", name="给局长看的一稿")
        other = Page(tmp_path, Writer())
        place = other.do("open", open=page.place.key)
        assert place.name == "给局长看的一稿" and place.work == replace(page.place.work)
        assert place.work.form.facts == "两癌筛查目标6000人" and other.manuscript.title == "新的标题"

    def test_an_earlier_version_can_be_opened_and_nothing_is_lost(self, page: Page) -> None:
        page.do("write")
        before = page.place.versions[0].number
        page.edit(1, "作者写的话。")
        page.do("version", version=before)
        assert page.text(1) == SECOND and page.place.versions[0].note
        assert page.kept(before + 1).sections[1].text == "作者写的话。"

    def test_what_the_writer_saved_can_be_noted_and_outlasts_all_autosaves(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "送审的话。")
        page.do("save", name="一稿")
        saved = page.place.versions[0]
        assert saved.by_hand
        page.do("label", version=saved.number, label="送局长审阅稿")
        for n in range(5):
            page.edit(1, f"又改了{n}处。")
        kept = {one.number: one for one in page.place.versions}
        assert kept[saved.number].label == "送局长审阅稿" and page.kept(saved.number).sections[1].text == "送审的话。"
        assert sum(one.automatic for one in page.place.versions) <= 2
        assert page.do("label", version=999, label="没有").fault

    def test_what_was_there_before_text_is_replaced_stays_among_the_versions(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "第一句话。")
        page.do("redraft", number=1, instruction="更简短")
        page.do("restore", number=1)
        page.edit(1, "第二句话。")
        page.do("write")
        notes = [one.note for one in page.place.versions if one.note]
        assert notes == [DRAFTED, BEFORE_DRAFTING, BEFORE_TAKING_BACK, BEFORE_REWRITING, DRAFTED]

    def test_a_draft_that_was_changed_on_another_page_is_not_overwritten(self, page: Page, tmp_path: Path) -> None:
        page.do("write")
        other = Page(tmp_path, Writer())
        other.do("open", open=page.place.key)
        other.edit(1, "在另一种语言的网页上写的。")
        page.edit(0, "在这一页上写的。")
        assert (page.text(0), page.text(1)) == ("在这一页上写的。", "在另一种语言的网页上写的。")
        other.do("form")
        assert other.text(0) == "在这一页上写的。"

    def test_a_deleted_draft_can_be_brought_back(self, page: Page) -> None:
        page.do("write")
        key = page.place.key
        place = page.do("delete", delete=key)
        assert place.key == "" and place.deleted is not None and not place.shelf
        page.do("undo", undo=key)
        assert page.place.key == key and page.text() == FIRST

    def test_two_drafts_of_the_same_order_do_not_mix(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "第一份。")
        page.do("new")
        page.do("write")
        assert len(page.place.shelf) == 2 and len({one.name for one in page.place.shelf}) == 2

    def test_a_draft_that_cannot_be_opened_leaves_the_page_where_it_is(self, page: Page) -> None:
        page.do("write")
        key = page.place.key
        place = page.do("open", open="0" * 32)
        assert place.key == key and place.fault and page.text() == FIRST

    def test_an_unknown_draft_gives_a_new_one_and_a_word(self, page: Page) -> None:
        place = page.do("open", open="0" * 32)
        assert place.key == "" and place.said == strings.DRAFT_GONE

    @pytest.mark.parametrize("act", ["edit", "restore", "redraft", "version", "delete", "undo", "rename", "??", ""])
    def test_whatever_the_browser_sends_is_no_error(self, page: Page, act: str) -> None:
        for junk in ({}, {"number": 99}, {"number": "x", "outline": 3, "offers": [], "form": 7, "version": []}):
            for place in page.acts.act("session", {"act": act, **junk}):
                assert "\n" not in place.said
        assert not next(iter(page.acts.act("session", None))).key
