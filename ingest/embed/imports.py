"""Imports sentence-transformers in the least time, and with the settings that must stand before torch is loaded."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_ENVIRONMENT = {
    # OpenMP's threads wait by spinning. When any other program uses a core, the spinning thread holds up the one it
    # waits for: measured, a query takes 976 ms instead of 26 ms.
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def set_runtime_environment() -> None:
    """Set what torch and tokenizers read when they are loaded; what the user has set already stays."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)


@contextmanager
def collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile: importing makes millions of objects and no garbage, and looking through them
    again and again takes a quarter of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def import_sentence_transformer() -> type[SentenceTransformer]:
    """The class, without what only training calls: a second of scikit-learn, and scipy's solvers."""
    with _deferred("sklearn.metrics"), _deferred("scipy.optimize"):
        from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer


class _Deferred(ModuleType):
    """Stands for a module that is imported only when one of its functions is called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: object, **kwargs: object) -> object:
            function: Callable[..., object] = getattr(import_module(self.__name__), name)
            return function(*args, **kwargs)

        return call


@contextmanager
def _deferred(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    stand_in = _Deferred(name)
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
