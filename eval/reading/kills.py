"""Killing an ingest at random moments: after the next run the archive must be as if nothing had happened.

    python -m eval.reading.kills FOLDER [TIMES] [SEED] [quick|real]

The kill is SIGKILL: nothing is cleaned up, as when the power fails for the process. Half of the moments lie while text
is read, half while vectors are made.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from eval.reading.measure import Measure
from eval.reading.snapshot import Snapshot, differences, snapshot
from ingest.errors import ReportAssistantError

Encoder = Literal["quick", "real"]
PHASES = ("text", "vectors")
_KILLED = -9
"""How a process ends that was killed (nothing else ends so)."""
_PATIENCE = 20.0
"""Seconds that what the killed process had started may take to go."""


class KillError(ReportAssistantError):
    """An ingest that nobody killed did not end well, so that nothing can be compared with it."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: in which phase, how many seconds into it, whether the process was still there to be killed, what the
    next run left different, and how many processes outlived it.
    """

    phase: str
    after: float
    struck: bool
    differences: tuple[str, ...] = ()
    orphans: int = 0


@dataclass(frozen=True, slots=True)
class KillResult:
    """All kills. `seconds`: how long each phase of an undisturbed ingest takes."""

    seconds: dict[str, float]
    kills: tuple[Kill, ...] = field(default=())

    @property
    def struck(self) -> int:
        """Kills that met a running ingest."""
        return sum(kill.struck for kill in self.kills)

    @property
    def unequal(self) -> int:
        """Kills after which the archive was another, or a process was left."""
        return sum(bool(kill.differences) or kill.orphans > 0 for kill in self.kills)

    def to_json(self) -> dict[str, Any]:
        """All figures."""
        return {"struck": self.struck, "unequal": self.unequal, **asdict(self)}


def kill_and_compare(
    folder: Path, times: int, seed: int = 0, encoder: Encoder = "quick", told: Callable[[Kill], None] | None = None
) -> KillResult:
    """Ingest `folder` undisturbed, then until `times` kills have met a running ingest; compare each with the first.

    A moment after the ingest has ended strikes nothing and is tried again, twice as often at most. `quick`: vectors
    from a hash of the text instead of the embedding model. Raises KillError.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="report-assistant-kills-") as temporary:
        seconds = _whole(folder, Path(temporary, "whole"), encoder)
        wanted = snapshot(Path(temporary, "whole"))
        if not wanted.vectors:
            raise KillError(f"{folder} 里没有读出任何段落", "请换一个文件夹")
        kills: list[Kill] = []
        for number in range(2 * times):
            if sum(kill.struck for kill in kills) == times:
                break
            phase = PHASES[number % len(PHASES)]
            after = chance.uniform(0, seconds[phase])
            home = Path(temporary, str(number))
            kills.append(_killed(folder, home, encoder, phase, after, wanted))
            if told is not None:
                told(kills[-1])
    return KillResult(seconds, tuple(kills))


def measure_kills(times: int = 50) -> list[Measure]:
    """Kills of an ingest of the sample archive, a quick encoder in the place of the model."""
    from eval.sample.archive import generate

    with tempfile.TemporaryDirectory(prefix="report-assistant-sample-") as temporary:
        result = kill_and_compare(generate(Path(temporary)), times)
    faults = tuple(f"{kill.phase} +{kill.after}s: {line}" for kill in result.kills for line in kill.differences)
    orphans = sum(kill.orphans for kill in result.kills)
    return [
        Measure("kills: that met a running ingest", result.struck, "count", least=times),
        Measure("kills: archives that were not equal", result.unequal, "count", most=0, faults=faults),
        Measure("kills: processes left over", orphans, "count", most=0),
    ]


def _killed(folder: Path, home: Path, encoder: Encoder, phase: str, after: float, wanted: Snapshot) -> Kill:
    import psutil

    run = _start(folder, home, encoder)
    struck = False
    family: list[psutil.Process] = []
    for line in _lines(run):
        if line == phase:
            time.sleep(after)
            if run.poll() is None:
                family = psutil.Process(run.pid).children(recursive=True)
                run.kill()
                struck = True
            break
    struck = run.wait() == _KILLED and struck
    _, orphans = psutil.wait_procs(family, timeout=_PATIENCE)
    _whole(folder, home, encoder)
    return Kill(phase, round(after, 3), struck, tuple(differences(wanted, snapshot(home))), len(orphans))


def _whole(folder: Path, home: Path, encoder: Encoder) -> dict[str, float]:
    """An ingest to its end; the seconds of each phase. Raises KillError."""
    run = _start(folder, home, encoder)
    times = {line: time.monotonic() for line in _lines(run)}
    times["end"] = time.monotonic()
    if run.wait() != 0:
        raise KillError(f"导入 {folder} 没有正常结束", "请先单独导入它，排除故障")
    vectors = times.get("vectors", times["end"])
    return {"text": vectors - times["text"], "vectors": times["end"] - vectors}


def _start(folder: Path, home: Path, encoder: Encoder) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "eval.reading.killed", str(folder), str(home), encoder]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _lines(run: subprocess.Popen[str]) -> Iterator[str]:
    """What the process says it is doing, as it says it."""
    assert run.stdout is not None
    for line in run.stdout:
        yield line.strip()


def _tell(kill: Kill) -> None:
    what = "；".join(kill.differences) or "equal"
    print(f"{kill.phase} +{kill.after:.2f}s {'killed' if kill.struck else 'was over'}: {what}", flush=True)


def main(arguments: list[str]) -> int:
    """Print every kill and the sum; exit code 1 when an archive was not equal."""
    given = dict(enumerate(arguments))
    encoder = given.get(3, "quick")
    if 0 not in given or encoder not in ("quick", "real"):
        print(__doc__)
        return 2
    try:
        result = kill_and_compare(
            Path(given[0]),
            int(given.get(1, 50)),
            int(given.get(2, 0)),
            "real" if encoder == "real" else "quick",
            _tell,
        )
    except ReportAssistantError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    times = "  ".join(f"{phase} {seconds:.2f}s" for phase, seconds in result.seconds.items())
    print(f"{len(result.kills)} kills, {result.struck} struck, {result.unequal} unequal  ({times})")
    return 1 if result.unequal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
