"""`ingest`: files and folders into the archive, once or for as long as they change."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.auditing import named, recorded
from assistant.cli.output import print_json, tell
from assistant.cli.progress import Bars, summed_up
from assistant.cli.stopping import stoppable
from ingest.giving_way import give_way

if TYPE_CHECKING:
    from ingest.intake.outcomes import IngestSummary

_SHOWN_GONE = 5


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="读入文件、文件夹或压缩包（.zip）；没有变化的文件跳过。")(ingest)


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="文件或文件夹")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="把这些文件夹中已被删除的文件从档案中移除")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="与 --prune 同用：文件夹不存在或是空的也照办")
    ] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="用现在的程序重读旧版程序读过的全部文件，并再试以前放弃的文件")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="一直看着这些文件夹，有变化就读入，按 Ctrl+C 结束")] = False,
    every: Annotated[float, typer.Option("--every", min=0.1, help="与 --watch 同用：每隔几秒看一次")] = 10.0,
) -> None:
    """Read files into the archive; exit code 1 when any file failed, 130 when stopped."""
    from ingest.runner import ingest_paths
    from ingest.settings import load_settings

    give_way()
    _check(paths, json_=json_, prune=prune, allow_empty=allow_empty, reread=reread, watch=watch)
    settings = load_settings()
    with stoppable():
        if watch:
            from assistant.cli.watching import keep_watching

            keep_watching(settings, paths or [], every, prune=prune)
            return
        what = named(paths) or "重读旧版程序读入的文件"
        with recorded(settings.home, "ingest", what) as line, Bars(quiet=json_) as bars:
            summary = ingest_paths(
                settings,
                paths or [],
                watcher=bars.watcher(),
                prune=prune,
                allow_empty=allow_empty,
                reread_outdated=reread,
            )
            line.outcome = summed_up(summary.outcomes) if summary.failed else line.outcome
    _tell(summary, json_=json_)
    if summary.failed:
        raise typer.Exit(1)


def _check(paths: list[Path] | None, *, json_: bool, prune: bool, allow_empty: bool, reread: bool, watch: bool) -> None:
    """Options that only make sense with others. Raises a usage error."""
    if not paths and not reread:
        raise typer.BadParameter("缺少 文件或文件夹")
    if not paths and (prune or watch):
        raise typer.BadParameter("--prune 和 --watch 需要写明文件夹")
    if allow_empty and not prune:
        raise typer.BadParameter("--allow-empty 只与 --prune 同用")
    if watch and (json_ or reread or allow_empty):
        raise typer.BadParameter("--watch 不能与 --json、--reread、--allow-empty 同用")


def _tell(summary: IngestSummary, *, json_: bool) -> None:
    if json_:
        files = [asdict(item) for item in summary.outcomes]
        print_json({"files": files, "embedded": summary.embedded, "fault": summary.fault, "gone": summary.gone})
    else:
        tell(summed_up(summary.outcomes))
        if summary.gone:
            names = "、".join(Path(path).name for path in summary.gone[:_SHOWN_GONE])
            more = " 等" if len(summary.gone) > _SHOWN_GONE else ""
            tell(f"另有 {len(summary.gone)} 个文件磁盘上已不存在（{names}{more}），档案中仍保留；要移除请加 --prune")
    if summary.fault:
        tell(f"错误：{summary.fault}", err=True)
