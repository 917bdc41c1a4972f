"""An answer for the clipboard: as text and as HTML, with its citations or without them. Pure functions."""

from __future__ import annotations

from assistant.answer import Answer, Sentence
from ui import strings
from ui.citing import facts
from ui.escape import escape


def plain(answer: Answer) -> str:
    """The answer with its citations as plain text, for pasting into a document."""
    lines = [answer.answer, *_below(answer)]
    return "\n".join(lines)


def bare(answer: Answer) -> str:
    """The sentences alone."""
    return "\n".join(sentence.text for sentence in answer.sentences)


def rich(answer: Answer) -> str:
    """The same as `plain` in HTML, its marks raised, as a word processor takes it over."""
    body = "".join(f"<p>{escape(sentence.text)}{_raised(sentence)}</p>" for sentence in answer.sentences)
    return body + "".join(f"<p>{escape(line)}</p>" for line in _below(answer) if line)


def copy_html(answer: Answer) -> str:
    """Two buttons with what they copy; empty for an answer without citations."""
    if not answer.citations:
        return ""
    return (
        f'<div class="tools">{_button("bare", strings.COPY_BARE)}{_button("full", strings.COPY)}'
        f'<span class="plain" hidden>{escape(plain(answer))}</span>'
        f'<span class="alone" hidden>{escape(bare(answer))}</span>'
        f'<div class="rich" hidden>{rich(answer)}</div></div>'
    )


def _button(kind: str, label: str) -> str:
    return (
        f'<button type="button" class="copy {kind}"><span>{label}</span><span hidden>{strings.COPIED}</span></button>'
    )


def _below(answer: Answer) -> list[str]:
    lines: list[str] = []
    if answer.warnings:
        lines += ["", *(f"※ {strings.WARNINGS[item.kind]}：{item.text}" for item in answer.warnings)]
    if answer.citations:
        lines += ["", f"{strings.SOURCES}："]
        lines += [f"〔{c.n}〕{c.report}（{'，'.join(facts(c))}）：“{c.quote.strip()}”" for c in answer.citations]
    return lines


def _raised(sentence: Sentence) -> str:
    marks = "".join(f"〔{n}〕" for n in sentence.citations)
    return f"<sup>{marks}</sup>" if marks else ""
