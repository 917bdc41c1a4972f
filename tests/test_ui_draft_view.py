"""The tab 起草: its parts as HTML, and the files that it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from assistant.drafting.types import (
    DraftCheck,
    DraftSection,
    Fact,
    Manuscript,
    Order,
    Source,
)
from assistant.drafting.workspace import Form, Heading, Offered, Work
from ingest.settings import Settings
from tests.draft_page import EVIL, FIRST, Page, Writer, citation, drafted
from ui import strings
from ui.access import Access
from ui.draft_desk import Place
from ui.draft_downloads import add_draft_downloads, file_name
from ui.draft_form import Surroundings, form_html, offers_html, outline_html
from ui.draft_paper import State, section_html, title_html
from ui.draft_side import checks_html, exemplars_html, why_html
from ui.draft_wire import wire_html


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
                return writer

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
        made = Manuscript(asked, EVIL, (section,), (citation(EVIL),), (), (check,), (EVIL,))
        form = Form(**dict.fromkeys(("org", "tone", "facts", "addressee"), EVIL))
        offer = Offered(EVIL, EVIL, EVIL, series=((2024, "target", EVIL),), note=EVIL)
        work = Work(form, (Heading(EVIL, EVIL),), (offer,), made)
        parts = [form_html(form, Surroundings((EVIL,), EVIL)), outline_html(work.outline), title_html(made)]
        parts += [offers_html(work.offers, asked=True), section_html(work, 0, State(no_model=EVIL))]
        parts += [why_html(work, 0), checks_html(made, busy=False), exemplars_html(section)]
        parts.append(wire_html(Place("n", work, name=EVIL, said=EVIL, added=EVIL), Surroundings((EVIL,), EVIL)))
        for html in parts:
            assert "<img" not in html

    def test_placeholders_and_findings_are_marked_where_they_stand(self) -> None:
        at = FIRST.index("6000人")
        made = replace(drafted(), checks=(DraftCheck("figure_role", "error", 0, at, at + 5, "请核对"),))
        shown = section_html(Work(manuscript=made), 0, State())
        assert '<mark class="todo"' in shown and '<mark class="flag error" data-checks="0">6000人</mark>' in shown
        assert 'data-check="0"' in checks_html(made, busy=False)

    def test_a_sentence_tells_its_fact_or_its_exemplar(self) -> None:
        told = why_html(Work(manuscript=drafted()), 0).split('data-because="')[1:]
        assert citation().quote in told[0] and strings.DRAFT_SOURCE_KINDS["exemplar"] in told[0]
        assert "两癌筛查目标6000人" in told[1] and strings.DRAFT_SOURCE_KINDS["fact"] in told[1]
        assert strings.DRAFT_WHY_NONE in told[2]

    def test_without_a_model_a_section_cannot_be_written_again_and_the_reason_is_told(self) -> None:
        shown = section_html(Work(manuscript=drafted()), 0, State(no_model="没有模型"))
        (again,) = [part for part in shown.split("<button") if 'data-do="again"' in part]
        assert "disabled" in again and "没有模型" in again
        assert 'value="llm" disabled' in form_html(Form(), Surroundings((), "没有模型"))

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
