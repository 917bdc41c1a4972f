"""What the processes of `bench readers` do: one that writes on and on, several that search on and on.

Every report of the writer bears a number, and the writer notes in which generation of the archive it came and went. So
it can be told afterwards of each search whether it saw what it had to see, and nothing that was gone.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.archive import Archive
from ingest.archive.queue import PassageEncoder
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import CleanDocument, Document, Passage, ReadFile, Report, Section

if TYPE_CHECKING:
    from eval.scale.queries import Query

_TAG = re.compile(r"第(\d{6})号通知")
_KEPT = 5
"""Of the writer's reports, so many stay."""
_REBUILD_EVERY = 20
_LIMIT = 50
"""Passages that a search wants, as retrieval does."""
_PART = 3


@dataclass(frozen=True, slots=True)
class Search:
    """One search between two looks at the generation: for number `wanted`; numbers that were found in each way.

    seconds: what the text search and the vector search of an ordinary query took together.
    """

    wanted: int
    before: int
    after: int
    by_text: tuple[int, ...]
    by_vector: tuple[int, ...]
    seconds: float


@dataclass(slots=True)
class Reading:
    """What one reader brought home; `fallbacks`: searches that the vector index could not answer."""

    searches: list[Search]
    errors: list[str]
    fallbacks: int


@dataclass(slots=True)
class Writing:
    """Generations from which on a number is there, and from which on it is gone."""

    added: dict[int, int]
    gone: dict[int, int]
    rebuilds: int
    errors: list[str]


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


@dataclass(frozen=True, slots=True)
class Signals:
    """What the processes share. latest: the number of the last report that was added."""

    ready: Semaphore
    go: Event
    stop: Event
    latest: Synchronized[int]


def write(home: Path, url: str | None, signals: Signals, told: Queue[Writing]) -> None:
    """Add, embed and forget reports, now and then rebuild, until `stop`; in a process of its own."""
    from eval.scale.vectors import SyntheticEncoder

    done = Writing({}, {}, 0, [])
    encoder = SyntheticEncoder()
    try:
        with Archive.create_or_open(home, write=True, create=False, chroma_url=url) as archive:
            number = _add(archive, encoder, done, 1)  # what is loaded once is loaded now
            signals.latest.value = number
            signals.ready.release()
            signals.go.wait()
            while not signals.stop.is_set():
                number = _add(archive, encoder, done, number + 1)
                signals.latest.value = number
                if number - _KEPT in done.added:
                    gone = archive.generation + 1  # nobody else writes: the next change is this one
                    archive.forget(_title(number - _KEPT))
                    done.gone[number - _KEPT] = gone
                if number % _REBUILD_EVERY == 0:
                    archive.rebuild()
                    done.rebuilds += 1
    except Exception as error:
        done.errors.append(f"{type(error).__name__}: {error}")
    told.put(done)


def _add(archive: Archive, encoder: PassageEncoder, done: Writing, number: int) -> int:
    made = notice(number)
    archive.add(Path("/notices") / f"{number}.txt", made.document.text.encode(), made, "generated")
    archive.embed_pending(encoder)
    done.added[number] = archive.generation
    return number


def read(home: Path, url: str | None, signals: Signals, seed: int, told: Queue[Reading]) -> None:
    """Search until `stop`, in a process of its own."""
    from eval.scale.queries import queries
    from eval.scale.vectors import SyntheticEncoder

    warnings = _Warnings()
    logging.getLogger("ingest").addHandler(warnings)
    encoder, draw = SyntheticEncoder(), random.Random(seed)
    done = Reading([], [], 0)
    try:
        with Archive.create_or_open(home, chroma_url=url) as archive:
            asked = queries(archive.reports(), 20, seed=seed)
            vectors = encoder.encode_queries([query.text for query in asked])
            archive.search_vectors(vectors[0])  # what is loaded once is loaded now
            signals.ready.release()
            signals.go.wait()
            while not signals.stop.is_set():
                place = draw.randrange(len(asked))
                wanted = max(1, signals.latest.value - draw.randrange(_KEPT + 3))
                try:
                    done.searches.append(_search(archive, encoder, asked[place], vectors[place], wanted))
                except Exception as error:
                    done.errors.append(f"{type(error).__name__}: {error}")
                    time.sleep(0.05)
    except Exception as error:
        done.errors.append(f"{type(error).__name__}: {error}")
    done.fallbacks = warnings.count
    told.put(done)


def _search(archive: Archive, encoder: object, query: Query, vector: object, wanted: int) -> Search:
    import numpy as np

    from eval.scale.vectors import SyntheticEncoder

    assert isinstance(encoder, SyntheticEncoder) and isinstance(vector, np.ndarray)
    began = time.perf_counter()
    archive.search_text([query.text], query.scope, _LIMIT)
    archive.search_vectors(vector, query.scope, _LIMIT)
    seconds = time.perf_counter() - began
    before = archive.generation
    text = _texts(wanted)[0]
    by_text = archive.search_text([text], limit=_LIMIT)
    by_vector = archive.search_vectors(encoder.encode_passages([text])[0], limit=_LIMIT)
    found = [_tags(archive, [hit.passage_id for hit in hits]) for hits in (by_text, by_vector)]
    return Search(wanted, before, archive.generation, found[0], found[1], seconds)


def _tags(archive: Archive, passage_ids: Sequence[int]) -> tuple[int, ...]:
    shown = (_TAG.search(passage.text.text) for passage in archive.passages(passage_ids))
    return tuple(sorted({int(found[1]) for found in shown if found is not None}))


def notice(number: int) -> ReadFile:
    """A small report with that number in every passage."""
    title, text, held = _title(number), f"{_title(number)}\n", []
    start = len(text)
    for said in _texts(number):
        held.append(Passage(MappedText.identity(said, len(text))))
        text += f"{said}\n"
    section = Section(("一、通知",), "review", Period.year(2024), start, len(text), tuple(held))
    report = Report(title, "测试办公室", "测试县", "县", 2024, "其他", 0, len(text), sections=(section,))
    return ReadFile(Document(text, (), "txt"), CleanDocument(()), (report,))


def _title(number: int) -> str:
    return f"第{number:06d}号通知"


def _texts(number: int) -> list[str]:
    return [f"第{number:06d}号通知的第{part}段，批次Q{number:06d}X{part}已经登记。" for part in range(1, _PART + 1)]
