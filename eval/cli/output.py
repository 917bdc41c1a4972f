"""What the commands of `python -m eval` print, and when they end with exit code 1."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from eval.writing import writing

if TYPE_CHECKING:
    from rich.console import Console

    from eval.reading.measure import Measure


def console() -> Console:
    """A wide one where nobody watches, so that tables in files are not folded."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160)


def show_measures(
    answers: Iterable[tuple[str, list[Measure] | str]], as_json: bool, verbose: bool, strict: bool
) -> None:
    """Each topic's measures as they come, or the word why there are none; exit code 1 if one falls short."""
    told: dict[str, Any] = {}
    kept = True
    for topic, measures in answers:
        kept = show_topic(topic, measures, told, as_json, verbose) and kept
    if as_json:
        print_json(told)
    if strict and not kept:
        raise typer.Exit(1)


def show_topic(topic: str, measures: list[Measure] | str, told: dict[str, Any], as_json: bool, verbose: bool) -> bool:
    """Print one topic's measures or put them into `told` for JSON alone; whether all are as demanded."""
    if isinstance(measures, str):
        told[topic] = measures
        if not as_json:
            print(f"[{topic}] {measures}", flush=True)
        return True
    told[topic] = [measure.to_json() for measure in measures]
    if not as_json:
        print(f"[{topic}]", flush=True)
        for measure in measures:
            print(f"  {measure.line()}", flush=True)
            for fault in measure.faults if verbose else ():
                print(f"      {fault}", flush=True)
    return all(measure.kept for measure in measures)


def told(what: str) -> Callable[[int, int], None]:
    """Progress on stderr, for people only."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what} {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return tell


def say(line: str) -> None:
    """A line of progress on stderr."""
    print(line, file=sys.stderr, flush=True)


def show(body: dict[str, Any], lines: tuple[str, ...], as_json: bool) -> None:
    """The lines, or the object as JSON."""
    if as_json:
        print_json(body)
    else:
        print("\n".join(lines))


def print_json(body: dict[str, Any]) -> None:
    """The object as JSON on stdout."""
    print(json.dumps(body, ensure_ascii=False, indent=1))


def write(path: Path, body: dict[str, Any]) -> None:
    """The object as a JSON file. Raises OutputError."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def gate(broken: tuple[str, ...]) -> None:
    """Name what is beyond its bounds; exit code 1 if anything is."""
    for line in broken:
        print(f"未达门槛：{line}", file=sys.stderr)
    if broken:
        raise typer.Exit(1)
