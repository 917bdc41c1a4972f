"""Connections to one archive: each thread its own, and none is closed under the query of another."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.archive.database import Database

ROOT = Path(__file__).parents[1]
_CLOSED_UNDER_QUERIES = """
import sys, threading
from pathlib import Path
from ingest.archive.database import Database
LONG = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 300000) SELECT count(*) FROM c"
counted = []
for _ in range(20):
    database, running = Database(Path(sys.argv[1]), write=True), threading.Event()
    def ask():
        connection = database.connection()
        running.set()
        counted.append(connection.execute(LONG).fetchone()[0])
    thread = threading.Thread(target=ask)
    thread.start()
    running.wait()
    database.close()
    thread.join()
assert counted == [300000] * 20, counted
"""


def test_an_archive_may_be_closed_while_another_thread_asks_it(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _CLOSED_UNDER_QUERIES, str(tmp_path / "archive.db")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to see what is open")
def test_nothing_stays_open_once_all_are_done(tmp_path: Path) -> None:
    database = Database(tmp_path / "archive.db", write=True)
    asked = threading.Event()

    def ask() -> None:
        database.connection().execute("SELECT 1").fetchone()
        asked.wait()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    database.connection()
    database.close()
    asked.set()
    for thread in threads:
        thread.join()
    gc.collect()  # a connection and its cache of statements refer to each other
    held = [str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    assert not [one for one in held if one.startswith(str(tmp_path))]
