"""The side list, the badge below an answer, and the downloads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document
from hypothesis import given
from starlette.testclient import TestClient

from assistant.answer import Answer, Check, Sentence
from assistant.conversations import Conversation, Conversations, Turn
from assistant.conversations.sources import held_by
from ingest.settings import Settings
from tests.answer_builders import answer, citation
from tests.builders import report
from tests.test_conversations_store import Clock
from tests.test_ui_render import NASTY, Reader
from ui.access import Access
from ui.app import create_app
from ui.checked import checked_html
from ui.desk import Listed
from ui.reading import lost_html
from ui.render import messages
from ui.strings import model_label
from ui.talks import talks_html

NOW = Clock()()
TALK = Conversation("a1" * 16, "签约多少？", "", NOW, NOW, 2)


def test_the_open_conversation_is_marked_and_has_the_tools() -> None:
    other = replace(TALK, id="b2" * 16, title="筛查", updated=NOW - timedelta(days=400))
    html = talks_html(Listed((TALK, other)), TALK.id, now=NOW)
    read = Reader(html)
    assert f'data-current="{TALK.id}"' in html
    assert read.texts["title"] == ["签约多少？", "筛查"]
    assert [link for link in read.links if other.id in link] == [f"#talk-{other.id}"]
    assert {f"#rename-{TALK.id}", f"#delete-{TALK.id}", f"/conversations/{TALK.id}.docx"} <= set(read.links)
    assert read.texts["when"][1].endswith("月") and ":" in read.texts["when"][0]


def test_what_was_deleted_can_be_undone_and_what_is_wrong_is_told() -> None:
    assert f"#undo-{TALK.id}" in Reader(talks_html(Listed(), deleted=TALK)).links
    assert "已损坏" in talks_html(Listed(fault="对话记录已损坏，请恢复。"))
    assert "没有找到" in talks_html(Listed(), search="x")
    assert "保存在这里" in talks_html(Listed())


@given(NASTY)
def test_a_title_is_shown_as_text_whatever_it_holds(title: str) -> None:
    read = Reader(talks_html(Listed((replace(TALK, title=title),), title), TALK.id, deleted=replace(TALK, title=title)))
    assert read.tags <= {"div", "ul", "li", "a", "span", "p"}
    assert not [link for link in read.links if not link.startswith(("#", "/conversations/"))]


def checked(*checks: Check, **changes: object) -> str:
    made: Answer = replace(answer(Sentence("签约8.4万人。", (1,))), checks=checks, **changes)
    texts = Reader(checked_html(made)).texts
    return " ".join([*texts.get("by", ()), *texts.get("note", ())])


def test_the_badge_says_who_wrote_and_how_many_sentences_were_checked() -> None:
    assert checked(Check("checked", sentence=0), Check("mended", "数字不符", 1)) == "原文摘录已核对 2 句"
    assert "语言模型 qwen-7b" in checked(Check("checked", sentence=0), composer="llm", model="qwen-7b")


def test_what_did_not_stand_is_counted_with_its_reason() -> None:
    said = checked(
        Check("checked", sentence=0), Check("dropped", "数字在依据中查不到"), Check("quoted", "没有注明依据", 1)
    )
    assert "已核对 1 句" in said
    assert "1 句未通过核对，未采用：数字在依据中查不到" in said
    assert "1 句未通过核对，改用原文：没有注明依据" in said


def test_a_note_is_shown_and_an_abstention_names_no_writer() -> None:
    assert "模型没有回应" in checked(note="模型没有回应，以下为原文摘录。")
    assert checked_html(answer(Sentence("档案中未找到。", ()), abstained=True)) == ""


def test_a_kept_answer_says_which_of_its_sources_the_archive_holds_no_longer() -> None:
    kept = Turn(
        "问", answer(Sentence("签约8.4万人。", (1,)), citations=(citation(1), citation(2, source_file="白石.txt")))
    )
    here = replace(report(1, None, None, None, 2023), title=citation().report, sources=("青禾.txt",))
    html = messages([kept], held=held_by([here]))[1]["content"]
    assert html.count("来源已不在档案中") == 1
    assert "签约8.4万人。" in html
    assert "来源已不在" not in messages([kept])[1]["content"]


@given(NASTY)
def test_a_source_that_is_gone_is_shown_by_its_kept_quote_as_text(quote: str) -> None:
    html = lost_html(citation(1, quote, report=quote), "已不在档案中", opened=True)
    assert Reader(html).tags == {"div", "p", "blockquote", "a"}
    assert "fault" in html and "fault" not in lost_html(citation(), "已不在档案中", opened=False)


def test_the_model_is_named_once_with_the_place_where_it_runs() -> None:
    assert model_label("qwen", "本机文件 qwen.gguf") == "语言模型 · 本机文件 qwen.gguf · 逐句核对后显示"
    assert model_label("deepseek", "外部服务 api.example.com").startswith("语言模型 deepseek · 外部服务")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    access = Access(Settings(tmp_path))
    with TestClient(create_app(access), base_url="http://127.0.0.1") as made:
        yield made
    access.close()


def test_a_conversation_is_taken_away_as_a_file_under_its_title(client: TestClient, tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    shown = answer(Sentence("签约8.4万人。", (1,)), citations=(citation(),))
    talk = kept.start("", Turn("青禾县签约多少？", shown))
    word = client.get(f"/conversations/{talk.id}.docx")
    assert word.status_code == 200
    assert unquote(word.headers["content-disposition"]).endswith("青禾县签约多少？.docx")
    assert word.headers["x-content-type-options"] == "nosniff"
    assert "签约8.4万人。〔1〕" in [item.text for item in Document(io.BytesIO(word.content)).paragraphs]
    assert "签约8.4万人。〔1〕" in client.get(f"/conversations/{talk.id}.md").text


def test_other_peoples_unknown_and_deleted_conversations_cannot_be_taken(client: TestClient, tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    other, own = kept.start("别人", Turn("问")), kept.start("", Turn("问"))
    kept.delete("", own.id)
    for number in (other.id, own.id, "x", "..%2f..%2fapp.db"):
        assert client.get(f"/conversations/{number}.md").status_code == 404
    assert client.get(f"/conversations/{other.id}.exe").status_code == 404
