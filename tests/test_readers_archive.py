"""Real and hostile files: no text lost beside what python-docx finds, no fault but a refusal, in bounded time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document

ARCHIVE = Path(__file__).parents[1].parent / "shared" / "archive"
SECONDS = 20

pytestmark = pytest.mark.skipif(not ARCHIVE.is_dir(), reason="the shared archive of real files is not here")


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ARCHIVE.glob(pattern))


def test_every_hostile_file_gives_a_document_or_a_refusal_in_bounded_time() -> None:
    paths = files("hostile_files/*")
    assert len(paths) > 100
    outcomes: set[str] = set()
    for path in paths:
        started = time.process_time()
        try:
            document = read_document(path, path.read_bytes())
            outcomes.add(document.format)
            check_spans(document)
        except UnreadableFile as error:
            outcomes.add("refused")
            assert error.fault
            assert error.remedy
        assert time.process_time() - started < SECONDS, path.name
    assert outcomes >= {"docx", "pdf", "refused"}


@pytest.mark.parametrize("folder", ["municipal_docx", "provincial_docx"])
def test_word_reports_give_the_paragraphs_that_python_docx_finds(folder: str) -> None:
    import docx

    for path in files(f"{folder}/*.docx"):
        document = read_document(path, path.read_bytes())
        lines = (
            line.strip() for paragraph in docx.Document(str(path)).paragraphs for line in paragraph.text.split("\n")
        )
        assert [block.text.text for block in document.blocks] == [line for line in lines if line], path.name
        check_spans(document)


def test_text_reports_read_as_in_text_mode_with_every_line_a_block() -> None:
    for path in files("seeds/*.txt", "provincial/*.txt", "national/*_*.txt"):
        document = read_document(path, path.read_bytes())
        assert document.text == path.read_text(encoding="utf-8"), path.name
        assert document.notes == ()
        lines = [line.strip() for line in document.text.splitlines() if line.strip()]
        assert [block.text.text for block in document.blocks] == lines, path.name
        check_spans(document)


def check_spans(document: Document) -> None:
    """In formats that map one to one, what a block says is what stands at its place."""
    for block in document.blocks:
        start, end = block.text.span()
        assert 0 <= start < end <= len(document.text)
        if document.format in {"txt", "docx"}:
            assert document.text[start:end] == block.text.text
