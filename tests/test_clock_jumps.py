"""A clock that was wrong for a while: the 30 days of what is deleted begin now, and sessions end all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.accounts import sessions
from assistant.accounts.store import Accounts
from assistant.conversations.store import Conversations
from assistant.conversations.types import Turn
from assistant.drafting.store import DraftStore
from assistant.drafting.types import Order
from ingest.archive import Archive
from ingest.archive.leaving import Leaving
from ingest.trash import Trash

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=7300)


class Clock:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Archive.create_or_open(tmp_path, write=True).close()
    return tmp_path


def test_a_conversation_deleted_with_the_clock_set_back_can_be_brought_back(home: Path, clock: Clock) -> None:
    talks = Conversations(home, clock)
    one = talks.start("", Turn("问？", fault="无"))
    clock.at = LONG_AGO
    talks.delete("", one.id)
    clock.at = NOW
    talks.start("", Turn("另一问？", fault="无"))
    assert talks.restore("", one.id).id == one.id


def test_a_draft_deleted_with_the_clock_set_back_can_be_brought_back(home: Path, clock: Clock) -> None:
    drafts = DraftStore(home, clock)
    one = drafts.save("", "要点", Order("某局", 2024), None)
    clock.at = LONG_AGO
    drafts.delete("", one.draft)
    clock.at = NOW
    drafts.save("", "另一份", Order("某局", 2024), None)
    assert drafts.undelete("", one.draft).id == one.draft


def test_what_goes_into_the_trash_with_the_clock_set_back_stays_there(home: Path, clock: Clock) -> None:
    trash = Trash(home, clock)
    clock.at = LONG_AGO
    first = trash.put(Leaving("甲", None, None, "总结", (), ()), lambda _: b"")
    (home / "archive.db").touch()
    second = trash.put(Leaving("乙", None, None, "总结", (), ()), lambda _: b"")
    clock.at = NOW + timedelta(days=1)
    trash.sweep()
    assert {one.id for one in trash.entries()} == {first.id, second.id}
    clock.at = NOW + timedelta(days=32)
    assert trash.entries() == ()


def test_a_half_deleted_entry_of_the_trash_is_no_entry(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    trash = Trash(home, clock)
    one = trash.put(Leaving("甲", None, None, "总结", (), ()), lambda _: b"")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.trash.shutil.rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        trash.drop(one.id)
    assert trash.entries() == ()


class TestSessions:
    @pytest.fixture
    def accounts(self, home: Path, clock: Clock) -> Accounts:
        made = Accounts(home, clock)
        made.add("管理员", "一个足够长的口令-2024", "keeper")
        return made

    def test_one_begun_in_a_wrong_future_ends(self, accounts: Accounts, clock: Clock) -> None:
        clock.at = NOW + timedelta(days=3650)
        secret = accounts.open_session("管理员")
        clock.at = NOW
        assert accounts.session(secret) is None

    def test_one_goes_on_when_the_clock_is_set_back_a_little(self, accounts: Accounts, clock: Clock) -> None:
        secret = accounts.open_session("管理员")
        clock.at = NOW - timedelta(hours=1)
        assert accounts.session(secret) is not None
        clock.at = NOW - timedelta(hours=1) + timedelta(seconds=sessions.LASTS + 60)
        assert accounts.session(secret) is None
