"""Where rows stand, by what they are: lists of places that cost four bytes each, and what several of them share."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from functools import reduce
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)


class Places(Generic[Key]):
    """For each key the places that were added under it, which come in ascending order."""

    def __init__(self) -> None:
        self._found: dict[Key, array[int]] = {}

    def add(self, key: Key, place: int) -> None:
        """Enter a place, which is none before those that stand there; the same one again changes nothing."""
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = array("I")
        if not found or found[-1] != place:
            found.append(place)

    def of(self, keys: Iterable[Key]) -> NDArray[np.uint32]:
        """The places under any of the keys, ascending, each once."""
        found = [np.frombuffer(self._found[key], np.uint32) for key in keys if key in self._found]
        return np.unique(np.concatenate(found)) if len(found) > 1 else found[0] if found else np.empty(0, np.uint32)


def met(found: Sequence[NDArray[np.uint32]]) -> list[int]:
    """The places that stand in each of the lists (at least one), ascending."""
    few = reduce(lambda left, right: np.intersect1d(left, right, assume_unique=True), sorted(found, key=len))
    return [int(place) for place in few]
