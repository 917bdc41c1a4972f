"""One writer, many readers: what searching costs beside a writer, and that every answer is one that was true."""

from __future__ import annotations

import multiprocessing
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench.children import BenchError
from eval.bench.readers_work import Reading, Search, Signals, Writing, read, write
from eval.metrics.summary import percentile
from ingest.archive import Archive

_PATIENCE = 120.0
"""Seconds that a process gets to end after it was told to."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds of `n` searches by text and vector (nearest-rank percentiles)."""

    n: int
    p50: float
    p95: float
    slowest: float

    @classmethod
    def of(cls, searches: Sequence[Search]) -> Wait:
        """The figures of many searches."""
        taken = [one.seconds for one in searches]
        return cls(len(taken), percentile(taken, 50), percentile(taken, 95), max(taken, default=0.0))

    def line(self) -> str:
        """For people, in milliseconds."""
        return f"p50 {self.p50 * 1000:.0f}ms  p95 {self.p95 * 1000:.0f}ms  max {self.slowest * 1000:.0f}ms  n={self.n}"


@dataclass(frozen=True, slots=True)
class Shared:
    """Readers alone, then beside a writer.

    stale: searches that showed a report which was gone by the generation that the reader saw before. missed_text /
    missed_vectors: searches that did not find, by its own words or vector, a report that was there all the time.
    fallbacks: searches that the vector index could not answer, so that SQLite did. checked: searches for a report.
    """

    readers: int
    passages: int
    index: str
    quiet: Wait
    beside: Wait
    added: int
    forgotten: int
    rebuilds: int
    checked: int
    stale: int
    missed_text: int
    missed_vectors: int
    fallbacks: int
    errors: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """All figures, for `--json`."""
        return asdict(self)

    def bounded(self) -> dict[str, float | None]:
        """The figures that can be held against a bound."""
        return {
            "p95": self.quiet.p95,
            "p95_beside": self.beside.p95,
            "stale": self.stale,
            "missed_text": self.missed_text,
            "missed_vectors": self.missed_vectors,
            "fallbacks": self.fallbacks,
            "errors": len(self.errors),
        }

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.readers} readers over {self.passages} passages, vectors in {self.index}"
        yield f"alone            {self.quiet.line()}"
        yield f"beside a writer  {self.beside.line()}"
        yield f"writer: {self.added} added, {self.forgotten} forgotten, {self.rebuilds} rebuilds"
        yield (
            f"stale {self.stale}  missed by text {self.missed_text}  by vector {self.missed_vectors}"
            f"  of {self.checked}; fallbacks {self.fallbacks}, errors {len(self.errors)}"
        )
        yield from self.errors[:5]


def bench_readers(
    home: Path, readers: int, seconds: float, url: str | None, say: Callable[[str], None], *, passages: int = 0
) -> Shared:
    """`readers` processes search the archive in `home` for so long alone, and as long beside a writer.

    The archive must have synthetic vectors (`eval.scale`); with `passages` it is made first. Raises BenchError.
    """
    if passages:
        from eval.scale.build import build
        from eval.scale.vectors import SyntheticEncoder

        say(f"生成 {passages} 个段落")
        build(home, passages, SyntheticEncoder(), (), say, figures=False)
    with Archive.create_or_open(home, write=True, create=False, chroma_url=url) as archive:
        archive.sync_vectors()
        held = archive.counts().passages
    say("只有读者")
    quiet, _ = _run(home, url, readers, seconds, writing=False)
    say("读者与写者同时")
    beside, written = _run(home, url, readers, seconds, writing=True)
    searches = [one for reading in beside for one in reading.searches]
    everyone: list[Reading | Writing] = [*quiet, *beside, written]
    return Shared(
        readers,
        held,
        "the folder" if url is None else "a server",
        Wait.of([one for reading in quiet for one in reading.searches]),
        Wait.of(searches),
        len(written.added),
        len(written.gone),
        written.rebuilds,
        len(searches),
        sum(is_stale(one, written) for one in searches),
        sum(one.wanted not in one.by_text and was_there(one, written) for one in searches),
        sum(one.wanted not in one.by_vector and was_there(one, written) for one in searches),
        sum(reading.fallbacks for reading in (*quiet, *beside)),
        tuple(error for done in everyone for error in done.errors),
    )


def is_stale(search: Search, written: Writing) -> bool:
    """Whether it showed what had gone before it began."""
    shown = {*search.by_text, *search.by_vector}
    return any(written.gone.get(number, search.before + 1) <= search.before for number in shown)


def was_there(search: Search, written: Writing) -> bool:
    """Whether what it wanted had come before it began and went, if at all, after it ended."""
    came, went = written.added.get(search.wanted), written.gone.get(search.wanted)
    return came is not None and came <= search.before and (went is None or search.after < went)


def _run(home: Path, url: str | None, readers: int, seconds: float, *, writing: bool) -> tuple[list[Reading], Writing]:
    context = multiprocessing.get_context("spawn")
    signals = Signals(context.Semaphore(0), context.Event(), context.Event(), context.Value("q", 0))
    told: Any = context.Queue()
    processes = [
        context.Process(target=read, args=(home, url, signals, seed, told), daemon=True) for seed in range(readers)
    ]
    if writing:
        processes.append(context.Process(target=write, args=(home, url, signals, told), daemon=True))
    for process in processes:
        process.start()
    try:
        for _ in processes:
            if not signals.ready.acquire(timeout=_PATIENCE):
                raise BenchError("读者或写者没有启动", "请减少 --readers 后重试")
        signals.go.set()
        time.sleep(seconds)
        signals.stop.set()
        done = [told.get(timeout=_PATIENCE) for _ in processes]
        for process in processes:
            process.join(_PATIENCE)
    except queue.Empty as error:
        raise BenchError("读者或写者没有结束", "请减少 --readers 或 --passages 后重试") from error
    finally:
        for process in processes:
            if process.is_alive():
                process.kill()
                process.join()
    written = next((one for one in done if isinstance(one, Writing)), Writing({}, {}, 0, []))
    return [one for one in done if isinstance(one, Reading)], written
