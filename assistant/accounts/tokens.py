"""Tokens by which other programs act for a user."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime

from assistant.accounts.sessions import digest_of, new_secret
from assistant.accounts.types import Token, UnfitAccount
from ingest.errors import NotFound

PREFIX = "ra-"
"""Begins every token, so that one that has slipped into a file can be searched for."""
LONGEST_LABEL = 64


def fit_label(label: str) -> str:
    """The label on one line. Raises UnfitAccount for an empty one."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in label).split())[:LONGEST_LABEL]
    if not plain:
        raise UnfitAccount("没有写令牌的用途", "请写上它给什么程序用")
    return plain


def insert(connection: sqlite3.Connection, name: str, label: str, now: datetime) -> str:
    """A new token; gives its secret, which is not kept."""
    secret = PREFIX + new_secret()
    values = (secrets.token_hex(4), digest_of(secret), name, fit_label(label), now.isoformat())
    connection.execute("INSERT INTO tokens (id, digest, user, label, created) VALUES (?, ?, ?, ?, ?)", values)
    return secret


def select(connection: sqlite3.Connection, name: str | None) -> tuple[Token, ...]:
    """All tokens, or those of one user, oldest first."""
    sql = "SELECT id, user, label, created FROM tokens WHERE ?1 IS NULL OR user = ?1 ORDER BY created, id"
    rows = connection.execute(sql, (name,))
    return tuple(Token(number, user, label, datetime.fromisoformat(created)) for number, user, label, created in rows)


def revoke(connection: sqlite3.Connection, number: str) -> None:
    """Raises NotFound."""
    if not connection.execute("DELETE FROM tokens WHERE id = ?", (number,)).rowcount:
        raise NotFound(f"没有编号为 {number[:32]} 的令牌", "请用 report-assistant users token list 查看")


def user_of(connection: sqlite3.Connection, secret: str) -> str | None:
    """The name of the user that the token acts for."""
    row = connection.execute("SELECT user FROM tokens WHERE digest = ?", (digest_of(secret),)).fetchone()
    return None if row is None else str(row[0])
