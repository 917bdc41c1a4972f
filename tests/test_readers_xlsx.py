"""An .xlsx gives its tables as a person sees them: every row with its header, every number in its format."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import limits, read_document
from ingest.readers.xlsx import reader as xlsx
from ingest.readers.xlsx.formats import show
from ingest.types import Document
from tests.reader_builders import workbook_of, xlsx_of


def read(rows: list[list[object]], extra: str = "", name: str = "Sheet1", styles: str = "") -> Document:
    return read_document(Path("a.xlsx"), xlsx_of(rows, name=name, extra=extra, styles=styles))


def shown(rows: list[list[object]], extra: str = "") -> list[str]:
    return [block.text.text for block in read(rows, extra).blocks]


def merges(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def test_every_row_below_a_header_carries_it_and_the_title_is_a_paragraph() -> None:
    document = read(
        [
            ["某县妇幼指标完成情况"],
            ["指标", "任务数", "完成数"],
            ["健康体检（人）", 5500, 5600],
            ["叶酸发放", None, 812],
        ]
    )
    assert [(block.text.text, block.kind) for block in document.blocks] == [
        ("某县妇幼指标完成情况", "paragraph"),
        ("指标 | 任务数 | 完成数", "table_row"),
        ("指标：健康体检（人） | 任务数：5500 | 完成数：5600", "table_row"),
        ("指标：叶酸发放 | 完成数：812", "table_row"),
    ]
    for block in document.blocks:
        start, end = block.text.span()
        assert document.text[start:end] == block.text.text


def test_a_header_of_two_rows_with_merged_cells_gives_labels_of_both() -> None:
    rows: list[list[object]] = [
        ["序号", "指标", "2022年", None, "2023年目标"],
        [None, None, "任务数", "完成数", None],
        [1, "签约", 300, 320, 350],
    ]
    assert shown(rows, merges("A1:A2", "B1:B2", "C1:D1", "E1:E2"))[2:] == [
        "序号：1 | 指标：签约 | 2022年任务数：300 | 2022年完成数：320 | 2023年目标：350"
    ]


def test_years_over_figures_are_a_header_and_figures_over_figures_are_not() -> None:
    assert (
        shown([["地区", "2021年", "2022年"], ["甲乡", 5, 6], ["乙乡", 7, 8]])[1] == "地区：甲乡 | 2021年：5 | 2022年：6"
    )
    assert shown([["甲乡", 5, 6], ["乙乡", 7, 8]]) == ["甲乡 | 5 | 6", "乙乡 | 7 | 8"]


def test_a_form_whose_labels_stand_beside_their_values_has_no_header() -> None:
    rows: list[list[object]] = [["姓名", "王某", "性别", "男"], ["职务", "股长", "电话", "0998"]]
    assert shown(rows) == ["姓名 | 王某 | 性别 | 男", "职务 | 股长 | 电话 | 0998"]


def test_a_second_table_below_a_gap_has_its_own_header() -> None:
    rows: list[list[object]] = [["指标", "完成数"], ["签约", 3], [], ["科室", "人数"], ["公卫股", 8]]
    assert shown(rows)[1:] == ["指标：签约 | 完成数：3", "科室 | 人数", "科室：公卫股 | 人数：8"]


def test_a_cell_merged_over_rows_speaks_for_each_row() -> None:
    rows: list[list[object]] = [["类别", "指标", "完成数"], ["妇幼", "体检", 5], [None, "叶酸", 6]]
    assert shown(rows, merges("A2:A3"))[1:] == [
        "类别：妇幼 | 指标：体检 | 完成数：5",
        "类别：妇幼 | 指标：叶酸 | 完成数：6",
    ]


def test_the_name_of_a_sheet_is_a_heading_when_it_says_something() -> None:
    document = read([["签约", 3]], name="基本公卫")
    first = document.blocks[0]
    assert (first.text.text, first.kind, first.level) == ("基本公卫", "heading", 1)
    assert len(read([["签约", 3]], name="Sheet1").blocks) == len(read([["签约", 3]], name="工作表2").blocks) == 1


def test_hidden_sheets_rows_and_columns_are_left_out_and_noted() -> None:
    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    table = (
        '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        f'<row r="1">{cell("甲")}{cell("藏列")}{cell("乙")}</row><row r="2" hidden="1">{cell("藏行")}</row></sheetData>'
    )
    book = workbook_of({"可见": table, "底稿": table}, attributes={"底稿": 'state="hidden"'})
    document = read_document(Path("a.xlsx"), book)
    assert [block.text.text for block in document.blocks] == ["可见", "甲 | 乙"]
    assert "1 个隐藏的工作表" in document.notes[0]
    assert "1 行、1 列" in document.notes[1]


def test_a_formula_counts_with_its_last_value_and_one_that_was_never_calculated_is_noted() -> None:
    table = "<sheetData><row><c><f>1+1</f><v>2</v></c><c><v>3</v></c><c><f>SUM(A1:B1)</f></c></row></sheetData>"
    document = read_document(Path("a.xlsx"), workbook_of({"Sheet1": table}))
    assert document.text == "2 | 3"
    assert "1 个公式没有保存计算结果" in document.notes[0]


@pytest.mark.parametrize(
    ("written", "code", "expected"),
    [
        ("0.84230000000000005", "0.00%", "84.23%"),
        ("0.845", "0%", "85%"),
        ("1.005", "0.00", "1.01"),
        ("12345678", "#,##0", "12,345,678"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1234567.891", '#,##0.0,"千元"', "1,234.6千元"),
        ("-5", "#,##0;(#,##0)", "(5)"),
        ("-0.001", "0.0", "0.0"),
        ("-3", "0_);[Red]\\(0\\)", "(3)"),
        ("0", '#,##0;-#,##0;"-"', "-"),
        ("85", '0.0"分"', "85.0分"),
        ("7", "000", "007"),
        ("0.5", "#.##", ".5"),
        ("3", '[<5]"不足5";0', "不足5"),
        ("101.81818181818181", "General", "101.8181818"),
        ("5600", "General", "5600"),
        ("0.1", "General", "0.1"),
        ("1.0000000000000001E-2", "General", "0.01"),
        ("3", 'General"人"', "3人"),
        ("1200", "[$¥-804]#,##0.00", "¥1,200.00"),
        ("44885", "yyyy/m/d", "2022/11/20"),
        ("44885", 'yyyy"年"m"月"d"日";@', "2022年11月20日"),
        ("44885", "[$-804]yyyy\\年m\\月", "2022年11月"),
        ("44885.604166666664", "yyyy-mm-dd hh:mm", "2022-11-20 14:30"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("44885", "aaaa", "星期日"),
        ("1E+300", "0", "1E+300"),
        ("abc", "0.00", "abc"),
    ],
)
def test_a_number_is_shown_in_its_format(written: str, code: str, expected: str) -> None:
    assert show(written, code) == expected


def test_dates_may_count_from_1904() -> None:
    assert show("43423", "yyyy/m/d", from_1904=True) == "2022/11/20"


def test_the_formats_of_cells_are_found_through_their_styles() -> None:
    styles = '<numFmts><numFmt numFmtId="176" formatCode="0.0%"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="176"/></cellXfs>'
    assert read([["率", (0.8423, 1), (0.8423, 2)]], styles=styles).text == "率 | 84.23% | 84.2%"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), st.sampled_from(["0.00", "#,##0.00", "0.00%"]))
def test_a_shown_number_is_its_value_within_half_a_unit_of_its_last_place(value: object, code: str) -> None:
    text = show(str(value), code)
    number = float(text.replace(",", "").removesuffix("%")) / (100 if text.endswith("%") else 1)
    assert abs(number - float(str(value))) <= (0.00005001 if text.endswith("%") else 0.005001)


def test_no_cell_of_a_table_is_lost_beside_what_openpyxl_reads() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["指标", "完成数", "完成率", "日期"])
    for number in range(1, 40):
        sheet.append([f"指标{number}", number * 1000, number / 40, date(2022, 11, number % 28 + 1)])
        sheet.cell(sheet.max_row, 3).number_format = "0.0%"
    buffer = io.BytesIO()
    book.save(buffer)
    document = read_document(Path("a.xlsx"), buffer.getvalue())
    rows = [block.text.text for block in document.blocks[1:]]
    assert len(rows) == 39
    assert rows[9] == "指标：指标10 | 完成数：10000 | 完成率：25.0% | 日期：2022-11-11"


def test_a_table_above_the_limit_is_read_to_the_limit_and_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_SHEET_CELLS", 10)
    document = read([["甲", number] for number in range(100)])
    assert len(document.blocks) == 5
    assert "只读取了前面的部分" in document.notes[0]


def test_cells_far_to_the_right_cost_nothing() -> None:
    table = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row></sheetData>'
    table += merges("A1:XFD1048576")
    document = read_document(Path("a.xlsx"), workbook_of({"Sheet1": table}))
    assert document.text == "1"
    assert limits.MAX_SHEET_COLUMNS < 16384


@pytest.mark.parametrize("part", ["", "<broken", "<!DOCTYPE x [<!ENTITY a 'b'>]>"])
def test_a_damaged_sheet_is_refused_alone_and_noted_beside_sound_ones(part: str) -> None:
    sound = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>"
    with pytest.raises(UnreadableFile):
        read_document(Path("a.xlsx"), workbook_of({"坏表": f"{part}&"}))
    document = read_document(Path("a.xlsx"), workbook_of({"坏表": f"{part}&", "好表": sound}))
    assert [block.text.text for block in document.blocks] == ["好表", "1 | 2"]
    assert "坏表" in document.notes[0]


def test_a_sheet_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    table = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3"
    document = read_document(Path("a.xlsx"), workbook_of({"Sheet1": table}))
    assert document.text == "1 | 2"
    assert "不完整" in document.notes[0]
