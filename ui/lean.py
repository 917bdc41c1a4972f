"""Gradio without what the page has no use for: a quarter of its start-up is an MCP server that is never made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_UNUSED = "mcp"
"""Gradio does without this package where it is not installed."""


class _NotInstalled(MetaPathFinder):
    """Says of one package that it is not there."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """See `MetaPathFinder`; raises ModuleNotFoundError."""
        if name == _UNUSED:
            raise ModuleNotFoundError(f"{name} is left out", name=name)
        return None


def import_gradio() -> None:
    """Import Gradio, before anything else does. The package it goes without can be imported as ever afterwards."""
    if "gradio" in sys.modules:
        return
    finder = _NotInstalled()
    sys.meta_path.insert(0, finder)
    try:
        import gradio  # noqa: F401
    finally:
        sys.meta_path.remove(finder)
