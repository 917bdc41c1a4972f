"""Users, what each role may do, and the errors that somebody signing in can meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from ingest.errors import ReportAssistantError

Role = Literal["reader", "writer", "keeper"]
"""读者, 撰稿, 管理."""

Action = Literal["ask", "draft", "export", "correct", "ingest", "forget", "audit", "users"]

ROLE_NAMES: dict[Role, str] = {"reader": "读者", "writer": "撰稿", "keeper": "管理"}
"""Every role in Chinese, the one with the fewest rights first."""

ACTION_NAMES: dict[Action, str] = {
    "ask": "提问",
    "draft": "起草",
    "export": "导出",
    "correct": "更正",
    "ingest": "读入文件",
    "forget": "移除报告",
    "audit": "查看操作记录",
    "users": "管理用户",
}


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who uses the page. `created` is aware (UTC)."""

    name: str
    role: Role
    created: datetime


LOCAL = User("", "keeper", datetime(1970, 1, 1, tzinfo=UTC))
"""Whoever sits at this machine, as long as no users are set up; owns what has no owner."""


@dataclass(frozen=True, slots=True)
class Token:
    """A program's right to act for a user. The secret itself is shown once and kept nowhere."""

    id: str
    user: str
    label: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit. `outcome`: `ok`, `begun` (nobody knows how it ended), or what went wrong.

    `who` is a user's name, or the operating system's name for whoever used the command line.
    """

    id: int
    at: datetime
    who: str
    action: str
    what: str
    outcome: str


class WrongPassword(ReportAssistantError):
    """Name and password do not belong together; nobody is told which of them is wrong."""

    def __init__(self) -> None:
        super().__init__("用户名或密码不对", "请重新输入；忘记密码请找管理员重设")


class TooManyTries(ReportAssistantError):
    """Too many wrong passwords; `seconds` from now the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__("输错的次数太多", f"请在 {max(1, -(-seconds // 60))} 分钟后再试")
        self.seconds = max(1, seconds)


class UnfitAccount(ReportAssistantError):
    """A name, a password, a role or a label that cannot be taken; choose another one."""


class NotAllowed(ReportAssistantError):
    """The user's role does not include this."""


class NotAudited(ReportAssistantError):
    """What must leave a line in the audit was not done, because the line could not be written."""
