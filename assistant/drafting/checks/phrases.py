"""The trade's fixed wording as one table: what may be repeated word for word, and numbers and names that are common."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "phrases.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The list of that name, longest first."""
    return tuple(sorted(_table()[name], key=len, reverse=True))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any word of the list of that name; blanks in the list stand for any short stretch of text."""
    return re.compile("|".join(re.escape(word).replace(r"\ ", r"[^。；\n]{0,12}?") for word in words(name)))


def spans(name: str, text: str) -> list[tuple[int, int]]:
    """Where words of the list of that name stand in `text`, in order, without overlaps."""
    return [found.span() for found in pattern(name).finditer(text)]
