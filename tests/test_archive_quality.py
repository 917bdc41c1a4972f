"""The quality report counts what is planted, names the worst first, and says what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ingest.archive import Archive
from ingest.archive.quality import Concern, Quality
from ingest.types import CleanDocument, Document, ReadFile
from tests.archive_builders import VERSION
from tests.copies_builders import prose, put, report_file


def concern(quality: Quality, topic: str) -> Concern | None:
    return next((item for item in quality.concerns if item.topic == topic), None)


def survey(home: Path, *files: tuple[str, ReadFile]) -> Quality:
    with Archive.create_or_open(home, write=True) as archive:
        for name, read in files:
            put(archive, name, read)
        return archive.quality()


def test_a_sound_archive_raises_no_concern(tmp_path: Path) -> None:
    quality = survey(tmp_path, ("a.txt", report_file(prose(1))), ("b.txt", report_file(prose(2))))
    assert (quality.files, quality.failed, quality.reports, quality.concerns) == (2, 0, 2, ())


def test_marks_are_counted_by_report_the_worst_first(tmp_path: Path) -> None:
    few = ["共1人。××人。", *prose(1)]
    many = ["甲××人，乙××人，丙××人。", *prose(2)]
    quality = survey(
        tmp_path,
        ("few.txt", report_file(few, title="少", marked=["××"], mark="masked")),
        ("many.txt", report_file(many, title="多", marked=["××"], mark="masked")),
    )
    masked = concern(quality, "masked")
    assert masked is not None and masked.total == 4
    assert [(item.name, item.count) for item in masked.items] == [("《多》（many.txt）", 3), ("《少》（few.txt）", 1)]
    assert masked.remedy and concern(quality, "doubtful") is None


def test_what_is_not_known_and_what_is_not_sure(tmp_path: Path) -> None:
    unknown = report_file(prose(1), year=None, org=None)
    unsure = report_file(prose(2))
    (report,) = unsure.reports
    report = replace(report, certainty={"year": "low"}, reasons={"year": "文件名"})
    quality = survey(tmp_path, ("a.txt", unknown), ("b.txt", replace(unsure, reports=(report,))))
    for topic, name in (("year", "a.txt"), ("org", "a.txt"), ("unsure", "b.txt"), ("period", "a.txt")):
        found = concern(quality, topic)
        assert found is not None and [name in item.name for item in found.items] == [True], topic
    unsure_found = concern(quality, "unsure")
    assert unsure_found is not None and unsure_found.items[0].detail == "年份“2022”据文件名"


def test_truncated_failed_noted_and_empty_files_and_copies(tmp_path: Path) -> None:
    noted = report_file(prose(3))
    noted = replace(noted, document=replace(noted.document, notes=("第2页没有文字层",)))
    nothing = ReadFile(Document("收藏 分享", (), "txt"), CleanDocument(()), ())
    with Archive.create_or_open(tmp_path, write=True) as archive:
        archive.add_failed(Path("/reports/bad.doc"), b"x", "文件已加密，请解密后重试。", VERSION)
        archive.add(Path("/reports/none.txt"), b"none", nothing, VERSION)
        put(archive, "noted.txt", noted)
        put(archive, "cut.txt", report_file(prose(4), truncated=True))
        put(archive, "a.txt", report_file(prose(5)))
        put(archive, "copy.txt", report_file(prose(5), cover="副本\n"))
        quality = archive.quality()
    said = {item.topic: (item.total, item.items[0].name, item.items[0].detail) for item in quality.concerns}
    assert said["failed"] == (1, "bad.doc", "文件已加密，请解密后重试。")
    assert said["empty"][:2] == (1, "none.txt")
    assert said["notes"] == (1, "noted.txt", "第2页没有文字层")
    assert said["truncated"][0] == 1 and "cut.txt" in said["truncated"][1]
    assert said["duplicates"][0] == 1 and "a.txt、copy.txt" in said["duplicates"][2]
    assert all(concern.remedy for concern in quality.concerns)
