"""`figures`: the ledger as a table, as JSON, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell

if TYPE_CHECKING:
    from assistant.answer import Citation
    from assistant.ledger import Cell, Ledger, LedgerRow
    from ingest.figures.record import FigureChanges
    from ingest.figures.types import Role

_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class LedgerService(Protocol):
    """What the command needs of the service."""

    def ledger(self) -> Ledger:
        """The ledger of what the archive holds now."""

    def cite_cell(self, cell: Cell) -> Citation:
        """The passage that a cell's value stands in."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="指标台账：目标、结果、完成率和状态，每格都有出处；edit、join 更正读错、并错的指标。")
    group.callback(invoke_without_command=True)(figures)
    group.command(help="更正或删去一条读错的数据（编号见 --json 的 figure）；--reset 撤销。")(edit)
    group.command(help="说明两个名称是同一指标；--apart 说明不是，--reset 撤销。")(join)
    app.add_typer(group, name="figures")


def figures(
    context: typer.Context,
    org: Annotated[str | None, typer.Option(help="单位，全称或简称")] = None,
    year: Annotated[int | None, typer.Option(help="年度")] = None,
    indicator: Annotated[str | None, typer.Option(help="指标，或它的另一种叫法")] = None,
    role: Annotated[Literal["target", "result"] | None, typer.Option(help="只要有目标的，或有结果的")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="名称像句子片段的行也列出（文件和 JSON 里总是有，排在最后）")
    ] = False,
    csv: Annotated[Path | None, typer.Option(help="写成 CSV 文件")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="写成 Excel 文件")] = None,
) -> None:
    """Show the rows that meet the filters."""
    if context.invoked_subcommand is not None:
        return
    from assistant.ledger import Query
    from assistant.ledger.render import to_json
    from assistant.ledger.sheets import write_csv, write_xlsx
    from assistant.service import Assistant
    from ingest.settings import load_settings

    _check_year(year)
    home = load_settings().home
    with Assistant.open(load_settings()) as assistant:
        service: LedgerService = assistant
        ledger = service.ledger()
        _check_org(ledger, org)
        rows = ledger.find(Query(org=org, year=year, indicator=indicator, role=role, unnamed=True))
        if json_:
            print_json([to_json(row, service.cite_cell) for row in rows])
        for path, write in ((csv, write_csv), (xlsx, write_xlsx)):
            if path is not None:
                with recorded(home, "export", f"指标台账 {path.name}，{len(rows)} 行"):
                    _written(path, partial(write, path, rows, service.cite_cell))
                tell(f"已写入 {path}，共 {len(rows)} 行。", err=json_)
    if not json_ and csv is None and xlsx is None:
        shown = rows if all_ or indicator is not None else [row for row in rows if row.named]
        _show(ledger, shown, len(rows) - len(shown))


def edit(
    number: Annotated[int, typer.Argument(help="数据编号")],
    indicator: Annotated[str | None, typer.Option(help="它说的是哪个指标")] = None,
    role: Annotated[
        Literal["target", "result", "completion", "change", "baseline"] | None,
        typer.Option(help="目标、结果、完成率、同比变化还是以前的数"),
    ] = None,
    period: Annotated[str | None, typer.Option(help="时期，如 2022、2022-H1、2018/2022；填 不详 表示不知道")] = None,
    strike: Annotated[bool, typer.Option("--strike", help="删去：这不是指标数据")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="撤销以前的更正")] = False,
) -> None:
    """Correct what a figure counts, does and speaks of; the number itself is the source's."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    changes = _changes(indicator, role, period)
    if (bool(changes) + strike + reset) != 1:
        raise typer.BadParameter("请写明更正什么（--indicator、--role、--period），或者只用 --strike、--reset 之一")
    home = load_settings().home
    what = f"数据 {number}（{'撤销更正' if reset else '删去' if strike else '更正'}）"
    with Archive.create_or_open(home, write=True, create=False) as archive, recorded(home, "correct", what):
        if reset:
            archive.restore_figure(number)
        else:
            archive.edit_figure(number, None if strike else changes)
    done = "已撤销更正" if reset else "已删去，再次读入时也不再出现" if strike else "已更正，再次读入时仍以更正为准"
    tell(f"{done}。")


def join(
    first: Annotated[str, typer.Argument(help="指标名称")],
    second: Annotated[str, typer.Argument(help="另一个名称")],
    apart: Annotated[bool, typer.Option("--apart", help="两者不是同一指标")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="撤销，仍由程序判断")] = False,
) -> None:
    """Say whether two names are one indicator."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    if apart and reset:
        raise typer.BadParameter("--apart 和 --reset 只能用一个")
    if first.strip() == second.strip():
        raise typer.BadParameter("两个名称相同，请写两个不同的名称")
    home = load_settings().home
    what = f"指标 {first} 与 {second}（{'撤销' if reset else '分开' if apart else '合并'}）"
    with Archive.create_or_open(home, write=True, create=False) as archive, recorded(home, "correct", what):
        archive.join_indicators(first.strip(), second.strip(), None if reset else not apart)
    tell("已撤销。" if reset else f"已记下：{first} 与 {second} {'不是' if apart else '是'}同一指标。")


def _changes(indicator: str | None, role: Role | None, period: str | None) -> FigureChanges:
    from ingest.period import Period

    changes: FigureChanges = {}
    if indicator is not None and indicator.strip():
        changes["indicator"] = indicator.strip()
    if role is not None:
        changes["role"] = role
    if period is not None:
        unknown = period.strip() in ("不详", "")
        try:
            changes["period"] = None if unknown else str(Period.parse(period.strip()))
        except ValueError as error:
            raise typer.BadParameter(f"时期“{period}”不合格式，请写成 2022、2022-H1 或 2018/2022") from error
    return changes


def _check_year(year: int | None) -> None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise typer.BadParameter(f"年度 {year} 不合理，请写四位年份，例如 2022")


def _check_org(ledger: Ledger, org: str | None) -> None:
    from ingest.errors import NotFound

    if org is None or ledger.reports_of(org):
        return
    known = list(dict.fromkeys(row.org for row in ledger.rows if row.org))
    held = f"档案中的单位有：{'、'.join(known[:12])}" if known else "档案里还没有读出指标，请先 ingest"
    raise NotFound(f"档案中没有“{org}”的报告", held)


def _written(path: Path, write: Callable[[], None]) -> None:
    from ingest.errors import UnwritableFile

    try:
        write()
    except OSError as error:
        raise UnwritableFile(
            f"写不了文件 {path}（{error.strerror or error}）",
            "请检查路径、权限和磁盘空间；文件在 Excel 中打开着的请先关闭",
        ) from error


def _show(ledger: Ledger, rows: list[LedgerRow], left_out: int) -> None:
    """A table on a terminal, aligned text elsewhere; how many rows were left out for their names."""
    import sys

    from assistant.ledger.query import years_of
    from assistant.ledger.render import plain_table, rich_table

    more = f"另有 {left_out} 行名称像句子片段，未列出；加 --all 列出。" if left_out else ""
    if not rows:
        held = "、".join(str(period) for period in years_of(ledger.rows)[:12])
        tell(
            "没有符合条件的指标。"
            + (
                f"台账中的时期：{held}。"
                if held
                else "台账是空的；若档案是旧版程序建的，请先运行 report-assistant rebuild。"
            )
            + more
        )
        return
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(rich_table(rows))
    else:
        tell(plain_table(rows))
    tell(f"共 {len(rows)} 行。标“计算”的由程序按原文两数算出；出处用 --json 或 --csv 查看。{more}")
