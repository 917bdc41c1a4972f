"""Every peer over the same files and the same questions, one after the other, each in fresh processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.gold import Gold
from eval.opened import opened
from eval.peers import figures
from eval.peers.children import Ran, run_child
from eval.peers.environments import PeerError, interpreter
from eval.peers.figures import Gauge, Values
from eval.peers.job import Asked, Job
from eval.peers.locate import sources_of
from eval.peers.registry import OURS, Entry, pins_of
from eval.peers.table import Reason, rows_of, to_json
from eval.retrieval import DEPTH, write_paragraphs
from eval.squad import Squad

BASELINE = "ours+baseline"
"""Our plain search with the baseline reader: what the peers are, with our passages."""

NOTES = (
    "The peers were not made for refusing, nor to tell years and bodies apart; without a language model they have no "
    "answers. Their answers here are by a baseline reader of ours, the same for all: the sentence of the first passage "
    "that shares most pairs of characters with the question. The product's own are by `ask`.",
    "Rows `archive` compare plain searches, given the turns before and the question; rows `archive, as asked` hold our "
    "passages that an answer is made from (their years and bodies read from the question) against the peers' searches.",
    "The year and body of a peer's passage are those of our passage where it was located in the source text.",
    "Latencies are of a running program, one question at a time; a search includes embedding the question (not FTS5).",
    "characters/s counts for all the characters that the textbook's reader gets from the files.",
)  # fmt: skip

Runner = Callable[[Entry, Job, Path], Ran]
"""Runs one peer on one job, given a place for its papers; raises PeerError."""


@dataclass(frozen=True, slots=True)
class Study:
    """What the peers are put to. squad: paragraphs and the questions asked of them; None: not asked."""

    files: Path
    gold: tuple[Gold, ...]
    squad: tuple[Squad, Sequence[tuple[str, int]]] | None
    model: Path
    work: Path

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The gold questions as they are put."""
        return tuple(Asked(one.question, one.history) for one in self.gold)


@dataclass(slots=True)
class Result:
    """Figures by peer, and one line for each peer that failed."""

    peers: dict[str, Values] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def to_json(self, entries: Sequence[Entry], reasons: Sequence[Reason]) -> dict[str, Any]:
        """The machine form: figures nested by group, the table, who failed, and what each was not made for."""
        rows = to_json(rows_of(self.peers), reasons)
        return {
            "peers": {name: _nested(values) for name, values in self.peers.items()},
            "rows": rows,
            "behind": [row["key"] for row in rows if row["behind"]],
            "failed": self.failed,
            "not_made_for": {entry.name: entry.not_made_for for entry in entries},
            "releases": {entry.name: list(pins_of(entry).releases) for entry in entries if entry.name != OURS},
            "notes": list(NOTES),
        }


def run_peers(
    study: Study, entries: Sequence[Entry], say: Callable[[str], None], runner: Runner | None = None
) -> Result:
    """All figures. A peer that fails is one line of the result; ours may not. Raises PeerError, IngestError."""
    result = Result()
    run = runner or _runner(study.work, say)
    for entry in entries:
        try:
            result.peers[entry.name] = _measured(study, entry, run, result, say)
        except PeerError as error:
            if entry.name == OURS:
                raise
            result.failed[entry.name] = str(error)
            say(str(error))
    return result


def _measured(study: Study, entry: Entry, run: Runner, result: Result, say: Callable[[str], None]) -> Values:
    values: Values = {}
    say(f"{entry.name}：{study.files.name}")
    ran = run(entry, _job(study, entry, "sample", study.files, study.asked, DEPTH), _place(study, entry, "sample"))
    values |= figures.costs(ran, characters_of(study.files), "sample")
    values |= _judged(study, entry, ran, result)
    if study.squad is not None:
        say(f"{entry.name}：paragraphs")
        squad, questions = study.squad
        folder = study.work / "paragraphs"
        names = written(squad.paragraphs, folder)
        asked = tuple(Asked(question) for question, _ in questions)
        ran = run(entry, _job(study, entry, "squad", folder, asked, DEPTH), _place(study, entry, "squad"))
        values |= figures.costs(ran, sum(map(len, squad.paragraphs)), "squad")
        values |= figures.paragraphs(ran.told.found, [names[wanted] for _, wanted in questions])
    return values


def _judged(study: Study, entry: Entry, ran: Ran, result: Result) -> Values:
    """Judged against our archive of the same files, which is there because ours runs first."""
    told = ran.told
    with opened(study.files, _place(study, None, "sample") / "store") as archive:
        gauge = Gauge(study.gold, study.asked, archive, sources_of(archive))
        values = figures.evidence(told.found, gauge, "sample")
        as_asked = figures.evidence(told.gathered or told.found, gauge, "asked")
        baseline = figures.baseline(told.found, told.seconds, gauge)
        if entry.name != OURS:
            return {**values, **as_asked, **baseline}
        result.peers[OURS] = {}
        result.peers[BASELINE] = baseline
        return {**values, **as_asked, **figures.answer_values(gauge, told.answers, told.answer_seconds)}


def _job(study: Study, entry: Entry, name: str, folder: Path, asked: tuple[Asked, ...], k: int) -> Job:
    return Job(
        folder=folder.absolute(),
        store=(_place(study, entry, name) / "store").absolute(),
        model=study.model,
        python=sys.executable,
        questions=asked,
        k=k,
        option=entry.option,
        answers=name == "sample",
    )


def _place(study: Study, entry: Entry | None, name: str) -> Path:
    return study.work / "runs" / (OURS if entry is None else entry.name) / name


def _runner(work: Path, say: Callable[[str], None]) -> Runner:
    return lambda entry, job, place: run_child(entry, interpreter(entry, work, say), job, place)


def written(paragraphs: Sequence[str], folder: Path) -> list[str]:
    """Each paragraph as a file, written anew where the folder holds others; the names in their order."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    return write_paragraphs(paragraphs, folder)


def characters_of(folder: Path) -> int:
    """Characters that the textbook's reader gets from the files of a folder."""
    from eval.bench.textbook import read
    from eval.peers.job import files_of

    return sum(len(read(path)) for path in files_of(folder))


def _nested(values: Values) -> dict[str, Any]:
    """`a.b` as {"a": {"b": …}}; evidence by kind under `evidence_by_kind`."""
    body: dict[str, Any] = {}
    for key, value in values.items():
        group, _, name = key.partition(".")
        place = body.setdefault(group, {})
        if name.startswith("evidence."):
            place.setdefault("evidence_by_kind", {})[name.partition(".")[2]] = value
        else:
            place[name] = value
    return body
