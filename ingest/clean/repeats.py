"""Paragraphs that a copy holds twice in a row."""

from __future__ import annotations

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of
from ingest.types import Block, Furniture

_SHORTEST = 20
"""Short lines are repeated on purpose (a cell of a table, a heading under its chapter's name)."""


def drop_repeats(draft: Draft) -> Draft:
    """A long paragraph equal to the one right before it is furniture; table rows are left alone."""
    blocks: list[Block] = []
    gone: list[Furniture] = []
    for block in draft.blocks:
        last = blocks[-1] if blocks else None
        if (
            last is not None
            and len(block.text) >= _SHORTEST
            and block.kind != "table_row"
            and block.text.text == last.text.text
        ):
            gone.append(furniture_of(block.text, reasons.REPEAT))
        else:
            blocks.append(block)
    return draft.changed(blocks, gone) if gone else draft
