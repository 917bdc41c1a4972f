"""Is every passage, at its offsets, the source's own characters: for every plain-text file of a folder.

The source is decoded here, not by the product's reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.reading.measure import Measure
from eval.sources import PLAIN_SUFFIXES, possible_texts
from ingest.errors import UnreadableFile
from ingest.pipeline import read_file
from ingest.settings import Settings
from ingest.types import Passage


def measure_roundtrip(folder: Path, settings: Settings) -> list[Measure]:
    """Passages whose quote is verbatim at its place, and the characters of which each one is mapped to its own source.

    A cleaned character may differ from its source (simplified, half-width), but its quote never does.
    """
    right = total = files = 0
    faults: list[str] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix.lower() not in PLAIN_SUFFIXES:
            continue
        data = path.read_bytes()
        try:
            read = read_file(path, data, settings)
        except UnreadableFile:
            continue
        texts = possible_texts(data)
        files += 1
        passages = [passage for report in read.reports for section in report.sections for passage in section.passages]
        wrong = [fault for passage in passages if (fault := quote_fault(passage, read.document.text, texts))]
        total += len(passages)
        right += len(passages) - len(wrong)
        faults += [f"{path.relative_to(folder)}: {fault}" for fault in wrong]
    return [Measure.share(f"round trip: quotes verbatim, {files} files", right, total, 1.0, tuple(faults))]


def quote_fault(passage: Passage, text: str, sources: Sequence[str]) -> str | None:
    """What is wrong with a passage's way back; None if it is verbatim.

    `text` is what the product took for the source, `sources` what the file may be decoded to.
    """
    start, end = passage.text.span()
    quote = text[start:end]
    if not 0 <= start < end <= len(text):
        return f"{start}–{end} is no span of the text"
    if not any(source[start:end] == quote for source in sources):
        return f"{start}–{end} is not the source's text"
    starts = list(passage.text.starts)
    if starts != sorted(starts):
        return f"{start}–{end} goes back and forth in the source"
    return None
