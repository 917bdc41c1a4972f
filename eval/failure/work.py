"""What children do to an archive, telling what is acknowledged as a clerk would see it: a line, or a call's return."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.conversations.store import Conversations
from assistant.conversations.types import Turn
from assistant.drafting.store import DraftStore
from assistant.drafting.types import Order
from eval.failure.children import Tell
from eval.failure.material import title_of
from eval.reading.killed import QuickEncoder
from ingest.archive import Archive
from ingest.corrections import correct_report
from ingest.discarding import discard, restore
from ingest.errors import NotFound
from ingest.intake.outcomes import Watcher
from ingest.pipeline import read_file
from ingest.renew import rebuild as rebuild_all
from ingest.runner import ingest_paths
from ingest.settings import Settings
from ingest.trash import Trash

CORRECTED_YEAR = 2011
FORGOTTEN = (title_of(1), title_of(3))
WRITES = 12
OWNER = "甲"

Operation = Callable[[Tell, Path, Path], None]
"""Called as operation(tell, home, folder of new reports); to be repeated after a kill, as a clerk would."""


def ingest(tell: Tell, home: Path, folder: Path) -> None:
    """Each file is acknowledged by its line, each batch of vectors by the bar."""
    watcher = Watcher(
        file=lambda outcome: tell(("file", outcome.path, outcome.status, outcome.message)),
        embedding=lambda done, total: tell(("vectors", done, total)),
    )
    summary = ingest_paths(
        Settings(home), [folder], watcher=watcher, read=read_file, load_encoder=lambda _: QuickEncoder()
    )
    if summary.fault:
        tell(("fault", summary.fault))


def rebuild(tell: Tell, home: Path, folder: Path) -> None:
    """Acknowledged when it returns."""
    rebuild_all(Settings(home), embed=True, read=read_file, load_encoder=lambda _: QuickEncoder())
    tell(("rebuilt",))


def forget(tell: Tell, home: Path, folder: Path) -> None:
    """Two reports of the archive, one after the other; one that is gone already is passed over."""
    for title in FORGOTTEN:
        with Archive.create_or_open(home, write=True) as archive:
            try:
                archive.forget(title)
            except NotFound:
                continue
        tell(("gone", title))


def correct(tell: Tell, home: Path, folder: Path) -> None:
    """Two reports get another year, which has their files read again."""
    for title in (title_of(0), title_of(2)):
        correct_report(Settings(home), _number(home, title), {"year": CORRECTED_YEAR}, read_file)
        tell(("corrected", title))


def throw_away(tell: Tell, home: Path, folder: Path) -> None:
    """Two reports into the trash."""
    for title in (title_of(0), title_of(2)):
        try:
            number = _number(home, title)
        except NotFound:
            continue
        discard(Settings(home), number)
        tell(("discarded", title))


def take_back(tell: Tell, home: Path, folder: Path) -> None:
    """Everything out of the trash again."""
    for entry in Trash(home).entries():
        restore(Settings(home), entry.id, read_file)
        tell(("restored", entry.left.title))
    with Archive.create_or_open(home, write=True) as archive:
        archive.embed_pending(QuickEncoder())


def converse(tell: Tell, home: Path, folder: Path) -> None:
    """A few conversations that grow; each turn is acknowledged when `append` returns."""
    kept = Conversations(home)
    found = [kept.start(OWNER, Turn(f"第{number}个对话的第0问", fault="无")) for number in range(2)]
    for one in found:
        tell(("turn", one.id, kept.turns(OWNER, one.id)[0].question))
    for number in range(WRITES):
        one = found[number % len(found)]
        question = f"第{number}次追问？"
        kept.append(OWNER, one.id, Turn(question, fault="无"))
        tell(("turn", one.id, question))


def draft(tell: Tell, home: Path, folder: Path) -> None:
    """A draft that is saved again and again, each time with more text."""
    store = DraftStore(home)
    text = ""
    for number in range(WRITES):
        text += f"第{number}段。"
        made = store.save(OWNER, "工作要点", Order("某县卫生健康局", 2024), None, {"text": text}, note="保存")
        tell(("version", made.draft, made.number, text))


OPERATIONS: dict[str, Operation] = {
    "ingest": ingest,
    "rebuild": rebuild,
    "forget": forget,
    "correct": correct,
    "discard": throw_away,
    "restore": take_back,
    "conversations": converse,
    "drafts": draft,
}


def _number(home: Path, title: str) -> int:
    with Archive.create_or_open(home) as archive:
        for report in archive.reports():
            if report.title == title:
                return report.id
    raise NotFound(f"没有《{title}》", "请检查标题")
