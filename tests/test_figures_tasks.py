"""A task, what was done of it and the rate that both make stand in one row, whatever words tell of the second."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ledger import LedgerRow, build_ledger
from eval.figures.archive import in_memory
from ingest.figures.doubts import with_marks
from ingest.figures.lexer import values
from ingest.figures.types import Figure, Value
from ingest.settings import Settings
from ingest.types import Mark

HEAD = "石桥县卫生健康局2023年工作总结\n\n一、主要工作\n（一）公共卫生。"


def rows(sentence: str) -> list[LedgerRow]:
    """The ledger of a review that says this."""
    archive = in_memory([("石桥23.txt", f"{HEAD}{sentence}\n".encode())], Settings(home=Path("unused")))
    return build_ledger(archive.figures, archive.reports)


def told(row: LedgerRow) -> tuple[list[str], list[str], list[str]]:
    """What targets, results and completions show."""
    targets, results, rates = ([cell.text for cell in cells] for cells in (row.targets, row.results, row.completions))
    return targets, results, rates


@pytest.mark.parametrize(
    ("sentence", "completions"),
    [
        ("高血压患者管理任务数5000人，目前已规范管理4800人。", []),
        ("应随访肺结核患者5000人，已随访4800人。", []),
        ("应完成流感疫苗接种5000人，已完成接种4800人，完成率96%。", ["96%"]),
        ("两癌免费检查：年初任务数5000人，截至11月底已完成4800人，覆盖率为96.00%。", ["96.00%"]),
    ],
)
def test_task_and_what_was_done_are_one_row(sentence: str, completions: list[str]) -> None:
    (row,) = [row for row in rows(sentence) if row.targets]
    assert told(row) == (["5000人"], ["4800人"], completions)


def test_a_rate_that_the_two_numbers_do_not_make_stays_by_itself() -> None:
    found = rows("两癌免费检查：年初任务数5000人，截至11月底已完成4800人，覆盖率为81.25%。")
    (row,) = [row for row in found if row.targets]
    assert not row.completions


def test_a_count_of_something_else_is_not_what_became_of_the_task() -> None:
    found = rows("高血压患者管理任务数5000人，建成智慧门诊12个。")
    (row,) = [row for row in found if row.targets]
    assert not row.results


@pytest.mark.parametrize("text", ["补助1xx1人", "患者xx45人", "患者X人", "达xx.x%"])
def test_digits_that_are_hidden_in_part_are_hidden(text: str) -> None:
    (value,) = values(text)
    assert value.masked and value.low is None


@pytest.mark.parametrize("text", ["7×24小时服务", "7x24小时在线", "实行5X8小时"])
def test_a_times_sign_hides_nothing(text: str) -> None:
    assert not any(value.masked for value in values(text))


def test_damage_beside_a_hidden_number_makes_no_number_of_it() -> None:
    value = Value(0, 2, None, None, "名", masked=True)
    figure = Figure(10, 12, "X名", value, "医护人员", None, "result", False, None)
    marked = with_marks(figure, [Mark(9, 11, "damaged", "此处有字符缺失")])
    assert marked.status == "masked" and "隐去" in marked.reason and "缺失" in marked.reason


def test_the_share_done_behind_a_comma_belongs_to_the_task_before_it() -> None:
    (row,) = rows("孕产妇产前筛查1250例任务，已完成102.4%。")
    assert told(row) == (["1250例"], [], ["102.4%"])
