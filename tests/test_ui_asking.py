"""A question being answered: watched, left, stopped, failed; kept exactly once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Sentence
from assistant.conversations import Turn
from assistant.events import Event, Finished, Progress, Shown
from assistant.filters import Filters
from ingest.errors import ArchiveBusy
from ingest.settings import Settings
from tests.answer_builders import answer, citation
from ui.access import Access
from ui.asking import Asking, Live
from ui.desk import Desk
from ui.strings import STOPPED_EARLY, STOPPED_MIDWAY, UNEXPECTED

ONE = Sentence("签约8.4万人。", (1,))
ANSWER = answer(ONE, citations=(citation(),))


class Slow:
    """Events that come when they are let through."""

    def __init__(self, *events: Event) -> None:
        self._events = events
        self.gate = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self) -> Iterator[Event]:
        try:
            for event in self._events:
                self.gate.acquire(timeout=20)
                yield event
        finally:
            self.closed.set()


def states(asking: Asking) -> Iterator[Live | Turn]:
    return (state for state in asking.watch() if state is not None)


def test_steps_and_sentences_are_seen_as_they_come_and_the_turn_at_the_end() -> None:
    slow, kept = Slow(Progress("正在检索"), Shown(ONE, ANSWER.citations), Finished(ANSWER)), list[Turn]()
    asking = Asking("签约多少？", slow, kept.append)
    seen = states(asking)
    assert next(seen) == Live("签约多少？")
    slow.gate.release()
    assert next(seen) == Live("签约多少？", "正在检索")
    slow.gate.release()
    assert next(seen) == Live("签约多少？", "正在检索", (ONE,), ANSWER.citations)
    slow.gate.release()
    assert list(seen) == kept == [Turn("签约多少？", ANSWER)]
    assert slow.closed.wait(5)


def test_stopping_answers_at_once_keeps_what_was_checked_and_closes_the_work_when_it_next_can() -> None:
    slow, kept = Slow(Shown(ONE, ANSWER.citations), Progress("正在撰写"), Finished(ANSWER)), list[Turn]()
    asking = Asking("签约多少？", slow, kept.append)
    slow.gate.release()
    seen = states(asking)
    while not (state := next(seen)).sentences:
        assert isinstance(state, Live)
    asking.stop()
    (turn,) = list(seen)
    assert isinstance(turn, Turn) and turn.answer is not None
    assert (turn.answer.sentences, turn.answer.note) == ((ONE,), STOPPED_MIDWAY)
    assert not slow.closed.is_set()
    slow.gate.release()
    assert slow.closed.wait(5)
    asking.stop()
    assert kept == [turn]


def test_stopping_before_anything_was_shown_leaves_the_question_with_a_word() -> None:
    slow, kept = Slow(Finished(ANSWER)), list[Turn]()
    Asking("签约多少？", slow, kept.append).stop()
    slow.gate.release()
    assert kept == [Turn("签约多少？", fault=STOPPED_EARLY)]


@pytest.mark.parametrize(
    ("error", "said"),
    [(ArchiveBusy("档案正忙", "请稍后再试"), "档案正忙，请稍后再试。"), (RuntimeError("secret"), UNEXPECTED)],
)
def test_what_goes_wrong_is_told_in_one_line(error: Exception, said: str) -> None:
    def events() -> Iterator[Event]:
        yield Progress("正在检索")
        raise error

    (*_, last) = states(Asking("签约多少？", events))
    assert last == Turn("签约多少？", fault=said)


def test_events_that_end_without_an_answer_are_an_error_and_no_endless_wait() -> None:
    (*_, last) = states(Asking("签约多少？", lambda: iter([Progress("正在检索")])))
    assert last == Turn("签约多少？", fault=UNEXPECTED)


def test_two_watchers_see_the_same_end() -> None:
    slow = Slow(Finished(ANSWER))
    asking = Asking("签约多少？", slow)
    seen: list[list[Live | Turn]] = [[], []]
    watchers = [threading.Thread(target=lambda out=out: out.extend(states(asking))) for out in seen]
    for watcher in watchers:
        watcher.start()
    slow.gate.release()
    for watcher in watchers:
        watcher.join(10)
    assert [out[-1] for out in seen] == [Turn("签约多少？", ANSWER)] * 2


class Answering:
    """Stands in for the assistant: answers at once, and remembers the history it was given."""

    def __init__(self) -> None:
        self.histories: list[tuple[str, ...]] = []

    def ask_stream(self, question: str, history: list[str], **filters: object) -> Iterator[Event]:
        self.histories.append(tuple(history))
        yield Finished(ANSWER)


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    made = Access(Settings(tmp_path / "home"))
    answering = Answering()
    monkeypatch.setattr(made, "assistant", lambda: answering)
    return made


def ask(desk: Desk, key: str, turns: list[Turn], question: str) -> str:
    key, asking = desk.ask(key, turns, question, Filters())
    (*_, last) = asking.watch()
    assert isinstance(last, Turn)
    turns.append(last)
    return key


def test_what_is_asked_is_kept_and_is_the_history_of_the_next_question(access: Access, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    desk, turns = Desk(access), list[Turn]()
    key = ask(desk, "", turns, "签约多少？")
    assert ask(desk, key, turns, "前一年呢？") == key
    assert [turn.question for turn in desk.open(key)] == ["签约多少？", "前一年呢？"]
    assert desk.listed().conversations[0].title == "签约多少？"
    assert access.assistant().histories == [(), ("签约多少？",)]


def test_a_conversation_that_cannot_be_kept_is_answered_and_kept_as_soon_as_it_can(
    access: Access, tmp_path: Path
) -> None:
    desk, turns = Desk(access), list[Turn]()
    key = ask(desk, "", turns, "签约多少？")
    assert turns[0].answer == ANSWER
    assert "没有保存" in desk.listed(key=key).fault
    (tmp_path / "home").mkdir()
    key = ask(desk, key, turns, "前一年呢？")
    assert [turn.question for turn in desk.open(key)] == ["签约多少？", "前一年呢？"]
    assert desk.listed(key=key).fault == ""


def test_a_broken_record_is_told_beside_the_conversation_and_stops_no_answer(access: Access, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "app.db").write_bytes(b"no database" * 500)
    desk, turns = Desk(access), list[Turn]()
    key = ask(desk, "", turns, "签约多少？")
    assert turns[0].answer == ANSWER
    assert "已损坏" in desk.listed(key=key).fault


def test_only_the_latest_view_of_a_session_counts(access: Access) -> None:
    desk = Desk(access)
    first = desk.look("a")
    assert desk.is_looking("a", first) and not desk.is_looking("b", first)
    second = desk.look("a")
    assert not desk.is_looking("a", first) and desk.is_looking("a", second)
    desk.leave("a")
    assert not desk.is_looking("a", second)
