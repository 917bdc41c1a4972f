"""`backup` and `restore`: the archive directory into one file and out of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.auditing import noted, recorded
from assistant.cli.output import print_json, tell
from assistant.cli.stopping import stoppable

if TYPE_CHECKING:
    from ingest.backup import Companion

_EVERY = 2.0
"""Seconds between two lines about the same step."""
_SHOWN = 5


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="把整个档案备份成一个文件；网页和读入可以照常进行。")(backup)
    app.command(help="由备份文件恢复档案；不重新计算向量。")(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="备份文件，如 D:/备份/档案.tar；已有的备份在新备份写完后被替换")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Write the archive to a file; exit code 0 even where the archive itself has lost originals, which is told."""
    from ingest.backup import back_up
    from ingest.settings import load_settings

    home, started = load_settings().home, time.monotonic()
    with stoppable(), recorded(home, "backup", str(file.absolute())):
        made = back_up(home, file, _companions(), _Steps(quiet=json_))
    manifest = made.manifest
    if json_:
        seconds = round(time.monotonic() - started, 2)
        print_json(
            {
                "file": str(made.file), "bytes": made.size, "made": manifest.made, "format": manifest.format,
                "schema": manifest.schema, "members": len(manifest.members), **manifest.counts,
                "missing": made.missing, "damaged": made.damaged, "seconds": seconds,
            }
        )  # fmt: skip
        return
    counts = manifest.counts
    size = f"{made.size / 1e6:.1f} MB"
    tell(
        f"已备份到 {made.file}：{counts['files']} 个文件，{counts['reports']} 份报告，{size}。请把它存到另一块磁盘上。"
    )
    for what, names in (("缺失", made.missing), ("已损坏", made.damaged)):
        if names:
            more = " 等" if len(names) > _SHOWN else ""
            tell(f"警告：{len(names)} 个文件的原件在档案中{what}：{'、'.join(names[:_SHOWN])}{more}", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="report-assistant backup 生成的文件")],
    replace: Annotated[bool, typer.Option("--replace", help="档案文件夹不是空的也恢复；原来的改名保留在旁边")] = False,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Make the archive directory anew from a backup."""
    from ingest.backup import restore as restore_from
    from ingest.settings import load_settings

    home, started = load_settings().home, time.monotonic()
    with stoppable():
        done = restore_from(file, home, _companions(), _Steps(quiet=json_), replace=replace)
    noted(home, "restore", str(file.absolute()))
    counts, replaced = done.manifest.counts, done.replaced
    if json_:
        print_json(
            {
                "home": str(done.home), "made": done.manifest.made, **counts, "indexed": done.indexed,
                "replaced": None if replaced is None else str(replaced),
                "seconds": round(time.monotonic() - started, 2),
            }
        )  # fmt: skip
        return
    tell(f"已恢复到 {done.home}：{counts['files']} 个文件，{counts['reports']} 份报告（备份于 {done.manifest.made}）。")
    if not done.indexed:
        tell("连不上向量服务器，向量索引没有写入（可以检索，但较慢）；服务器启动后再运行一次 ingest 即可。", err=True)
    if replaced is not None:
        tell(f"原来的档案保留在 {replaced}，确认无误后可以删除。")


def _companions() -> tuple[Companion, ...]:
    from assistant.accounts.marker import NAME as MARKER
    from assistant.conversations.database import MIGRATIONS, NAME
    from ingest.backup import Companion

    return Companion(NAME, len(MIGRATIONS)), Companion(MARKER)


class _Steps:
    """One line on stderr when a step begins, and now and then while it lasts."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._step = ""
        self._told = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self._quiet or (step == self._step and now - self._told < _EVERY):
            return
        share = f" {100 * done // total}%" if step == self._step and total else ""
        self._step, self._told = step, now
        tell(f"{step}{share}…", err=True)
