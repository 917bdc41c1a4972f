"""Conversations on disk: kept in order, found again, deleted with a way back, apart for each owner."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answer import Sentence
from assistant.conversations import Conversations, NotKept, Turn
from assistant.conversations.database import MIGRATIONS
from assistant.conversations.types import TITLE_LENGTH, history_of
from ingest.errors import NotFound
from tests.answer_builders import answer, citation

ROOT = Path(__file__).parents[1]
CITED = answer(Sentence("签约8.4万人。", (1,)), citations=(citation(),))


class Clock:
    """A clock that goes on by a minute whenever it is read, or as far as it is told."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Conversations:
    return Conversations(tmp_path, clock)


def test_turns_come_back_in_order_with_their_answers(kept: Conversations) -> None:
    talk = kept.start("", Turn("签约多少？", CITED))
    kept.append("", talk.id, Turn("那前一年呢？", fault="出错了，请重试。"))
    first, second = kept.turns("", talk.id)
    assert (first.question, first.answer, first.fault) == ("签约多少？", CITED, None)
    assert (second.question, second.answer, second.fault) == ("那前一年呢？", None, "出错了，请重试。")
    assert first.asked_at is not None and second.asked_at is not None and first.asked_at < second.asked_at
    assert history_of([first, second]) == ["签约多少？"]


def test_the_first_question_is_the_title_shortened_to_one_line(kept: Conversations) -> None:
    assert kept.start("", Turn("签约\n多少？")).title == "签约 多少？"
    long = kept.start("", Turn("问" * 100)).title
    assert (len(long), long[-1]) == (TITLE_LENGTH, "…")
    empty = kept.create("")
    assert empty.title == ""
    assert kept.append("", empty.id, Turn("签约多少？")).title == "签约多少？"
    assert kept.append("", empty.id, Turn("还有呢？")).title == "签约多少？"


def test_the_latest_used_conversation_stands_first(kept: Conversations) -> None:
    one, two = kept.start("", Turn("一")), kept.start("", Turn("二"))
    assert [item.id for item in kept.newest("")] == [two.id, one.id]
    kept.append("", one.id, Turn("又问"))
    listed = kept.newest("")
    assert [(item.id, item.turns) for item in listed] == [(one.id, 2), (two.id, 1)]
    assert [item.id for item in kept.newest("", limit=1)] == [one.id]


def test_search_looks_into_titles_and_all_questions_for_every_word(kept: Conversations) -> None:
    one = kept.start("", Turn("青禾县签约多少？"))
    kept.append("", one.id, Turn("ICU床位100%使用吗？"))
    two = kept.start("", Turn("临泽市筛查"))
    kept.rename("", two.id, "给局长的材料")

    def found(words: str) -> list[str]:
        return [item.id for item in kept.newest("", words)]

    assert found("签约") == found("icu 青禾") == found("0%") == [one.id]
    assert found("局长") == found("临泽") == [two.id]
    assert found("签约 局长") == found("%_") == []


def test_a_deleted_conversation_can_be_brought_back_for_thirty_days(kept: Conversations, clock: Clock) -> None:
    talk = kept.start("", Turn("签约多少？", CITED))
    kept.delete("", talk.id)
    assert kept.newest("") == []
    for gone in (lambda: kept.turns("", talk.id), lambda: kept.append("", talk.id, Turn("再问"))):
        with pytest.raises(NotFound):
            gone()
    kept.restore("", talk.id)
    assert kept.turns("", talk.id)[0].answer == CITED

    kept.delete("", talk.id)
    clock.now += timedelta(days=29)
    kept.start("", Turn("别的"))
    assert kept.find("", talk.id, deleted=True).id == talk.id
    clock.now += timedelta(days=2)
    kept.start("", Turn("又一个"))
    with pytest.raises(NotFound):
        kept.restore("", talk.id)


def test_what_is_gone_for_good_leaves_no_words_in_the_file(kept: Conversations, clock: Clock, tmp_path: Path) -> None:
    talk = kept.start("", Turn("绝无仅有的一问"))
    kept.delete("", talk.id)
    clock.now += timedelta(days=31)
    kept.start("", Turn("别的"))
    left = b"".join(path.read_bytes() for path in tmp_path.glob("app.db*"))
    assert "绝无仅有".encode() not in left
    assert "别的".encode() in left


def test_owners_never_meet_each_others_conversations(kept: Conversations) -> None:
    own = kept.start("甲", Turn("甲的问题"))
    assert kept.newest("乙") == kept.newest("") == []
    attempts = (
        lambda: kept.get("乙", own.id),
        lambda: kept.find("乙", own.id),
        lambda: kept.turns("乙", own.id),
        lambda: kept.append("乙", own.id, Turn("混入")),
        lambda: kept.rename("乙", own.id, "改掉"),
        lambda: kept.delete("乙", own.id),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    kept.delete("甲", own.id)
    with pytest.raises(NotFound):
        kept.restore("乙", own.id)
    kept.restore("甲", own.id)
    assert [(item.title, item.turns) for item in kept.newest("甲")] == [("甲的问题", 1)]


def test_an_id_may_be_shortened_as_long_as_it_is_the_only_one(kept: Conversations) -> None:
    talks = [kept.start("", Turn(str(n))) for n in range(17)]
    assert len({talk.id for talk in talks}) == 17
    assert kept.find("", talks[3].id[:10]).id == talks[3].id
    shared = next(first for first in "0123456789abcdef" if sum(talk.id[0] == first for talk in talks) > 1)
    for wrong in (shared, "", "%", "_" * 32, "zz"):
        with pytest.raises(NotFound):
            kept.find("", wrong)


def test_titles_are_kept_on_one_line_and_never_empty(kept: Conversations) -> None:
    talk = kept.start("", Turn("问"))
    assert kept.rename("", talk.id, "  年终\n材料 ").title == "年终 材料"
    assert kept.get("", talk.id).title == "年终 材料"
    with pytest.raises(NotFound):
        kept.rename("", talk.id, " \n")


def test_half_a_surrogate_pair_from_a_browser_is_kept_as_a_question_mark(kept: Conversations) -> None:
    talk = kept.start("", Turn("问\ud83d"))
    assert kept.turns("", talk.id)[0].question == "问?"


def test_nothing_is_written_before_something_is_kept(kept: Conversations, tmp_path: Path) -> None:
    assert kept.newest("") == []
    with pytest.raises(NotFound):
        kept.get("", "abc")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotKept):
        Conversations(tmp_path / "nowhere").start("", Turn("问"))
    assert list(tmp_path.iterdir()) == []


def test_a_broken_a_barred_and_a_newer_file_are_told_in_one_line(tmp_path: Path) -> None:
    def told(home: Path) -> set[str]:
        kept = Conversations(home)
        lines = set()
        for attempt in (lambda: kept.newest(""), lambda: kept.start("", Turn("问"))):
            with pytest.raises(NotKept) as fault:
                attempt()
            lines.add(str(fault.value))
            assert "\n" not in str(fault.value) and "请" in str(fault.value)
        return lines

    for name in ("broken", "barred", "newer"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken" / "app.db").write_bytes(b"no database at all" * 500)
    (tmp_path / "barred" / "app.db").mkdir()
    with sqlite3.connect(tmp_path / "newer" / "app.db") as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert "已损坏" in told(tmp_path / "broken").pop()
    assert "权限" in told(tmp_path / "barred").pop()
    with pytest.raises(NotKept, match="更新版本"):
        Conversations(tmp_path / "newer").start("", Turn("问"))
    with pytest.raises(NotKept, match="更新版本"):
        Conversations(tmp_path / "newer").newest("")


def test_a_stored_answer_that_cannot_be_read_any_more_says_so_and_spares_the_others(
    kept: Conversations, tmp_path: Path
) -> None:
    talk = kept.start("", Turn("一", CITED))
    kept.append("", talk.id, Turn("二", CITED))
    with sqlite3.connect(tmp_path / "app.db") as direct:
        direct.execute("UPDATE turns SET answer = '{\"sentences\": 3}' WHERE ordinal = 1")
    direct.close()
    first, second = kept.turns("", talk.id)
    assert first.answer is None and "重新提问" in (first.fault or "")
    assert second.answer == CITED


def test_many_threads_start_and_continue_conversations_at_once(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    faults: list[BaseException] = []

    def work(name: int) -> None:
        try:
            talk = kept.start("", Turn(f"{name}-0"))
            for n in range(1, 6):
                kept.append("", talk.id, Turn(f"{name}-{n}"))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    for talk in kept.newest(""):
        questions = [turn.question for turn in kept.turns("", talk.id)]
        assert questions == [f"{questions[0][0]}-{n}" for n in range(6)]


_APPENDER = """
import sys
from pathlib import Path
from assistant.conversations import Conversations, Turn
kept, talk = Conversations(Path(sys.argv[1])), sys.argv[2]
for n in range(int(sys.argv[3])):
    kept.append("", talk, Turn(f"{sys.argv[4]}{n}"))
    print(n, flush=True)
"""


def appending(home: Path, talk: str, count: int, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _APPENDER, str(home), talk, str(count), name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_add_to_one_conversation_and_lose_nothing(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    talk = kept.create("").id
    both = [appending(tmp_path, talk, 25, name) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    for process in both:
        assert process.stdout is not None
        process.stdout.close()
    questions = [turn.question for turn in kept.turns("", talk)]
    assert sorted(questions) == sorted(f"{name}{n}" for name in "ab" for n in range(25))
    assert [question for question in questions if question[0] == "a"] == [f"a{n}" for n in range(25)]


def test_a_process_killed_while_writing_keeps_all_that_it_acknowledged(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    talk = kept.create("").id
    acknowledged = 0
    for round_ in range(3):
        process = appending(tmp_path, talk, 100_000, f"{round_}-")
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.kill()
        acknowledged += 1 + len(process.stdout.readlines())
        process.stdout.close()
        process.wait()
    turns = kept.turns("", talk)
    assert acknowledged <= len(turns) <= acknowledged + 3
    kept.append("", talk, Turn("之后"))
    assert kept.turns("", talk)[-1].question == "之后"
