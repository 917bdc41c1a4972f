"""The tab 起草: what is done to an order and to a draft, and that nothing which was typed is lost."""

from __future__ import annotations

import base64
import io
import time
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

    def test_facts_that_are_still_being_typed_leave_nothing_behind(self, page: Page) -> None:
        page.do("write")
        for typed in ("免费体检目标8人", "免费体检目标80人", "免费体检目标800人"):
            page.form["facts"] = f"两癌筛查目标6000人\n{typed}"
            page.do("form")
        assert [one.target for one in page.manuscript.order.facts] == ["6000人", "800人"]

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

    def test_a_section_that_comes_out_the_same_is_told(self, page: Page, writer: Writer) -> None:
        page.do("write")
        page.do("redraft", number=1, instruction="更简短")
        assert page.place.said != strings.DRAFT_SAME_AGAIN
        assert page.do("redraft", number=1, instruction="更简短").said == strings.DRAFT_SAME_AGAIN

    def test_the_writers_own_sentence_that_is_left_in_a_rewritten_section_stays_his(
        self, page: Page, writer: Writer
    ) -> None:
        page.do("write")
        page.edit(1, SECOND + "这句是我写的。")
        writer.left = "这句是我写的。"
        page.do("redraft", number=1, instruction="更简短")
        shown = section_html(page.place.work, 1, State())
        assert shown.count(strings.DRAFT_OWN) == 1 and "重写的一节" in shown
        page.do("restore", number=1)
        assert section_html(page.place.work, 1, State()).count(strings.DRAFT_OWN) == 1

    def test_what_the_composer_says_of_a_rewritten_section_is_shown_there(self, page: Page, writer: Writer) -> None:
        writer.notes = ("“做实基本公共卫生服务”：没有涉及“托育”的材料。",)
        page.do("write")
        assert not page.manuscript.notes
        page.do("redraft", number=1, instruction="突出托育")
        assert "没有涉及“托育”的材料" in section_html(page.place.work, 1, State())
        page.edit(1, page.text(1), "做实公共卫生")
        assert "没有涉及“托育”的材料" in section_html(page.place.work, 1, State()), "under its new heading too"
        page.edit(1, "作者自己写的话。", "做实公共卫生")
        assert not page.manuscript.notes, "nothing of what it was said about is left"

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
