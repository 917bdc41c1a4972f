"""A clock that is set back or forward while people work: a dead battery, a wrong year typed, a server that corrects it.

The places that read the time get another `datetime` in the child; nothing else of the product is changed.
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
import tempfile
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from eval.failure import work
from eval.failure.children import Tell, run
from eval.failure.material import write_reports
from eval.reading.measure import Measure
from ingest.errors import ReportAssistantError

_PLACES = (
    "assistant.accounts.audit",
    "assistant.accounts.store",
    "assistant.conversations.store",
    "assistant.drafting.store",
    "assistant.feedback",
    "ingest.trash",
)
JUMPS = tuple(timedelta(days=days) for days in (0, -1, 40, -40, 0, -20 * 365, 365, 0, 73 * 365, -1 / 24, 1 / 24, 0))
PASSWORD = "一个足够长的口令-2024"


class Clock:
    """What the product takes the time to be: the real one and so much."""

    def __init__(self) -> None:
        self.off = timedelta()

    def put(self) -> None:
        """Have every place that reads the time read this."""
        clock = self

        class Shifted(datetime):
            """`datetime` with another now."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                """See `datetime.now`."""
                return datetime.now(tz) + clock.off

        for place in _PLACES:
            module: Any = importlib.import_module(place)
            module.datetime = Shifted


def measure_clock() -> list[Measure]:
    """Conversations, drafts, trash, sessions and throttle under a clock that jumps."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-clock-") as temporary:
        place = Path(temporary)
        run(work.ingest, place / "before", write_reports(place / "reports", range(3))).whole()
        wrong: list[str] = []
        works = (jumping, deleting, signing_in, throwing)
        for one in works:
            home = place / one.__name__
            shutil.copytree(place / "before", home)
            ended = run(one, home)
            wrong += ended.result if ended.result is not None else [f"{one.__name__}: {ended.trouble}"]
    return [
        Measure("clock: jumps", len(JUMPS) * len(works), "count", least=len(JUMPS)),
        Measure("clock: lost, out of order, or locked out", len(wrong), "count", most=0, faults=tuple(wrong)),
    ]


def jumping(tell: Tell, home: Path) -> list[str]:
    """Turns stay in the order of asking, versions in that of saving, whatever the clock says."""
    from assistant.conversations.store import Conversations
    from assistant.conversations.types import Turn
    from assistant.drafting.store import DraftStore
    from assistant.drafting.types import Order

    clock, wrong = _clock(), []
    talks, drafts = Conversations(home), DraftStore(home)
    talk = talks.start(work.OWNER, Turn("第0问", fault="无"))
    made = drafts.save(work.OWNER, "要点", Order("某局", 2024), None, {"text": "0"}, note="保存")
    for number, jump in enumerate(JUMPS, 1):
        clock.off = jump
        talks.append(work.OWNER, talk.id, Turn(f"第{number}问", fault="无"))
        drafts.save(work.OWNER, "", Order("某局", 2024), None, {"text": str(number)}, draft_id=made.draft, note="保存")
        if talk.id not in [one.id for one in talks.newest(work.OWNER)]:
            wrong.append(f"the conversation is not on the list after {jump}")
        if drafts.open(work.OWNER, made.draft).edits != {"text": str(number)}:
            wrong.append(f"the draft is not what was saved last after {jump}")
    asked = [turn.question for turn in talks.turns(work.OWNER, talk.id)]
    if asked != [f"第{number}问" for number in range(len(JUMPS) + 1)]:
        wrong.append(f"the turns stand in the order {asked}")
    if len(drafts.versions(work.OWNER, made.draft)) != len(JUMPS) + 1:
        wrong.append("saved versions are gone")
    return wrong


def deleting(tell: Tell, home: Path) -> list[str]:
    """What is deleted while the clock is years behind can be brought back when it is right again."""
    from assistant.conversations.store import Conversations
    from assistant.conversations.types import Turn
    from assistant.drafting.store import DraftStore
    from assistant.drafting.types import Order

    clock, wrong = _clock(), []
    talks, drafts = Conversations(home), DraftStore(home)
    for jump in (timedelta(days=-40), timedelta(days=-20 * 365)):
        clock.off = timedelta()
        talk = talks.start(work.OWNER, Turn("问", fault="无"))
        made = drafts.save(work.OWNER, f"要点{jump.days}", Order("某局", 2024), None, {}, note="保存")
        clock.off = jump
        talks.delete(work.OWNER, talk.id)
        drafts.delete(work.OWNER, made.draft)
        clock.off = timedelta()
        talks.start(work.OWNER, Turn("另一问", fault="无"))
        drafts.save(work.OWNER, "另一份", Order("某局", 2024), None, {}, note="保存")
        try:
            talks.restore(work.OWNER, talk.id)
            drafts.undelete(work.OWNER, made.draft)
        except ReportAssistantError as error:
            wrong.append(f"deleted with the clock {jump.days} days off: {error}")
    return wrong


def throwing(tell: Tell, home: Path) -> list[str]:
    """A report that is thrown away while the clock is years behind stays in the trash when it is right again."""
    from ingest.archive import Archive
    from ingest.discarding import discard
    from ingest.settings import Settings
    from ingest.trash import Trash

    clock, wrong = _clock(), []
    clock.off = timedelta(days=-20 * 365)
    with Archive.create_or_open(home) as archive:
        numbers = [report.id for report in archive.reports()][:2]
    kept = [discard(Settings(home), number).id for number in numbers]
    clock.off = timedelta()
    Trash(home).sweep()
    for name in kept:
        if name not in [entry.id for entry in Trash(home).entries()]:
            wrong.append(f"{name} is gone from the trash")
    return wrong


def signing_in(tell: Tell, home: Path) -> list[str]:
    """Nobody stays locked out, and no session outlives its time, because the clock was wrong for a while."""
    from assistant.accounts import sessions, tries
    from assistant.accounts.store import Accounts
    from assistant.accounts.types import TooManyTries, WrongPassword

    clock, wrong = _clock(), []
    accounts = Accounts(home)
    accounts.add("管理员", PASSWORD, "keeper")
    clock.off = timedelta(days=3650)
    secret = accounts.open_session("管理员")
    for _ in range(tries.TRIES):
        with contextlib.suppress(WrongPassword, TooManyTries):
            accounts.check("管理员", "错的口令错的口令", client="客户端")
    clock.off = timedelta()
    try:
        accounts.check("管理员", PASSWORD, client="客户端")
    except TooManyTries:
        wrong.append("locked out by tries of a wrong future")
    clock.off = timedelta(seconds=sessions.LASTS * 2)
    if accounts.session(secret) is not None:
        wrong.append("a session of a wrong future does not end")
    clock.off = timedelta()
    secret = accounts.open_session("管理员")
    clock.off = timedelta(minutes=-30)
    if accounts.session(secret) is None:
        wrong.append("signed out because the clock was set back by half an hour")
    clock.off = timedelta(seconds=sessions.LASTS + 60)
    if accounts.session(secret) is not None:
        wrong.append("a session does not end")
    return wrong


def _clock() -> Clock:
    clock = Clock()
    clock.put()
    assert datetime.now(UTC).year > 2000
    return clock
