"""Vectors: nothing is embedded twice, Chroma follows SQLite, and a stop or a broken index loses nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from eval.scale.build import build
from eval.scale.vectors import SyntheticEncoder
from eval.scale.words import TOPICS
from ingest.archive import Archive, Scope, meta, sync, vectors
from ingest.archive.chroma import Chroma
from ingest.archive.database import Database
from ingest.archive.embedtext import embed_text
from ingest.errors import ModelMismatch
from ingest.period import Period
from tests.archive_builders import FakeEncoder, add, read_file, section, texts

SENTENCES = tuple(f"第{n}项：{word}工作取得进展。" for n, word in enumerate("医防中妇幼老药床信财人"))


def numbered(count: int) -> tuple[str, ...]:
    return tuple(f"编号{n}的段落{chr(0x4E00 + n * 7)}。" for n in range(count))


def nearest(archive: Archive, text: str, scope: Scope | None = None) -> str:
    return texts(archive, [archive.search_vectors(FakeEncoder().vector(text), scope, 1)[0].passage_id])[0]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """An archive with every sentence embedded."""
    with Archive.create_or_open(tmp_path, write=True) as archive:
        add(archive, "a.txt", read_file(section(*SENTENCES, period=Period.year(2022))))
        archive.embed_pending(FakeEncoder())
    return tmp_path


@contextmanager
def _writing_that_never_ends(database: Database, chroma: Chroma) -> Iterator[None]:
    """As it is left by a process that is killed while it writes to Chroma."""
    with database.transaction() as connection:
        meta.put(connection, "chroma_writing", "1")
    yield


Limits = tuple[int, int, int]
"""NARROW, EXACT and _WIDEST: up to how many passages a scope is scored exactly, and how far the index is asked."""
EXACTLY: Limits = (10_000, 10_000, 8_000)
AMONG_ALL: Limits = (0, 10_000, 8_000)
FILTERED: Limits = (0, 0, 1)


def _search_by(monkeypatch: pytest.MonkeyPatch, way: Limits) -> None:
    for name, value in zip(("NARROW", "EXACT", "_WIDEST"), way, strict=True):
        monkeypatch.setattr(vectors, name, value)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


class TestEmbedding:
    def test_equal_text_is_embedded_once(self, tmp_path: Path) -> None:
        encoder = FakeEncoder()
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section("相同的话。", "不同的话。"), reports=2))
            assert archive.embed_pending(encoder) == 2
            add(archive, "b.txt", read_file(section("相同的话。"), title="另一篇"))
            assert archive.embed_pending(encoder) == 0
            assert sorted(encoder.encoded) == ["不同的话。", "相同的话。"]
            assert archive.counts().embedded == 5 and not archive.unfinished

    def test_text_is_searchable_before_it_has_a_vector(self, tmp_path: Path) -> None:
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section(*SENTENCES)))
            assert archive.search_text(["第3项"]) != []
            assert archive.search_vectors(FakeEncoder().vector("妇幼")) == []
            assert len(archive.passages_without_vectors()) == len(SENTENCES) and archive.unfinished

    def test_the_vectors_are_those_the_encoder_gave(self, full: Path) -> None:
        with Archive.create_or_open(full) as archive:
            passages = archive.report_passages(archive.reports()[0].id)
            stored = archive.vectors_of([item.id for item in passages])
            for item in passages:
                np.testing.assert_array_equal(stored[item.id], FakeEncoder().vector(item.text.text))

    def test_progress_ends_at_the_total(self, tmp_path: Path) -> None:
        seen: list[tuple[int, int]] = []
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section(*numbered(150))))
            archive.embed_pending(FakeEncoder(), lambda done, total: seen.append((done, total)))
        assert seen == [(64, 150), (128, 150), (150, 150)]

    def test_a_short_heading_is_embedded_with_its_text_unless_the_text_says_it(self) -> None:
        assert embed_text("新增三十张。", ("一、回顾", "（二）床位建设")) == "床位建设：新增三十张。"
        assert embed_text("床位建设有进展。", ("（二）床位建设",)) == "床位建设有进展。"
        assert embed_text("新增三十张。", ("一" * 40,)) == embed_text("新增三十张。", ()) == "新增三十张。"


class TestSearch:
    def test_the_nearest_passage_is_found_with_its_cosine(self, full: Path) -> None:
        with Archive.create_or_open(full) as archive:
            (hit,) = archive.search_vectors(FakeEncoder().vector(SENTENCES[3]), limit=1)
            assert hit.score == pytest.approx(1.0, abs=1e-5)
            assert texts(archive, [hit.passage_id]) == [SENTENCES[3]]

    @pytest.mark.parametrize("way", [EXACTLY, AMONG_ALL, FILTERED])
    def test_a_scope_holds_for_vectors_too(self, full: Path, monkeypatch: pytest.MonkeyPatch, way: Limits) -> None:
        _search_by(monkeypatch, way)
        with Archive.create_or_open(full, write=True) as archive:
            add(archive, "b.txt", read_file(section("计划医疗。", part="plan", period=Period.year(2023)), title="计划"))
            add(archive, "c.txt", read_file(section("五年医疗。", part=None, period=Period(2021, 2025)), title="五年"))
            add(archive, "d.txt", read_file(section("某年医疗。", part=None), title="不详"))
            archive.embed_pending(FakeEncoder())

            def titles(scope: Scope) -> set[str]:
                hits = archive.search_vectors(FakeEncoder().vector("医疗"), scope, 50)
                return {archive.report(item.report_id).title for item in archive.passages([h.passage_id for h in hits])}

            first = archive.reports()[0].title
            assert titles(Scope()) == {first, "计划", "五年", "不详"}
            assert titles(Scope(years=frozenset({2022, 2023}))) == {first, "计划"}
            assert titles(Scope(years=frozenset({2023}), unknown_year=True)) == {"计划", "不详"}
            assert titles(Scope(parts=frozenset({"plan"}))) == {"计划"}
            assert titles(Scope(years=frozenset({2022}), parts=frozenset({"plan"}))) == set()
            assert titles(Scope(reports=frozenset({1}))) == {first}
            assert titles(Scope(reports=frozenset())) == titles(Scope(years=frozenset())) == set()

    def test_exact_search_and_chroma_agree(self, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scope, vector = Scope(years=frozenset({2022})), FakeEncoder().vector("老年人用药")
        with Archive.create_or_open(full) as archive:
            exact = archive.search_vectors(vector, scope, 5)
            for way in (AMONG_ALL, FILTERED):
                _search_by(monkeypatch, way)
                found = archive.search_vectors(vector, scope, 5)
                assert [hit.score for hit in found] == pytest.approx([hit.score for hit in exact], abs=1e-5)

    def test_the_nearest_of_a_wide_scope_are_all_found_among_the_nearest_of_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        encoder = SyntheticEncoder()
        build(tmp_path, 1_500, encoder, (), lambda line: None, figures=False)
        wide = [Scope(parts=frozenset({"plan"})), Scope(years=frozenset({2008})), Scope(reports=frozenset({2, 5}))]
        with Archive.create_or_open(tmp_path) as archive:
            for scope in wide:
                for vector in encoder.encode_queries([f"{topic}有何进展" for topic in TOPICS]):
                    _search_by(monkeypatch, EXACTLY)
                    exact = {hit.passage_id for hit in archive.search_vectors(vector, scope, 20)}
                    _search_by(monkeypatch, AMONG_ALL)
                    found = {hit.passage_id for hit in archive.search_vectors(vector, scope, 20)}
                    assert len(found & exact) >= 19

    def test_a_reader_follows_what_a_writer_adds_and_removes(self, full: Path) -> None:
        with Archive.create_or_open(full) as reader, Archive.create_or_open(full, write=True) as writer:
            assert nearest(reader, "疫苗接种") in SENTENCES
            add(writer, "b.txt", read_file(section("疫苗接种。"), title="疫苗"))
            writer.embed_pending(FakeEncoder())
            assert nearest(reader, "疫苗接种。") == "疫苗接种。"
            writer.forget("疫苗")
            assert nearest(reader, "疫苗接种。") in SENTENCES


class TestModels:
    def test_vectors_of_two_models_are_never_mixed(self, full: Path) -> None:
        other = FakeEncoder("other", 8)
        with Archive.create_or_open(full, write=True) as archive:
            add(archive, "b.txt", read_file(section("新的一段。"), title="新"))
            with pytest.raises(ModelMismatch, match="改回 fake，或运行 report-assistant rebuild --embed"):
                archive.embed_pending(other)
            with pytest.raises(ModelMismatch):
                archive.require_model("other")
            with pytest.raises(ModelMismatch, match="维"):
                archive.search_vectors(other.vector("新"))
            archive.require_model("fake")
            assert any(finding.severity == "error" for finding in archive.doctor("other"))

    def test_changing_the_model_embeds_everything_again(self, full: Path) -> None:
        other = FakeEncoder("other", 8)
        with Archive.create_or_open(full, write=True) as archive:
            archive.change_model(other)
            assert archive.counts().embedded == 0
            assert archive.embed_pending(other) == len(SENTENCES)
            assert archive.encoder_name == "other" and archive.doctor("other") == []
            assert archive.search_vectors(other.vector(SENTENCES[2]), limit=1)[0].score == pytest.approx(1.0, abs=1e-5)


class TestRepair:
    def test_an_index_that_is_gone_is_made_again_without_embedding(self, full: Path) -> None:
        shutil.rmtree(full / "chroma")
        with Archive.create_or_open(full, write=True) as archive:
            assert [finding.severity for finding in archive.doctor()] == ["error"]
            archive.rebuild()
            assert archive.doctor() == []
            assert nearest(archive, SENTENCES[4]) == SENTENCES[4]

    def test_searching_works_while_the_index_is_broken(self, full: Path, caplog: pytest.LogCaptureFixture) -> None:
        for file in (full / "chroma").rglob("*"):
            if file.is_file():
                file.write_bytes(b"broken")
        with Archive.create_or_open(full) as archive:
            assert nearest(archive, SENTENCES[4]) == SENTENCES[4]
            assert "SQLite" in caplog.text
            assert [finding.severity for finding in archive.doctor()] == ["error"]
        with Archive.create_or_open(full, write=True) as archive:
            archive.rebuild()
            assert archive.doctor() == []

    def test_an_index_that_differs_from_our_account_is_brought_in_line(self, full: Path) -> None:
        with Archive.create_or_open(full, write=True) as archive:
            passages = [item.id for item in archive.report_passages(archive.reports()[0].id)]
            archive._chroma.delete(passages[:4])
            archive._chroma.upsert([4711], np.eye(1, 16, dtype=np.float32), [{"year": 0}])
            assert any("向量索引" in finding.message for finding in archive.doctor())
            sync.sync(archive._database, archive._chroma)
            assert archive.doctor() == []
            assert archive._chroma.ids() == set(passages)

    def test_files_that_a_killed_writer_left_are_not_opened_but_made_again(
        self, full: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as killed, Archive.create_or_open(full, write=True) as archive:
            killed.setattr("ingest.archive.sync._writing", _writing_that_never_ends)
            killed.setattr("ingest.archive.sync._fill", _stop)
            with pytest.raises(KeyboardInterrupt):
                archive.rebuild()
        with Archive.create_or_open(full) as archive:
            monkeypatch.setattr(Chroma, "_open", _stop)
            assert nearest(archive, SENTENCES[4]) == SENTENCES[4]
            assert [finding.severity for finding in archive.doctor()] == ["warning"]
            monkeypatch.undo()
        with Archive.create_or_open(full, write=True) as archive:
            assert archive.unfinished and archive.embed_pending(FakeEncoder()) == 0
            assert archive.doctor() == []

    def test_a_killed_embedding_goes_on_where_it_stopped(self, tmp_path: Path) -> None:
        script = (
            "import sys, time; from pathlib import Path; from ingest.archive import Archive\n"
            "from tests.archive_builders import FakeEncoder, add, read_file, section\n"
            "from tests.test_archive_vectors import numbered\n"
            "class Slow(FakeEncoder):\n"
            "    def encode_passages(self, texts):\n"
            "        if self.encoded: print('half', flush=True); time.sleep(60)\n"
            "        return super().encode_passages(texts)\n"
            "with Archive.create_or_open(Path(sys.argv[1]), write=True) as archive:\n"
            "    add(archive, 'a.txt', read_file(section(*numbered(200))))\n"
            "    archive.embed_pending(Slow())\n"
        )
        root = Path(__file__).parents[1]
        with subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == b"half\n"
            writer.send_signal(signal.SIGKILL)
        encoder = FakeEncoder()
        with Archive.create_or_open(tmp_path, write=True) as archive:
            assert archive.counts().pending == 136
            assert archive.search_text(["编号"]) != []
            assert archive.embed_pending(encoder) == len(encoder.encoded) == 136
            assert archive.doctor() == []
            assert nearest(archive, numbered(200)[150]) == numbered(200)[150]

    @pytest.mark.parametrize("stopped_by", [KeyboardInterrupt, RuntimeError])
    def test_an_interrupted_batch_leaves_the_archive_consistent(
        self, tmp_path: Path, stopped_by: type[BaseException]
    ) -> None:
        def stop(done: int, total: int) -> None:
            raise stopped_by

        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section(*numbered(100))))
            with pytest.raises(stopped_by):
                archive.embed_pending(FakeEncoder(), stop)
            assert archive.counts().pending == 36
            # What SQLite has and Chroma not yet is found all the same.
            assert len(archive.search_vectors(FakeEncoder().vector("编号"), limit=100)) == 64
            assert {finding.severity for finding in archive.doctor()} == {"warning"}
            assert archive.embed_pending(FakeEncoder()) == 36
            assert archive.doctor() == []
