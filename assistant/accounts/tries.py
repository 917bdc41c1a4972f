"""How often a password may be tried: a sliding window of 15 minutes, kept on disk for all processes.

Counted for the name and the client together, so that nobody can lock another one out; more widely for the client alone
(one machine that goes through many names) and for the name alone (many machines that go for one).
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import sqlite3

from assistant.accounts.names import key_of
from assistant.accounts.types import TooManyTries

WINDOW = 15 * 60.0
"""Seconds that a wrong try counts."""
TRIES = 5
OF_CLIENT, OF_NAME = 30, 100


def begin_try(connection: sqlite3.Connection, name: str, client: str, now: float) -> int:
    """Count a try as a wrong one before it is known to be: a hundred at the same moment get no further than five.

    Gives its number for `forgive`. Raises TooManyTries, which counts nothing.
    """
    client = _machine(client)
    connection.execute("DELETE FROM tries WHERE at < ? OR at > ?", (now - WINDOW, now + WINDOW))
    digest = _digest(name)
    for where, values, most in (
        ("name = ? AND client = ?", (digest, client), TRIES),
        ("client = ? AND client <> ''", (client,), OF_CLIENT),
        ("name = ?", (digest,), OF_NAME),
    ):
        held = connection.execute(
            f"SELECT at FROM tries WHERE {where} ORDER BY at DESC LIMIT 1 OFFSET ?", (*values, most - 1)
        )
        row = held.fetchone()
        if row is not None:
            raise TooManyTries(math.ceil(row[0] + WINDOW - now))
    made = connection.execute("INSERT INTO tries (name, client, at) VALUES (?, ?, ?)", (digest, client, now))
    return int(made.lastrowid or 0)


def forgive(connection: sqlite3.Connection, name: str, client: str, tried: int) -> None:
    """The password was right: what this client got wrong with this name before is forgotten."""
    sql = "DELETE FROM tries WHERE rowid = ? OR (name = ? AND client = ?)"
    connection.execute(sql, (tried, _digest(name), _machine(client)))


def forgive_all(connection: sqlite3.Connection, name: str) -> None:
    """The password is another one now."""
    connection.execute("DELETE FROM tries WHERE name = ?", (_digest(name),))


def _digest(name: str) -> str:
    """Somebody in a hurry types the password where the name belongs: what was typed is not kept."""
    return hashlib.sha256(key_of(name).encode("utf-8", "replace")).hexdigest()


def _machine(client: str) -> str:
    """Whoever has one IPv6 address has all of its /64: its addresses count as one client."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return client
