"""What must hold of whatever was read, and the error that says it does not."""

from __future__ import annotations

from ingest.mapped import MappedText
from ingest.types import CleanDocument, Document, ReadFile


class Broken(AssertionError):
    """An invariant does not hold."""


def check_mapped(text: MappedText, size: int) -> None:
    """Every character stands for a span within a source of `size` characters, and the stored runs give it back."""
    if not all(0 <= start <= end <= size for start, end in zip(text.starts, text.ends, strict=True)):
        raise Broken("a character stands for a place outside the source")
    if MappedText.from_runs(text.text, text.runs()) != text:
        raise Broken("the stored runs are another map")


def check_document(document: Document) -> None:
    """Every block and mark lies within the text; a format that maps one to one says what stands there."""
    size = len(document.text)
    for block in document.blocks:
        check_mapped(block.text, size)
        start, end = block.text.span()
        if not block.text.text.strip():
            raise Broken("an empty block")
        if document.format == "txt" and document.text[start:end] != block.text.text:
            raise Broken("a block is not what stands at its place")
    for mark in document.marks:
        if not 0 <= mark.start < mark.end <= size:
            raise Broken("a mark outside the text")


def check_pieces(clean: CleanDocument, size: int) -> None:
    """Marks and furniture lie within the source."""
    spans = [(mark.start, mark.end) for mark in clean.marks] + [(one.start, one.end) for one in clean.furniture]
    if not all(0 <= start < end <= size for start, end in spans):
        raise Broken("a mark or furniture outside the text")


def check_read(read: ReadFile) -> None:
    """Reports, sections, passages, furniture and figures lie within the source, and each within its parent."""
    size = len(read.document.text)
    check_document(read.document)
    for block in read.clean.blocks:
        check_mapped(block.text, size)
    check_pieces(read.clean, size)
    for report in read.reports:
        if not 0 <= report.start <= report.end <= size:
            raise Broken("a report outside the text")
        for section in report.sections:
            if not 0 <= section.start <= section.end <= size:
                raise Broken("a section outside the text")
            for passage in section.passages:
                check_mapped(passage.text, size)
                if not 0 <= passage.start < passage.end <= size:
                    raise Broken("a passage that quotes nothing")
            for figure in section.figures:
                if not 0 <= figure.start < figure.end <= size:
                    raise Broken("a figure outside the text")
