"""Figures and reports for tests of the ledger, each in one line."""

from __future__ import annotations

from assistant.ledger import Joins, LedgerRow, build_ledger
from ingest.archive.records import ReportRecord
from ingest.figures.lexer import values
from ingest.figures.record import FigureRecord
from ingest.figures.types import Figure, Role, Status, Value
from ingest.period import Period

_ROLES: dict[str, Role] = {
    "目标": "target",
    "结果": "result",
    "完成率": "completion",
    "同比": "change",
    "上年": "baseline",
}


def report(
    number: int = 1, year: int | None = 2022, org: str | None = "青禾县卫生健康局", region: str | None = "青禾县"
) -> ReportRecord:
    """A report of one file."""
    level = "县" if region else None
    name = f"{number}.txt"
    return ReportRecord(
        number, number, f"{org}{year}年总结", org, region, level, year, "总结和计划", False, 0, 9, (name,), 3
    )


class Archive:
    """Figures numbered and placed one after another; each stands in a passage of its own unless `passage` says so."""

    def __init__(self, *reports: ReportRecord) -> None:
        self.reports = list(reports or (report(),))
        self.figures: list[FigureRecord] = []

    def say(
        self,
        role: str,
        indicator: str,
        text: str,
        *,
        period: str | None = "2022",
        number: int = 1,
        plan: bool = False,
        as_of: str | None = None,
        scope: str = "",
        status: Status = "ok",
        growth: bool | None = None,
        passage: int | None = None,
        named: bool = True,
    ) -> Archive:
        """A figure such as 目标 两癌筛查 4380人 in report `number`."""
        at = 60 * len(self.figures)
        found = [one for one in values(text) if one.start == 0 or one.comparator]
        value = found[0] if found else Value(0, len(text), None, None, "")
        bare = text[value.start : value.end]
        figure = Figure(
            start=at + 20,
            end=at + 20 + len(bare),
            text=bare,
            value=value,
            indicator=indicator,
            named=(at + 5, at + 15) if named else None,
            role=_ROLES[role],
            growth=role == "同比" if growth is None else growth,
            period=None if period is None else Period.parse(period),
            as_of=as_of,
            scope=scope,
            status="masked" if value.masked else status,
            reason="原文此处数字已隐去" if value.masked else "",
        )
        place = passage if passage is not None else 1000 + len(self.figures)
        self.figures.append(FigureRecord(len(self.figures) + 1, number, number, place, place, plan, figure))
        return self

    def rows(self, joins: Joins | None = None) -> list[LedgerRow]:
        """The ledger."""
        return build_ledger(self.figures, self.reports, joins or Joins())

    def row(self) -> LedgerRow:
        """The only row."""
        (row,) = self.rows()
        return row


def texts(row: LedgerRow) -> tuple[list[str], list[str]]:
    """What targets and results show."""
    return [cell.text for cell in row.targets], [cell.text for cell in row.results]
