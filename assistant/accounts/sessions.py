"""Sessions of the page: a secret in the browser, its digest on disk, ended 12 hours after it was last used."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3

LASTS = 12 * 3600.0
"""Seconds without use after which a session is over."""
MARKED = 5 * 60.0
"""Seconds between two writings of when a session was last used: not every request should write."""


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a random secret; being random, it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def begin(connection: sqlite3.Connection, name: str, secret: str, now: float) -> None:
    """Keep a new session of the user, and drop those that are over."""
    connection.execute("DELETE FROM sessions WHERE seen < ?", (now - LASTS,))
    connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (digest_of(secret), name, now, now))


def find(connection: sqlite3.Connection, secret: str, now: float) -> tuple[str, float] | None:
    """The user's name, and when the session was last marked as used; None for one that is over or never was."""
    # One that was last used long after now is from a time when the clock was wrong: nobody knows how old it is.
    sql = "SELECT user, seen FROM sessions WHERE digest = ? AND seen BETWEEN ? AND ?"
    row = connection.execute(sql, (digest_of(secret), now - LASTS, now + LASTS)).fetchone()
    return None if row is None else (str(row[0]), float(row[1]))


def mark(connection: sqlite3.Connection, secret: str, now: float) -> None:
    """The session is in use."""
    connection.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, digest_of(secret)))


def end(connection: sqlite3.Connection, secret: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM sessions WHERE digest = ?", (digest_of(secret),))


def end_all(connection: sqlite3.Connection, name: str) -> None:
    """End all sessions of a user."""
    connection.execute("DELETE FROM sessions WHERE user = ?", (name,))
