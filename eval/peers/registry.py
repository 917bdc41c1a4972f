"""Which peers there are: the module that runs each, its pinned requirements, and what it says it was not made for."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ReportAssistantError

OURS = "ours"
HERE = Path(__file__).parent
_PIN = re.compile(r"[A-Za-z0-9._-]+(?:\[[A-Za-z0-9,._-]+\])?==[A-Za-z0-9.!+]+")
_PYTHON = re.compile(r"#\s*python\s*>=\s*(\d+)\.(\d+)\s*")


class UnknownPeer(ReportAssistantError):
    """There is no peer of that name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """requirements: a file beside this one, None for what runs in this project's own environment."""

    name: str
    module: str
    requirements: str | None
    option: str = ""

    @property
    def not_made_for(self) -> str:
        """The paragraph of the script's docstring that begins with `Not made for:`."""
        text = ast.get_docstring(ast.parse((HERE / f"{self.module}.py").read_text(encoding="utf-8"))) or ""
        found = next((part for part in text.split("\n\n") if part.startswith("Not made for:")), "")
        return " ".join(found.split())


PEERS = (
    Entry(OURS, "ours", None),
    Entry("langchain", "langchain_textbook", "langchain.txt"),
    Entry("llamaindex", "llamaindex", "llamaindex.txt"),
    Entry("haiku-rag", "haiku", "haiku.txt"),
    Entry("fts5-trigram", "fts5", "fts5.txt", "trigram"),
    Entry("fts5-unicode61", "fts5", "fts5.txt", "unicode61"),
)


def chosen(names: Sequence[str]) -> tuple[Entry, ...]:
    """The peers of these names, or all; ours is always there, because the others are held against it."""
    known = [entry.name for entry in PEERS]
    for name in names:
        if name not in known:
            raise UnknownPeer(f"没有名为 {name} 的对照", f"可用的有 {'、'.join(known)}")
    return tuple(entry for entry in PEERS if not names or entry.name in (OURS, *names))


@dataclass(frozen=True, slots=True)
class Pins:
    """Exact releases (`name==version`), and the least Python that takes them."""

    releases: tuple[str, ...]
    python: tuple[int, int]


def pins(text: str) -> Pins:
    """A requirements file of ours. Raises ValueError for a line that is no exact release."""
    releases: list[str] = []
    python = (3, 11)
    for line in map(str.strip, text.splitlines()):
        if found := _PYTHON.fullmatch(line):
            python = (int(found[1]), int(found[2]))
        if not line or line.startswith("#"):
            continue
        if not _PIN.fullmatch(line):
            raise ValueError(f"not an exact release: {line}")
        releases.append(line)
    return Pins(tuple(releases), python)


def pins_of(entry: Entry) -> Pins:
    """The pins of a peer; none for ours."""
    if entry.requirements is None:
        return Pins((), (3, 11))
    return pins((HERE / entry.requirements).read_text(encoding="utf-8"))
