"""Commands that are announced and not built yet: they say so, and exit with 1."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import NotYet


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="指标台账（尚未提供）。")(figures)
    app.command(help="计划与次年总结对照（尚未提供）。")(promises)
    app.command(help="起草（尚未提供）。")(draft)


def figures(
    org: Annotated[str | None, typer.Option()] = None,
    year: Annotated[int | None, typer.Option()] = None,
    indicator: Annotated[str | None, typer.Option()] = None,
    role: Annotated[str | None, typer.Option()] = None,
    json_: Annotated[bool, typer.Option("--json")] = False,
    csv: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Say that the ledger is not there yet."""
    raise NotYet("指标台账还没有做好", "请先用 report-assistant ask 或 search 查找")


def promises(
    org: Annotated[str, typer.Option()],
    year: Annotated[int, typer.Option()],
    json_: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say that the comparison is not there yet."""
    raise NotYet("计划与次年总结的对照还没有做好", "请先用 report-assistant ask 逐项查找")


def draft(
    spec: Annotated[Path, typer.Argument()],
    json_: Annotated[bool, typer.Option("--json")] = False,
    docx: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Say that drafting is not there yet."""
    raise NotYet("起草功能还没有做好", "请先用 report-assistant search --part plan 查找范例")
