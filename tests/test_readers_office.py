"""Old office files are read by way of LibreOffice: quickly for many, and leaving nothing behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.readers.office import program as office_program
from ingest.readers.office import reader as office
from ingest.readers.office.compound import kind_of
from ingest.readers.office.program import ConversionFailed, Converter, find_program
from tests.reader_builders import xlsx_of

PROGRAM = find_program()
needs_program = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed here")


def _docx() -> bytes:
    """What a word processor writes; LibreOffice writes no table into a .doc that ends with it."""
    import docx

    written = docx.Document()
    written.add_paragraph("某县卫生健康局工作总结")
    rows = written.add_table(rows=2, cols=2)
    for cell, text in zip(rows._cells, ["指标", "完成数", "签约", "3.2万人"], strict=True):
        cell.text = text
    written.add_paragraph("（完）")
    buffer = io.BytesIO()
    written.save(buffer)
    return buffer.getvalue()


DOCX = _docx()
XLSX = xlsx_of([["指标", "完成率"], ["签约", (0.8423, 1)]], styles='<cellXfs><xf/><xf numFmtId="10"/></cellXfs>')


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    assert PROGRAM is not None
    one = Converter(PROGRAM)
    yield one
    one.close()


@needs_program
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf"])
def test_a_word_file_of_old_reads_like_the_new_one(converter: Converter, name: str) -> None:
    old = converter.convert(DOCX, ".docx", "rtf" if name == "a.rtf" else "doc")
    document = read_document(Path(name), old)
    assert document.format == "doc"
    assert document.notes == ()
    assert [(block.text.text, block.kind) for block in document.blocks] == [
        ("某县卫生健康局工作总结", "paragraph"),
        ("指标 | 完成数", "table_row"),
        ("指标：签约 | 完成数：3.2万人", "table_row"),
        ("（完）", "paragraph"),
    ]


@needs_program
@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_an_excel_file_of_old_reads_like_the_new_one(converter: Converter, name: str) -> None:
    document = read_document(Path(name), converter.convert(XLSX, ".xlsx", "xls"))
    assert document.format == "doc"
    assert document.text == "指标 | 完成率\n指标：签约 | 完成率：84.23%"


@needs_program
def test_an_old_file_under_another_suffix_is_told_by_its_content(converter: Converter) -> None:
    document = read_document(Path("a.docx"), converter.convert(DOCX, ".docx", "doc"))
    assert "旧版 Office 文档" in document.notes[0]
    assert kind_of(converter.convert(XLSX, ".xlsx", "xls")) == "xls"


@needs_program
def test_a_presentation_and_a_locked_file_are_refused_by_name(converter: Converter) -> None:
    old = bytearray(converter.convert(DOCX, ".docx", "doc"))
    fib = next(at for at in range(512, len(old), 512) if old[at : at + 2] == b"\xec\xa5")
    old[fib + 11] |= 1
    with pytest.raises(UnreadableFile, match="打开密码"):
        read_document(Path("a.doc"), bytes(old))
    name = "WordDocument".encode("utf-16-le")
    other = "PowerPoint Document".encode("utf-16-le")
    at = old.find(name)
    old[at : at + len(other)] = other
    old[at + 64] = len(other) + 2
    with pytest.raises(UnreadableFile, match="幻灯片"):
        read_document(Path("a.doc"), bytes(old))


@needs_program
def test_a_damaged_old_file_is_refused_in_one_line(converter: Converter) -> None:
    old = converter.convert(DOCX, ".docx", "doc")
    with pytest.raises(UnreadableFile) as caught:
        read_document(Path("a.doc"), old[:512] + bytes(len(old) - 512))
    assert "\n" not in str(caught.value)


@needs_program
def test_after_the_first_file_a_conversion_takes_a_fraction_of_starting_the_program(converter: Converter) -> None:
    converter.convert(DOCX, ".docx", "doc")
    started = time.monotonic()
    for _ in range(5):
        converter.convert(DOCX, ".docx", "doc")
    assert time.monotonic() - started < 5 * 1.0


@needs_program
@pytest.mark.skipif(os.name != "posix", reason="the instance that stays is for POSIX systems")
def test_when_time_is_up_the_program_is_ended_and_the_next_file_is_converted() -> None:
    assert PROGRAM is not None
    one = Converter(PROGRAM)
    try:
        one.convert(DOCX, ".docx", "doc")
        first = running(one)
        with pytest.raises(ConversionFailed) as caught:
            one.convert(DOCX, ".docx", "doc", seconds=0)
        assert caught.value.timed_out
        assert gone(first)
        assert one.convert(DOCX, ".docx", "doc").startswith(b"\xd0\xcf\x11\xe0")
    finally:
        one.close()


@needs_program
@pytest.mark.skipif(os.name != "posix", reason="the instance that stays is for POSIX systems")
def test_when_the_program_dies_the_next_file_starts_it_again() -> None:
    assert PROGRAM is not None
    one = Converter(PROGRAM)
    try:
        one.convert(DOCX, ".docx", "doc")
        os.killpg(running(one), signal.SIGKILL)
        time.sleep(0.3)
        assert one.convert(DOCX, ".docx", "doc").startswith(b"\xd0\xcf\x11\xe0")
    finally:
        one.close()


@needs_program
@pytest.mark.skipif(os.name != "posix", reason="the instance that stays is for POSIX systems")
def test_when_this_process_is_killed_the_program_and_its_files_go_as_well(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(DOCX)
    script = (
        "import sys, time; from pathlib import Path\n"
        "from ingest.readers.office.program import Converter, find_program\n"
        "one = Converter(find_program()); one.convert(Path(sys.argv[1]).read_bytes(), '.docx', 'doc')\n"
        "print(one._instance.process.pid, one._instance.folder, flush=True); time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "a.docx")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert child.stdout is not None
    number, folder = child.stdout.readline().split()
    child.kill()
    child.wait()
    assert gone(int(number))
    until(lambda: not Path(folder).exists())


def test_without_the_program_the_remedy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "converter", lambda: None)
    with pytest.raises(UnreadableFile, match=r"需要 LibreOffice，请安装 LibreOffice，或用 Word、WPS 另存为 \.docx"):
        read_document(Path("a.rtf"), rb"{\rtf1\ansi x}")


def test_a_program_that_cannot_be_started_is_a_fault_of_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    broken = Converter(tmp_path / "missing")
    monkeypatch.setattr(office, "converter", lambda: broken)
    with pytest.raises(UnreadableFile) as caught:
        read_document(Path("a.rtf"), rb"{\rtf1\ansi x}")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_program_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program() == program
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office_program, "_PLACES", (str(tmp_path / "soff*"),))
    assert find_program() == program


def running(one: Converter) -> int:
    assert one._instance is not None
    return one._instance.process.pid


def gone(group: int) -> bool:
    def is_gone() -> bool:
        listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
        return not any(line.split()[0] == str(group) and line.split()[1][0] != "Z" for line in listed.splitlines())

    return until(is_gone)


def until(condition: object) -> bool:
    assert callable(condition)
    patience = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < patience
        time.sleep(0.05)
    return True
