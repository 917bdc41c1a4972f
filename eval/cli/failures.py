"""`failures`: what happens to an archive when something breaks."""

from __future__ import annotations

from typing import Annotated

import typer

from eval.cli.options import Json, Strict, Topics, Verbose
from eval.cli.output import say, show_measures


def failures(
    names: Topics = None,
    kills: Annotated[int, typer.Option(min=1, help="一共中断多少次")] = 200,
    damages: Annotated[int, typer.Option(min=0, help="每一处存储随机损坏多少次")] = 60,
    hours: Annotated[int, typer.Option(min=1, help="快速模拟几个小时的工作")] = 24,
    as_json: Json = False,
    verbose: Verbose = False,
    strict: Strict = False,
) -> None:
    """Run every topic; a line for each figure with what is demanded of it."""
    from eval.failure.report import Extent, ask

    show_measures(ask(names or [], Extent(kills, damages, hours), say), as_json, verbose, strict)
