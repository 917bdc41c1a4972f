"""`ingest`, `reports`, `forget`, `doctor`, `rebuild`: the archive from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.output import print_json
from assistant.cli.progress import STATUS, Bars

if TYPE_CHECKING:
    from ingest.archive import Finding
    from ingest.runner import FileOutcome
    from ingest.settings import Settings

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

    with Bars(quiet=json_) as bars:
        summary = ingest_paths(load_settings(), paths, watcher=bars.watcher())
    if json_:
        files = [asdict(item) for item in summary.outcomes]
        print_json({"files": files, "embedded": summary.embedded, "fault": summary.fault})
    else:
        typer.echo(_summed_up(summary.outcomes))
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
        print_json([asdict(report) for report in found])
        return
    for report in found:
        year = f"{report.year}年" if report.year else "年份不详"
        cut = "（不完整）" if report.truncated else ""
        typer.echo(
            f"{report.id:>5}  {year:<6}  {report.kind}  {report.org or '单位不详'}"
            f"  《{report.title}》{cut}  {'、'.join(report.sources)}"
        )
    typer.echo(f"共 {len(found)} 份报告。")


def forget(what: Annotated[list[str], typer.Argument(help="报告编号、标题，或文件名")]) -> None:
    """Remove reports or files; what is not there does not keep the others from being removed."""
    from ingest.archive import Archive
    from ingest.errors import NotFound
    from ingest.filenames import readable, readable_name
    from ingest.settings import load_settings

    missing = False
    with Archive.create_or_open(load_settings().home, write=True, create=False) as archive:
        paths = {record.path for record in archive.files()} | archive.sources().keys()
        for item in what:
            path = str(readable(Path(item).absolute()))
            try:
                lines = archive.forget(path if path in paths else readable_name(item))
            except NotFound as error:
                missing = True
                typer.echo(f"错误：{error}", err=True)
            else:
                typer.echo("\n".join(lines))
    if missing:
        raise typer.Exit(1)


def doctor(json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False) -> None:
    """Examine the archive; exit code 1 only when it is not sound."""
    from ingest.archive import Archive
    from ingest.settings import load_settings

    settings = load_settings()
    with Archive.create_or_open(settings.home) as archive:
        encoder, doubts = _configured_encoder(settings)
        findings = [*archive.doctor(encoder), *doubts]
        counts = archive.counts()
    if json_:
        print_json({"counts": asdict(counts), "findings": [asdict(item) for item in findings]})
    else:
        typer.echo(
            f"{counts.files} 个文件，{counts.reports} 份报告，{counts.passages} 个段落，已有向量 {counts.embedded} 个。"
        )
        for item in findings:
            remedy = f"（{item.remedy}）" if item.remedy else ""
            typer.echo(f"{_SEVERITY[item.severity]}：{item.message}{remedy}")
        if not findings:
            typer.echo("档案完好。")
    if any(item.severity == "error" for item in findings):
        raise typer.Exit(1)


def rebuild(embed: Annotated[bool, typer.Option("--embed", help="用当前模型重新计算全部向量")] = False) -> None:
    """Read outdated files again from their kept bytes and make the indexes again; exit code 1 when a file failed."""
    from ingest import renew
    from ingest.settings import load_settings

    with Bars() as bars:
        summary = renew.rebuild(load_settings(), embed=embed, watcher=bars.watcher())
    if summary.outcomes:
        typer.echo(_summed_up(summary.outcomes))
    typer.echo("重建完成。")
    if summary.failed:
        raise typer.Exit(1)


def _summed_up(outcomes: Sequence[FileOutcome]) -> str:
    counts = {name: sum(item.status == status for item in outcomes) for status, name in STATUS.items()}
    parts = [f"{name} {count}" for name, count in counts.items() if count]
    return f"共 {len(outcomes)} 个文件" + (f"：{'，'.join(parts)}" if parts else "，没有可读的报告")


def _configured_encoder(settings: Settings) -> tuple[str | None, list[Finding]]:
    """The configured model's name as far as it is known without loading it; a wrong setting is told, not raised."""
    from ingest.archive import Finding
    from ingest.embed.source import configured_name
    from ingest.errors import BadSettings

    try:
        return configured_name(settings), []
    except BadSettings as error:
        return None, [Finding("warning", error.fault, error.remedy)]
