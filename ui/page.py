"""A Gradio page in one language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from ui.strings import LANGUAGE, Language


class Page(gr.Blocks):
    """Blocks whose events all run in the page's own language: two pages of one server speak two."""

    def __init__(self, language: Language, **options: Any) -> None:
        super().__init__(**options)
        self._language = language

    async def process_api(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        """An event of the page: whatever it shows is said in its language."""
        with speaking(self._language):
            return await super().process_api(*arguments, **options)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """All that is shown within is in that language."""
    token = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(token)
