"""Users on disk: names and passwords that are taken, tries that are limited, sessions and tokens that end."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.accounts import (
    LOCAL,
    Accounts,
    NotAllowed,
    TooManyTries,
    UnfitAccount,
    WrongPassword,
    may,
    passwords,
    require,
)
from assistant.accounts.marker import NAME as MARKER
from assistant.conversations import Conversations, NotKept, Turn
from ingest.errors import NotFound

ROOT = Path(__file__).parents[1]
PASSWORD = "正确的马电池订书钉"
WRONG = "错误的马电池订书钉"


class Clock:
    """A clock that stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = datetime(2024, 3, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little: here it does not matter that they should cost much."""
    monkeypatch.setattr(passwords, "_LOG_N", 10)


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock, quick: None) -> Accounts:
    made = Accounts(tmp_path, clock)
    made.add("王馆长", PASSWORD, "keeper")
    return made


def test_each_role_may_what_it_is_for() -> None:
    rights = {
        role: [
            action
            for action in ("ask", "export", "draft", "correct", "ingest", "forget", "audit", "users")
            if may(role, action)
        ]
        for role in ("reader", "writer", "keeper")
    }
    assert rights["reader"] == ["ask", "export"]
    assert rights["writer"] == ["ask", "export", "draft"]
    assert rights["keeper"] == ["ask", "export", "draft", "correct", "ingest", "forget", "audit", "users"]
    require(LOCAL, "forget")


def test_what_a_role_does_not_include_is_refused_in_one_line(accounts: Accounts) -> None:
    with pytest.raises(NotAllowed, match=r"^读者不能起草，.*管理员.*。$"):
        require(accounts.add("赵", PASSWORD, "reader"), "draft")


def test_users_come_back_in_order_with_their_roles(accounts: Accounts, clock: Clock, tmp_path: Path) -> None:
    clock.forward(minutes=1)
    accounts.add("li.si@example", PASSWORD, "reader")
    accounts.set_role("li.si@example", "writer")
    again = Accounts(tmp_path)
    assert [(user.name, user.role) for user in again.users()] == [("王馆长", "keeper"), ("li.si@example", "writer")]
    assert again.get("LI.SI@EXAMPLE").name == "li.si@example"
    with pytest.raises(NotFound):
        again.get("无此人")


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 33, "a/b", "a\\b", "..", "a\nb", "a\x00b", "a\u200bb", "\u202ea", "\ud800"]
)
def test_unfit_names_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UnfitAccount):
        accounts.add(name, PASSWORD, "reader")


@pytest.mark.parametrize("twin", ["Wang", "WANG", "ｗａｎｇ", " wang "])
def test_a_name_is_taken_however_it_is_written(accounts: Accounts, twin: str) -> None:
    accounts.add("wang", PASSWORD, "reader")
    with pytest.raises(UnfitAccount, match="已有"):
        accounts.add(twin, PASSWORD, "reader")


@pytest.mark.parametrize(
    "password", ["", "1234567", "七个字的密码啊"[:7], "赵读者赵读者赵读"[:3], "x" * 300, "aaaaaaaaaa"]
)
def test_unfit_passwords_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(UnfitAccount):
        accounts.add("赵读者", password, "reader")
    with pytest.raises(UnfitAccount):
        accounts.set_password("王馆长", password)


def test_the_name_is_no_password(accounts: Accounts) -> None:
    for password in ("longreadername", "LongReaderName", "ｌｏｎｇreadername"):
        with pytest.raises(UnfitAccount, match="用户名相同"):
            accounts.add("LongReaderName", password, "reader")


def test_the_password_is_kept_as_a_slow_hash_only(tmp_path: Path) -> None:
    Accounts(tmp_path).add("甲", PASSWORD, "keeper")
    kept = sqlite3.connect(tmp_path / "app.db").execute("SELECT password FROM users").fetchone()[0]
    assert kept.startswith("scrypt$15$8$3$")
    assert passwords.hashed(PASSWORD) != kept
    assert b"".join(path.read_bytes() for path in tmp_path.iterdir()).find(PASSWORD.encode()) == -1


def test_the_right_password_is_taken_in_every_form_that_looks_the_same(accounts: Accounts) -> None:
    accounts.add("zhao", "ﬁne-Passwort-é", "reader")
    for same in ("ﬁne-Passwort-é", "fine-Passwort-e\u0301", "ｆine-Passwort-é"):
        assert accounts.check("ZHAO", same).name == "zhao"
    with pytest.raises(WrongPassword):
        accounts.check("zhao", "Fine-Passwort-é")


def test_unknown_name_and_wrong_password_are_one_error(accounts: Accounts) -> None:
    told = set()
    for name in ("王馆长", "无此人", "", "\ud800", "'; DROP TABLE users; --"):
        with pytest.raises(WrongPassword) as fault:
            accounts.check(name, WRONG)
        told.add(str(fault.value))
    assert len(told) == 1 and "\n" not in told.pop()
    assert accounts.users()


def test_five_wrong_tries_bar_the_sixth_for_a_quarter_of_an_hour(
    accounts: Accounts, clock: Clock, tmp_path: Path
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            accounts.check("王馆长", WRONG, client="10.0.0.1")
    for process in (accounts, Accounts(tmp_path, clock)):
        with pytest.raises(TooManyTries) as barred:
            process.check("王馆长", PASSWORD, client="10.0.0.1")
        assert 0 < barred.value.seconds <= 900
    assert accounts.check("王馆长", PASSWORD, client="10.0.0.2").name == "王馆长"
    clock.forward(minutes=16)
    assert accounts.check("王馆长", PASSWORD, client="10.0.0.1").name == "王馆长"


def test_the_right_password_forgives_what_was_wrong_before(accounts: Accounts) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPassword):
                accounts.check("王馆长", WRONG, client="10.0.0.1")
        accounts.check("王馆长", PASSWORD, client="10.0.0.1")


def test_one_client_cannot_go_through_many_names(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.accounts.store.matches", lambda password, stored: False)
    with pytest.raises(TooManyTries):
        for number in range(40):
            with pytest.raises(WrongPassword):
                accounts.check(f"用户{number}", WRONG, client="10.0.0.1")


def test_the_addresses_of_one_ipv6_network_are_one_client(accounts: Accounts) -> None:
    for number in range(5):
        with pytest.raises(WrongPassword):
            accounts.check("王馆长", WRONG, client=f"2001:db8:1:2::{number:x}")
    with pytest.raises(TooManyTries):
        accounts.check("王馆长", PASSWORD, client="2001:db8:1:2:ffff::9")
    assert accounts.check("王馆长", PASSWORD, client="2001:db8:1:3::1").name == "王馆长"


def test_many_tries_at_the_same_moment_get_no_further_than_five(accounts: Accounts) -> None:
    outcomes: list[str] = []

    def work() -> None:
        try:
            accounts.check("王馆长", WRONG, client="10.0.0.1")
        except (WrongPassword, TooManyTries) as fault:
            outcomes.append(type(fault).__name__)

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["TooManyTries"] * 7 + ["WrongPassword"] * 5


def test_a_session_lives_for_twelve_hours_after_its_last_use(accounts: Accounts, clock: Clock) -> None:
    secret = accounts.open_session("王馆长")
    for _ in range(5):
        clock.forward(hours=11)
        found = accounts.session(secret)
        assert found is not None and found.name == "王馆长"
    clock.forward(hours=12, minutes=1)
    assert accounts.session(secret) is None


def test_sessions_end_when_closed_when_the_password_changes_and_with_the_user(accounts: Accounts) -> None:
    accounts.add("赵", PASSWORD, "reader")
    first, second, other = accounts.open_session("赵"), accounts.open_session("赵"), accounts.open_session("王馆长")
    assert len({first, second, other}) == 3
    accounts.close_session(first)
    assert accounts.session(first) is None and accounts.session(second) is not None
    accounts.set_password("赵", "另一个够长的密码")
    assert accounts.session(second) is None and accounts.session(other) is not None
    third, token = accounts.open_session("赵"), accounts.add_token("赵", "程序")
    accounts.remove("赵")
    assert accounts.session(third) is None and accounts.bearer(token) is None


def test_secrets_are_not_on_the_disk(accounts: Accounts, tmp_path: Path) -> None:
    secrets = [accounts.open_session("王馆长"), accounts.add_token("王馆长", "程序")]
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [secret for secret in secrets if secret.encode() in held]


def test_a_token_acts_for_its_user_until_it_is_revoked(accounts: Accounts) -> None:
    accounts.add("赵", PASSWORD, "writer")
    secret = accounts.add_token("赵", " 办公\n助手 ")
    found = accounts.bearer(secret)
    assert found is not None and (found.name, found.role) == ("赵", "writer")
    (token,) = accounts.tokens("赵")
    assert (token.user, token.label) == ("赵", "办公 助手")
    assert accounts.tokens("王馆长") == ()
    assert accounts.bearer(secret[:-1]) is None and accounts.bearer("") is None
    accounts.revoke_token(token.id)
    assert accounts.bearer(secret) is None and accounts.tokens() == ()
    with pytest.raises(NotFound):
        accounts.revoke_token(token.id)
    with pytest.raises(UnfitAccount):
        accounts.add_token("赵", " ")


def test_there_is_always_a_keeper_while_there_are_users(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    with pytest.raises(UnfitAccount, match="还没有管理员"):
        accounts.add("赵", PASSWORD, "reader")
    assert not accounts.any()
    accounts.add("甲", PASSWORD, "keeper")
    accounts.add("乙", PASSWORD, "writer")
    for refused in (lambda: accounts.remove("甲"), lambda: accounts.set_role("甲", "writer")):
        with pytest.raises(UnfitAccount, match="唯一的管理员"):
            refused()
    accounts.set_role("乙", "keeper")
    accounts.remove("甲")
    accounts.remove("乙")
    assert not accounts.any() and accounts.users() == ()


def test_a_removed_users_conversations_stay(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("赵", PASSWORD, "reader")
    kept = Conversations(tmp_path)
    kept.start("赵", Turn("签约多少？"))
    accounts.remove("赵")
    assert [talk.title for talk in kept.newest("赵")] == ["签约多少？"]


def test_without_users_nothing_is_written_and_nobody_must_sign_in(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    assert not accounts.any()
    assert accounts.users() == () and accounts.tokens() == ()
    assert accounts.session("x") is None and accounts.bearer("x") is None
    assert list(tmp_path.iterdir()) == []


def test_a_lost_or_damaged_app_db_does_not_look_like_an_archive_without_users(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("甲", PASSWORD, "keeper")
    for path in tmp_path.glob("app.db*"):
        path.unlink()
    assert accounts.any() and accounts.session("x") is None
    (tmp_path / "app.db").write_bytes(b"no database" * 500)
    assert accounts.any()
    with pytest.raises(NotKept, match="已损坏"):
        accounts.session("x")


def test_users_that_came_with_a_copied_app_db_count(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / MARKER).unlink()
    assert accounts.any()


def test_a_first_user_that_could_not_be_kept_locks_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "app.db").write_bytes(b"no database" * 500)
    with pytest.raises(NotKept):
        Accounts(tmp_path).add("甲", PASSWORD, "keeper")
    assert not Accounts(tmp_path).any()


_ADDER = """
import sys
from pathlib import Path
from assistant.accounts import Accounts
accounts = Accounts(Path(sys.argv[1]))
accounts.add(sys.argv[2], "正确的马电池订书钉", "writer")
for _ in range(20):
    secret = accounts.open_session(sys.argv[2])
    assert accounts.session(secret).name == sys.argv[2]
"""


def test_several_processes_work_with_the_users_at_once(accounts: Accounts, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _ADDER, str(tmp_path)]
    running = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("甲", "乙")]
    assert [process.wait(60) for process in running] == [0, 0]
    assert {user.name for user in accounts.users()} == {"王馆长", "甲", "乙"}


def test_a_password_kept_with_other_costs_is_kept_anew_when_it_is_next_used(
    accounts: Accounts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_LOG_N", 11)
    accounts.check("王馆长", PASSWORD)
    connection = sqlite3.connect(tmp_path / "app.db")
    assert connection.execute("SELECT password FROM users").fetchone()[0].startswith("scrypt$11$")
    connection.close()
    assert accounts.check("王馆长", PASSWORD).name == "王馆长"
