"""An archive that an earlier release made opens, keeps its reports and answers."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from ingest.archive import Archive, fulltext
from ingest.archive.contents import runs_json
from ingest.archive.database import Database, migrate, migrations, schema_version
from ingest.archive.embedtext import content_key
from ingest.archive.originals import keep
from ingest.archive.terms import fingerprint
from ingest.types import Changes
from tests.archive_builders import FakeEncoder
from tests.copies_builders import prose, report_file

TEXT = prose(1)
READ = report_file(TEXT)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive as the first schema had it: one file with one report, embedded, and one file that failed."""
    database = Database(tmp_path / "archive.db", write=True)
    migrate(database, migrations()[:1])
    report, text = READ.reports[0], READ.document.text
    with database.transaction() as c:
        sha256 = "ab" * 32
        c.execute(
            "INSERT INTO files (id, name, path, sha256, text_sha256, format, size, status, pipeline)"
            " VALUES (7, 'a.txt', '/reports/a.txt', ?, '', 'txt', ?, 'ok', '1/400')",
            (sha256, len(text.encode())),
        )
        c.execute(
            "INSERT INTO files (name, path, sha256, text_sha256, format, size, status, error, pipeline)"
            " VALUES ('b.txt', '/reports/b.txt', '', '', 'txt', 0, 'failed', '文件是空的，请检查。', '1/400')"
        )
        c.execute("INSERT INTO sources VALUES ('/reports/a.txt', 'a.txt', 7, ?, 1, 1)", (sha256,))
        c.execute("INSERT INTO texts VALUES (7, ?)", (text,))
        c.execute(
            "INSERT INTO reports VALUES (5, 7, ?, ?, '青禾县', '县', 2022, '总结', 0, ?, ?, ?)",
            (report.title, report.org, report.start, report.end, json.dumps({"year": "标题"}, ensure_ascii=False)),
        )
        section = report.sections[0]
        c.execute("INSERT INTO sections VALUES (1, 5, 0, '[]', 'review', '2022', ?, ?)", (section.start, section.end))
        encoder = FakeEncoder()
        for number, passage in enumerate(section.passages, 1):
            key = content_key(passage.text.text)
            c.execute(
                "INSERT INTO passages VALUES (?, 5, 7, 1, ?, 2022, 2022, 'review', NULL, ?, ?, ?)",
                (number, number - 1, passage.start, passage.end, key),
            )
            c.execute(
                "INSERT INTO passage_texts VALUES (?, ?, ?)", (number, passage.text.text, runs_json(passage.text))
            )
            fulltext.add(c, [(number, fulltext.row(passage.text.text, ()))])
            vector = encoder.vector(passage.text.text).astype("<f4").tobytes()
            c.execute("INSERT INTO embeddings (sha, model, vector) VALUES (?, 'fake', ?)", (key, vector))
        c.execute("INSERT INTO meta VALUES ('encoder', 'fake'), ('dimensions', '16'), ('terms', ?)", (fingerprint(),))
    database.close()
    keep(tmp_path, sha256, text.encode())
    return tmp_path


def test_it_opens_for_reading_and_answers_as_before(home: Path) -> None:
    with Archive.create_or_open(home) as archive:
        (report,) = archive.reports()
        assert (report.id, report.year, report.sources, report.reasons) == (5, 2022, ("a.txt",), {"year": "标题"})
        assert (report.period, report.published, report.certainty, report.duplicates) == (None, None, {}, ())
        (hit, *_) = archive.search_text([TEXT[0]])
        assert TEXT[0] in archive.passage(hit.passage_id).text.text
        assert archive.search_vectors(FakeEncoder().vector(archive.passage(1).text.text))[0].passage_id == 1
        assert [record.status for record in archive.files()] == ["ok", "failed"]
    connection = sqlite3.connect(home / "archive.db")
    assert schema_version(connection) == len(migrations())
    connection.close()


def test_its_files_count_as_outdated_and_reading_them_again_keeps_ids_and_vectors(home: Path) -> None:
    with Archive.create_or_open(home, write=True) as archive:
        assert [record.id for record in archive.outdated("2/400")] == [7]
        archive.reread(7, READ, "2/400")
        assert [report.id for report in archive.reports()] == [5]
        assert archive.embed_pending(FakeEncoder()) == 0
        assert archive.counts().pending == 0


def test_its_reports_get_fingerprints_from_rebuild_and_copies_from_the_next_ingest(home: Path) -> None:
    copy = report_file(TEXT, cover="副本\n")
    with Archive.create_or_open(home, write=True) as archive:
        archive.rebuild()
        archive.add(Path("/reports/c.txt"), copy.document.text.encode(), copy, "2/400")
        assert [(report.id, report.sources) for report in archive.reports()] == [(5, ("a.txt", "c.txt"))]


def test_its_reports_can_be_corrected_and_forgotten(home: Path) -> None:
    with Archive.create_or_open(home, write=True) as archive:
        archive.correct(5, Changes(year=2021))
        assert archive.corrections("ab" * 32)[0].changes == {"year": 2021}
        archive.forget("5")
        assert archive.reports() == [] and archive.corrections("ab" * 32) == ()
