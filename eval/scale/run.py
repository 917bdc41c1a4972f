"""How ingest, search, answers, memory and disk grow with the archive."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench.children import module_result
from eval.metrics.summary import percentile
from eval.scale.build import Built, build, size_of
from eval.scale.corpus import reports
from eval.scale.vectors import SyntheticEncoder
from eval.scale.words import filler
from ingest.embed.source import find_model
from ingest.settings import load_settings

Told = Callable[[str], None]

WITH_FIGURES = 100_000
"""Up to so many passages the figures are stored and whole questions are answered; beyond it only searches count."""
FROM_FILES = 10_000
"""Up to so many passages the same reports are also written as files and read by the product's own ingest."""


@dataclass(frozen=True, slots=True)
class Size:
    """One size of archive. Rates in passages a second, times in milliseconds, sizes in MB; None where not measured.

    read: from text files to being searchable by the product's ingest. store: what the archive alone takes for passages
    that are read already. vectors: into SQLite and Chroma, their computing left out (they are synthetic). Both are
    unknown for an archive built in several goes. `kinds`: (p50, p95) for each kind of scope; `p95` is over all searches
    alike. `answer_*`: whole questions, warm.
    """

    passages: int
    read: float | None
    store: float | None
    vectors: float | None
    database: float
    chroma: float
    searches: int
    p50: float
    p95: float
    kinds: dict[str, tuple[float, float]]
    text_p95: float
    dense_p95: float
    memory: float
    answers: int
    answer_p50: float | None
    answer_p95: float | None
    memory_answering: float | None

    def line(self) -> str:
        """For people."""
        rates = "  ".join(
            f"{name} {value:.0f}/s"
            for name, value in (("read", self.read), ("store", self.store), ("vectors", self.vectors))
            if value is not None
        )
        answered = (
            ""
            if self.answer_p95 is None or self.answer_p50 is None or self.memory_answering is None
            else f"  answer p50 {self.answer_p50:.0f} ms p95 {self.answer_p95:.0f} ms n={self.answers}"
            f" (memory {self.memory_answering:.0f} MB)"
        )
        return (
            f"{self.passages:>9,} passages  {rates}  disk {self.database:.0f}+{self.chroma:.0f} MB  "
            f"search p50 {self.p50:.1f} ms p95 {self.p95:.1f} ms n={self.searches} (text {self.text_p95:.1f}, vectors "
            f"{self.dense_p95:.1f}; memory {self.memory:.0f} MB){answered}"
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """All sizes, smallest first. `news`: whether half of the sentences come from real news text."""

    sizes: tuple[Size, ...]
    news: bool

    def to_json(self) -> dict[str, Any]:
        """All figures, for `--json`; the vectors are synthetic at every size, and it says so."""
        return {"synthetic_vectors": True, "news": self.news, "sizes": [asdict(size) for size in self.sizes]}

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"synthetic vectors; text: {'generated reports and news' if self.news else 'generated reports'}"
        for size in self.sizes:
            yield size.line()

    def bounded(self) -> dict[str, float | None]:
        """The figures that can be held against a bound, by size: p95_100000, answer_p95_100000, memory_100000, …"""
        found: dict[str, float | None] = {}
        for size in self.sizes:
            found[f"p95_{size.passages}"] = size.p95
            found[f"answer_p95_{size.passages}"] = size.answer_p95
            found[f"memory_{size.passages}"] = size.memory_answering or size.memory
        return found


def bench_scale(sizes: Sequence[int], each: int, asked: int, news: Path | None, work: Path | None, told: Told) -> Scale:
    """Build an archive of each size and ask it in a process of its own.

    `each`: searches of each kind of scope; `asked`: questions. `work`: where archives are kept, to be used again with
    the rates at which they were built.
    """
    fillers = filler(news)
    found = []
    for size in sorted(sizes):
        with _place(work, size) as home:
            told(f"{size} 段")
            built = _built(home, size, fillers, told)
            read = _read(size, fillers, told) if size <= FROM_FILES else None
            told("检索与提问")
            searched = module_result("eval.scale.asked", ["search", str(home), str(each), str(news or "")])
            wanted = asked if size <= WITH_FIGURES else 0
            answered = module_result("eval.scale.asked", ["answer", str(home), str(wanted)]) if wanted else None
            found.append(_size(size, home, built, read, searched, answered))
    return Scale(tuple(found), bool(fillers))


def _built(home: Path, size: int, fillers: Sequence[str], told: Told) -> Built:
    """What building the archive took, now or when it was built."""
    note = home / "built.json"
    if note.is_file():
        return Built(**json.loads(note.read_text(encoding="utf-8")))
    # The vectors carry the configured model's name, so that whole questions can be asked with it.
    encoder = SyntheticEncoder(find_model(load_settings(home)).name)
    built = build(home, size, encoder, fillers, told, figures=size <= WITH_FIGURES)
    note.write_text(json.dumps(asdict(built)), encoding="utf-8")
    return built


@contextmanager
def _place(work: Path | None, size: int) -> Iterator[Path]:
    if work is not None:
        yield work / str(size)
        return
    with tempfile.TemporaryDirectory(prefix="report-assistant-scale-") as temporary:
        yield Path(temporary)


def _read(passages: int, fillers: Sequence[str], told: Told) -> float:
    """Passages a second from text files to an archive that can be searched."""
    from ingest.archive import Archive
    from ingest.runner import ingest_paths

    with tempfile.TemporaryDirectory(prefix="report-assistant-scale-") as temporary:
        folder, home = Path(temporary) / "files", Path(temporary) / "home"
        folder.mkdir()
        for made in reports(passages, fillers, figures=False):
            (folder / made.name).write_text(made.text, encoding="utf-8")
        told("读入文件")
        began = time.perf_counter()
        ingest_paths(load_settings(home), [folder], embed=False)
        spent = time.perf_counter() - began
        with Archive.create_or_open(home) as archive:
            return archive.counts().passages / spent


def _size(
    passages: int,
    home: Path,
    built: Built,
    read: float | None,
    searched: dict[str, Any],
    answered: dict[str, Any] | None,
) -> Size:
    spent: dict[str, list[float]] = searched["searches"]
    every = [one for kind in spent.values() for one in kind]
    answers = [] if answered is None else [1000 * seconds for seconds in answered["answers"]]
    return Size(
        passages=passages,
        read=read,
        store=None if built.store is None else built.passages / built.store,
        vectors=None if built.vectors is None else built.passages / built.vectors,
        database=size_of(home, "archive.db*") / 1e6,
        chroma=size_of(home / "chroma", "**/*") / 1e6,
        searches=len(every),
        p50=percentile(every, 50),
        p95=percentile(every, 95),
        kinds={kind: (percentile(one, 50), percentile(one, 95)) for kind, one in sorted(spent.items())},
        text_p95=percentile(searched["text"], 95),
        dense_p95=percentile(searched["dense"], 95),
        memory=searched["memory"],
        answers=len(answers),
        answer_p50=percentile(answers, 50) if answers else None,
        answer_p95=percentile(answers, 95) if answers else None,
        memory_answering=None if answered is None else answered["memory"],
    )
