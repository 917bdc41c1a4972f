"""Whether everything that was acknowledged is there: one line for each thing that is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.conversations.store import Conversations
from assistant.drafting.store import DraftStore
from eval.failure.work import CORRECTED_YEAR, OWNER
from ingest.archive import Archive, originals
from ingest.errors import ReportAssistantError
from ingest.trash import Trash

Told = tuple[Any, ...]


def lost(home: Path, told: Sequence[Told], titles: Sequence[str] = ()) -> list[str]:
    """What of `told` (see `eval.failure.work`) is not so; also those of `titles` that are neither in the archive nor
    in the trash.
    """
    checks: dict[str, Callable[..., Iterator[str]]] = {
        "file": _file,
        "vectors": _vectors,
        "gone": _gone,
        "corrected": _corrected,
        "discarded": _discarded,
        "restored": _restored,
        "turn": _turn,
        "version": _version,
    }
    found: list[str] = []
    for kind, *rest in told:
        if kind in checks:
            try:
                found += checks[kind](home, *rest)
            except ReportAssistantError as error:
                found.append(f"{kind} {rest}: {error}")
    given_up = {rest[0] for kind, *rest in told if kind == "gone"}
    with Archive.create_or_open(home) as archive:
        held = {report.title for report in archive.reports()}
    thrown = {entry.left.title for entry in Trash(home).entries()}
    return found + [f"《{title}》 is nowhere" for title in titles if title not in held | thrown | given_up]


def _file(home: Path, path: str, status: str, message: str) -> Iterator[str]:
    if status == "failed":  # nothing was promised
        return
    with Archive.create_or_open(home) as archive:
        source = archive.sources().get(path)
        if source is None:
            yield f"{path} is not in the archive"
            return
        if archive.file_bytes(source.file_id) != Path(path).read_bytes():
            yield f"the kept bytes of {path} are others"
        if not any(archive.report_passages(report.id) for report in archive.reports_of(source.file_id)):
            yield f"{path} has no passages"


def _vectors(home: Path, done: int, total: int) -> Iterator[str]:
    with Archive.create_or_open(home) as archive:
        if archive.counts().pending > total - done:
            yield f"{done} of {total} vectors were made, {archive.counts().pending} passages wait"


def _gone(home: Path, title: str) -> Iterator[str]:
    if title in _titles(home):
        yield f"《{title}》 was forgotten and is here"


def _corrected(home: Path, title: str) -> Iterator[str]:
    with Archive.create_or_open(home) as archive:
        years = {report.year for report in archive.reports() if report.title == title}
    if years != {CORRECTED_YEAR}:
        yield f"《{title}》 was corrected and has the years {years}"


def _discarded(home: Path, title: str) -> Iterator[str]:
    entries = [entry for entry in Trash(home).entries() if entry.left.title == title]
    if not entries:
        yield f"《{title}》 was discarded and is not in the trash"
    for entry in entries:
        for file in entry.left.files:
            Trash(home).load(entry.id, file.sha256)
    if title in _titles(home):
        yield f"《{title}》 was discarded and is in the archive"


def _restored(home: Path, title: str) -> Iterator[str]:
    if title not in _titles(home):
        yield f"《{title}》 was restored and is not here"


def _turn(home: Path, number: str, question: str) -> Iterator[str]:
    if question not in [turn.question for turn in Conversations(home).turns(OWNER, number)]:
        yield f"the turn {question} is gone"


def _version(home: Path, draft: str, number: int, text: str) -> Iterator[str]:
    if DraftStore(home).open(OWNER, draft, number).edits.get("text") != text:
        yield f"version {number} of the draft is another"


def _titles(home: Path) -> set[str]:
    with Archive.create_or_open(home) as archive:
        return {report.title for report in archive.reports()}


def unsound(home: Path) -> list[str]:
    """What an archive says of itself that does not fit together, found without `doctor`: for comparing with it."""
    found: list[str] = []
    with Archive.create_or_open(home) as archive:
        kept = dict(originals.kept(home))
        for file in archive.files():
            if file.status == "ok" and kept.get(file.sha256) != file.size:
                found.append(f"no original of {file.name}")
        waiting = set(archive.passages_without_vectors())
        for report in archive.reports():
            passages = archive.report_passages(report.id)
            with_vector = archive.vectors_of([passage.id for passage in passages])
            for passage in passages:
                if passage.id not in with_vector and passage.id not in waiting:
                    found.append(f"passage {passage.id} neither has a vector nor waits for one")
                words = passage.text.text[:40]
                if not archive.text_scores([words], [passage.id])[passage.id]:
                    found.append(f"passage {passage.id} is not in the full text index")
            for passage_id, vector in with_vector.items():
                hits = {hit.passage_id for hit in archive.search_vectors(vector, limit=3)}
                if passage_id not in hits and passage_id not in waiting:
                    found.append(f"passage {passage_id} is not found by its own vector")
    return found
