"""The audit: a line for everything that counts, kept for good, and no such thing done without it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from assistant.accounts import Audit, NotAudited
from assistant.accounts.audit import BEGUN
from assistant.conversations import Conversations, Turn
from ingest.errors import NotFound


def test_lines_come_back_newest_first_and_by_person(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    audit.write("甲", "export", "对话一")
    audit.write("乙", "login", "10.0.0.1", outcome="用户名或密码不对")
    audit.write("甲", "forget", "报告 3")
    assert [line.what for line in audit.lines()] == ["报告 3", "10.0.0.1", "对话一"]
    assert [line.what for line in audit.lines(who="甲")] == ["报告 3", "对话一"]
    assert [line.outcome for line in audit.lines(limit=2)] == ["ok", "用户名或密码不对"]
    assert all(line.at.tzinfo is not None for line in audit.lines())


def test_nothing_is_read_or_written_where_nothing_was_audited(tmp_path: Path) -> None:
    assert Audit(tmp_path).lines() == ()
    assert list(tmp_path.iterdir()) == []


def test_an_action_leaves_one_line_that_says_how_it_ended(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    with audit.recorded("甲", "export", "一"):
        assert audit.lines()[0].outcome == BEGUN
    with pytest.raises(NotFound), audit.recorded("甲", "forget", "二"):
        raise NotFound("没有这份报告", "请另选")
    with pytest.raises(ZeroDivisionError), audit.recorded("甲", "correct", "三"):
        raise ZeroDivisionError
    with audit.recorded("甲", "ingest", "四") as ending:
        ending.outcome = "1 个文件失败"
    outcomes = [line.outcome for line in reversed(audit.lines())]
    assert outcomes == ["ok", "没有这份报告", "ZeroDivisionError", "1 个文件失败"]


def test_a_line_stays_on_one_line_and_turns_nothing_around(tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    audit.write("甲\n乙", "export", "a\u202eb\x00\ud800" + "长" * 2000)
    (line,) = audit.lines()
    assert line.who == "甲 乙"
    assert line.what.startswith("a b") and len(line.what) <= 500
    assert "\u202e" not in line.what and "\x00" not in line.what


def test_lines_can_be_neither_changed_nor_taken_away(tmp_path: Path) -> None:
    Audit(tmp_path).write("甲", "export", "一")
    connection = sqlite3.connect(tmp_path / "app.db")
    for change in ("DELETE FROM audit", "UPDATE audit SET who = '乙'", "UPDATE audit SET outcome = 'x'"):
        with pytest.raises(sqlite3.IntegrityError, match="audit lines"):
            connection.execute(change)
    connection.close()


def test_what_cannot_be_audited_is_not_done_but_everything_is_still_read(tmp_path: Path) -> None:
    kept = Conversations(tmp_path)
    kept.start("甲", Turn("签约多少？"))
    audit = Audit(tmp_path)
    audit.write("甲", "login", "")
    blocked = sqlite3.connect(tmp_path / "app.db")
    blocked.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
    blocked.commit()
    blocked.close()
    done = []
    with pytest.raises(NotAudited, match="没有导出") as refused, audit.recorded("甲", "export", "一"):
        done.append(1)
    assert not done and "\n" not in str(refused.value)
    assert len(kept.newest("甲")) == 1 and len(audit.lines()) == 1
    with audit.recorded("甲", "export", "一", strict=False):
        done.append(2)
    assert done == [2]


def test_an_action_that_makes_its_directory_is_audited_after_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Audit(home).recorded("甲", "ingest", "材料", strict=False):
        home.mkdir()
    assert [(line.what, line.outcome) for line in Audit(home).lines()] == [("材料", "ok")]


def test_many_threads_write_and_none_loses_a_line(tmp_path: Path) -> None:
    audit = Audit(tmp_path)

    def work(name: int) -> None:
        for number in range(10):
            with audit.recorded(str(name), "export", str(number)):
                pass

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = audit.lines(limit=1000)
    assert len(lines) == 60 and {line.outcome for line in lines} == {"ok"}
    assert [line.id for line in lines] == sorted((line.id for line in lines), reverse=True)
