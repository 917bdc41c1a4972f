"""`promises`: 兑现对照, a year's plan beside what the next review says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.output import print_json, tell, visible

if TYPE_CHECKING:
    from assistant.promises.find import Comparison
    from ingest.archive.reader import ArchiveReader


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="兑现对照：某单位某年计划的每项举措，总结里怎么说。")(promises)


def promises(
    org: Annotated[str, typer.Option(help="单位名称")],
    year: Annotated[int, typer.Option(help="计划所属的年份")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Print each measure of the plan of `year` with the passages of the review that speak of it."""
    from assistant.promises.find import find_promises
    from assistant.promises.report import to_json
    from ingest.archive import Archive
    from ingest.settings import load_settings

    with Archive.create_or_open(load_settings().home) as archive:
        found = find_promises(archive, org, year)
        if json_:
            print_json(to_json(archive, found))
        else:
            _show(archive, found)


def _show(archive: ArchiveReader, found: Comparison) -> None:
    import sys

    from rich.console import Console
    from rich.table import Table

    from assistant.promises.report import Citer, counts
    from assistant.promises.types import DISCLAIMER, SHOWN

    citer = Citer(archive, (*found.plans, *found.reviews))
    table = Table(title=_plain(f"{found.org}{found.year}年计划兑现对照"), show_lines=True)
    table.add_column(f"{found.year}年计划", ratio=4, overflow="fold")
    table.add_column("对照", ratio=2, overflow="fold")
    table.add_column("总结中的表述", ratio=5, overflow="fold")
    table.add_column("出处", ratio=3, overflow="fold")
    for promise in found.promises:
        said = [citer.cite(item) for item in promise.evidence]
        planned = citer.cite(promise.measure)
        places = [f"计划：{planned.source_file}", *(f"总结：{item.source_file}" for item in said)]
        shown = ("\n".join(item.quote for item in said), "\n".join(dict.fromkeys(places)))
        table.add_row(*map(_plain, (planned.quote, SHOWN[promise.verdict], *shown)))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    summed = "，".join(f"{name} {count} 项" for name, count in counts(found).items())
    for line in (f"共 {len(found.promises)} 项举措：{summed}。", DISCLAIMER, *found.notes):
        tell(line)


def _plain(text: str) -> str:
    """Report text is no markup: [附件] must not vanish. Nor are its control characters the terminal's."""
    from rich.markup import escape

    return escape(visible(text))
