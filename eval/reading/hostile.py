"""A folder of hostile files through the real ingest: one clear line for each that fails, and no trace of it.

python -m eval.reading.hostile FOLDER
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.reading.measure import Measure
from ingest.archive import Archive
from ingest.archive.database import NAME
from ingest.archive.originals import digest, kept
from ingest.errors import ReportAssistantError
from ingest.intake.outcomes import FileOutcome, Watcher
from ingest.isolation.limits import SECONDS
from ingest.settings import load_settings

_CLEAR = re.compile(r".*[\u4e00-\u9fff].*，请.*。(?:（.*）)?")
_OURS = "程序出错"
"""How a line begins that tells of a fault of the program, not of the file."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and the line that says why."""

    name: str
    line: str

    @property
    def clear(self) -> bool:
        """Whether it is one Chinese line that says what is wrong with the file and what to do."""
        return self.line.isprintable() and _OURS not in self.line and _CLEAR.fullmatch(self.line) is not None


@dataclass(frozen=True, slots=True)
class Hostile:
    """What came of the folder. `slowest`: file and seconds of the one that took longest (reading overlaps storing, so
    this is the time from one outcome to the next); `traces`: what failed files left besides their failure;
    `findings`: errors of `doctor`.
    """

    files: int
    read: int
    skipped: int
    failures: tuple[Failure, ...]
    seconds: float
    slowest: tuple[str, float]
    traces: tuple[str, ...]
    findings: tuple[str, ...]

    @property
    def unclear(self) -> tuple[Failure, ...]:
        """Failures whose line does not help."""
        return tuple(failure for failure in self.failures if not failure.clear)

    def to_json(self) -> dict[str, Any]:
        """All figures."""
        return {**asdict(self), "unclear": [asdict(failure) for failure in self.unclear]}


def ingest_hostile(folder: Path) -> Hostile:
    """Ingest `folder` into a fresh archive (without vectors) and look at what is left."""
    from ingest.runner import ingest_paths

    times: list[tuple[float, FileOutcome]] = []
    with tempfile.TemporaryDirectory(prefix="report-assistant-hostile-") as temporary:
        home = Path(temporary, "home")
        started = time.monotonic()
        watcher = Watcher(file=lambda outcome: times.append((time.monotonic(), outcome)))
        summary = ingest_paths(load_settings(home), [folder], watcher=watcher, embed=False)
        seconds = time.monotonic() - started
        failed = [outcome for outcome in summary.outcomes if outcome.status == "failed"]
        with Archive.create_or_open(home) as archive:
            findings = tuple(item.message for item in archive.doctor() if item.severity == "error")
        traces = _traces(home, failed)
    before = [started, *(at for at, _ in times)]
    took = [(outcome.name, at - before[number]) for number, (at, outcome) in enumerate(times)]
    return Hostile(
        files=len(summary.outcomes),
        read=sum(outcome.status in ("new", "duplicate") for outcome in summary.outcomes),
        skipped=sum(outcome.status == "skipped" for outcome in summary.outcomes),
        failures=tuple(Failure(outcome.name, outcome.message) for outcome in failed),
        seconds=seconds,
        slowest=max(took, key=lambda item: item[1], default=("", 0.0)),
        traces=traces,
        findings=findings,
    )


def measure_hostile(folder: Path) -> list[Measure]:
    """One clear line each, no trace, no file over its time, an archive that is sound."""
    found = ingest_hostile(folder)
    unclear = tuple(f"{failure.name}: {failure.line}" for failure in found.unclear)
    return [
        Measure("hostile: files read", found.read, "count"),
        Measure("hostile: failures", len(found.failures), "count"),
        Measure("hostile: failures without a clear line", len(unclear), "count", most=0, faults=unclear),
        Measure("hostile: traces of failed files", len(found.traces), "count", most=0, faults=found.traces),
        Measure("hostile: errors of the archive", len(found.findings), "count", most=0, faults=found.findings),
        Measure("hostile: slowest file", found.slowest[1], "seconds", most=SECONDS, faults=(found.slowest[0],)),
    ]


def _traces(home: Path, failed: list[FileOutcome]) -> tuple[str, ...]:
    """What the archive holds of files that failed: rows under their path, rows that belong to nothing, kept bytes."""
    found: list[str] = []
    with closing(sqlite3.connect(f"{(home / NAME).absolute().as_uri()}?mode=ro", uri=True)) as connection:
        ids = "(SELECT id FROM files WHERE status = 'ok')"
        for outcome in failed:
            for table, condition in (("files", " AND status = 'ok'"), ("sources", "")):
                sql = f"SELECT count(*) FROM {table} WHERE path = ?{condition}"
                if connection.execute(sql, (outcome.path,)).fetchone()[0]:
                    found.append(f"{table}: {outcome.path}")
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if "file_id" in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
                stray = connection.execute(f"SELECT count(*) FROM {table} WHERE file_id NOT IN {ids}").fetchone()[0]
                if stray:
                    found.append(f"{table}: {stray} rows of no file that was read")
        wanted = {row[0] for row in connection.execute("SELECT sha256 FROM files WHERE status = 'ok'")}
    found += [f"kept bytes {name}" for name, _ in kept(home) if name not in wanted]
    contents = {digest(Path(outcome.path).read_bytes()) for outcome in failed if Path(outcome.path).is_file()}
    found += [f"kept bytes {name} of a failed file" for name, _ in kept(home) if name in contents]
    return tuple(found)


def main(arguments: list[str]) -> int:
    """Print what came of the folder; exit code 1 for an unclear line, a trace or an unsound archive."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        result = ingest_hostile(Path(arguments[0]))
    except ReportAssistantError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    for failure in result.failures:
        print(f"{'  ' if failure.clear else '? '}{failure.name}: {failure.line}")
    for line in (*result.traces, *result.findings):
        print(f"! {line}")
    print(
        f"{result.files} files: {result.read} read, {result.skipped} skipped, {len(result.failures)} failed"
        f" ({len(result.unclear)} unclear); {result.seconds:.1f}s, slowest {result.slowest[1]:.1f}s"
        f" ({result.slowest[0]}); {len(result.traces)} traces"
    )
    return 1 if result.unclear or result.traces or result.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
