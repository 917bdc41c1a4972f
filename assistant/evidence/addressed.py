"""Sentences that speak to a program (marks of the kind `addressed`) are evidence for nothing, whoever asks for them."""

from __future__ import annotations

from ingest.archive.records import PassageRecord
from ingest.structure.sentences import sentence_spans


def evidence_spans(passage: PassageRecord) -> list[tuple[int, int]]:
    """Spans of the passage's sentences in its cleaned text, without those that address a program."""
    spans = sentence_spans(passage.text.text)
    if not any(mark.kind == "addressed" for mark in passage.marks):
        return spans
    return [span for span in spans if not is_addressed(passage, *span)]


def is_addressed(passage: PassageRecord, start: int, end: int) -> bool:
    """Whether anything in `passage.text[start:end]` (cleaned offsets, not empty) addresses a program."""
    marks = [mark for mark in passage.marks if mark.kind == "addressed"]
    if not marks:
        return False
    first, last = passage.text.span(start, end)
    return any(mark.start < last and first < mark.end for mark in marks)
