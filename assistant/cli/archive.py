"""`forget`, `doctor`, `rebuild`: the archive from the command line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell
from assistant.cli.progress import Bars, summed_up
from assistant.cli.stopping import stoppable

_SEVERITY = {"error": "错误", "warning": "警告", "info": "提示"}


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="从档案中移除报告（按编号、标题）或文件（按文件名、路径）。")(forget)
    app.command(help="检查档案是否完好。")(doctor)
    app.command(help="由数据库重建全文索引和向量索引；--embed 用当前模型重新计算向量。")(rebuild)


def forget(what: Annotated[list[str], typer.Argument(help="报告编号、标题，或文件名")]) -> None:
    """Remove reports or files; what is not there does not keep the others from being removed."""
    from ingest.archive import Archive
    from ingest.errors import NotFound
    from ingest.finding.filenames import readable, readable_name
    from ingest.settings import load_settings

    missing = removed = False
    settings = load_settings()
    home = settings.home
    with Archive.create_or_open(home, write=True, create=False, chroma_url=settings.chroma_url) as archive:
        paths = {record.path for record in archive.files()} | archive.sources().keys()
        for item in what:
            path = str(readable(Path(item).absolute()))
            try:
                with recorded(home, "forget", readable_name(item)):
                    lines = archive.forget(path if path in paths else readable_name(item))
            except NotFound as error:
                missing = True
                tell(f"错误：{error}", err=True)
            else:
                tell("\n".join(lines))
                removed = True
    if removed:
        tell("原文件还在文件夹里的话，再次 ingest 那个文件夹会重新读入。")
    if missing:
        raise typer.Exit(1)


def doctor(
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    full: Annotated[bool, typer.Option("--full", help="逐字逐条核对全文索引和向量索引（较慢）")] = False,
) -> None:
    """Examine the archive; exit code 1 only when it is not sound."""
    from assistant.examining import examined
    from ingest.settings import load_settings

    found = examined(load_settings(), full=full)
    counts, findings = found.counts, found.findings
    if json_:
        print_json({"counts": asdict(counts), "findings": [asdict(item) for item in findings]})
    else:
        tell(
            f"{counts.files} 个文件，{counts.reports} 份报告，{counts.passages} 个段落，已有向量 {counts.embedded} 个。"
        )
        for item in findings:
            remedy = f"（{item.remedy}）" if item.remedy else ""
            tell(f"{_SEVERITY[item.severity]}：{item.message}{remedy}")
        if not findings:
            tell("档案完好。")
    if any(item.severity == "error" for item in findings):
        raise typer.Exit(1)


def rebuild(embed: Annotated[bool, typer.Option("--embed", help="用当前模型重新计算全部向量")] = False) -> None:
    """Read outdated files again from their kept bytes and make the indexes again; exit code 1 when a file failed."""
    from ingest import renew
    from ingest.settings import load_settings

    with stoppable(), Bars() as bars:
        summary = renew.rebuild(load_settings(), embed=embed, watcher=bars.watcher())
    if summary.outcomes:
        tell(summed_up(summary.outcomes))
    tell("重建完成。")
    if summary.failed:
        raise typer.Exit(1)
