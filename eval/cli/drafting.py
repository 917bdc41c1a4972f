"""The command about drafts: `draft`. It may run for hours with a language model, so that it shows what it has."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.cli.options import SHARED, Data, Home, Json, Strict, Topics
from eval.cli.output import console, print_json, say, show_topic


class Archives(StrEnum):
    """What may be drafted from."""

    sample = "sample"
    real = "real"


def draft(
    names: Topics = None,
    data: Data = SHARED,
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处不足")] = False,
    strict: Strict = False,
    model: Annotated[
        list[str] | None,
        typer.Option(help="fake（听话的假模型）、adversarial（专犯规的）、configured（已配置的）或 GGUF 文件；可重复"),
    ] = None,
    cases: Annotated[
        int | None, typer.Option(min=1, help="每个档案起草几份；默认全部，语言模型各2份（每份要几分钟）")
    ] = None,
    only: Annotated[Archives | None, typer.Option(help="只从样例档案（sample）或真实报告（real）起草")] = None,
    home: Home = None,
    out: Annotated[Path | None, typer.Option(help="把起草的每份稿和所测数据写到这个文件夹")] = None,
) -> None:
    """Each composer's figures as soon as they are known, all of them as one table last.

    Stopped by hand (Ctrl+C) or by a time limit (SIGTERM) it prints what there is before it ends.
    """
    from eval.drafting.cases import REAL, SAMPLE
    from eval.drafting.report import Part, parts
    from eval.drafting.table import show_table
    from ingest.settings import load_settings

    asked = parts(
        data,
        load_settings(),
        names or [],
        model or [],
        home,
        archives=(SAMPLE, REAL) if only is None else (only.value,),
        cases=cases,
        out=out,
        tell=say,
    )
    shown: list[Part] = []
    told: dict[str, Any] = {}
    kept = True
    stopped = False
    try:
        with _ended_as_by_hand():
            for part in asked:
                shown.append(part)
                kept = show_topic(part.title, part.skipped or list(part.measures), told, as_json, verbose) and kept
    except KeyboardInterrupt:
        stopped = True
    if as_json:
        print_json(told)
    else:
        print()
        show_table(console(), shown)
    if stopped:
        raise KeyboardInterrupt
    if strict and not kept:
        raise typer.Exit(1)


@contextmanager
def _ended_as_by_hand() -> Iterator[None]:
    """A time limit ends the run as Ctrl+C does, and a signal does in the background, where a shell has Ctrl+C ignored:
    what there is gets printed.
    """
    before = {one: signal.signal(one, signal.default_int_handler) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
