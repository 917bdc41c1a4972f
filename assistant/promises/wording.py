"""The word lists of this room."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """One list of words.toml."""
    table = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])


@cache
def openings(name: str) -> tuple[str, ...]:
    """The same, for `str.startswith` and `str.endswith`."""
    return tuple(words(name))
