"""The wordings in which clerks ask, drawn by turns."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

EACH = 2
"""Wordings of each half in which a slot is asked for."""

_SEED = 2026


class Draw:
    """Wordings and names by turns, each as often as the others, in an order that a seed fixes."""

    def __init__(self, seed: int = _SEED) -> None:
        self._random = random.Random(seed)
        self._heaps: dict[tuple[str, ...], list[Any]] = {}

    def texts(self, kind: str, indicator: str) -> list[tuple[Mapping[str, Any], str, bool]]:
        """`EACH` wordings of either half with the indicator named: (wording, text, of the development half)."""
        drawn = []
        for half in (0, 1):
            names = wordings()["indicators"][indicator]
            for _ in range(EACH):
                wording = self._next((kind, str(half)), wordings()[kind][half::2])
                text = wording["ask"]
                for field in ("name", "much"):
                    key = "names" if field == "name" else field
                    if f"{{{field}}}" in text:
                        word = self._next((indicator, field, str(half)), names[key][half::2])
                        text = text.replace(f"{{{field}}}", word)
                drawn.append((wording, text, half == 0))
        return drawn

    def one(self, choices: Sequence[str]) -> str:
        """One of the choices."""
        return self._random.choice(choices)

    def _next(self, key: tuple[str, ...], things: Sequence[Any]) -> Any:
        heap = self._heaps.setdefault(key, [])
        if not heap:
            heap.extend(self._random.sample(list(things), len(things)))
        return heap.pop()


@cache
def wordings() -> dict[str, Any]:
    """The file of wordings: `indicators`, and a list of wordings for each kind of question."""
    return tomllib.loads((files("eval.figures") / "wordings.toml").read_text(encoding="utf-8"))
