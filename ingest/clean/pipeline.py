"""The cleaning steps in their order."""

from __future__ import annotations

from collections.abc import Callable

from ingest.clean.addressed import mark_addressed
from ingest.clean.copies import read_from_copies
from ingest.clean.damage import mark_damage
from ingest.clean.doubtful import mark_doubtful
from ingest.clean.draft import Draft
from ingest.clean.editorial import drop_editorials
from ingest.clean.entities import resolve_entities
from ingest.clean.flattened import split_flattened
from ingest.clean.forms import unify_forms
from ingest.clean.furniture import drop_furniture
from ingest.clean.inline_page_marks import drop_inline_page_marks
from ingest.clean.invisible import drop_invisible
from ingest.clean.joins import join_lines
from ingest.clean.line_marks import drop_line_marks
from ingest.clean.malformed import mark_malformed
from ingest.clean.masks import mark_masks
from ingest.clean.page_marks import drop_page_marks
from ingest.clean.pinyin import drop_pinyin
from ingest.clean.repeats import drop_repeats
from ingest.clean.script import simplify_script
from ingest.clean.spacing import drop_spread
from ingest.clean.truncation import find_truncation
from ingest.types import CleanDocument, Document, Mark

STEPS: tuple[Callable[[Draft], Draft], ...] = (
    resolve_entities,
    drop_invisible,
    unify_forms,
    drop_pinyin,
    simplify_script,
    drop_furniture,
    drop_editorials,
    drop_line_marks,
    drop_page_marks,
    drop_inline_page_marks,
    split_flattened,
    join_lines,
    drop_furniture,
    drop_spread,
    drop_repeats,
    read_from_copies,
    mark_damage,
    mark_masks,
    mark_malformed,
    mark_doubtful,
    mark_addressed,
    find_truncation,
)
"""Script first, so that the patterns see one script; furniture before joins, so that no menu is joined to a sentence,
and once more for furniture that was itself broken over lines; marks last, on whole sentences."""


def clean(document: Document) -> CleanDocument:
    """The report of a document without the web page around it; every step is pure and keeps the way to the source."""
    draft = Draft.of(document)
    for step in STEPS:
        draft = step(draft)
    return CleanDocument(
        blocks=draft.blocks,
        furniture=tuple(sorted(draft.furniture, key=lambda piece: (piece.start, piece.end))),
        marks=_merged(draft.marks),
        truncated=draft.truncated,
    )


def _merged(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Marks in reading order; those of one kind on one span become one mark with all the reasons."""
    reasons: dict[tuple[int, int, str], Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)):
        key = (mark.start, mark.end, mark.kind)
        known = reasons.get(key)
        if known is None:
            reasons[key] = mark
        elif mark.reason not in known.reason:
            reasons[key] = Mark(mark.start, mark.end, mark.kind, f"{known.reason}；{mark.reason}")
    return tuple(reasons.values())
