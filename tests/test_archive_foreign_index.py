"""Another vector index in the place of the archive's own: search goes on as if it were there, and doctor says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.archive.chroma import Chroma
from ingest.settings import Settings
from tests.archive_builders import FakeEncoder
from tests.ingest_builders import ingest, two_reports

ENCODER = FakeEncoder()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    settings = Settings(tmp_path / "home")
    ingest(settings, two_reports(tmp_path / "reports"))
    return settings.home


def found(home: Path) -> list[tuple[int, float]]:
    with Archive.create_or_open(home) as archive:
        hits = archive.search_vectors(ENCODER.vector("新建医院"), limit=3)
        return [(hit.passage_id, round(hit.score, 4)) for hit in hits]


def says(home: Path) -> list[str]:
    with Archive.create_or_open(home) as archive:
        return [item.remedy for item in archive.doctor() if item.severity == "error"]


def test_one_that_came_up_empty(home: Path) -> None:
    before = found(home)
    (home / "chroma" / "0" / "chroma.sqlite3").write_bytes(b"")
    assert len(before) == 3 and found(home) == before and "rebuild" in says(home)[0]


def test_one_with_fewer_vectors(home: Path) -> None:
    before = found(home)
    shutil.rmtree(home / "chroma")
    index = Chroma(home)
    index.upsert([1], ENCODER.encode_passages(["别的"]), [{"year": 0}])
    index.close()
    assert found(home) == before and "rebuild" in says(home)[0]


def test_other_vectors_under_the_same_numbers_are_noticed(home: Path) -> None:
    index = Chroma(home)
    numbers = sorted(index.ids())
    index.upsert(numbers, np.eye(len(numbers), 16, dtype=np.float32), [{"year": 0}] * len(numbers))
    index.close()
    assert "rebuild" in says(home)[0]


def test_other_metadata_are_noticed(home: Path) -> None:
    index = Chroma(home)
    number, (vector, metadata) = min(index.records(sorted(index.ids())).items())
    index.upsert([number], vector.reshape(1, -1), [{**metadata, "year": 1900}])
    index.close()
    assert "rebuild" in says(home)[0]
