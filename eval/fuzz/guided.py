"""The same targets under atheris, which looks for inputs that reach code not reached before; in a process of its own,
because libFuzzer ends the process that it runs in.

python -m eval.fuzz.guided TARGET SECONDS NOTES
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from eval.fuzz.engine import Fault, Outcome, tried_out
from eval.fuzz.mutate import LONGEST
from eval.fuzz.targets import chosen

_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERED = ("ingest", "assistant")
_PATIENCE = 60


def available() -> bool:
    """Whether atheris is installed; it has no wheel for every platform and is no dependency."""
    return find_spec("atheris") is not None


def guided(name: str, seconds: float) -> Outcome:
    """Run one target for `seconds`."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-fuzz-") as folder:
        notes = Path(folder, "faults.jsonl")
        command = [sys.executable, "-m", "eval.fuzz.guided", name, str(int(seconds)), str(notes)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds * 2 + _PATIENCE, check=False)
        runs = _RUNS.search(done.stderr)
        lines = notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []
    faults = [Fault(where, bytes.fromhex(data), 0) for where, data in map(json.loads, lines)]
    if runs is None:
        said = (done.stderr.strip() or "no word").splitlines()[-1]
        faults.append(Fault(f"the process ended with {done.returncode}: {said}", b"", 0))
    return Outcome(name, int(runs[1]) if runs else 0, 0, 0.0, tuple(faults), "atheris")


def main(arguments: Sequence[str]) -> None:
    """The process: faults are noted and gone on from, so that one does not hide the next."""
    atheris = importlib.import_module("atheris")
    (target,) = chosen(arguments[:1])
    notes, seen = Path(arguments[2]), set[str]()
    with tempfile.TemporaryDirectory() as corpus, target.opened() as (run, seeds):
        for number, seed in enumerate(seeds):
            Path(corpus, str(number)).write_bytes(seed[:LONGEST])

        def one(data: bytes) -> None:
            where = tried_out(run, data, target.seconds)
            if where and where not in seen:
                seen.add(where)
                with notes.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps([where, data.hex()]) + "\n")

        # What a target calls it imports at its first input: from here on with a note at each branch that is taken.
        with atheris.instrument_imports(include=list(_COVERED)):
            for seed in seeds:
                one(seed)
        options = (f"-max_total_time={arguments[1]}", f"-max_len={LONGEST}", "-print_final_stats=1", "-seed=1")
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
