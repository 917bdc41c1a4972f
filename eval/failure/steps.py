"""Named steps of writing: where a kill is planted so that it falls between two of them, not only at a random moment."""

from __future__ import annotations

import functools
import importlib
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_CALLS = (
    ("ingest.archive.originals", "keep"),
    ("ingest.archive.originals", "drop"),
    ("ingest.archive.store", "write_file"),
    ("ingest.archive.store", "rewrite_file"),
    ("ingest.archive.fulltext", "rebuild"),
    ("ingest.archive.chroma:Chroma", "upsert"),
    ("ingest.archive.chroma:Chroma", "delete"),
    ("ingest.archive.chroma:Chroma", "drop_others"),
    ("ingest.trash:Trash", "put"),
    ("ingest.trash:Trash", "drop"),
    ("shutil", "rmtree"),
)
_TRANSACTIONS = (
    ("ingest.archive.database:Database", "transaction"),
    ("assistant.conversations.database", "_transaction"),
)

Reached = Callable[[str], None]


def count(reached: list[str]) -> None:
    """Have every step that this process goes through noted in `reached`."""
    _plant(reached.append)


def kill_at(number: int) -> None:
    """Have this process killed at the step with this number, from 0."""
    steps: list[str] = []

    def reached(name: str) -> None:
        steps.append(name)
        if len(steps) > number:
            os.kill(os.getpid(), signal.SIGKILL)

    _plant(reached)


def _plant(reached: Reached) -> None:
    for place, name in _CALLS:
        owner = _owner(place)
        setattr(owner, name, _called(getattr(owner, name), name, reached))
    for place, name in _TRANSACTIONS:
        owner = _owner(place)
        setattr(owner, name, _committed(getattr(owner, name), reached))


def _owner(place: str) -> Any:
    module, _, name = place.partition(":")
    found = importlib.import_module(module)
    return getattr(found, name) if name else found


def _called(original: Callable[..., Any], name: str, reached: Reached) -> Callable[..., Any]:
    @functools.wraps(original)
    def planted(*arguments: Any, **named: Any) -> Any:
        reached(f"before {name}")
        result = original(*arguments, **named)
        reached(f"after {name}")
        return result

    return planted


def _committed(original: Callable[..., Any], reached: Reached) -> Callable[..., Any]:
    @contextmanager
    def planted(*arguments: Any) -> Iterator[Any]:
        with original(*arguments) as given:
            yield given
            reached("before commit")
        reached("after commit")

    return planted
