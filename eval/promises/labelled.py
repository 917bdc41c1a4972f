"""Measures of real plans, labelled by reading the next report: through the archive, as a user sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.promises.find import find_promises
from assistant.promises.types import Embeds
from eval.promises.score import Shown, Tally, Wanted, judge, shown_over
from eval.reading.labels import LabelError, labelled
from ingest.archive import Archive
from ingest.readers import read_document
from ingest.runner import ingest_paths
from ingest.settings import Settings

LABELS = "promises.jsonl"
DEVELOPMENT, HELD_OUT = "development", "held_out"
"""The rules were made while looking at the first split; the second was scored when they stood."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A plan, the report that looks back on it, and the labelled measures of the plan."""

    plan: Path
    review: Path
    year: int
    split: str
    wanted: tuple[Wanted, ...]


def chains(folder: Path) -> Iterator[Chain]:
    """The labelled chains under `folder`. Raises LabelError where a file is gone or reads otherwise."""
    for row, path, _ in labelled(LABELS, folder):
        review = folder / row["answer_file"]
        if not review.is_file():
            raise LabelError(f"标注里的文件 {row['answer_file']} 不在 {folder}", "请给出完整的数据文件夹")
        if sha256(read_document(review, review.read_bytes()).text.encode()).hexdigest() != row["answer_sha256"]:
            raise LabelError(f"{row['answer_file']} 读出的文字与标注时不同", "请重新核对 eval/labels 中的标注")
        wanted = tuple(
            Wanted(start, end, label, tuple((a, b) for a, b in answers))
            for start, end, label, answers in row["measures"]
        )
        yield Chain(path, review, row["year"], row["split"], wanted)


def score_labelled(
    folder: Path, split: str | None = None, encoder: Embeds | None = None
) -> tuple[Tally, tuple[str, ...]]:
    """Both files of each chain read into an archive, the comparison asked for as a user would; the faults in lines."""
    total = Tally()
    faults: list[str] = []
    for chain in chains(folder):
        if split is not None and chain.split != split:
            continue
        for wanted, shown in shown_for(chain, encoder):
            one = judge(wanted, shown)
            total += one
            if one.yes_shown != one.yes_right or one.found != one.pairs or one.silent != one.absent:
                at = f"{chain.plan.name} {wanted.start}:{wanted.end}"
                faults.append(f"{at}: label {wanted.label}, shown {shown.verdict} {list(shown.evidence)}")
    return total, tuple(faults)


def shown_for(chain: Chain, encoder: Embeds | None = None) -> list[tuple[Wanted, Shown]]:
    """What a fresh archive of the two files shows for each labelled measure."""
    with TemporaryDirectory() as home:
        settings = Settings(Path(home, "archive"))
        ingest_paths(settings, [chain.plan, chain.review], embed=False)
        with Archive.create_or_open(settings.home) as archive:
            org = next(report.org for report in archive.reports() if report.sources[0] == chain.plan.name)
            found = find_promises(archive, org or "", chain.year, encoder)
    return [(wanted, shown_over(wanted, found.promises)) for wanted in chain.wanted]
