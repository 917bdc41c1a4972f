"""Retrieval alone: every paragraph of a question set goes through the product's ingest as a file of its own, every
question through the retriever that `ask` uses.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.metrics.ranking import recall_at, reciprocal_rank
from eval.opened import ingest_whole
from eval.squad import Squad
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.retrieval import ScoredPassage
    from ingest.archive import Archive

DEPTH = 20
"""Passages fetched for a question; a paragraph counts once, with its best passage."""

BATCH = 64
"""Questions encoded at once."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """R@1, R@5 and the mean reciprocal rank within the first DEPTH passages, over n questions."""

    recall_at_1: float
    recall_at_5: float
    mrr: float
    n: int

    def line(self) -> str:
        """The line that the command prints."""
        return f"R@1 {self.recall_at_1:.3f}  R@5 {self.recall_at_5:.3f}  MRR {self.mrr:.3f}  n={self.n}"


@dataclass(frozen=True, slots=True)
class Timed:
    """A ranking, the place of each question's paragraph (None: not found), and the seconds that ingest took and that
    all the questions took together.
    """

    ranking: Ranking
    ingest_seconds: float
    query_seconds: float
    ranks: tuple[int | None, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """All figures, for `--json`."""
        reciprocal = [0.0 if rank is None else 1 / rank for rank in self.ranks]
        return {
            **asdict(self.ranking),
            "ingest_seconds": self.ingest_seconds,
            "query_seconds": self.query_seconds,
            "query_ms": 1000 * self.query_seconds / self.ranking.n,
            "reciprocal_ranks": reciprocal,
        }


def measure(
    squad: Squad, questions: Sequence[tuple[str, int]], told: Callable[[int, int], None] | None = None
) -> Timed:
    """Ingest all the paragraphs of `squad` into a temporary archive and retrieve for `questions`."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as temporary:
        folder, home = Path(temporary) / "paragraphs", Path(temporary) / "home"
        names = write_paragraphs(squad.paragraphs, folder)
        settings = load_settings(home)
        started = time.perf_counter()
        ingest_whole(settings, folder)
        ingested = time.perf_counter()
        found = _retrieve(settings, [question for question, _ in questions], told)
        done = time.perf_counter()
    ranks = [rank_of(names[wanted], files) for files, (_, wanted) in zip(found, questions, strict=True)]
    return Timed(ranking(ranks), ingested - started, done - ingested, tuple(ranks))


def write_paragraphs(paragraphs: Sequence[str], folder: Path) -> list[str]:
    """Each paragraph as a UTF-8 text file; the file names in the order of the paragraphs."""
    folder.mkdir(parents=True)
    names = [f"{number:06d}.txt" for number in range(len(paragraphs))]
    for name, paragraph in zip(names, paragraphs, strict=True):
        (folder / name).write_text(paragraph, encoding="utf-8")
    return names


def _retrieve(
    settings: Settings, questions: Sequence[str], told: Callable[[int, int], None] | None
) -> list[list[set[str]]]:
    """For each question the files of its passages, best first."""
    from assistant.retrieval import Retriever
    from ingest.archive import Archive
    from ingest.embed import load_encoder

    found: list[list[set[str]]] = []
    with Archive.create_or_open(settings.home, chroma_url=settings.chroma_url) as archive:
        retriever = Retriever(archive, load_encoder(settings))
        for at in range(0, len(questions), BATCH):
            batch = retriever.retrieve_many(questions[at : at + BATCH], k=DEPTH)
            found += [_files(archive, passages) for passages in batch]
            if told is not None:
                told(len(found), len(questions))
    return found


def _files(archive: Archive, passages: Sequence[ScoredPassage]) -> list[set[str]]:
    """A report that stands in several files is all of them."""
    return [set(archive.report(scored.passage.report_id).sources) for scored in passages]


def rank_of(wanted: str, files: Sequence[set[str]]) -> int | None:
    """The place of the wanted file, counted from 1 among the distinct files found; None if it is not there."""
    distinct: list[set[str]] = []
    for names in files:
        if names not in distinct:
            distinct.append(names)
    return next((place for place, names in enumerate(distinct, 1) if wanted in names), None)


def ranking(ranks: Sequence[int | None]) -> Ranking:
    """Shares over all the questions; a question whose paragraph was not found counts 0."""
    n = len(ranks)
    return Ranking(
        recall_at_1=sum(recall_at([rank], 1) for rank in ranks) / n,
        recall_at_5=sum(recall_at([rank], 5) for rank in ranks) / n,
        mrr=sum(reciprocal_rank([rank]) for rank in ranks) / n,
        n=n,
    )
