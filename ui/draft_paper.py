"""The draft itself as HTML: its title, its sections as they read, and the fields to edit them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.drafting.editing import sentences
from assistant.drafting.export.lines import section_lines
from assistant.drafting.types import DraftCheck, DraftSection, Manuscript
from assistant.drafting.workspace import Work
from ui import strings
from ui.escape import escape


@dataclass(frozen=True, slots=True)
class State:
    """How a section stands: who is writing (`busy`), what grows there, why no model can be asked (empty: one can)."""

    busy: bool = False
    growing: str = ""
    no_model: str = ""


def title_html(manuscript: Manuscript | None) -> str:
    """The title, to be edited in place; before there is a draft, what to do."""
    if manuscript is None:
        return f'<div class="welcome"><p class="do">{strings.DRAFT_EMPTY}</p><p>{strings.DRAFT_EMPTY_MORE}</p></div>'
    if not manuscript.title:
        return ""
    todo = len(manuscript.placeholders)
    count = f'<p class="count">{strings.DRAFT_TODOS.format(count=todo)}</p>' if todo else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in manuscript.notes)
    return (
        f'<textarea class="title" rows="1" data-act="title" aria-label="{strings.DRAFT_TITLE}" maxlength="200">'
        f"{escape(manuscript.title)}</textarea>{count}{notes}"
    )


def heading_of(manuscript: Manuscript, number: int) -> str:
    """A section's heading with the number that it has in the document."""
    lines, heading = section_lines(manuscript.sections)[number], manuscript.sections[number].heading
    return lines[0].text if lines and lines[0].text.endswith(heading) else heading


def section_html(work: Work, number: int, state: State) -> str:
    """A section: heading, text with placeholders and findings marked, its buttons, and the closed fields to edit it."""
    assert work.manuscript is not None
    section = work.manuscript.sections[number]
    label = strings.DRAFT_SECTION.format(number=number + 1)
    text = (
        f'<div class="text growing" aria-live="polite">{_plain(state.growing or strings.LOOKING)}</div>'
        if state.busy
        else f'<div class="text">{preview_html(work, number)}</div>'
    )
    return (
        f'<section class="part" data-number="{number}" aria-label="{label}">'
        f'<h2 tabindex="0">{escape(heading_of(work.manuscript, number))}</h2>'
        f"{text}{_tools(work, number, state)}{_fields(section, number)}"
        f"</section>"
    )


def coming_html(heading: str, text: str) -> str:
    """The section that is just being written."""
    head = f"<h2>{escape(heading)}</h2>" if heading else ""
    said = _plain(text) if text else f'<p class="progress">{strings.DRAFTING}</p>'
    return f'<section class="part coming" aria-busy="true">{head}<div class="text growing">{said}</div></section>'


def _tools(work: Work, number: int, state: State) -> str:
    back = number in work.previous
    off = ' disabled title="{}"'
    no_back = "" if back and not state.busy else off.format(strings.DRAFT_NO_RESTORE)
    no_again = off.format(escape(state.no_model)) if state.no_model else " disabled" if state.busy else ""
    no_edit = " disabled" if state.busy else ""
    why = f'<span class="why">{escape(state.no_model)}</span>' if state.no_model else ""
    return (
        f'<div class="tools"><button type="button" data-do="edit"{no_edit}>{strings.DRAFT_EDIT}</button>'
        f'<button type="button" data-do="again"{no_again}>{strings.DRAFT_REDRAFT}</button>'
        f'<button type="button" data-do="restore"{no_back}>{strings.DRAFT_RESTORE}</button>{why}'
        f'<span class="ask" hidden><input type="text" maxlength="200" placeholder="{strings.DRAFT_INSTRUCTION}" '
        f'aria-label="{strings.DRAFT_INSTRUCTION}"><button type="button" data-do="redraft">{strings.DRAFT_REDRAFT_GO}'
        f"</button></span></div>"
    )


def _fields(section: DraftSection, number: int) -> str:
    heading = strings.DRAFT_SECTION_HEADING.format(number=number + 1)
    text = strings.DRAFT_SECTION_TEXT.format(number=number + 1)
    return (
        f'<div class="edit" hidden><input type="text" value="{escape(section.heading)}" maxlength="200" '
        f'aria-label="{heading}"><textarea aria-label="{text}">&#10;{escape(section.text)}</textarea>'
        f'<button type="button" data-do="done">{strings.DRAFT_EDITED}</button></div>'
    )


def preview_html(work: Work, number: int) -> str:
    """The text as paragraphs of sentences that can be chosen."""
    assert work.manuscript is not None
    section = work.manuscript.sections[number]
    checks = [(i, one) for i, one in enumerate(work.manuscript.checks) if one.section == number and one.end > one.start]
    todo = [(one.start, one.end) for one in work.manuscript.placeholders if one.section == number]
    said = sentences(section, work.composed.get(number))
    paragraphs, start = [], 0
    for line in section.text.split("\n"):
        end = start + len(line)
        if line.strip():
            inner = "".join(
                _sentence(section.text, number, k, max(one.start, start), min(one.end, end), todo, checks, own=one.own)
                for k, one in enumerate(said)
                if one.start < end and one.end > start
            )
            paragraphs.append(f"<p>{inner}</p>")
        start = end + 1
    return "".join(paragraphs)


def _sentence(
    text: str,
    number: int,
    k: int,
    start: int,
    end: int,
    todo: Sequence[tuple[int, int]],
    checks: Sequence[tuple[int, DraftCheck]],
    *,
    own: bool,
) -> str:
    marks = [(a, b, "todo", "") for a, b in todo]
    marks += [(one.start, one.end, f"flag {one.severity}", str(i)) for i, one in checks]
    inner = "".join(_piece(text[a:b], a, b, marks) for a, b in _cut(start, end, marks))
    tag = f'<span class="own">{strings.DRAFT_OWN}</span>' if own else ""
    kind = "sentence own" if own else "sentence"
    return f'<span class="{kind}" role="button" tabindex="0" data-why="{number}-{k}">{inner}</span>{tag}'


def _cut(start: int, end: int, marks: Sequence[tuple[int, int, str, str]]) -> Iterator[tuple[int, int]]:
    edges = {start, end, *(at for a, b, _, _ in marks for at in (a, b) if start < at < end)}
    ordered = sorted(edges)
    return pairwise(ordered)


def _piece(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str, str]]) -> str:
    over = [(kind, check) for a, b, kind, check in marks if a <= start and end <= b]
    if not over:
        return escape(text)
    kinds = " ".join(dict.fromkeys(kind for kind, _ in over))
    found = " ".join(check for _, check in over if check)
    return f'<mark class="{kinds}" data-checks="{found}">{escape(text)}</mark>'


def _plain(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
