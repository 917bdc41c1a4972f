"""`screenshots OUT`: pictures of the page for the handbook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import Home, Reports
from eval.cli.output import say


def screenshots(
    out: Annotated[Path, typer.Argument(help="图片放在这个文件夹")],
    archive: Reports = None,
    home: Home = None,
    question: Annotated[str | None, typer.Option(help="在问答里问的问题；默认是档案给出的第一个例子")] = None,
    org: Annotated[str | None, typer.Option(help="给哪个单位起草；默认是报告最多的单位")] = None,
) -> None:
    """Take the pictures and print how large they are."""
    from assistant.service import Assistant
    from eval.opened import opened
    from eval.samples import folder_or_sample
    from eval.screenshots import take_pictures

    with folder_or_sample(archive) as folder, opened(folder, home) as ready:
        with Assistant.open(ready.settings) as assistant:
            asked = question or assistant.examples()[0]
            owners = [report.org for report in assistant.reports() if report.org]
        made = take_pictures(ready.settings.home, out, asked, org or max(sorted(set(owners)), key=owners.count), say)
    typer.echo(f"{len(made)} 张图片，共 {sum(path.stat().st_size for path in made) / 1e6:.2f} MB")
