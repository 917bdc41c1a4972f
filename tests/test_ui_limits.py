"""One person at the page does not keep the others from it, whatever is sent in his name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.conversations import Conversations
from assistant.drafting.store import DraftStore
from assistant.events import Progress
from assistant.filters import Filters
from assistant.limits import MAX_QUESTION
from ingest.errors import BadOrder
from ingest.settings import Settings
from tests.assistant_builders import FILES, ingest
from tests.draft_page import ORG, Writer
from ui import desk, draft_desk, strings
from ui.access import Access
from ui.conversing import Conversing
from ui.desk import NEW, Desk
from ui.draft_desk import DraftDesk
from ui.draft_place import Place, typed
from ui.draft_writing import Writing


class Slow:
    """Answers nothing before it may."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.asked: list[str] = []

    def ask_stream(self, question: str, history: list[str], **filters: Any) -> Iterator[Progress]:
        self.asked.append(question)
        yield Progress("…")
        self.may.wait(20)


@pytest.fixture
def slow() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.may.set()


@pytest.fixture
def conversing(tmp_path: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> Conversing:
    Conversations(tmp_path).create("")
    access = Access(Settings(home=tmp_path))
    monkeypatch.setattr(access, "assistant", lambda: slow)
    monkeypatch.setattr(access, "held", frozenset)
    return Conversing(access, Desk(access))


def test_so_many_questions_of_one_person_are_answered_at_once_and_no_more(
    conversing: Conversing, slow: Slow, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(desk.AT_ONCE + 3):
        next(conversing.ask(f"s{number}", f"第{number}问", Filters(), [], NEW, ""))
    assert len(slow.asked) <= desk.AT_ONCE
    assert strings.BUSY_ELSEWHERE in capsys.readouterr().out


def test_an_endless_question_is_cut_before_it_is_kept(conversing: Conversing, slow: Slow, tmp_path: Path) -> None:
    shown = next(conversing.ask("s", "问" * 1_000_000, Filters(), [], NEW, ""))
    assert len(str(shown)) < 10 * MAX_QUESTION
    slow.may.set()
    assert all(len(question) == MAX_QUESTION + 1 for question in slow.asked)


def test_so_many_drafts_of_one_person_are_written_at_once_and_no_more(tmp_path: Path) -> None:
    writer = Writer()
    writer.gate.clear()
    drafts = DraftDesk(lambda: writer, DraftStore(tmp_path))
    writing = Writing(drafts)

    def begun(number: int) -> Place:
        place = drafts.begin(f"n{number}")
        place.work = typed(place, {"form": {"org": ORG, "year": str(2020 + number)}})
        writing.whole(place)
        return place

    try:
        places = [begun(number) for number in range(draft_desk.AT_ONCE)]
        with pytest.raises(BadOrder, match="几份草稿正在起草"):
            begun(draft_desk.AT_ONCE)
    finally:
        writer.gate.set()
    for place in places:
        assert all(True for _ in drafts.watch(place)) and place.run is None
    begun(draft_desk.AT_ONCE)


@pytest.mark.parametrize("size", ["1e999", '"x"', "[" * 5000, "null"])
def test_a_list_of_files_that_is_none_is_refused_in_one_line(tmp_path: Path, size: str) -> None:
    from fastapi import FastAPI

    from ui.archive_collect import add_collecting

    app = FastAPI()
    add_collecting(app, Access(Settings(home=tmp_path)))
    client = TestClient(app, base_url="http://127.0.0.1")
    sent = f'{{"files": [{{"path": "a.txt", "size": {size}}}]}}'
    answered = client.post("/collect/begin", content=sent, headers={"x-from": "page"})
    assert answered.status_code == 409 and "请" in answered.text


@pytest.mark.parametrize("path", ["/library/{}/original", "/library/{}/sections/1", "/library/1/sections/{}"])
def test_a_number_larger_than_any_is_no_fault(tmp_path: Path, path: str) -> None:
    from fastapi import FastAPI

    from ui.archive_reports import add_reports

    access = Access(ingest(tmp_path / "home", FILES, embed=False))
    app = FastAPI()
    add_reports(app, access)
    client = TestClient(app, base_url="http://127.0.0.1")
    assert client.get(path.format("9" * 30)).status_code in (200, 404)
    access.close()
