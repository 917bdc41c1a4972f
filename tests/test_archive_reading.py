"""What was put into the archive comes back as it was."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.archive.database import Database
from ingest.errors import NotFound
from ingest.period import Period
from ingest.types import Furniture
from tests.archive_builders import VERSION, add, read_file, section


def test_a_report_comes_back_with_its_sections_and_passages_in_order(tmp_path: Path) -> None:
    read = read_file(
        section(
            "新建村卫生室十二所。",
            "免费产前筛查完成三千人。",
            path=("一、回顾", "（一）妇幼"),
            period=Period.year(2022),
        ),
        section("明年扩大筛查范围。", path=("二、打算",), part="plan", period=Period(2023, 2023, 1)),
    )
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "总结.txt", read)
        (report,) = archive.reports()
        assert (report.title, report.year, report.kind, report.file_id) == (
            "某县卫生健康局工作总结",
            2022,
            "总结",
            file_id,
        )
        assert (report.sources, report.passages, report.reasons) == (("总结.txt",), 3, {"year": "标题"})
        first, second, third = archive.report_passages(report.id)
        assert [first.ordinal, second.ordinal, third.ordinal] == [0, 1, 2]
        assert (
            second.path == ("一、回顾", "（一）妇幼")
            and second.part == "review"
            and second.period == Period(2022, 2022)
        )
        assert third.part == "plan" and str(third.period) == "2023-H1" and third.page == 1
        assert [item.path for item in archive.sections(report.id)] == [("一、回顾", "（一）妇幼"), ("二、打算",)]


def test_a_passage_leads_back_to_the_characters_of_the_source(tmp_path: Path) -> None:
    read = read_file(section("完成率达到九成以上。"))
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "a.txt", read)
        (passage,) = archive.report_passages(archive.reports()[0].id)
        start, end = passage.text.span(0, 3)
        assert archive.file_text(file_id)[start:end] == "完成率"
        assert archive.file_bytes(file_id) == read.document.text.encode()


def test_marks_and_furniture_are_kept_and_a_mark_belongs_to_the_passage_it_touches(tmp_path: Path) -> None:
    read = read_file(section("发放药品若干袋。", "签约率为xx%。"), masked="xx%")
    with Archive.create_or_open(tmp_path, write=True) as archive:
        file_id = add(archive, "a.txt", read)
        plain, masked = archive.report_passages(archive.reports()[0].id)
        assert plain.marks == ()
        assert [(mark.kind, archive.file_text(file_id)[mark.start : mark.end]) for mark in masked.marks] == [
            ("masked", "xx%")
        ]
        assert archive.furniture(file_id) == [Furniture(0, 2, "封面")]
        assert archive.file(file_id).notes == ("第1页没有文字",)


def test_passages_come_in_the_order_asked_for_and_missing_ones_are_left_out(tmp_path: Path) -> None:
    with Archive.create_or_open(tmp_path, write=True) as archive:
        add(archive, "a.txt", read_file(section("甲一。", "乙二。", "丙三。")))
        first, second, third = archive.report_passages(archive.reports()[0].id)
        assert [item.id for item in archive.passages([third.id, 999, first.id])] == [third.id, first.id]
        assert archive.passage(second.id) == second


def test_what_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="先运行 report-assistant ingest"):
        Archive.create_or_open(tmp_path / "nothing")
    with Archive.create_or_open(tmp_path, write=True) as archive:
        for ask in (archive.report, archive.passage, archive.file, archive.file_text, archive.file_bytes):
            with pytest.raises(NotFound):
                ask(7)


def test_a_reader_sees_a_writers_commit_at_once_and_its_generation_has_changed(tmp_path: Path) -> None:
    with Archive.create_or_open(tmp_path, write=True) as writer, Archive.create_or_open(tmp_path) as reader:
        before = reader.generation
        add(writer, "a.txt", read_file(section("改扩建乡镇卫生院。")))
        assert reader.generation > before
        assert reader.search_text(["卫生院"]) != []


def test_counts_tell_what_is_there(tmp_path: Path) -> None:
    with Archive.create_or_open(tmp_path, write=True) as archive:
        add(archive, "a.txt", read_file(section("甲一。", "乙二。"), reports=2))
        archive.add_failed(Path("/reports/b.pdf"), b"%PDF", "文件已加密，请解密后重试。", VERSION)
        counts = archive.counts()
        assert (counts.files, counts.failed, counts.reports, counts.sections, counts.passages) == (1, 1, 2, 2, 4)
        assert (counts.characters, counts.embedded, counts.pending) == (12, 0, 4)


def test_a_thread_that_ends_leaves_no_connection_open(tmp_path: Path) -> None:
    """A page answers every question in a thread of its own, thousands in a day."""
    database = Database(tmp_path / "archive.db", write=True)
    held: list[sqlite3.Connection] = []

    def work() -> None:
        held.append(database.connection())
        assert database.connection() is held[-1]

    for _ in range(5):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    mine = database.connection()
    for connection in held:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    assert mine.execute("SELECT 1").fetchone() == (1,)
    database.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        mine.execute("SELECT 1")
