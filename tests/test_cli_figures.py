"""The command `figures`: tables, JSON, CSV and workbook."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from assistant.answer import Citation
from assistant.cli import figures
from assistant.ledger import Cell, Ledger
from assistant.ledger.render import columns
from assistant.ledger.sheets import safe
from ingest.errors import NotFound, UnwritableFile
from tests.ledger_builders import Archive, report


class Service:
    """What the command needs of the service, over figures in memory."""

    def __init__(self, archive: Archive) -> None:
        self._ledger = Ledger(archive.rows(), archive.reports)

    def ledger(self) -> Ledger:
        return self._ledger

    def cite_cell(self, cell: Cell) -> Citation:
        figure = cell.record.figure
        return Citation(
            1, cell.report_title, cell.org, cell.year, "review", "2022", ("一、工作",), "1.txt", f"完成{figure.text}。",
            figure.start, figure.end, None, cell.passage_id, cell.report_id,
        )  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    archive = Archive(report(1), report(2, org="白石市卫生健康委员会", region="白石市"))
    archive.say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查", "4480人")
    archive.say("结果", "=cmd|' /C calc'!A0", "3台", number=2)

    @contextmanager
    def opened(_: object) -> Iterator[Service]:
        yield Service(archive)

    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("assistant.service.Assistant.open", opened)
    app = typer.Typer()
    app.callback()(lambda: None)
    figures.register(app)

    def call(*words: str) -> Any:
        return CliRunner().invoke(app, ["figures", *words])

    return call


def test_a_pipe_gets_aligned_text(run: Any) -> None:
    shown = run("--org", "青禾县").stdout.splitlines()
    assert shown[0].split() == ["单位", "时期", "指标", "目标", "结果", "完成率", "差额", "状态"]
    assert "4380人" in shown[1]
    assert "102.28%（计算）" in shown[1]
    assert "已达到" in shown[1]
    assert "白石市" not in "".join(shown)


def test_json_holds_each_cell_with_its_citation(run: Any) -> None:
    (row,) = json.loads(run("--indicator", "宫颈癌乳腺癌检查", "--json").stdout)
    (target,) = row["targets"]
    assert (target["text"], target["low"], target["unit"]) == ("4380人", 4380, "人")
    assert target["citations"][0]["source_file"] == "1.txt"
    assert set(target["citations"][0]) == {
        "n", "report", "org", "year", "part", "period", "section", "source_file", "quote", "start", "end", "page",
    }  # fmt: skip
    assert row["completion_computed"] == {"value": "102.28%", "expression": "4480/4380"}


def test_csv_opens_in_excel_and_holds_no_formula(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    assert run("--csv", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert "4480人" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_workbook_holds_texts_only(run: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "台账.xlsx"
    assert run("--xlsx", str(path)).exit_code == 0
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "4480人" in {cell.value for cell in cells}


@pytest.mark.parametrize("text", ["=1+1", "+16人", "-3", "@x", "＝1", "\t=1"])
def test_texts_that_begin_like_a_formula_are_neutralised(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_gap_is_told_in_words() -> None:
    archive = Archive().say("目标", "两癌筛查", "900人").say("结果", "两癌筛查", "880人", as_of="2022-12-31")
    assert "少20人（计算）" in columns(archive.row())


def test_nothing_found_says_what_periods_there_are(run: Any) -> None:
    said = run("--year", "2031").stdout
    assert "没有符合条件的指标" in said
    assert "2022" in said


def test_an_impossible_year_and_an_unknown_body_are_told(run: Any) -> None:
    assert run("--year", "20222").exit_code == 2
    error = run("--org", "远山县").exception
    assert isinstance(error, NotFound)
    assert "远山县" in str(error)


def test_a_file_that_cannot_be_written_is_the_users_to_mend(run: Any, tmp_path: Path) -> None:
    assert isinstance(run("--csv", str(tmp_path / "nowhere" / "x.csv")).exception, UnwritableFile)


def test_rows_whose_name_is_a_piece_of_a_sentence_are_left_out_and_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = Archive(report(1)).say("结果", "两癌筛查", "4480人").say("结果", "重点工程加快推进", "12个")

    @contextmanager
    def opened(_: object) -> Iterator[Service]:
        yield Service(archive)

    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("assistant.service.Assistant.open", opened)
    app = typer.Typer()
    app.callback()(lambda: None)
    figures.register(app)

    def shown(*words: str) -> str:
        return CliRunner().invoke(app, ["figures", *words]).stdout

    listed, everything, asked, raw = shown(), shown("--all"), shown("--indicator", "重点工程"), shown("--json")
    assert "重点工程" not in listed and "另有 1 行" in listed and "--all" in listed
    assert "重点工程" in everything and "名称像句子片段" in everything and "另有" not in everything
    assert "重点工程" in asked
    assert [(row["indicator"], row["named"]) for row in json.loads(raw)][-1] == ("重点工程加快推进", False)
