"""The users of one archive directory, in app.db beside their conversations. Safe from several threads and processes."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from assistant.accounts import sessions, tokens, tries
from assistant.accounts.marker import Marker
from assistant.accounts.names import fit_name, key_of
from assistant.accounts.passwords import check_password, hashed, is_outdated, matches
from assistant.accounts.types import ROLE_NAMES, Role, Token, UnfitAccount, User, WrongPassword
from assistant.conversations.database import reading, writing
from assistant.conversations.types import NotKept
from ingest.errors import NotFound

logger = logging.getLogger(__name__)

_WHAT = "用户"
_reading: Callable[[Path], AbstractContextManager[sqlite3.Connection | None]] = partial(reading, what=_WHAT)
_writing: Callable[[Path], AbstractContextManager[sqlite3.Connection]] = partial(writing, what=_WHAT)


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """Raises NotKept where app.db cannot be used, NotFound for unknown users."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._home = home
        self._clock = clock
        self._marker = Marker(home)
        self._guarded = False

    def guarded(self) -> bool:
        """As `any`; but once it was so it stays so, until the program is started anew: a server that may be asked from
        other machines is opened neither by an app.db that goes missing nor by the last user's removal.
        """
        self._guarded = self._guarded or self.any()
        return self._guarded

    def any(self) -> bool:
        """Whether users are set up: then nobody uses the page without signing in, not even where app.db is damaged."""
        if self._marker.is_set():
            return True
        try:
            return bool(self.users())
        except NotKept:
            return False  # there never were any, or the marker would be there

    def users(self) -> tuple[User, ...]:
        """All users in the order they were added."""
        with _reading(self._home) as connection:
            rows = () if connection is None else connection.execute(f"{_SELECT} ORDER BY created, name").fetchall()
        return tuple(_user(row) for row in rows)

    def get(self, name: str) -> User:
        """One user, in whatever case the name is written. Raises NotFound."""
        with _reading(self._home) as connection:
            return _one(connection, name)

    def add(self, name: str, password: str, role: Role) -> User:
        """A new user. Raises UnfitAccount for a name that is taken or unfit, and for an unfit password."""
        made = User(fit_name(name), _fit_role(role), self._clock())
        check_password(made.name, password)
        stored = hashed(password)
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)  # users may come before the first report
        values = (made.name, key_of(made.name), made.role, stored, made.created.isoformat())
        with self._marker.put(), _writing(self._home) as connection:
            if _find(connection, made.name) is not None:
                raise UnfitAccount(f"已有名为 {made.name} 的用户", "请另取一个名字")
            if made.role != "keeper" and not _keepers(connection):
                raise UnfitAccount("还没有管理员", "请先加一个：report-assistant users add 名字 --role keeper")
            connection.execute("INSERT INTO users (name, key, role, password, created) VALUES (?, ?, ?, ?, ?)", values)
        return made

    def set_password(self, name: str, password: str) -> None:
        """Give another password; all the user's sessions end."""
        user = self.get(name)
        check_password(user.name, password)
        stored = hashed(password)
        with _writing(self._home) as connection:
            user = _one(connection, name)
            connection.execute("UPDATE users SET password = ? WHERE name = ?", (stored, user.name))
            sessions.end_all(connection, user.name)
            tries.forgive_all(connection, user.name)

    def set_role(self, name: str, role: Role) -> User:
        """Give another role, from the user's next step on. Refused for the last keeper."""
        wanted = _fit_role(role)
        with _writing(self._home) as connection:
            user = _one(connection, name)
            if wanted != "keeper":
                _spare_last_keeper(connection, user, alone=False)
            connection.execute("UPDATE users SET role = ? WHERE name = ?", (wanted, user.name))
            return _one(connection, name)

    def remove(self, name: str) -> User:
        """Take a user away with sessions and tokens; conversations and drafts stay. Refused for the last keeper while
        there are others.
        """
        with _writing(self._home) as connection:
            user = _one(connection, name)
            _spare_last_keeper(connection, user, alone=True)
            connection.execute("DELETE FROM users WHERE name = ?", (user.name,))
            tries.forgive_all(connection, user.name)
            left = connection.execute("SELECT count(*) FROM users").fetchone()[0]
        if not left:
            self._marker.clear()
        return user

    def check(self, name: str, password: str, *, client: str = "") -> User:
        """The user whose name and password these are. Raises WrongPassword, the same for an unknown user, and
        TooManyTries; `client` is the address that asks.
        """
        now = self._clock().timestamp()
        with _writing(self._home) as connection:
            tried = tries.begin_try(connection, name, client, now)
        with _reading(self._home) as connection:
            found = None if connection is None else _find(connection, name)
        stored = found[1] if found else _nobody()
        if not matches(password, stored) or found is None:
            raise WrongPassword
        user = found[0]
        with _writing(self._home) as connection:
            tries.forgive(connection, name, client, tried)
            if is_outdated(stored):
                sql = "UPDATE users SET password = ? WHERE name = ? AND password = ?"
                connection.execute(sql, (hashed(password), user.name, stored))
        return user

    def open_session(self, name: str) -> str:
        """Begin a session; gives its secret, of which only a digest is kept."""
        secret = sessions.new_secret()
        with _writing(self._home) as connection:
            sessions.begin(connection, _one(connection, name).name, secret, self._clock().timestamp())
        return secret

    def session(self, secret: str) -> User | None:
        """Whose session it is; None for one that is over. Using it keeps it alive."""
        now = self._clock().timestamp()
        with _reading(self._home) as connection:
            held = None if connection is None else sessions.find(connection, secret, now)
            found = None if held is None else _find(connection, held[0])
        if held is None or found is None:
            return None
        if abs(now - held[1]) >= sessions.MARKED:
            try:
                with _writing(self._home) as connection:
                    sessions.mark(connection, secret, now)
            except NotKept as fault:  # a full disk should not turn people away
                logger.warning("%s", fault)
        return found[0]

    def close_session(self, secret: str) -> None:
        """End a session; one that is over already stays so."""
        with _writing(self._home) as connection:
            sessions.end(connection, secret)

    def add_token(self, name: str, label: str) -> str:
        """A token for a program that acts for the user; gives its secret, which cannot be shown again."""
        with _writing(self._home) as connection:
            return tokens.insert(connection, _one(connection, name).name, label, self._clock())

    def tokens(self, name: str | None = None) -> tuple[Token, ...]:
        """All tokens, or those of one user."""
        wanted = None if name is None else self.get(name).name
        with _reading(self._home) as connection:
            return () if connection is None else tokens.select(connection, wanted)

    def revoke_token(self, number: str) -> None:
        """Raises NotFound."""
        with _writing(self._home) as connection:
            tokens.revoke(connection, number)

    def bearer(self, secret: str) -> User | None:
        """The user that a token acts for; None for one that is not known."""
        with _reading(self._home) as connection:
            name = None if connection is None else tokens.user_of(connection, secret)
            found = None if name is None else _find(connection, name)
        return None if found is None else found[0]


_SELECT = "SELECT name, role, created, password FROM users"
_Row = tuple[str, Role, str, str]


def _find(connection: sqlite3.Connection | None, name: str) -> tuple[User, str] | None:
    """The user and what is kept of the password."""
    if connection is None:
        return None
    row = connection.execute(f"{_SELECT} WHERE key = ?", (_storable(key_of(name)),)).fetchone()
    return None if row is None else (_user(row), row[3])


def _one(connection: sqlite3.Connection | None, name: str) -> User:
    found = _find(connection, name)
    if found is None:
        raise NotFound(f"没有名为 {_storable(name)[:32]} 的用户", "请用 report-assistant users 查看")
    return found[0]


def _user(row: _Row) -> User:
    return User(row[0], row[1], datetime.fromisoformat(row[2]))


def _keepers(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM users WHERE role = 'keeper'")]


def _spare_last_keeper(connection: sqlite3.Connection, user: User, *, alone: bool) -> None:
    """Raises UnfitAccount when nobody could keep the archive any more. `alone`: the very last user may go."""
    if _keepers(connection) != [user.name]:
        return
    if alone and connection.execute("SELECT count(*) FROM users").fetchone()[0] == 1:
        return
    raise UnfitAccount(f"{user.name} 是唯一的管理员", "请先让别的用户当管理员：report-assistant users role 名字 keeper")


def _fit_role(role: str) -> Role:
    for known in ROLE_NAMES:
        if role == known:
            return known
    raise UnfitAccount(f"没有 {role} 这个角色", "请用 reader（读者）、writer（撰稿）或 keeper（管理）")


@cache
def _nobody() -> str:
    """Looked at for unknown users, so that they take as long as known ones."""
    return hashed("nobody has this password")


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
