"""What is kept of each part between runs: a small JSON file with its figures, and those of the run before."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.report.kept import Cause, Figure, Picked
from eval.writing import writing
from ingest.errors import ReportAssistantError


class MeasuredError(ReportAssistantError):
    """A saved measurement cannot be read."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a part.

    when: its day. command: as one would type it. seconds: of the whole command. load: how busy the machine was as it
    began. wrong: ids of questions not right, of `asked`.
    """

    when: str
    command: str
    seconds: float
    machine: dict[str, Any]
    commit: str
    load: float | None = None
    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    asked: int = 0
    wrong: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def by_key(self) -> dict[str, Figure]:
        """The figures by their keys."""
        return {figure.key: figure for figure in self.figures}

    def to_json(self) -> dict[str, Any]:
        """What is written."""
        return {
            "when": self.when,
            "command": self.command,
            "seconds": round(self.seconds, 1),
            "machine": self.machine,
            "commit": self.commit,
            "load": self.load,
            "figures": [figure.to_json() for figure in self.figures],
            "missing": list(self.missing),
            "causes": [
                {"cause": one.cause, "n": one.n, "examples": [list(each) for each in one.examples]}
                for one in self.causes
            ],
            "asked": self.asked,
            "wrong": list(self.wrong),
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """The last run came to nothing: on which day, by which command, and its last word."""

    when: str
    command: str
    word: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The last run that measured, the one before it, and the failure of a later one, if any."""

    last: Measured | None = None
    before: Measured | None = None
    failure: Failure | None = None

    def measured_again(self, measured: Measured) -> Saved:
        """After a run that measured. The one before it stays to be held against."""
        return Saved(measured, self.last if self.last is not None else self.before)

    def failed_again(self, failure: Failure) -> Saved:
        """After a run that failed: what was measured stays, and it is said that it is old."""
        return replace(self, failure=failure)


@dataclass(frozen=True, slots=True)
class Store:
    """The folder of the saved measurements, a file for each part."""

    folder: Path

    def load(self, name: str) -> Saved:
        """What is saved of a part, nothing where it never ran. Raises MeasuredError."""
        path = self._path(name)
        return load_saved(path) if path.is_file() else Saved()

    def save(self, name: str, saved: Saved) -> None:
        """Write it, whole or not at all. Raises OutputError."""
        path = self._path(name)
        body = {
            "last": None if saved.last is None else saved.last.to_json(),
            "before": None if saved.before is None else saved.before.to_json(),
            "failure": None
            if saved.failure is None
            else {"when": saved.failure.when, "command": saved.failure.command, "word": saved.failure.word},
        }
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            partial.replace(path)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def load_saved(path: Path) -> Saved:
    """One saved file. Raises MeasuredError."""
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return Saved(
            _measured(body["last"]),
            _measured(body["before"]),
            None if body["failure"] is None else Failure(**body["failure"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MeasuredError(f"{path} 不是保存的测量结果（{error}）", "请删除它，重新测量这一项") from error


def _measured(body: dict[str, Any] | None) -> Measured | None:
    if body is None:
        return None
    return Measured(
        **{
            **body,
            "figures": tuple(Figure(**one) for one in body["figures"]),
            "missing": tuple(body["missing"]),
            "causes": tuple(
                Cause(one["cause"], one["n"], tuple((a, b, c) for a, b, c in one["examples"])) for one in body["causes"]
            ),
            "wrong": tuple(body["wrong"]),
            "remarks": tuple(body.get("remarks", ())),
        }
    )


def picked_fields(picked: Picked) -> dict[str, Any]:
    """What a Measured takes over from a Picked."""
    return {name: getattr(picked, name) for name in ("figures", "missing", "causes", "asked", "wrong", "remarks")}
