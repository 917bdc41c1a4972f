"""Small builders for archive tests: reports by hand, and an encoder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import CleanDocument, Document, Furniture, Mark, Part, Passage, ReadFile, Report, Section

VERSION = "test/1"


class FakeEncoder:
    """Hashes every character into `dimensions` signed buckets: texts that share characters are near each other."""

    def __init__(self, name: str = "fake", dimensions: int = 16) -> None:
        self.name = name
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> NDArray[np.float32]:
        sums = np.zeros(self.dimensions, dtype=np.float32)
        for character in text:
            code = hashlib.md5(character.encode()).digest()
            sums[code[0] % self.dimensions] += 1.0 if code[1] % 2 else -1.0
        length = float(np.linalg.norm(sums))
        return sums / length if length else np.eye(1, self.dimensions, dtype=np.float32)[0]


def section(
    *texts: str, path: tuple[str, ...] = (), part: Part | None = "review", period: Period | None = None
) -> tuple[tuple[str, ...], Part | None, Period | None, tuple[str, ...]]:
    """A section to hand to `read_file`: heading path, part, period, passage texts."""
    return path, part, period, texts


def read_file(
    *sections: tuple[tuple[str, ...], Part | None, Period | None, tuple[str, ...]],
    title: str = "某县卫生健康局工作总结",
    year: int | None = 2022,
    reports: int = 1,
    masked: str | None = None,
) -> ReadFile:
    """A file whose source text is its passages, one a line; `reports` copies of the same sections follow each other.

    masked: a word to mark as a masked figure wherever it first stands.
    """
    text, made = "封面\n", []
    for number in range(reports):
        start, built = len(text), []
        for path, part, period, texts in sections:
            passages = []
            for body in texts:
                passages.append(Passage(MappedText.identity(body, len(text)), page=1))
                text += body + "\n"
            built.append(Section(path, part, period, start, len(text), tuple(passages)))
        name = title if number == 0 else f"{title}（{number + 1}）"
        made.append(
            Report(
                name,
                "某县卫生健康局",
                "某县",
                "县",
                year,
                "总结",
                start,
                len(text),
                False,
                tuple(built),
                {"year": "标题"},
            )
        )
    marks = (
        () if masked is None else (Mark(text.index(masked), text.index(masked) + len(masked), "masked", "数字已隐去"),)
    )
    clean = CleanDocument((), (Furniture(0, 2, "封面"),), marks)
    return ReadFile(Document(text, (), "txt", encoding="utf-8", notes=("第1页没有文字",)), clean, tuple(made))


def add(archive: Archive, name: str, read: ReadFile, data: bytes | None = None) -> int:
    """Put a file in under /reports/`name`; its bytes are its text unless given."""
    return archive.add(Path("/reports", name), data or read.document.text.encode(), read, VERSION)


def texts(archive: Archive, passage_ids: Sequence[int]) -> list[str]:
    """The passages' texts."""
    return [record.text.text for record in archive.passages(passage_ids)]
