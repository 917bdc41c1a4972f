"""From a cell to its citation: the sentence that the figure stands in, in the source's own characters."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.citations import cite
from assistant.ledger.types import Cell
from ingest.archive import Archive
from ingest.archive.records import PassageRecord
from ingest.structure.sentences import sentence_spans


def cite_cell(archive: Archive, cell: Cell, n: int = 1) -> Citation:
    """The citation of a cell's sentence, numbered `n`. Raises NotFound when its passage is gone from the archive."""
    passage = archive.passage(cell.passage_id)
    return cite(archive, passage, *sentence_around(passage, cell.record.figure.start), n)


def sentence_around(passage: PassageRecord, start: int) -> tuple[int, int]:
    """The span, in the cleaned text, of the sentence at source offset `start`; the whole passage where none is."""
    text = passage.text
    at = next((i for i in range(len(text)) if text.starts[i] <= start < text.ends[i]), None)
    if at is None:
        return 0, len(text)
    return next((span for span in sentence_spans(text.text) if span[0] <= at < span[1]), (0, len(text)))
