"""The draft itself as HTML: its title, its sections as they read, and the fields to edit them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.drafting.editing import sentences
from assistant.drafting.export.lines import section_lines
from assistant.drafting.types import DraftSection, Manuscript
from assistant.drafting.workspace import Work
from ui import strings
from ui.draft_same import Same
from ui.escape import escape


@dataclass(frozen=True, slots=True)
class State:
    """How a section stands: who is writing (`busy`), what grows there, whether no model writes it (`plain`)."""

    busy: bool = False
    growing: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a section that is marked; `check`, `same`: what leads there from the right side."""

    start: int
    end: int
    kind: str
    check: str = ""
    same: str = ""


def title_html(manuscript: Manuscript | None) -> str:
    """The title, to be edited in place; before there is a draft, what to do."""
    if manuscript is None:
        return f'<div class="welcome"><p class="do">{strings.DRAFT_EMPTY}</p><p>{strings.DRAFT_EMPTY_MORE}</p></div>'
    if not manuscript.title:
        return ""
    todo = len(manuscript.placeholders)
    count = f'<p class="count">{strings.DRAFT_TODOS.format(count=todo)}</p>' if todo else ""
    inside = {note for one in manuscript.sections for note in notes_of(manuscript, one)}
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in manuscript.notes if note not in inside)
    return (
        f'<textarea class="title" rows="1" data-act="title" aria-label="{strings.DRAFT_TITLE}" maxlength="200">'
        f"{escape(manuscript.title)}</textarea>{count}{notes}"
    )


def heading_of(manuscript: Manuscript, number: int) -> str:
    """A section's heading with the number that it has in the document."""
    lines, heading = section_lines(manuscript.sections)[number], manuscript.sections[number].heading
    return lines[0].text if lines and lines[0].text.endswith(heading) else heading


def notes_of(manuscript: Manuscript, section: DraftSection) -> list[str]:
    """The notes that begin with the section's heading: they are shown at the section."""
    return [note for note in manuscript.notes if note.startswith(f"“{section.heading}”")]


def _note(note: str, heading: str) -> str:
    said = note.removeprefix(f"“{heading}”")
    return f'<p class="note">{escape(said[1:] if said.startswith("：") else f"本节{said}")}</p>'


def section_html(work: Work, number: int, state: State, same: Sequence[Same] = ()) -> str:
    """A section: heading, text with placeholders and findings marked, its buttons, and the closed fields to edit it."""
    assert work.manuscript is not None
    section = work.manuscript.sections[number]
    label = strings.DRAFT_SECTION.format(number=number + 1)
    text = (
        f'<div class="text growing" aria-live="polite">{_plain(state.growing or strings.LOOKING)}</div>'
        if state.busy
        else f'<div class="text">{preview_html(work, number, same)}</div>'
    )
    notes = "".join(_note(note, section.heading) for note in notes_of(work.manuscript, section))
    return (
        f'<section class="part" data-number="{number}" aria-label="{label}">'
        f'<h2 tabindex="0">{escape(heading_of(work.manuscript, number))}</h2>'
        f"{notes}{text}{_tools(work, number, state)}{_fields(section, number)}"
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
    no_edit = " disabled" if state.busy else ""
    asked = strings.DRAFT_INSTRUCTION_PLAIN if state.plain else strings.DRAFT_INSTRUCTION
    what = f'<span class="why">{strings.DRAFT_REDRAFT_PLAIN}</span>' if state.plain else ""
    return (
        f'<div class="tools"><button type="button" data-do="edit"{no_edit}>{strings.DRAFT_EDIT}</button>'
        f'<button type="button" data-do="again"{no_edit}>{strings.DRAFT_REDRAFT}</button>'
        f'<button type="button" data-do="restore"{no_back}>{strings.DRAFT_RESTORE}</button>'
        f'<span class="ask" hidden><input type="text" maxlength="200" placeholder="{asked}" aria-label="{asked}">'
        f'<button type="button" data-do="redraft">{strings.DRAFT_REDRAFT_GO}</button>{what}</span></div>'
    )


def _fields(section: DraftSection, number: int) -> str:
    heading = strings.DRAFT_SECTION_HEADING.format(number=number + 1)
    text = strings.DRAFT_SECTION_TEXT.format(number=number + 1)
    return (
        f'<div class="edit" hidden><input type="text" value="{escape(section.heading)}" maxlength="200" '
        f'aria-label="{heading}"><textarea aria-label="{text}">&#10;{escape(section.text)}</textarea>'
        f'<button type="button" data-do="done">{strings.DRAFT_EDITED}</button></div>'
    )


def preview_html(work: Work, number: int, same: Sequence[Same] = ()) -> str:
    """The text as paragraphs of sentences that can be chosen."""
    assert work.manuscript is not None
    section = work.manuscript.sections[number]
    checks = [(i, one) for i, one in enumerate(work.manuscript.checks) if one.section == number and one.end > one.start]
    marks = [Mark(one.start, one.end, "todo") for one in work.manuscript.placeholders if one.section == number]
    marks += [Mark(one.start, one.end, f"flag {one.severity}", check=str(i)) for i, one in checks]
    marks += [Mark(one.start, one.end, "same", same=str(i)) for i, one in enumerate(same)]
    said = sentences(section, work.composed.get(number))
    paragraphs, start = [], 0
    for line in section.text.split("\n"):
        end = start + len(line)
        if line.strip():
            inner = "".join(
                _sentence(section.text, number, k, max(one.start, start), min(one.end, end), marks, own=one.own)
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
    marks: Sequence[Mark],
    *,
    own: bool,
) -> str:
    inner = "".join(_piece(text[a:b], a, b, marks) for a, b in _cut(start, end, marks))
    tag = f'<span class="own">{strings.DRAFT_OWN}</span>' if own else ""
    kind = "sentence own" if own else "sentence"
    return f'<span class="{kind}" role="button" tabindex="0" data-why="{number}-{k}">{inner}</span>{tag}'


def _cut(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    edges = {start, end, *(at for one in marks for at in (one.start, one.end) if start < at < end)}
    ordered = sorted(edges)
    return pairwise(ordered)


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    over = [one for one in marks if one.start <= start and end <= one.end]
    if not over:
        return escape(text)
    kinds = " ".join(dict.fromkeys(one.kind for one in over))
    checks = " ".join(one.check for one in over if one.check)
    same = " ".join(one.same for one in over if one.same)
    return f'<mark class="{kinds}" data-checks="{checks}" data-same="{same}">{escape(text)}</mark>'


def _plain(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
