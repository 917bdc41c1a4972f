"""Names of the ledger's rows beside labels made by reading: names of indicators, or pieces of sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from assistant.ledger import LedgerRow, build_ledger
from eval.figures.archive import in_memory
from eval.reading.labels import labelled
from ingest.settings import Settings

LABELS = "indicator_names.jsonl"
FOLDERS = ("provincial", "municipal_docx")
"""The reports whose ledger the labelled rows were drawn from at random."""

Split = Literal["development", "held_out"]
SPLITS: tuple[Split, ...] = ("development", "held_out")
"""Rows whose faults were looked at, and rows drawn and labelled once the criterion was settled."""

Place = tuple[str, int, int]
"""File and source offsets of a figure."""


@dataclass(frozen=True, slots=True)
class Label:
    """The row that shows the figure at `place` had a name whose `digest` this is, and it was one of an indicator."""

    place: Place
    right: bool
    split: Split
    digest: str


@dataclass(slots=True)
class NameScore:
    """`kept`: names that the ledger calls so; `lost`: names that it does not; `passed`: pieces of sentences that it
    calls names; `caught`: those that it does not. `stale`: labels of rows that are gone or have another name now.
    """

    kept: int = 0
    lost: int = 0
    passed: int = 0
    caught: int = 0
    stale: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def names(self) -> int:
        """Rows labelled as names."""
        return self.kept + self.lost

    @property
    def shown(self) -> int:
        """Rows that the ledger calls names."""
        return self.kept + self.passed

    @property
    def pieces(self) -> int:
        """Rows labelled as pieces of sentences."""
        return self.passed + self.caught

    @property
    def labels(self) -> int:
        """All labels."""
        return self.names + self.pieces + self.stale


def digest(name: str) -> str:
    """What a label keeps of the name that was read; no text of a report stands in the project."""
    return sha256(name.encode()).hexdigest()[:8]


def score_names(archive: Path, settings: Settings) -> dict[Split, NameScore]:
    """Build the ledger of the real reports under `archive` and hold each labelled row against its label.

    Raises LabelError where a labelled file is gone or reads differently.
    """
    labels = [
        Label((row["file"], start, end), right, split, name)
        for row, _, _ in labelled(LABELS, archive)
        for start, end, right, split, name in row["rows"]
    ]
    files = [path for folder in FOLDERS for path in sorted((archive / folder).iterdir()) if path.is_file()]
    read = in_memory(((path.relative_to(archive).as_posix(), path.read_bytes()) for path in files), settings)
    return judge(labels, build_ledger(read.figures, read.reports), read.names)


def judge(labels: Iterable[Label], rows: Iterable[LedgerRow], names: Mapping[int, str]) -> dict[Split, NameScore]:
    """The score of each half; `names`: the files by id. A label whose row has another name now counts neither way."""
    found: dict[Place, dict[str, LedgerRow]] = defaultdict(dict)
    for row in rows:
        for cell in row.places:
            record = cell.record
            place = names[record.file_id], record.figure.start, record.figure.end
            found[place][digest(row.name)] = row
    scores = {split: NameScore() for split in SPLITS}
    for label in labels:
        score = scores[label.split]
        held = found.get(label.place, {}).get(label.digest)
        if held is None:
            score.stale += 1
        elif label.right:
            score.kept, score.lost = score.kept + held.named, score.lost + (not held.named)
        else:
            score.passed, score.caught = score.passed + held.named, score.caught + (not held.named)
        if held is not None and held.named != label.right:
            told = "a name, left out" if label.right else "a piece of a sentence, shown"
            score.faults.append(f"{label.place[0]} {label.place[1]}: {held.name!r} {held.cells[0].text}: {told}")
    return scores
