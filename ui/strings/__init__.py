"""Every word that the page shows, in one place: `strings.NAME` is that word in the language of the page that asks.

The Chinese words are the program's own (`zh/`, a file for each tab); `en/` has the same names in English. A word is
read when something is shown, never when a module is imported: kept in a constant it would stay in one language.
"""

from __future__ import annotations

from contextvars import ContextVar
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

LANGUAGE: ContextVar[Language] = ContextVar("language", default="zh")
"""The language of the page that is being shown; each page sets it around whatever it does."""

if TYPE_CHECKING:
    from ui.strings.zh import *
else:

    def __getattr__(name: str) -> Any:
        try:
            return getattr(import_module(f"ui.strings.{LANGUAGE.get()}"), name)
        except ModuleNotFoundError as error:
            raise AttributeError(name) from error
