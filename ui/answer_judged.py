"""What a person says of an answer: two buttons, and a line for why. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.feedback import MAX_NOTE, Verdict
from ui import strings
from ui.escape import escape

Judged = Mapping[int, tuple[Verdict, str]]
"""Verdict and note by the place of the turn."""


def judge_html(said: tuple[Verdict, str] | None) -> str:
    """The buttons; once something was said, a field for a note as well. The one that is on takes it back."""
    verdict, note = said or (None, "")
    buttons = "".join(
        f'<button type="button" class="judge {name}{" on" if name == verdict else ""}">{label}</button>'
        for name, label in (("good", strings.GOOD), ("bad", strings.BAD))
    )
    return f'<div class="judging"><div class="verdict">{buttons}</div>{_note(verdict, note)}</div>'


def _note(verdict: Verdict | None, note: str) -> str:
    if verdict is None:
        return ""
    return (
        f'<label class="noting"><span>{strings.NOTE_HINT[verdict]}</span>'
        f'<input type="text" class="note-field" maxlength="{MAX_NOTE}"></label>'
        f'<button type="button" class="keep-note"><span>{strings.KEEP_NOTE}</span></button>'
        f'<span class="noted" hidden>{escape(note)}</span>'
    )
