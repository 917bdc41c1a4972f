"""Facts are read from what a writer types, pastes or keeps in a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assistant.drafting.facts import parse_facts
from assistant.drafting.facts_xlsx import read_facts
from ingest.errors import BadOrder


def pairs(text: str) -> list[tuple[str | None, str | None]]:
    return [(fact.indicator, fact.target) for fact in parse_facts(text)]


def test_each_sentence_with_a_figure_is_an_indicator_with_its_target() -> None:
    assert pairs("免费筛查目标8000人；建档率达到92%以上\n新增托位300个，家庭医生签约率不低于45%。") == [
        ("免费筛查", "8000人"),
        ("建档率", "92%以上"),
        ("新增托位", "300个"),
        ("家庭医生签约率", "不低于45%"),
    ]


def test_a_sentence_without_a_figure_is_a_fact_as_it_stands() -> None:
    (fact,) = parse_facts("1. 县中医院迁建项目6月底前主体封顶。")
    assert (fact.text, fact.indicator, fact.target) == ("县中医院迁建项目6月底前主体封顶", None, None)


def test_what_was_reached_last_year_is_no_target() -> None:
    (fact,) = parse_facts("去年免费筛查完成7800人，今年目标8000人")
    assert (fact.indicator, fact.target, fact.result) == ("免费筛查", "8000人", "7800人")


@pytest.mark.parametrize(
    "table",
    [
        "指标\t目标\t完成\n免费筛查\t8000人\t7800人",
        "| 指标 | 目标 | 完成 |\n|---|---|---|\n| 免费筛查 | 8000人 | 7800人 |",
        "指标  目标  完成\n免费筛查  8000人  7800人",
        "序号\t指标名称\t单位\t2024年完成\t2025年任务\n1\t免费筛查\t人\t7800\t8000",
        "项目\t任务数（人）\t实际完成（人）\n免费筛查\t8000\t7800",
    ],
)
def test_a_pasted_table_is_read_by_its_header(table: str) -> None:
    (fact,) = parse_facts(table)
    assert (fact.indicator, fact.target, fact.result) == ("免费筛查", "8000人", "7800人")
    assert "8000人" in fact.text and "7800人" in fact.text


def test_a_table_without_header_has_the_name_first() -> None:
    assert pairs("免费筛查\t8000人\n建档率\t92%") == [("免费筛查", "8000人"), ("建档率", "92%")]


def test_text_and_table_may_stand_together() -> None:
    assert pairs("签约率80%\n指标\t目标\n免费筛查\t8000人\n\n建成中医馆3个") == [
        ("签约率", "80%"),
        ("免费筛查", "8000人"),
        ("建成中医馆", "3个"),
    ]


def test_contradictions_are_kept_and_repetitions_are_not() -> None:
    assert pairs("建档率92%；建档率93%；建档率92%") == [("建档率", "92%"), ("建档率", "93%")]


@given(st.text(alphabet="指标目完成建档率\t| 　0123456789%人，。；\n、（）", max_size=60))
def test_any_text_gives_facts_that_stand_in_it(text: str) -> None:
    for fact in parse_facts(text):
        assert fact.text
        if fact.target is not None:
            assert fact.target in fact.text


def book(path: Path, *sheets: list[list[object]], merge: str = "") -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
        if merge and number == 1:
            sheet.merge_cells(merge)
    workbook.save(path)
    return path


def test_a_workbook_with_a_title_merged_cells_and_empty_lines_is_read(tmp_path: Path) -> None:
    path = book(
        tmp_path / "facts.xlsx",
        [
            ["2025年目标任务表", None, None, None],
            ["指标", "单位", "2024年完成", "2025年目标"],
            ["免费筛查", "人", 7800, 8000],
            [None, None, None, None],
            ["建档率", "%", 91.2, 92],
        ],
        [["指标", "目标"], ["新增托位", "300个"]],
        merge="A1:D1",
    )
    assert [(fact.indicator, fact.target, fact.result) for fact in read_facts(path)] == [
        ("免费筛查", "8000人", "7800人"),
        ("建档率", "92%", "91.2%"),
        ("新增托位", "300个", None),
    ]


def test_a_name_merged_over_rows_holds_for_each_of_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [["指标", "目标"], ["免费筛查", "8000人"], [None, "其中农村5000人"]]
    path = book(tmp_path / "facts.xlsx", rows, merge="A2:A3")
    assert [(fact.indicator, fact.target) for fact in read_facts(path)] == [
        ("免费筛查", "8000人"),
        ("免费筛查", "其中农村5000人"),
    ]


def test_a_formula_counts_with_its_last_value_and_one_never_calculated_is_no_figure(tmp_path: Path) -> None:
    path = book(tmp_path / "facts.xlsx", [["指标", "目标"], ["免费筛查", "=4000+4000"], ["建档率", "92%"]])
    assert ("建档率", "92%") in [(fact.indicator, fact.target) for fact in read_facts(path)]
    assert not any("=" in fact.text for fact in read_facts(path))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("facts.xlsx", b"", "facts.xlsx"),
        ("facts.xlsx", b"PK\x03\x04 broken", "facts.xlsx"),
        ("facts.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "facts.xlsx"),
        ("facts.csv", b"a,b", "另存为 .xlsx"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadOrder) as caught:
        read_facts(path)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_a_workbook_without_indicators_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadOrder, match="没有读到指标"):
        read_facts(book(tmp_path / "facts.xlsx", [[]]))
