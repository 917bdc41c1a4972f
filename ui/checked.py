"""What became of the check of an answer, and who wrote it, as HTML. Pure functions."""

from __future__ import annotations

from assistant.answer import Answer, Check
from ui import strings
from ui.escape import escape


def checked_html(answer: Answer) -> str:
    """One small line: who wrote, how many sentences were checked; below it what did not stand and why."""
    said = [*_writer(answer), *_counts(answer.checks)]
    lines = [f'<p class="by">{"".join(f"<span>{escape(item)}</span>" for item in said)}</p>'] if said else []
    if answer.note:
        lines.append(f'<p class="note">{escape(answer.note)}</p>')
    return f'<div class="checked">{"".join(lines)}</div>' if lines else ""


def _writer(answer: Answer) -> list[str]:
    if answer.abstained or not answer.composer:
        return []
    name = strings.COMPOSERS.get(answer.composer, answer.composer)
    return [f"{name} {answer.model}" if answer.model else name]


def _counts(checks: tuple[Check, ...]) -> list[str]:
    said = []
    if held := sum(check.verdict in ("checked", "mended") for check in checks):
        said.append(strings.CHECKED.format(count=held))
    for verdict in ("quoted", "dropped"):
        fallen = [check for check in checks if check.verdict == verdict]
        if fallen:
            reasons = "；".join(dict.fromkeys(check.reason for check in fallen if check.reason))
            line = strings.FALLEN[verdict].format(count=len(fallen))
            said.append(f"{line}：{reasons}" if reasons else line)
    return said
