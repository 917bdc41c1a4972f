"""One of something for each owner: what one user has open on the desk, no other one sees."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerOwner(Generic[T]):
    """Made when an owner first needs it, and kept. Safe to use from several threads."""

    def __init__(self, make: Callable[[str], T]) -> None:
        """`make` gets the owner's name, "" where no users are set up."""
        self._make = make
        self._lock = threading.Lock()
        self._held: dict[str, T] = {}

    def of(self, owner: str) -> T:
        """The owner's own."""
        with self._lock:
            if owner not in self._held:
                self._held[owner] = self._make(owner)
            return self._held[owner]
