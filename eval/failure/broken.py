"""What is broken in the runs: the vector index, the database, the kept files, and rows changed by hand."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from eval.failure import damage, work
from eval.failure.children import Tell, run
from eval.failure.damage import Case, Damaged
from eval.failure.material import write_reports
from eval.reading.killed import QuickEncoder
from eval.reading.measure import Measure
from ingest.archive.chroma import Chroma
from ingest.archive.database import NAME

BY_HAND = (
    "UPDATE passage_texts SET text = replace(text, '1', '7') WHERE passage_id = (SELECT min(id) FROM passages)",
    "UPDATE texts SET text = replace(text, '完成', '达成') WHERE file_id = 1",
    "UPDATE reports SET year = year + 1 WHERE id = 1",
    "UPDATE reports SET title = '别的标题' WHERE id = 2",
    "UPDATE figures SET figure = replace(figure, '1', '9') WHERE id = (SELECT max(id) FROM figures)",
    "DELETE FROM figures WHERE id = (SELECT min(id) FROM figures)",
    "UPDATE sections SET period = '1999' WHERE id = 3",
    "DELETE FROM passages WHERE id = 4",
    "UPDATE embeddings SET vector = (SELECT vector FROM embeddings WHERE id = 2) WHERE id = 1",
    "UPDATE embeddings SET vector = zeroblob(length(vector)) WHERE id = 5",
    "DELETE FROM embeddings WHERE id = 6",
    "UPDATE meta SET value = '32' WHERE key = 'dimensions'",
    "INSERT INTO passage_fts (passage_fts) VALUES ('delete-all')",
    "INSERT INTO passage_fts (rowid, words, grams, heading) VALUES (999999, '多余', '多余', '多余')",
    "DELETE FROM sources WHERE file_id = 2",
    "UPDATE sources SET path = path || 'x' WHERE file_id = 2",
    "INSERT INTO corrections VALUES ('00', 0, 9, '{}', '{}')",
    "DELETE FROM files WHERE id = 3",
    "DELETE FROM vector_index WHERE passage_id = (SELECT min(id) FROM passages)",
)


def measure_chroma(times: int) -> list[Measure]:
    """The vector index deleted, cut, overwritten, of another model, of another time."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-chroma-") as temporary:
        place = Path(temporary)
        home = _made(place, paragraphs=40)
        cases = [*_index_cases(home, place), *_flips(home, "chroma", times)]
        return damage.measures("chroma", _each(cases, home, place), least=len(cases) // 4)


def measure_database(times: int) -> list[Measure]:
    """archive.db overwritten, cut, replaced, edited by hand; its write-ahead log gone."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-database-") as temporary:
        place = Path(temporary)
        home = _made(place, paragraphs=5)
        cases = [*_database_cases(place), *_by_hand(), *_flips(home, NAME, times)]
        return damage.measures("database", _each(cases, home, place), least=len(cases) // 2)


def measure_originals(times: int) -> list[Measure]:
    """Kept files with bits turned over, cut or deleted; their size alone tells nothing."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-originals-") as temporary:
        place = Path(temporary)
        home = _made(place, paragraphs=3)
        cases = [
            Case("kept file flipped", lambda home, chance: damage.flip(_any(home, "files", chance), chance), True),
            Case("kept file cut", lambda home, chance: damage.cut(_any(home, "files", chance), 0.5), True),
            Case("kept file deleted", lambda home, chance: _any(home, "files", chance).unlink(), True),
        ]
        spread = [cases[number % len(cases)] for number in range(times)]
        return damage.measures("originals", _each(spread, home, place), least=times)


def _each(cases: list[Case], home: Path, place: Path) -> list[Damaged]:
    before = damage.sound(home)
    return [damage.damage(case, before, place, seed) for seed, case in enumerate(cases)]


def _made(place: Path, paragraphs: int) -> Path:
    """A sound archive, closed, with nothing left in its write-ahead log."""
    home = place / "sound"
    run(work.ingest, home, write_reports(place / "reports", range(12), paragraphs=paragraphs)).whole()
    return home


def _any(home: Path, folder: str, chance: random.Random) -> Path:
    files = sorted(path for path in (home / folder).rglob("*") if path.is_file() and path.stat().st_size)
    return chance.choice(files)


def _flips(home: Path, what: str, times: int) -> list[Case]:
    """Bits turned over: one, or a sector's worth."""

    def flipping(count: int) -> Callable[[Path, random.Random], None]:
        def broken(home: Path, chance: random.Random) -> None:
            target = home / what if (home / what).is_file() else _any(home, what, chance)
            damage.flip(target, chance, count)

        return broken

    searching = what != NAME
    return [
        Case(f"{what}: {count} bits", flipping(count), searching, full=True)
        for count in ((1, 8, 512)[number % 3] for number in range(times))
    ]


def _index_cases(home: Path, place: Path) -> list[Case]:
    older, other = place / "older", place / "other"
    shutil.copytree(home / "chroma", older)
    run(_another_index, other, QuickEncoder.dimensions * 2).whole()
    same_size = place / "same-size"
    run(_another_index, same_size, QuickEncoder.dimensions).whole()
    run(work.forget, home, home).whole()  # what is older no longer fits

    def replaced(by: Path) -> Callable[[Path, random.Random], None]:
        def broken(home: Path, chance: random.Random) -> None:
            folder = max((home / "chroma").iterdir())
            shutil.rmtree(folder)
            shutil.copytree(max(by.iterdir()), folder)

        return broken

    def cut(home: Path, chance: random.Random) -> None:
        damage.cut(_any(home, "chroma", chance), chance.random())

    def emptied(home: Path, chance: random.Random) -> None:
        _any(home, "chroma", chance).write_bytes(b"")

    def gone(home: Path, chance: random.Random) -> None:
        _any(home, "chroma", chance).unlink()

    return [
        Case("chroma deleted", lambda home, chance: shutil.rmtree(home / "chroma"), True),
        Case("chroma of an older archive", replaced(older), True),
        Case("chroma of another model", replaced(other / "chroma"), True),
        Case("chroma of another model, same length", replaced(same_size / "chroma")),
        *[Case("chroma file cut", cut, True) for _ in range(4)],
        *[Case("chroma file emptied", emptied, True) for _ in range(3)],
        *[Case("chroma file deleted", gone, True) for _ in range(3)],
    ]


def _another_index(tell: Tell, home: Path, dimensions: int) -> None:
    """An index with the same ids and other vectors."""
    import numpy as np

    index = Chroma(home)
    made = np.random.default_rng(1).standard_normal((500, dimensions)).astype(np.float32)
    index.upsert(range(1, 501), made / np.linalg.norm(made, axis=1, keepdims=True), [{"year": 0}] * 500)
    index.close()


def _database_cases(place: Path) -> list[Case]:
    other = place / "another"
    run(work.ingest, other, write_reports(place / "others", range(20, 24))).whole()

    def to(made: Callable[[Path], bytes]) -> Callable[[Path, random.Random], None]:
        def broken(home: Path, chance: random.Random) -> None:
            (home / NAME).write_bytes(made(home))

        return broken

    def foreign(home: Path) -> bytes:
        with closing(sqlite3.connect(place / "foreign.db")) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (a)")
            connection.execute("PRAGMA user_version = 4")
        return (place / "foreign.db").read_bytes()

    return [
        Case("database of no bytes", to(lambda home: b"")),
        Case("database deleted", lambda home, chance: (home / NAME).unlink()),
        Case("database of another archive", to(lambda home: (other / NAME).read_bytes())),
        Case("database of another program", to(foreign)),
        Case("a text in its place", to(lambda home: "不是数据库".encode() * 1000)),
        *[Case("database cut", lambda home, chance: damage.cut(home / NAME, chance.random())) for _ in range(4)],
        *[Case("database cut at a page", to(lambda home: (home / NAME).read_bytes()[: 4096 * 20]))],
    ]


def _by_hand() -> list[Case]:
    def running(sql: str) -> Callable[[Path, random.Random], None]:
        def broken(home: Path, chance: random.Random) -> None:
            with closing(sqlite3.connect(home / NAME)) as connection, connection:
                connection.execute(sql)

        return broken

    return [Case(sql[:60], running(sql), full=True) for sql in BY_HAND]
