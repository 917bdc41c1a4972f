"""Files that were moved, renamed or deleted: the archive follows, and forgets only what it was told to forget."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest.archive import Archive
from ingest.intake.gone import PruneRefused
from ingest.runner import IngestSummary, ingest_paths
from ingest.settings import Settings
from tests.ingest_builders import ENCODER, found, ingest, never, read, statuses, two_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path / "reports")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "home")


class TestMoves:
    def test_a_renamed_file_is_moved_and_not_read_again(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "a.txt").rename(folder / "甲县.txt")
        ENCODER.encoded.clear()
        summary = ingest_paths(settings, [folder], read=never, load_encoder=lambda _: ENCODER)
        assert statuses(summary) == {"b.txt": "unchanged", "甲县.txt": "moved"} and ENCODER.encoded == []
        assert [o.message for o in summary.outcomes if o.message] == [f"原为 {folder / 'a.txt'}"]
        assert summary.gone == ()
        with Archive.create_or_open(settings.home) as archive:
            assert {report.sources for report in archive.reports()} == {("甲县.txt",), ("b.txt",)}
            assert {record.path for record in archive.files()} == {
                str(folder / "甲县.txt"),
                str(folder / "2022" / "b.txt"),
            }
            assert archive.doctor() == []
        assert set(statuses(ingest(settings, folder)).values()) == {"unchanged"}

    def test_a_renamed_folder_moves_all_that_lies_in_it(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        folder.rename(folder.with_name("各科室"))
        assert set(statuses(ingest(settings, folder.with_name("各科室"))).values()) == {"moved"}

    def test_a_copy_is_no_move_while_the_first_is_there(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
        assert statuses(ingest(settings, folder))["z.txt"] == "duplicate"

    def test_of_several_lost_copies_the_one_of_the_same_name_has_moved(self, folder: Path, settings: Settings) -> None:
        (folder / "z.txt").write_bytes((folder / "a.txt").read_bytes())
        ingest(settings, folder)
        (folder / "a.txt").unlink()
        (folder / "新").mkdir()
        (folder / "z.txt").rename(folder / "新" / "z.txt")
        summary = ingest(settings, folder)
        assert statuses(summary) == {"b.txt": "unchanged", "z.txt": "moved"}
        assert summary.gone == (str(folder / "a.txt"),)

    def test_a_file_moved_under_a_newer_pipeline_is_read_again(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "a.txt").rename(folder / "甲县.txt")
        newer = Settings(settings.home, passage_tokens=200)
        assert statuses(ingest(newer, folder)) == {"b.txt": "updated", "甲县.txt": "moved"}
        assert set(statuses(ingest(newer, folder)).values()) == {"unchanged"}

    def test_a_name_that_is_not_utf8_is_not_taken_for_gone(self, folder: Path, settings: Settings) -> None:
        name = os.fsdecode("工作总结.txt".encode("gb18030"))
        try:
            (folder / name).write_text("戊县的报告。")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        ingest(settings, folder)
        elsewhere = folder.with_name("另")
        elsewhere.mkdir()
        (elsewhere / "副本.txt").write_text("戊县的报告。")
        assert statuses(ingest(settings, elsewhere)) == {"副本.txt": "duplicate"}


class TestPruning:
    def prune(self, settings: Settings, *paths: Path, allow_empty: bool = False) -> IngestSummary:
        return ingest_paths(
            settings, paths, prune=True, allow_empty=allow_empty, read=read, load_encoder=lambda _: ENCODER
        )

    def test_deleted_files_are_kept_and_told(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "a.txt").unlink()
        summary = ingest(settings, folder)
        assert summary.gone == (str(folder / "a.txt"),) and not summary.failed
        assert "甲县新建医院。" in found(settings, "医院")

    def test_pruning_takes_out_what_is_gone_and_says_so(self, folder: Path, settings: Settings) -> None:
        ingest(settings, folder)
        (folder / "a.txt").unlink()
        summary = self.prune(settings, folder)
        assert statuses(summary) == {"a.txt": "removed", "b.txt": "unchanged"} and summary.gone == ()
        assert found(settings, "医院") == {"乙县扩建医院。"}
        with Archive.create_or_open(settings.home) as archive:
            assert archive.doctor() == [] and archive.counts().files == 1

    def test_a_copy_elsewhere_keeps_the_report(self, folder: Path, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "备份").mkdir()
        (tmp_path / "备份" / "c.txt").write_bytes((folder / "a.txt").read_bytes())
        ingest(settings, folder, tmp_path / "备份")
        (folder / "a.txt").unlink()
        self.prune(settings, folder)
        with Archive.create_or_open(settings.home) as archive:
            assert {report.sources for report in archive.reports()} == {("b.txt",), ("c.txt",)}

    def test_paths_outside_the_given_folders_are_not_touched(self, folder: Path, settings: Settings) -> None:
        other = folder.with_name("reports2")
        other.mkdir()
        (other / "c.txt").write_text("丙县的医院。")
        ingest(settings, folder, other)
        (other / "c.txt").unlink()
        (folder / "2022" / "b.txt").unlink()
        assert statuses(self.prune(settings, folder / "2022", folder / "a.txt", allow_empty=True))["b.txt"] == "removed"
        assert found(settings, "医院") == {"甲县新建医院。", "丙县的医院。"}

    @pytest.mark.parametrize("how", ["missing", "empty", "only pictures"])
    def test_a_folder_that_seems_wholly_gone_is_left_alone_unless_confirmed(
        self, folder: Path, settings: Settings, how: str
    ) -> None:
        ingest(settings, folder)
        shutil.rmtree(folder)
        if how != "missing":
            folder.mkdir()
        if how == "only pictures":
            (folder / "a.psd").write_bytes(b"x")
        with pytest.raises(PruneRefused, match="没有接上"):
            self.prune(settings, folder)
        assert len(found(settings, "医院")) == 2
        summary = self.prune(settings, folder, allow_empty=True)
        assert sorted(o.status for o in summary.outcomes if o.status != "skipped") == ["removed", "removed"]
        assert found(settings, "医院") == set() and not summary.failed

    def test_a_folder_that_cannot_be_looked_into_keeps_its_files(
        self, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ingest(settings, folder)
        real_scandir, real_stat = os.scandir, Path.stat

        def scandir(path: Any = ".") -> Any:
            if str(path).endswith("2022"):
                raise PermissionError(13, "Permission denied", str(path))
            return real_scandir(path)

        def stat(path: Path, **options: Any) -> os.stat_result:
            if path.parent.name == "2022":
                raise PermissionError(13, "Permission denied", str(path))
            return real_stat(path, **options)

        monkeypatch.setattr(os, "scandir", scandir)
        monkeypatch.setattr(Path, "stat", stat)
        summary = self.prune(settings, folder)
        assert "removed" not in {outcome.status for outcome in summary.outcomes}
