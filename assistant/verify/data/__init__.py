"""Words that claim something, by what they claim."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("claims.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of that name in claims.toml."""
    return tuple(_table()[name])


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The groups of words of one meaning of that name in claims.toml."""
    return tuple(map(tuple, _table()[name]))


def any_of(name: str, text: str) -> bool:
    """Whether `text` holds any word of that name."""
    return any(word in text for word in words(name))
