"""Commands that are announced and not built yet: they say so, and exit with 1."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import NotYet


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="起草（尚未提供）。")(draft)


def draft(
    spec: Annotated[Path, typer.Argument()],
    json_: Annotated[bool, typer.Option("--json")] = False,
    docx: Annotated[Path | None, typer.Option()] = None,
) -> None:
    """Say that drafting is not there yet."""
    raise NotYet("起草功能还没有做好", "请先用 report-assistant search --part plan 查找范例")
