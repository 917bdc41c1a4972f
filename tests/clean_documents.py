"""Small documents for the tests of cleaning: one block per line that is not empty, as the text reader makes them."""

from __future__ import annotations

from pathlib import Path

from ingest.clean import clean
from ingest.mapped import MappedText
from ingest.types import Block, CleanDocument, Document

SHARED = Path(__file__).parents[1].parent / "shared" / "archive"


def document(text: str, pages: tuple[int, ...] = ()) -> Document:
    """A Document of the lines of `text`; `pages` gives the page of each line in turn."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        stripped = MappedText.identity(line, at).strip()
        if stripped.text:
            page = pages[len(blocks)] if pages else None
            blocks.append(Block(stripped, page=page))
        at += len(line)
    return Document(text, tuple(blocks), "txt")


def cleaned(text: str, pages: tuple[int, ...] = ()) -> CleanDocument:
    return clean(document(text, pages))


def lines(text: str, pages: tuple[int, ...] = ()) -> list[str]:
    """The texts of the cleaned blocks."""
    return [block.text.text for block in cleaned(text, pages).blocks]


def marks(text: str, kind: str) -> list[str]:
    """The source characters of all marks of one kind."""
    return [text[mark.start : mark.end] for mark in cleaned(text).marks if mark.kind == kind]


def reasons(text: str, kind: str) -> list[str]:
    return [mark.reason for mark in cleaned(text).marks if mark.kind == kind]


def furniture(text: str) -> list[str]:
    """The source characters of everything that was taken away."""
    return [text[piece.start : piece.end] for piece in cleaned(text).furniture]
