"""The audit: who did what to the archive, and what left it. Lines are added in app.db and never taken away.

An action that must be audited is begun only when its line could be written; how it ended completes the line. Where the
end cannot be written the line stays `begun`, which is true.
"""

from __future__ import annotations

import getpass
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.accounts.types import Line, NotAudited
from assistant.conversations.database import reading, writing
from assistant.conversations.types import NotKept
from ingest.errors import ReportAssistantError

logger = logging.getLogger(__name__)

OK, BEGUN = "ok", "begun"
ACTIONS = {
    "ingest": "读入",
    "forget": "移除",
    "backup": "备份",
    "restore": "恢复",
    "correct": "更正",
    "export": "导出",
    "draft": "起草",
    "login": "登录",
    "logout": "退出",
    "users": "用户管理",
}
"""What is audited, as a line names it, in Chinese."""

_WHAT = "操作"
_LONGEST = 500


@dataclass(slots=True)
class Ending:
    """How an audited action ended; to be changed while it goes on."""

    outcome: str = OK


def _now() -> datetime:
    return datetime.now(UTC)


class Audit:
    """The audit of one archive directory. Safe to use from several threads and processes."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._home = home
        self._clock = clock

    def write(self, who: str, action: str, what: str, *, outcome: str = OK) -> None:
        """Add a line. Raises NotAudited where it cannot be written: what it was to tell must then not be done."""
        self._add(who, action, what, outcome)

    @contextmanager
    def recorded(self, who: str, action: str, what: str, *, strict: bool = True) -> Iterator[Ending]:
        """One line around an action, which raises NotAudited before anything was done; the outcome of a failed action
        is its fault. Not `strict`: the action is done all the same (and may make the directory that the line goes to).
        """
        number = self._begin(who, action, what, strict=strict)
        ending = Ending()
        try:
            yield ending
        except ReportAssistantError as error:
            ending.outcome = error.fault
            raise
        except KeyboardInterrupt:
            ending.outcome = "已停止"
            raise
        except BaseException as error:
            ending.outcome = type(error).__name__
            raise
        finally:
            self._complete(number, (who, action, what, ending.outcome))

    def lines(self, limit: int = 200, who: str | None = None) -> tuple[Line, ...]:
        """The newest lines first. Raises NotKept where app.db cannot be read."""
        columns = "id, at, who, action, what, outcome"
        sql = f"SELECT {columns} FROM audit WHERE ?1 IS NULL OR who = ?1 ORDER BY id DESC LIMIT ?2"
        with reading(self._home, _WHAT) as connection:
            rows = [] if connection is None else connection.execute(sql, (who, max(0, limit))).fetchall()
        return tuple(Line(row[0], datetime.fromisoformat(row[1]), *row[2:]) for row in rows)

    def _begin(self, who: str, action: str, what: str, *, strict: bool) -> int | None:
        try:
            return self._add(who, action, what, BEGUN)
        except NotAudited as fault:
            if strict:
                raise
            logger.warning("%s", fault)
            return None

    def _add(self, who: str, action: str, what: str, outcome: str) -> int:
        values = (self._clock().isoformat(), *map(_line, (who, action, what, outcome)))
        try:
            with writing(self._home, _WHAT) as connection:
                sql = "INSERT INTO audit (at, who, action, what, outcome) VALUES (?, ?, ?, ?, ?)"
                return int(connection.execute(sql, values).lastrowid or 0)
        except (NotKept, sqlite3.Error) as error:
            reason = error.fault if isinstance(error, NotKept) else str(error)
            raise NotAudited(
                f"记不下操作记录，没有{ACTIONS.get(action, action)}（{reason}）", "请检查磁盘和权限后重试"
            ) from error

    def _complete(self, number: int | None, line: tuple[str, str, str, str]) -> None:
        try:
            if number is None:
                self._add(*line)
                return
            with writing(self._home, _WHAT) as connection:
                connection.execute("UPDATE audit SET outcome = ? WHERE id = ?", (_line(line[-1]) or OK, number))
        except (NotAudited, NotKept, sqlite3.Error) as error:  # it is done by now
            logger.warning("%s", error)


def at_this_machine() -> str:
    """The operating system's name for whoever uses the command line."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # none of the ways to learn it works (a container without users)
        return "命令行"


def _line(text: str) -> str:
    """On one line, without characters that turn what follows around or that SQLite refuses."""
    shown = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(shown.split())[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
