"""JSON on standard output: nothing but JSON, and in an encoding that every program reads."""

from __future__ import annotations

import json
import sys

import typer


def print_json(value: object, *, indent: int | None = 2) -> None:
    """Print `value`. Where the output is not UTF-8 (a redirected Windows terminal), escaped, hence pure ASCII."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json.dumps(value, ensure_ascii=not is_utf8, indent=indent))
