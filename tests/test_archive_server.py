"""The vector index on a Chroma server: the same answers as from the folder, and none lost while it is away."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.bench.chroma_server import ChromaServer, chroma_server
from ingest.archive import Archive, Finding, Scope, meta, sync, vectors
from ingest.archive.chroma_server import ServerChroma
from ingest.errors import BadSettings, ServerUnreachable
from ingest.period import Period
from ingest.settings import load_settings
from tests.archive_builders import FakeEncoder, add, read_file, section, texts
from tests.cli_builders import REPORT, Shell
from tests.test_archive_vectors import SENTENCES


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path_factory.mktemp("served") / "data") as running:
        yield running


@pytest.fixture(autouse=True)
def through_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small scopes are otherwise scored in SQLite."""
    monkeypatch.setattr(vectors, "NARROW", 0)


def opened(home: Path, server: ChromaServer | None, *, write: bool = False) -> Archive:
    return Archive.create_or_open(home, write=write, chroma_url=None if server is None else server.url)


def filled(home: Path, server: ChromaServer | None, *, more: tuple[str, ...] = ()) -> Path:
    with opened(home, server, write=True) as archive:
        add(archive, "a.txt", read_file(section(*SENTENCES, *more, period=Period.year(2022))))
        add(archive, "b.txt", read_file(section("计划医疗。", part="plan", period=Period.year(2023)), title="计划"))
        archive.embed_pending(FakeEncoder())
    return home


def found(archive: Archive, text: str, scope: Scope | None = None, limit: int = 5) -> list[tuple[str, float]]:
    hits = archive.search_vectors(FakeEncoder().vector(text), scope, limit)
    words = texts(archive, [hit.passage_id for hit in hits])
    return [(word, round(hit.score, 4)) for word, hit in zip(words, hits, strict=True)]


def held(archive: Archive) -> set[int]:
    """The ids that the index really holds."""
    archive._chroma.use(archive._read(meta.chroma))
    return archive._chroma.ids()


def grave(archive: Archive) -> list[Finding]:
    return [finding for finding in archive.doctor() if finding.severity != "info"]


def no_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    def scored(*_: object) -> list[object]:
        raise AssertionError("the server was not asked")

    monkeypatch.setattr(vectors, "exact", scored)


class TestSameAsTheFolder:
    def test_answers_are_those_of_the_folder_and_nothing_lies_in_the_directory(
        self, tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(tmp_path / "local", None)
        filled(tmp_path / "served", server)
        assert not (tmp_path / "served" / "chroma").exists()
        with opened(tmp_path / "local", None) as local, opened(tmp_path / "served", server) as served:
            for scope in (None, Scope(years=frozenset({2022})), Scope(parts=frozenset({"plan"}))):
                for text in ("医疗", "妇幼", SENTENCES[3]):
                    expected = dict(found(local, text, scope, 20))  # equal scores have no order
                    with monkeypatch.context() as only:
                        no_fallback(only)
                        assert dict(found(served, text, scope, 20)) == expected != {}
            assert grave(served) == []

    def test_a_forgotten_report_is_gone_from_the_server(self, tmp_path: Path, server: ChromaServer) -> None:
        with opened(filled(tmp_path, server), server, write=True) as archive:
            archive.forget("计划")
            assert len(held(archive)) == len(SENTENCES)
            assert grave(archive) == []

    def test_rebuild_leaves_one_collection(self, tmp_path: Path, server: ChromaServer) -> None:
        with opened(filled(tmp_path, server), server, write=True) as archive:
            archive.rebuild()
            assert held(archive) == set(archive._read(vectors_by_account))
            place = archive._read(meta.chroma)
            assert isinstance(archive._chroma, ServerChroma)
            names = [item.name for item in archive._chroma._connected().list_collections()]
            assert [name for name in names if place.name in name] == [f"report-assistant-{place.name}-{place.number}"]

    def test_another_model_gets_another_collection(
        self, tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = FakeEncoder("other", 8)
        with opened(filled(tmp_path, server), server, write=True) as archive:
            archive.change_model(other)
            archive.embed_pending(other)
            no_fallback(monkeypatch)
            assert archive.search_vectors(other.vector(SENTENCES[2]), limit=1)[0].score == pytest.approx(1, abs=1e-4)

    def test_two_archives_share_a_server_and_a_copy_stays_off_its_original(
        self, tmp_path: Path, server: ChromaServer
    ) -> None:
        first = filled(tmp_path / "first", server)
        filled(tmp_path / "second", server, more=("只在第二份档案里。",))
        copy = shutil.copytree(first, tmp_path / "copy")
        with opened(copy, server, write=True) as archive:
            assert found(archive, SENTENCES[4], limit=1)[0][0] == SENTENCES[4]
            assert [finding.severity for finding in archive.doctor()] == ["warning"]
            archive.forget("计划")
            assert grave(archive) == [] and len(held(archive)) == len(SENTENCES)
        with opened(first, server) as archive:
            assert grave(archive) == [] and len(held(archive)) == len(SENTENCES) + 1

    def test_a_reader_sees_what_another_process_wrote_without_opening_anything_anew(
        self, tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        filled(tmp_path, server)
        with opened(tmp_path, server) as reader, opened(tmp_path, server, write=True) as writer:
            found(reader, "医疗")
            assert isinstance(reader._chroma, ServerChroma)
            connection = reader._chroma._api
            add(writer, "c.txt", read_file(section("后来的话。"), title="后来"))
            writer.embed_pending(FakeEncoder())
            no_fallback(monkeypatch)
            assert found(reader, "后来的话。", limit=1)[0][0] == "后来的话。"
            writer.forget("后来")
            assert "后来的话。" not in dict(found(reader, "后来的话。", limit=20))
            assert reader._chroma._api is connection is not None

    def test_turning_to_a_server_and_back_takes_the_vectors_along(self, tmp_path: Path, server: ChromaServer) -> None:
        filled(tmp_path, None)
        encoder = FakeEncoder()
        for at, folder in ((server, False), (None, True)):
            with opened(tmp_path, at, write=True) as archive:
                assert found(archive, SENTENCES[4], limit=1)[0][0] == SENTENCES[4]
                assert "chroma_url" in grave(archive)[0].message and archive.unfinished
                assert archive.embed_pending(encoder) == 0 and encoder.encoded == []
                assert grave(archive) == [] and (tmp_path / "chroma").exists() == folder


class TestAServerThatIsAway:
    def test_search_goes_on_and_the_next_ingest_mends(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        with chroma_server(tmp_path / "data") as server:
            home = filled(tmp_path / "home", server)
            with opened(home, server) as reader:
                before = dict(found(reader, "医疗", limit=20))
                server.kill()
                assert dict(found(reader, "医疗", limit=20)) == before and "SQLite" in caplog.text
                (finding,) = grave(reader)
                assert (
                    finding.severity == "warning" and server.url in finding.message and "chroma_url" in finding.remedy
                )
            with opened(home, server, write=True) as writer:
                writer.forget("计划")
                add(writer, "c.txt", read_file(section("停机时的话。"), title="停机"))
                with pytest.raises(ServerUnreachable, match=r"连不上向量服务器.*ingest"):
                    writer.embed_pending(FakeEncoder())
                assert writer.counts().pending == 0 and writer.unfinished
                assert found(writer, "停机时的话。", limit=1)[0][0] == "停机时的话。"
                assert "计划医疗。" not in dict(found(writer, "计划医疗。", limit=20))
                server.start()
                encoder = FakeEncoder()
                assert writer.embed_pending(encoder) == 0 and encoder.encoded == []
                assert grave(writer) == [] and len(held(writer)) == len(SENTENCES) + 1

    def test_an_emptied_server_is_an_error_that_rebuild_mends(self, tmp_path: Path) -> None:
        with chroma_server(tmp_path / "data") as server:
            home = filled(tmp_path / "home", server)
            server.kill()
            shutil.rmtree(tmp_path / "data")
            server.start()
            with opened(home, server, write=True) as archive:
                assert found(archive, SENTENCES[4], limit=1)[0][0] == SENTENCES[4]
                (finding,) = grave(archive)
                assert finding.severity == "error" and "rebuild" in finding.remedy
                archive.rebuild()
                assert grave(archive) == [] and len(held(archive)) == len(SENTENCES) + 1

    def test_nobody_waits_for_a_server_that_takes_connections_and_says_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ingest.archive.chroma_server.ANSWER", 0.3)
        with socket.socket() as deaf:
            deaf.bind(("127.0.0.1", 0))
            deaf.listen()
            filled(tmp_path, None)
            url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
            with Archive.create_or_open(tmp_path, write=True, chroma_url=url) as archive:
                with pytest.raises(ServerUnreachable):
                    archive.rebuild()
                archive._database.connection().execute(
                    "INSERT OR REPLACE INTO meta VALUES ('chroma_server', ?), ('chroma_owner', ?)",
                    (url, archive._chroma.owner),
                )
                waits = []
                for _ in range(5):
                    began = time.perf_counter()
                    assert found(archive, SENTENCES[4], limit=1)[0][0] == SENTENCES[4]
                    waits.append(time.perf_counter() - began)
                assert sum(wait > 0.25 for wait in waits) <= 1

    def test_a_server_of_another_kind_is_not_written_to(self, tmp_path: Path) -> None:
        from http.server import BaseHTTPRequestHandler, HTTPServer
        from threading import Thread

        asked: list[str] = []

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.command)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<html>")

            def log_message(self, *_: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Page) as other:
            Thread(target=other.serve_forever, daemon=True).start()
            filled(tmp_path, None)
            url = f"http://127.0.0.1:{other.server_port}"
            with Archive.create_or_open(tmp_path, write=True, chroma_url=url) as archive:
                with pytest.raises(ServerUnreachable):
                    archive.rebuild()
                assert set(asked) == {"GET"}
            other.shutdown()


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with opened(filled(tmp_path, server), server) as archive:
        assert grave(archive) == []


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost:8000"),
        ("https://vectors.example.cn/", "https://vectors.example.cn:443"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_the_servers_address_is_a_setting(tmp_path: Path, given: str, read: str) -> None:
    assert load_settings(tmp_path, {"REPORT_ASSISTANT_CHROMA_URL": given}).chroma_url == read
    (tmp_path / "settings.toml").write_text(f'chroma_url = "{given}"', encoding="utf-8")
    assert load_settings(tmp_path, {}).chroma_url == read


@pytest.mark.parametrize(
    "given",
    ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://a:b:c", "http://x:99999", "http://me:secret@127.0.0.1:8000",
     "http://127.0.0.1:8000/api", "http://127.0.0.1:8000?token=secret", "http://127.0.0.1:8000#secret", "http://a b"],
)  # fmt: skip
def test_another_address_is_refused_without_repeating_a_password(tmp_path: Path, given: str) -> None:
    with pytest.raises(BadSettings, match=r"chroma_url.*http://127\.0\.0\.1:8000") as told:
        load_settings(tmp_path, {"REPORT_ASSISTANT_CHROMA_URL": given})
    assert "secret" not in str(told.value)


def test_every_command_that_writes_uses_the_configured_server(
    server: ChromaServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path / "home", monkeypatch, capsys)
    monkeypatch.setenv("REPORT_ASSISTANT_CHROMA_URL", server.url)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(REPORT.replace("2022", "2019").replace("10500", "9800"), encoding="utf-8")
    for command in (
        ["ingest", tmp_path / "a.txt", tmp_path / "b.txt"],
        ["rebuild"],
        ["rebuild", "--embed"],
        ["reports", "edit", "1", "--year", "2021"],
        ["forget", "1"],
    ):
        assert shell(*command).code == 0
        with Archive.create_or_open(tmp_path / "home") as archive:
            assert archive._read(meta.chroma).server == server.url
            assert not archive._read(lambda connection: sync.needed(connection, ServerChroma(archive.home, server.url)))
    assert shell("doctor", "--json").json["findings"] == []
    assert not (tmp_path / "home" / "chroma").exists()


def vectors_by_account(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT passage_id FROM vector_index")]
