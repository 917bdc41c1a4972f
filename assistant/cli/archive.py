"""`ingest`, `reports`, `forget`, `doctor`, `rebuild`: the archive from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ingest.runner import FileOutcome

_STATUS = {
    "new": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "duplicate": "重复",
    "skipped": "跳过",
    "failed": "失败",
}
_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="读入文件或文件夹；没有变化的文件跳过。")(ingest)
    app.command(help="列出档案中的报告。")(reports)
    app.command(help="从档案中移除报告（按编号、标题）或文件（按文件名、路径）。")(forget)
    app.command(help="检查档案是否完好。")(doctor)
    app.command(help="由数据库重建全文索引和向量索引；--embed 用当前模型重新计算向量。")(rebuild)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Read files into the archive; exit code 1 when any file failed."""
    from ingest.runner import ingest_paths
    from ingest.settings import load_settings

    with _Bars(quiet=json_) as bars:
        summary = ingest_paths(load_settings(), paths, watcher=bars.watcher())
    if json_:
        _print_json(
            {"files": [asdict(item) for item in summary.outcomes], "embedded": summary.embedded, "fault": summary.fault}
        )
    else:
        counts = {name: sum(item.status == status for item in summary.outcomes) for status, name in _STATUS.items()}
        typer.echo(
            "共 "
            + str(len(summary.outcomes))
            + " 个文件："
            + "，".join(f"{name} {n}" for name, n in counts.items() if n)
        )
    if summary.fault:
        typer.echo(f"错误：{summary.fault}", err=True)
    if summary.failed:
        raise typer.Exit(1)


def reports(json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组")] = False) -> None:
    """List the reports."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    with Archive.create_or_open(load_settings().home) as archive:
        found = archive.reports()
    if json_:
        _print_json([asdict(report) for report in found])
        return
    for report in found:
        year = f"{report.year}年" if report.year else "年份不详"
        cut = "（不完整）" if report.truncated else ""
        typer.echo(
            f"{report.id:>5}  {year:<6}  {report.kind}  {report.org or '单位不详'}  《{report.title}》{cut}  {'、'.join(report.sources)}"
        )
    typer.echo(f"共 {len(found)} 份报告。")


def forget(what: Annotated[list[str], typer.Argument(help="报告编号、标题，或文件名")]) -> None:
    """Remove reports or files."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    with Archive.create_or_open(load_settings().home, write=True) as archive:
        for item in what:
            for line in archive.forget(item):
                typer.echo(line)


def doctor(json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """Examine the archive; exit code 1 only when it is not sound."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    with Archive.create_or_open(load_settings().home) as archive:
        findings = archive.doctor()
        counts = archive.counts()
    if json_:
        _print_json({"counts": asdict(counts), "findings": [asdict(item) for item in findings]})
    else:
        typer.echo(
            f"{counts.files} 个文件，{counts.reports} 份报告，{counts.passages} 个段落，已有向量 {counts.embedded} 个。"
        )
        for item in findings:
            typer.echo(f"{_SEVERITY[item.severity]}：{item.message}" + (f"（{item.remedy}）" if item.remedy else ""))
        if not findings:
            typer.echo("档案完好。")
    if any(item.severity == "error" for item in findings):
        raise typer.Exit(1)


def rebuild(embed: Annotated[bool, typer.Option("--embed", help="用当前模型重新计算全部向量")] = False) -> None:
    """Make the indexes again from SQLite."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    settings = load_settings()
    with Archive.create_or_open(settings.home, write=True) as archive, _Bars(quiet=False) as bars:
        archive.rebuild(bars.embedding)
        if embed:
            from ingest.embed import load_encoder

            encoder = load_encoder(settings)
            archive.change_model(encoder)
            archive.embed_pending(encoder, bars.embedding)
    typer.echo("重建完成。")


class _Bars:
    """Progress on stderr: one bar for files, one for vectors; one line per file on stdout."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._quiet = quiet
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            transient=True,
            disable=quiet or not sys.stderr.isatty(),
        )
        self._reading: Any = None
        self._vectors: Any = None

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def watcher(self) -> Any:
        """What the runner tells of its progress."""
        from ingest.runner import Watcher

        return Watcher(found=self._found, file=self._file, embedding=self.embedding)

    def embedding(self, done: int, total: int) -> None:
        """Vectors done so far."""
        if self._vectors is None:
            self._vectors = self._progress.add_task("计算向量", total=total)
        self._progress.update(self._vectors, completed=done, total=total)

    def _found(self, files: int) -> None:
        self._reading = self._progress.add_task("读入文件", total=files)

    def _file(self, outcome: FileOutcome) -> None:
        if self._reading is not None:
            self._progress.advance(self._reading)
        if self._quiet:
            return
        told = f"：{outcome.message}" if outcome.message else ""
        size = f"（{outcome.reports} 份报告，{outcome.passages} 段）" if outcome.status in ("new", "updated") else ""
        typer.echo(f"{_STATUS[outcome.status]}  {outcome.name}{size}{told}", err=outcome.status == "failed")


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
