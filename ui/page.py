"""A Gradio page in one language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from ui.strings import LANGUAGE, Language

SESSIONS = 100
"""Open pages whose state is held; each takes 2 MB. Gradio would hold ten thousand, for an hour after they are closed.
A page beyond that, the one not used for longest, begins a new conversation; what was said is kept in the side list.
"""


class Page(gr.Blocks):
    """Blocks whose events all run in the page's own language: two pages of one server speak two."""

    def __init__(self, language: Language, **options: Any) -> None:
        super().__init__(**options)
        self._language = language
        self.state_session_capacity = SESSIONS

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
