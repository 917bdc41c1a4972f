"""The tab 起草: what is done to an order and to a draft, and that nothing which was typed is lost."""

from __future__ import annotations

import base64
import io
import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.types import (
    Fact,
)
from ingest.errors import ModelUnreachable
from tests.draft_page import FIRST, ORG, SECOND, Page, Writer, order
from ui import strings
from ui.draft_paper import State, section_html
from ui.draft_side import why_html


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def page(tmp_path: Path, writer: Writer) -> Page:
    return Page(tmp_path, writer)


class TestOrder:
    def test_the_outline_and_the_offers_that_are_accepted_make_the_order(self, page: Page) -> None:
        page.do("outline")
        page.do("offers")
        assert [one.text for one in page.place.work.outline] == ["加强妇幼健康服务", "做实基本公共卫生服务"]
        own = {"text": "自己添的一节", "reason": "", "wanted": True}
        dropped = {"text": "做实基本公共卫生服务", "reason": "同级单位", "wanted": False}
        page.sent = {"outline": [own, dropped], "offers": {"r1": "900人"}}
        page.do("form")
        made = page.place.work.order()
        assert made.sections == ("自己添的一节",)
        accepted = made.facts[-1]
        assert (accepted.indicator, accepted.target, accepted.result) == ("产前筛查", "900人", "800人")
        page.sent["offers"] = {"r1": ""}
        page.do("form")
        assert page.place.work.order().facts[-1] == Fact("2024年产前筛查完成800人", "产前筛查", None, "800人")

    def test_a_second_proposal_leaves_the_headings_that_the_writer_added(self, page: Page) -> None:
        page.sent = {"outline": [{"text": "自己添的一节", "reason": "", "wanted": True}]}
        page.do("outline")
        assert [one.text for one in page.place.work.outline][-1] == "自己添的一节"

    @pytest.mark.parametrize(
        ("field", "value", "said"), [("org", "", "单位"), ("year", "", "年份"), ("year", "明年", "年份")]
    )
    def test_what_is_missing_is_told_in_one_line_with_what_to_do(
        self, page: Page, field: str, value: str, said: str
    ) -> None:
        page.form[field] = value
        place = page.do("write")
        assert place.fault and said in place.said and "\n" not in place.said and "请" in place.said
        assert not page.store.list("")

    def test_a_table_in_a_workbook_becomes_lines_of_facts(self, page: Page) -> None:
        from openpyxl import Workbook

        book = Workbook()
        assert book.active is not None
        for row in (("指标", "目标"), ("两癌筛查", "6000人"), ("免费体检", "800人")):
            book.active.append(row)
        data = io.BytesIO()
        book.save(data)
        place = page.do("xlsx", data=base64.b64encode(data.getvalue()).decode())
        assert "两癌筛查" in place.added and "800人" in place.added.splitlines()[1]

    @pytest.mark.parametrize("data", ["", "!!", base64.b64encode(b"no workbook").decode(), "A" * 3_000_000])
    def test_a_file_that_is_no_workbook_is_told_in_one_line(self, page: Page, data: str) -> None:
        place = page.do("xlsx", data=data)
        assert place.fault and "\n" not in place.said and not place.added


class TestWriting:
    def test_sections_appear_as_they_are_done_and_the_draft_is_kept(self, page: Page, writer: Writer) -> None:
        writer.gate.clear()
        sent = {"act": "write", "key": "", "nonce": "n", "form": page.form}
        shown = page.acts.act("session", sent)
        seen = []
        for place in shown:
            assert place.work.manuscript is not None
            seen.append(len(place.work.manuscript.sections))
            if seen[-1] == 1:
                writer.gate.set()
        assert seen == sorted(seen) and seen[-1] == 2 and 1 in seen
        page.place = place
        assert page.kept().title == "青禾县卫生健康局2025年工作计划" and place.name == f"{ORG}2025年全年工作计划"

    def test_what_was_done_before_stopping_stays_and_cites_nothing_that_has_not_come(
        self, page: Page, writer: Writer
    ) -> None:
        writer.gate.clear()
        shown = page.acts.act("session", {"act": "write", "key": "", "nonce": "n", "form": page.form})
        for place in shown:
            if place.run is None or place.work.manuscript is None or not place.work.manuscript.sections:
                continue
            page.place = place
            page.do("stop")
        writer.gate.set()
        time.sleep(0.1)
        assert [one.heading for one in page.manuscript.sections] == ["加强妇幼健康服务"]
        assert [one.kind for one in page.manuscript.sections[0].sources] == ["fact"]
        assert page.place.said == strings.DRAFT_STOPPED and page.manuscript.title
        assert page.kept().sections[0].text == FIRST

    def test_a_fault_is_one_line_and_the_former_draft_stands(self, page: Page, writer: Writer) -> None:
        page.do("write")
        writer.fault = ModelUnreachable("模型没有应答", "请检查模型设置后重试")
        place = page.do("write")
        assert place.fault and place.said.startswith("模型没有应答") and page.text() == FIRST
        assert page.do("form").said == place.said, "what is kept while typing does not wipe it away"
        assert not page.do("save").fault

    def test_drafting_anew_keeps_the_former_draft_among_the_versions(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "作者写的话。")
        page.do("write")
        assert page.text(1) == SECOND
        assert any(
            page.store.open("", page.place.key, one.number).manuscript
            and page.kept(one.number).sections[1].text == "作者写的话。"
            for one in page.place.versions
            if one.number > 1
        )

    def test_what_is_typed_while_the_rest_is_written_stays(self, page: Page, writer: Writer) -> None:
        writer.gate.clear()
        sent = {"act": "write", "key": "", "nonce": "n", "form": page.form}
        for place in page.acts.act("session", sent):
            page.place = place
            if place.run is not None and len(page.manuscript.sections) == 1 and not place.work.composed:
                page.edit(0, "作者写的话。")
                writer.gate.set()
        assert (page.text(0), page.text(1)) == ("作者写的话。", SECOND)
        assert page.kept().sections[0].text == "作者写的话。"


class TestEditing:
    def test_an_edit_is_checked_and_kept_at_once(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "完善随访制度，随访9人。", "做实公共卫生")
        assert [one.section for one in page.manuscript.checks] == [1]
        assert page.kept().sections[1].heading == "做实公共卫生" and "9人" in page.kept().sections[1].text

    def test_unchanged_figures_keep_their_source_and_changed_ones_lose_it(self, page: Page) -> None:
        page.do("write")
        page.edit(0, FIRST.replace("完成两癌", "年内完成两癌"))
        (fact,) = [one for one in page.manuscript.sections[0].sources if one.kind == "fact"]
        assert page.text()[fact.start : fact.end] == "6000人"
        page.edit(0, FIRST.replace("6000人", "7000人"))
        assert [one.kind for one in page.manuscript.sections[0].sources] == ["exemplar"]

    def test_a_placeholder_is_gone_when_it_was_filled_in(self, page: Page) -> None:
        page.do("write")
        assert len(page.manuscript.placeholders) == 1
        page.edit(0, FIRST.replace("【待填：老年人体检，人】", "800人"))
        assert not page.manuscript.placeholders

    def test_what_the_writer_wrote_himself_is_shown_as_his(self, page: Page) -> None:
        page.do("write")
        page.edit(0, FIRST + "这句是我写的。")
        shown = section_html(page.place.work, 0, State())
        assert shown.count(strings.DRAFT_OWN) == 1 and strings.DRAFT_WHY_OWN in why_html(page.place.work, 0)
        assert strings.DRAFT_OWN not in section_html(page.place.work, 1, State())

    def test_a_figure_that_the_writer_typed_rests_on_the_fact_that_he_adds_for_it(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "完善随访制度，免费体检800人。")
        assert not page.manuscript.sections[1].sources
        page.form["facts"] += "\n免费体检目标800人"
        page.do("form")
        (source,) = page.manuscript.sections[1].sources
        facts = page.manuscript.order.facts
        assert (
            source.fact is not None and facts[source.fact].target == page.text(1)[source.start : source.end] == "800人"
        )
        assert facts[0] == order().facts[0], "known facts keep their numbers"

    def test_an_older_edit_that_arrives_late_changes_nothing(self, page: Page) -> None:
        page.do("write")
        page.edit(1, "后写的。")
        page.do("edit", number=1, text="先写的。", heading="", seq=1)
        assert page.text(1) == "后写的。"
        page.do("edit", number=0, text="另一节里早些写的。", heading="", seq=1)
        assert page.text(0) == "另一节里早些写的。"

    def test_writing_a_section_again_touches_no_other_and_can_be_taken_back(self, page: Page) -> None:
        page.do("write")
        page.edit(0, "作者写的话。")
        page.edit(1, "另一句作者的话。")
        page.do("redraft", number=1, instruction="更简短")
        assert (page.text(0), page.text(1)) == ("作者写的话。", "重写的一节（更简短）。")
        page.do("restore", number=1)
        assert page.text(1) == "另一句作者的话。"
        page.do("restore", number=1)
        assert page.text(1) == "重写的一节（更简短）。"

    def test_the_composed_text_can_be_had_back_after_edits_and_after_reopening(
        self, page: Page, tmp_path: Path
    ) -> None:
        page.do("write")
        page.edit(1, "一。")
        page.edit(1, "二。")
        other = Page(tmp_path, Writer())
        other.do("open", open=page.place.key)
        other.do("restore", number=1)
        assert other.text(1) == SECOND


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
