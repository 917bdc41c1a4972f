"""The tab 起草: its parts as HTML, and the files that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from assistant.drafting.order_form import Form, Heading, Offered
from assistant.drafting.types import (
    DraftCheck,
    DraftSection,
    Fact,
    Manuscript,
    Order,
    Source,
)
from assistant.drafting.versions import BEFORE_DRAFTING, DraftVersion, saved_note
from assistant.drafting.workspace import Work
from ingest.settings import Settings
from tests.checks_builders import exemplar
from tests.draft_page import EVIL, FIRST, Page, Writer, citation, drafted
from ui import strings
from ui.access import Access
from ui.draft_downloads import add_draft_downloads, file_name
from ui.draft_form import Surroundings, form_html, offers_html, outline_html
from ui.draft_paper import State, section_html, title_html
from ui.draft_place import Place
from ui.draft_same import Same, same_count, same_html, same_in
from ui.draft_shelf import export_html, versions_html
from ui.draft_side import checks_html, exemplars_html, why_html
from ui.draft_wire import wire_html
from ui.page import speaking

NOW = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def page(tmp_path: Path, writer: Writer) -> Page:
    return Page(tmp_path, writer)


class TestDownloads:
    @pytest.fixture
    def fetch(self, page: Page, tmp_path: Path, writer: Writer) -> Callable[[str], Any]:
        from fastapi import FastAPI
        from fastapi.testclient import TestClient

        class Held(Access):
            def assistant(self) -> Any:
                return SimpleNamespace(drafting=writer)

        app = FastAPI()
        add_draft_downloads(app, Held(Settings(home=tmp_path)))
        page.do("write")
        return TestClient(app).get

    @pytest.mark.parametrize(
        ("kind", "starts"), [("docx", b"PK"), ("md", "# 青禾县".encode()), ("txt", "青禾县".encode())]
    )
    def test_the_draft_as_a_file(self, page: Page, fetch: Callable[[str], Any], kind: str, starts: bytes) -> None:
        got = fetch(f"/drafts/{page.place.key}.{kind}")
        assert got.status_code == 200 and got.content.startswith(starts)
        assert quote("青禾县卫生健康局2025年工作计划") in got.headers["content-disposition"]

    def test_the_sources_can_be_left_out(self, page: Page, fetch: Callable[[str], Any]) -> None:
        assert "来源说明" in fetch(f"/drafts/{page.place.key}.txt?sources=1").text
        assert "来源说明" not in fetch(f"/drafts/{page.place.key}.txt?sources=0").text

    def test_the_address_of_a_file_is_the_same_on_the_page_of_every_language(self) -> None:
        assert 'href="/drafts/k.docx?sources=1"' in export_html("k", ready=True), "the English page lies below /en/"

    def test_what_is_not_there_is_told_in_a_line(self, page: Page, fetch: Callable[[str], Any]) -> None:
        for path in (f"{'0' * 32}.docx", f"{page.place.key}.exe", "x.md"):
            got = fetch(f"/drafts/{path}")
            assert got.status_code == 404 and "请" in got.text
        assert file_name("../a\x00b:c", "md") == "a b c.md"


class TestRendering:
    def test_nothing_of_a_report_or_of_the_writer_is_read_as_markup(self) -> None:
        text = f"{EVIL}完成。{EVIL}"
        section = DraftSection(EVIL, text, (Source(0, 9, "exemplar", citation=1), Source(9, 12, "fact", fact=0)))
        check = DraftCheck("overlap", "warning", 0, 2, 9, EVIL)
        asked = Order(EVIL, 2025, facts=(Fact(EVIL),))
        notes = (EVIL, f"“{EVIL}”：{EVIL}")
        made = Manuscript(asked, EVIL, (section,), (citation(EVIL),), (), (check,), notes)
        form = Form(**dict.fromkeys(("org", "tone", "facts", "addressee"), EVIL))
        offer = Offered(EVIL, EVIL, EVIL, series=((2024, "target", EVIL),), note=EVIL)
        work = Work(form, (Heading(EVIL, EVIL),), (offer,), made)
        parts = [form_html(form, Surroundings((EVIL,), EVIL)), outline_html(work.outline), title_html(made)]
        parts += [offers_html(work.offers, asked=True), section_html(work, 0, State(growing=EVIL))]
        parts += [why_html(work, 0), checks_html(made, busy=False), exemplars_html(section)]
        parts.append(same_html(made, [[Same(0, 9, 9, (EVIL,))]]))
        parts.append(versions_html([DraftVersion("d", 2, NOW, saved_note(EVIL)), DraftVersion("d", 1, NOW, EVIL)]))
        parts.append(wire_html(Place("n", work, name=EVIL, said=EVIL, added=EVIL), Surroundings((EVIL,), EVIL)))
        for html in parts:
            assert "<img" not in html

    def test_placeholders_and_findings_are_marked_where_they_stand(self) -> None:
        at = FIRST.index("6000人")
        made = replace(drafted(), checks=(DraftCheck("figure_role", "error", 0, at, at + 5, "请核对"),))
        shown = section_html(Work(manuscript=made), 0, State())
        assert (
            '<mark class="todo"' in shown
            and '<mark class="flag error" data-checks="0" data-same="">6000人</mark>' in shown
        )
        assert 'data-check="0"' in checks_html(made, busy=False)

    def test_a_sentence_tells_its_fact_or_its_exemplar(self) -> None:
        told = why_html(Work(manuscript=drafted()), 0).split('data-because="')[1:]
        assert citation().quote in told[0] and strings.DRAFT_SOURCE_KINDS["exemplar"] in told[0]
        assert "两癌筛查目标6000人" in told[1] and strings.DRAFT_SOURCE_KINDS["fact"] in told[1]
        assert strings.DRAFT_WHY_NONE in told[2]

    def test_without_a_model_a_section_can_be_written_again_and_the_page_says_what_it_understands(
        self, page: Page
    ) -> None:
        page.do("write")
        for without in ("没有模型", ""):
            shown = unescape(wire_html(page.place, Surroundings((), without)))
            again = [part for part in shown.split("<button") if 'data-do="again"' in part]
            assert len(again) == 2 and not any("disabled" in one for one in again)
            assert strings.DRAFT_REDRAFT_PLAIN in shown, "the order asks for a skeleton"
        page.form["composer"] = "llm"
        page.do("form")
        assert strings.DRAFT_REDRAFT_PLAIN in wire_html(page.place, Surroundings((), "没有模型"))
        assert strings.DRAFT_REDRAFT_PLAIN not in wire_html(page.place, Surroundings())
        assert 'value="llm" disabled' in form_html(Form(), Surroundings((), "没有模型"))

    def test_what_is_said_of_a_section_is_seen_at_the_section(self) -> None:
        notes = ("“加强妇幼健康服务”：没有涉及“托育”的材料，这一要求没有办到。", "没有可用的语言模型。")
        made = replace(drafted(), notes=notes)
        head, first, second = title_html(made), *(section_html(Work(manuscript=made), n, State()) for n in (0, 1))
        assert "没有办到" in first and "没有办到" not in head + second
        assert "没有可用的语言模型" in head and "没有可用的语言模型" not in first

    def test_what_stands_in_an_exemplar_is_marked_and_listed_once_with_every_report_that_has_it(self) -> None:
        words = "健全县乡村三级慢性病管理网络"
        models = tuple(exemplar(f"{words}，推动结对服务。", id=n, org=org) for n, org in ((7, "平沙县"), (8, "白石县")))
        section = DraftSection("管好慢病", f"一要{words}，二要抓好随访。", (), exemplars=models)
        made = replace(drafted(), sections=(section,), placeholders=())
        (found,) = same_in(made, 0)
        assert section.text[found.start : found.end] == f"{words}，"[: found.end - found.start]
        assert found.reports == ("平沙县2025年工作计划", "白石县2025年工作计划")
        assert 'class="same"' in section_html(Work(manuscript=made), 0, State(), (found,))
        listed = same_html(made, [(found,)])
        assert listed.count("<li>") == 1 and 'data-same="0" data-section="0"' in listed
        assert same_count([(found,)]) == "1" and strings.DRAFT_SAME_NONE in same_html(made, [()])

    def test_contradictory_facts_lead_to_the_facts_where_no_sentence_names_them(self) -> None:
        check = DraftCheck("contradictory_facts", "error", 0, 0, 0, "前后不一")
        assert "data-facts" in checks_html(replace(drafted(), checks=(check,)), busy=False)
        placed = replace(check, start=3, end=5)
        assert "data-facts" not in checks_html(replace(drafted(), checks=(placed,)), busy=False)

    def test_versions_that_the_writer_saved_stand_out_and_automatic_ones_are_folded_away(self) -> None:
        held = [
            DraftVersion("d", 9, NOW),
            DraftVersion("d", 8, NOW, saved_note("送局长审阅稿")),
            DraftVersion("d", 6, NOW),
            DraftVersion("d", 5, NOW, "恢复自第3版"),
            DraftVersion("d", 4, NOW, BEFORE_DRAFTING),
        ]
        shown, folded = versions_html(held).split("<details>")
        assert '<li class="hand">' in shown and "送局长审阅稿" in shown and "重新起草前" in shown
        assert strings.DRAFT_NOW in shown and 'data-version="6"' not in shown and 'data-version="6"' in folded
        with speaking("en"):
            assert "From version 3" in versions_html(held) and "Before drafting anew" in versions_html(held)

    def test_parts_that_are_typed_into_are_sent_anew_only_when_the_program_changed_them(self, page: Page) -> None:
        def signs() -> dict[str, str]:
            html = wire_html(page.place, Surroundings())
            found = [part.split('"') for part in html.split('<i data-part="')[1:]]
            return {part[0]: part[2] for part in found}

        page.do("outline")
        before = signs()
        page.form["facts"] = "两癌筛查目标7000人"
        page.sent = {"outline": [{"text": "自己改的标题", "reason": "本单位", "wanted": True}]}
        page.do("form")
        after = signs()
        assert {name for name in before if before[name] != after[name]} <= {"said", "shelf", "name"}
        page.do("outline")
        assert signs()["outline"] != after["outline"] and signs()["form"] == after["form"]
