"""Many files into the archive: each gets one outcome, and a second run costs next to nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.errors import ArchiveBusy, BadSettings, UnreadableFile
from ingest.isolation.faults import too_slow
from ingest.renew import rebuild
from ingest.runner import FileOutcome, Watcher, ingest_paths
from ingest.settings import Settings
from ingest.types import Correction, ReadFile
from tests.archive_builders import FakeEncoder
from tests.ingest_builders import ENCODER, found, ingest, read, statuses, two_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path / "reports")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


def test_folders_are_read_with_all_that_lies_in_them(folder: Path, settings: Settings) -> None:
    seen: list[FileOutcome] = []
    totals: list[int] = []
    summary = ingest(settings, folder, watcher=Watcher(found=totals.append, file=seen.append))
    assert statuses(summary) == {"b.txt": "new", "a.txt": "new"}
    assert [(outcome.reports, outcome.passages) for outcome in summary.outcomes if outcome.name == "b.txt"] == [(1, 2)]
    assert tuple(seen) == summary.outcomes and totals == [2]
    assert summary.embedded == 3 and not summary.failed
    with Archive.create_or_open(settings.home) as archive:
        assert archive.counts().pending == 0 and archive.doctor() == []


def test_what_is_no_report_is_passed_over(folder: Path, settings: Settings) -> None:
    for name in (".DS_Store", "~$a.docx", ".hidden.txt", "Thumbs.db", "photo.psd"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "c.txt").write_text("x")
    summary = ingest(settings, folder)
    assert statuses(summary) == {"a.txt": "new", "b.txt": "new", "photo.psd": "skipped"}
    assert not summary.failed


def test_the_archive_itself_is_never_read_in(folder: Path) -> None:
    settings = Settings(folder / "home")
    ingest(settings, folder)
    assert set(statuses(ingest(settings, folder)).values()) == {"unchanged"}


def test_a_named_file_is_tried_whatever_its_type_and_counted_once(folder: Path, settings: Settings) -> None:
    odd = folder / "report.dat"
    odd.write_text("丁县的报告。")
    assert statuses(ingest(settings, odd, folder / ".." / "reports" / "report.dat")) == {"report.dat": "new"}


def test_a_name_in_another_encoding_is_shown_and_stored_readably(folder: Path, settings: Settings) -> None:
    name = os.fsdecode("工作总结.txt".encode("gb18030"))
    try:
        (folder / name).write_text("戊县的报告。")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert statuses(ingest(settings, folder))["工作总结.txt"] == "new"
    assert statuses(ingest(settings, folder))["工作总结.txt"] == "unchanged"


def test_a_path_that_is_not_there_fails_and_the_others_are_read(folder: Path, settings: Settings) -> None:
    summary = ingest(settings, folder / "missing.txt", folder)
    assert statuses(summary) == {"missing.txt": "failed", "a.txt": "new", "b.txt": "new"}
    assert "找不到" in summary.outcomes[0].message and summary.failed


def test_a_file_that_cannot_be_read_fails_until_it_can(folder: Path, settings: Settings) -> None:
    (folder / "a.txt").write_text("坏")
    summary = ingest(settings, folder)
    assert statuses(summary) == {"a.txt": "failed", "b.txt": "new"}
    assert summary.outcomes[0].message == "文件已损坏，请换一份。"
    assert statuses(ingest(settings, folder)) == {"a.txt": "failed", "b.txt": "unchanged"}
    with Archive.create_or_open(settings.home) as archive:
        assert [finding.severity for finding in archive.doctor()] == ["info"]
    (folder / "a.txt").write_text("甲县修好的报告。")
    assert statuses(ingest(settings, folder)) == {"a.txt": "new", "b.txt": "unchanged"}


def test_a_fault_of_the_program_in_one_file_does_not_cost_the_others(folder: Path, settings: Settings) -> None:
    def stumbles(path: Path, data: bytes, settings: Settings) -> ReadFile:
        if path.name == "a.txt":
            raise IndexError("list index out of range")
        return read(path, data, settings)

    summary = ingest_paths(settings, [folder], read=stumbles, load_encoder=lambda _: ENCODER)
    assert statuses(summary) == {"a.txt": "failed", "b.txt": "new"}
    assert "IndexError" in summary.outcomes[0].message


def test_a_failed_file_that_is_gone_is_no_longer_reported(folder: Path, settings: Settings) -> None:
    (folder / "a.txt").write_text("坏")
    ingest(settings, folder)
    (folder / "a.txt").unlink()
    ingest(settings, folder)
    with Archive.create_or_open(settings.home) as archive:
        assert [record.name for record in archive.files()] == ["b.txt"]


def test_a_changed_file_is_updated_and_a_touched_one_is_not(folder: Path, settings: Settings) -> None:
    ingest(settings, folder)
    (folder / "a.txt").write_text("甲县改建医院。")
    os.utime(folder / "2022" / "b.txt", ns=(1, 1))
    ENCODER.encoded.clear()
    assert statuses(ingest(settings, folder)) == {"a.txt": "updated", "b.txt": "unchanged"}
    assert ENCODER.encoded == ["甲县改建医院。"]
    assert found(settings, "医院") == {"甲县改建医院。", "乙县扩建医院。"}


def test_a_file_that_got_the_content_of_another_gives_up_its_own(folder: Path, settings: Settings) -> None:
    ingest(settings, folder)
    (folder / "a.txt").write_bytes((folder / "2022" / "b.txt").read_bytes())
    assert statuses(ingest(settings, folder)) == {"a.txt": "duplicate", "b.txt": "unchanged"}
    assert found(settings, "医院") == {"乙县扩建医院。"}


def test_copies_are_one_report_under_any_name_and_in_any_encoding(folder: Path, settings: Settings) -> None:
    (folder / "z.txt").write_text("甲县新建医院。")
    (folder / "z2.txt").write_text("甲县新建医院。\n")  # other bytes, the same lines
    summary = ingest(settings, folder)
    assert statuses(summary) == {"b.txt": "new", "a.txt": "new", "z.txt": "duplicate", "z2.txt": "duplicate"}
    with Archive.create_or_open(settings.home) as archive:
        assert ("a.txt", "z.txt", "z2.txt") in [report.sources for report in archive.reports()]
    assert set(statuses(ingest(settings, folder)).values()) == {"unchanged"}
    (folder / "a.txt").unlink()
    assert found(settings, "医院") == {"甲县新建医院。", "乙县扩建医院。"}


def test_a_new_version_of_the_pipeline_reads_unchanged_files_again(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    ingest(settings, folder)
    newer = Settings(settings.home, passage_tokens=200)
    assert set(statuses(ingest(newer, folder)).values()) == {"updated"}
    assert set(statuses(ingest(newer, folder)).values()) == {"unchanged"}
    with Archive.create_or_open(settings.home) as archive:
        assert len(archive.reports()) == 2


class TestRereading:
    def test_outdated_files_are_read_from_the_kept_bytes_wherever_they_were(
        self, folder: Path, settings: Settings
    ) -> None:
        ingest(settings, folder)
        shutil.rmtree(folder)
        newer = Settings(settings.home, passage_tokens=200)
        summary = ingest_paths(newer, [], reread_outdated=True, read=read, load_encoder=lambda _: ENCODER)
        assert statuses(summary) == {"a.txt": "updated", "b.txt": "updated"}

    def test_what_took_too_long_is_not_tried_at_every_run_but_on_request(
        self, folder: Path, settings: Settings
    ) -> None:
        tried: list[str] = []

        def slow(path: Path, data: bytes, settings: Settings) -> ReadFile:
            tried.append(path.name)
            if path.name != "b.txt":
                raise too_slow(30)
            return read(path, data, settings)

        def run(reread: bool = False) -> FileOutcome:
            tried.clear()
            summary = ingest_paths(settings, [folder], read=slow, embed=False, reread_outdated=reread)
            return next(outcome for outcome in summary.outcomes if outcome.name == "a.txt")

        assert run().message.startswith("处理超过 30 秒") and "a.txt" in tried
        again = run()
        assert again.status == "failed" and "--reread" in again.message and tried == []
        assert run(reread=True).status == "failed" and tried == ["a.txt"]
        (folder / "a.txt").write_text("换了内容。")
        assert run().status == "failed" and tried == ["a.txt"]

    def test_what_the_user_said_goes_along(self, folder: Path, settings: Settings) -> None:
        said: list[Sequence[Correction]] = []

        def listens(path: Path, data: bytes, settings: Settings, corrections: Sequence[Correction] = ()) -> ReadFile:
            said.append(corrections)
            return read(path, data, settings)

        ingest(settings, folder)
        with Archive.create_or_open(settings.home, write=True) as archive:
            (report,) = [report for report in archive.reports() if report.sources == ("a.txt",)]
            archive.correct(report.id, {"year": 2020})
        newer = Settings(settings.home, passage_tokens=200)
        ingest_paths(newer, [folder], read=listens, embed=False)
        assert [[item.changes for item in given] for given in said if given] == [[{"year": 2020}]]
        said.clear()
        (folder / "a.txt").write_text("甲县新建医院。\n甲县又新建一所医院。")
        ingest_paths(newer, [folder], read=listens, embed=False)
        assert [bool(given) for given in said] == [False, True], "first to learn which report it is"


class TestEmbedding:
    def test_without_embedding_the_text_is_there_and_the_next_run_embeds(
        self, folder: Path, settings: Settings
    ) -> None:
        assert ingest(settings, folder, embed=False).embedded == 0
        assert found(settings, "医院") == {"甲县新建医院。", "乙县扩建医院。"}
        progress: list[tuple[int, int]] = []
        summary = ingest(settings, folder, watcher=Watcher(embedding=lambda *at: progress.append(at)))
        assert set(statuses(summary).values()) == {"unchanged"} and summary.embedded == 3
        assert progress[-1] == (3, 3)

    def test_a_model_that_cannot_be_loaded_leaves_searchable_text_and_says_so(
        self, folder: Path, settings: Settings
    ) -> None:
        def no_model(_: Settings) -> FakeEncoder:
            raise BadSettings("没有这个模型", "请改正 embedding_model")

        summary = ingest_paths(settings, [folder], read=read, load_encoder=no_model)
        assert summary.fault == "没有这个模型，请改正 embedding_model。" and summary.failed
        assert set(statuses(summary).values()) == {"new"} and found(settings, "培训") == {"乙县培训医生。"}

    def test_another_model_is_refused_with_its_remedy(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "c.txt").write_text("丙县新的报告。")
        summary = ingest_paths(settings, [folder], read=read, load_encoder=lambda _: FakeEncoder("other", 8))
        assert summary.fault is not None and "rebuild --embed" in summary.fault
        rebuild(settings, embed=True, read=read, load_encoder=lambda _: FakeEncoder("other", 8))
        with Archive.create_or_open(settings.home) as archive:
            assert archive.encoder_name == "other" and archive.doctor("other") == []

    def test_an_unchanged_run_loads_nothing_heavy(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        script = (
            "import sys; from pathlib import Path; from ingest.settings import Settings\n"
            "from ingest.runner import ingest_paths\n"
            "summary = ingest_paths(Settings(Path(sys.argv[1])), [Path(sys.argv[2])])\n"
            "assert {outcome.status for outcome in summary.outcomes} == {'unchanged'}, summary\n"
            "heavy = {'torch', 'chromadb', 'numpy', 'sentence_transformers', 'rjieba', 'opencc', 'docx', 'pypdfium2'}\n"
            "print(sorted(heavy & set(sys.modules)))\n"
        )
        root = Path(__file__).parents[1]
        run = subprocess.run(
            [sys.executable, "-c", script, str(settings.home), str(folder)],
            capture_output=True,
            text=True,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=True,
        )
        assert run.stdout == "[]\n"


class TestRebuild:
    def test_kept_bytes_are_read_again_by_a_newer_pipeline(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "a.txt").unlink()
        summary = rebuild(Settings(settings.home, passage_tokens=200), read=read, load_encoder=lambda _: ENCODER)
        assert statuses(summary) == {"a.txt": "updated", "b.txt": "updated"}
        assert found(settings, "医院") == {"甲县新建医院。", "乙县扩建医院。"}
        with Archive.create_or_open(settings.home) as archive:
            assert archive.counts().pending == 0 and archive.doctor() == []

    def test_a_file_that_the_newer_pipeline_cannot_read_keeps_what_there_was(
        self, folder: Path, settings: Settings
    ) -> None:
        def refuses(path: Path, data: bytes, settings: Settings) -> ReadFile:
            raise UnreadableFile("读不了", "请重试")

        ingest(settings, folder)
        summary = rebuild(Settings(settings.home, passage_tokens=200), read=refuses)
        assert set(statuses(summary).values()) == {"failed"}
        assert found(settings, "医院") == {"甲县新建医院。", "乙县扩建医院。"}

    def test_leftovers_are_cleared(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        stray = settings.home / "files" / "ab" / "ab12.part"
        stray.parent.mkdir(exist_ok=True)
        stray.write_text("half")
        rebuild(settings, read=read)
        assert not stray.exists()


def test_a_second_ingest_at_the_same_time_is_refused(folder: Path, settings: Settings) -> None:
    with Archive.create_or_open(settings.home, write=True), pytest.raises(ArchiveBusy):
        ingest(settings, folder)


def test_an_interrupt_between_two_files_keeps_the_first(folder: Path, settings: Settings) -> None:
    def interrupt(outcome: FileOutcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(settings, folder, watcher=Watcher(file=interrupt))
    with Archive.create_or_open(settings.home) as archive:
        assert archive.counts().files == 1
    assert sorted(statuses(ingest(settings, folder)).values()) == ["new", "unchanged"]
