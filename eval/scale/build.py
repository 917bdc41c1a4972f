"""Makes an archive of so many passages through the archive's own doors, and says how long each step takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from eval.scale.corpus import reports
from ingest.archive import Archive
from ingest.archive.queue import PassageEncoder

Told = Callable[[str], None]
_EVERY = 500
"""Reports between two words of progress."""


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds to store and index the text, and to bring vectors into SQLite and Chroma; `making` is the time that the
    generator itself took and no part of the others; None where the building was stopped once and taken up again. Sizes
    in bytes."""

    passages: int
    making: float | None
    store: float | None
    vectors: float | None
    database: int
    chroma: int


def build(
    home: Path, passages: int, encoder: PassageEncoder, fillers: Sequence[str], told: Told, *, figures: bool = True
) -> Built:
    """Fill an archive home, empty or left half filled by an earlier call. `figures`: those that stand in the text."""
    making = store = 0.0
    with Archive.create_or_open(home, write=True) as archive:
        before = archive.counts()
        wanted = reports(passages, fillers, figures=figures) if before.passages < passages else iter(())
        began = time.perf_counter()
        for number, made in enumerate(islice(wanted, before.files, None), before.files + 1):
            ready = time.perf_counter()
            making += ready - began
            archive.add(Path("/reports") / made.name, made.text.encode(), made.read, "generated")
            began = time.perf_counter()
            store += began - ready
            if number % _EVERY == 0:
                told(f"{number} 份报告，入库 {store:.0f} 秒")
        began = time.perf_counter()
        archive.embed_pending(encoder, _progress(told))
        vectors = time.perf_counter() - began
        held = archive.counts().passages
    sizes = size_of(home, "archive.db*"), size_of(home / "chroma", "**/*")
    return Built(held, None, None, None, *sizes) if before.files else Built(held, making, store, vectors, *sizes)


def size_of(folder: Path, pattern: str) -> int:
    """Bytes of the files that match."""
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


def _progress(told: Told) -> Callable[[int, int], None]:
    last = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last > 20:
            last = time.monotonic()
            told(f"向量 {done}/{total}")

    return tell
