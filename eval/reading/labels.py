"""Labels made by people who read the reports: offsets, parts, periods and bodies; no text."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.errors import ReportAssistantError
from ingest.readers import read_document
from ingest.types import Document, Part


class LabelError(ReportAssistantError):
    """A label file does not fit the reports it speaks of."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From `start` (an offset into the document's text) on, up to the next turn, the text does and speaks of this.

    `period` in the written form of `ingest.period.Period`; both are None for text that neither reports nor plans.
    """

    start: int
    part: Part | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of one stretch of text, rising; the first holds for what stands before it too."""

    turns: tuple[Turn, ...]

    def at(self, offset: int) -> Turn:
        """What holds at an offset."""
        return self.turns[max(0, bisect_right(self.turns, offset, key=lambda turn: turn.start) - 1)]

    @classmethod
    def parse(cls, rows: list[list[Any]]) -> Turns:
        """From JSON rows [start, part, period]."""
        return cls(tuple(Turn(int(start), part, period) for start, part, period in rows))


def labelled(name: str, folder: Path) -> Iterator[tuple[dict[str, Any], Path, Document]]:
    """Each object of `eval/labels/<name>` with its file under `folder`, read.

    Raises LabelError where a file is gone or its text is another than the one that was labelled: labels that have
    slipped would measure nothing.
    """
    for line in (files("eval") / "labels" / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = folder / row["file"]
        if not path.is_file():
            raise LabelError(f"标注里的文件 {row['file']} 不在 {folder}", "请给出完整的数据文件夹")
        document = read_document(path, path.read_bytes())
        if sha256(document.text.encode()).hexdigest() != row["text_sha256"]:
            raise LabelError(f"{row['file']} 读出的文字与标注时不同", "请重新核对 eval/labels 中的标注")
        yield row, path, document
