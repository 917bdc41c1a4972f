"""Runs the parts one after the other, each in a process of its own: nothing profits from what another has loaded."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.bench.children import product
from eval.report.children import nameless, run_child
from eval.report.machine import commit, load, machine
from eval.report.measured import Failure, Measured, Store, picked_fields
from eval.report.parts import Part
from eval.report.picked import pick
from ingest.errors import ReportAssistantError

PROGRAM: tuple[str, ...] = (sys.executable, "-m", "eval")
_SHOWN = {
    "sample": "data/demo",
    "scale": "data/scale",
    "shared": "../shared",
    "gguf": "1.5B.gguf",
    "small_gguf": "0.5B.gguf",
    "student": "STUDENT",
}
"""What a reader types where this run had places of its own."""
_PATIENCE = 10
"""A part may take so many times the minutes that it is said to take, on a slow or busy machine."""
_LEAST_MINUTES = 10


class RunError(ReportAssistantError):
    """What the parts need could not be made."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts find what they need.

    work: the sample archive is made there at its first use.
    """

    work: Path
    shared: Path
    gguf: Path | None = None
    small_gguf: Path | None = None
    student: Path | None = None

    def lacks(self, part: Part) -> str | None:
        """The word why a part cannot run here; None where it can."""
        if "shared" in part.needs and not (self.shared / "archive").is_dir():
            return f"{_SHOWN['shared']} is not there"
        for need, place in (("gguf", self.gguf), ("small_gguf", self.small_gguf), ("student", self.student)):
            if need in part.needs and (place is None or not place.exists()):
                return f"no model was given (--{need.replace('_', '-')})"
        if "chromium" in part.needs and not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
            return "Chromium is not there"
        return None

    def arguments(self, part: Part, say: Callable[[str], None]) -> list[str]:
        """The command's arguments with this machine's places. Raises RunError."""
        if any("{sample}" in argument for argument in part.command):
            self._make_sample(say)
        names = {
            "sample": self.work / "sample",
            "scale": self.work / "scale",
            "shared": self.shared,
            "gguf": self.gguf or "",
            "small_gguf": self.small_gguf or "",
            "student": self.student or "",
        }
        return [_filled(argument, names) for argument in part.command]

    def _make_sample(self, say: Callable[[str], None]) -> None:
        """The sample archive as this version writes and reads it: questions, files and home."""
        folder = self.work / "sample"
        if (folder / "complete").is_file():
            return
        say("生成并导入样例档案")
        home = {**os.environ, "REPORT_ASSISTANT_HOME": str(folder / "home")}
        for command in ([*PROGRAM, "sample", str(folder)], product("ingest", str(folder / "archive"))):
            ended = run_child(command, 60 * 30, environment=home)
            if ended.status != 0:
                raise RunError(f"做不出样例档案（{ended.word}）", "请单独运行 make sample 查看原因")
        (folder / "complete").touch()


def shown_command(part: Part) -> str:
    """As one would type it, free of this machine's paths."""
    arguments = [_filled(argument, _SHOWN) for argument in part.command]
    made = "make sample && " if any("{sample}" in argument for argument in part.command) else ""
    return f"{made}python -m eval {' '.join(arguments)}"


def run_part(part: Part, places: Places, say: Callable[[str], None], today: datetime.date) -> Measured | Failure:
    """Run one part. A command that fails after its JSON has measured all the same: what it says of its end is kept
    beside the figures.
    """
    from time import perf_counter

    command, busy = shown_command(part), load()
    try:
        arguments = places.arguments(part, say)
    except RunError as error:
        return Failure(today.isoformat(), command, nameless(error.fault))
    limit = 60 * max(_LEAST_MINUTES, _PATIENCE * part.minutes)
    started = perf_counter()
    ended = run_child([*PROGRAM, *arguments, "--json"], limit, say)
    seconds = perf_counter() - started
    if ended.status is None:
        return Failure(today.isoformat(), command, f"not at its end after {limit / 60:.0f} minutes")
    try:
        body = json.loads(ended.out)
    except ValueError:
        word = ended.word or "it printed no JSON object"
        return Failure(today.isoformat(), command, f"exit code {ended.status}: {word}")
    picked = pick(part, body)
    if ended.status != 0:
        picked = replace(picked, missing=(*picked.missing, f"exit code {ended.status}: {ended.word}"))
    measured = Measured(today.isoformat(), command, seconds, machine(), commit(), busy, **picked_fields(picked))
    if not measured.figures:
        return Failure(today.isoformat(), command, "; ".join(measured.missing) or "it printed none of the figures")
    return measured


def run_parts(
    parts: Sequence[Part], places: Places, store: Store, say: Callable[[str], None], today: datetime.date
) -> dict[str, str]:
    """Run them serially and save each as soon as it is known; what was skipped, with the word why."""
    skipped: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        head = f"[{number}/{len(parts)}] {part.name}"
        if (word := places.lacks(part)) is not None:
            skipped[part.name] = word
            say(f"{head}：跳过，{word}")
            continue
        say(f"{head}（约 {part.minutes:g} 分钟）")
        found = run_part(part, places, lambda line: say(f"    {line}"), today)
        saved = store.load(part.name)
        if isinstance(found, Failure):
            say(f"{head}：没有测成，{found.word}")
            store.save(part.name, saved.failed_again(found))
        else:
            store.save(part.name, saved.measured_again(found))
            say(f"{head}：{len(found.figures)} 个数，{found.seconds:.0f} 秒")
            for missing in found.missing:
                say(f"    没有找到 {missing}")
    return skipped


def _filled(argument: str, names: Mapping[str, object]) -> str:
    for name, place in names.items():
        argument = argument.replace(f"{{{name}}}", str(place))
    return argument
