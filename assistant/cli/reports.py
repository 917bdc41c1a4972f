"""`reports`: what the archive holds, how sure that is, how good it is; `reports edit`: what the user knows better."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell

if TYPE_CHECKING:
    from ingest.archive.quality import Quality
    from ingest.archive.records import ReportRecord

FIELDS = {"title": "标题", "org": "单位", "year": "年份", "kind": "文种", "published": "日期"}
CERTAINTY = {"given": "由用户更正", "high": "确定", "medium": "推断", "low": "把握不大"}
_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="列出档案中的报告；edit 更正一份报告的标题、单位、年份、文种、日期。")
    group.callback(invoke_without_command=True)(reports)
    group.command(help="更正一份报告；再次读入时仍以更正为准，--reset 撤销。")(edit)
    app.add_typer(group, name="reports")


def reports(
    context: typer.Context,
    why: Annotated[bool, typer.Option("--why", help="写明标题、单位、年份等各从何处得知、把握多大")] = False,
    quality: Annotated[bool, typer.Option("--quality", help="列出档案的质量问题和处理办法")] = False,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组（与 --quality 同用时为一个对象）")] = False,
) -> None:
    """List the reports, or tell how good they are."""
    if context.invoked_subcommand is not None:
        return
    from ingest.archive import Archive
    from ingest.settings import load_settings

    with Archive.create_or_open(load_settings().home) as archive:
        if quality:
            _show_quality(archive.quality(), as_json=json_)
            return
        found = archive.reports()
    if json_:
        print_json([as_json(report) for report in found])
        return
    for report in found:
        tell("\n".join([line(report), *(reasons(report) if why else [])]))
    tell(f"共 {len(found)} 份报告。")


def edit(
    number: Annotated[int, typer.Argument(help="报告编号（见 report-assistant reports）")],
    title: Annotated[str | None, typer.Option(help="标题")] = None,
    org: Annotated[str | None, typer.Option(help="单位，填 不详 表示不知道")] = None,
    year: Annotated[str | None, typer.Option(help="年份，填 0 或 不详 表示不知道")] = None,
    kind: Annotated[str | None, typer.Option(help="文种：总结、计划、总结和计划、半年总结、工作要点等")] = None,
    published: Annotated[str | None, typer.Option(help="日期，如 2023-01-15、2023-01、2023")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="撤销全部更正，恢复程序识别的结果")] = False,
) -> None:
    """Correct a report, or take the corrections back."""
    from ingest.corrections import InvalidCorrection, correct_report, reset_report, to_changes
    from ingest.settings import load_settings

    changes = to_changes(title=title, org=org, year=year, kind=kind, published=published)
    if reset and changes:
        raise InvalidCorrection("--reset 撤销全部更正，不能同时修改", "请分两次运行")
    settings = load_settings()
    what = f"报告 {number}（{'撤销更正' if reset else '、'.join(FIELDS[one] for one in changes)}）"
    with recorded(settings.home, "correct", what):
        report = reset_report(settings, number) if reset else correct_report(settings, number, changes)
    tell("\n".join(["已恢复：" if reset else "已更正：", line(report), *reasons(report)]))


def line(report: ReportRecord) -> str:
    """One report in one line."""
    year = f"{report.year}年" if report.year else "年份不详"
    cut = "（不完整）" if report.truncated else ""
    return (
        f"{report.id:>5}  {year:<6}  {report.kind}  {report.org or '单位不详'}"
        f"  《{report.title}》{cut}  {'、'.join(report.sources)}"
    )


def reasons(report: ReportRecord) -> list[str]:
    """Where each fact came from and how sure it is, a line each."""
    values = {"year": None if report.year is None else f"{report.year}年"}
    told = []
    for field, label in FIELDS.items():
        value = values[field] if field in values else getattr(report, field)
        sure = CERTAINTY.get(report.certainty.get(field, ""), "")
        source = report.reasons.get(field, "")
        given = report.certainty.get(field) == "given"
        why = sure if given else "，".join(part for part in (source, sure) if part)
        told.append(f"       {label}：{value or '不详'}" + (f"（{why}）" if why else ""))
    if report.period is not None:
        told.append(f"       时间：{report.period}")
    if report.duplicates:
        told.append(f"       副本：报告 {'、'.join(map(str, report.duplicates))} 与它基本相同，不另行检索")
    return told


def as_json(report: ReportRecord) -> dict[str, Any]:
    """A report as JSON; the period in its written form."""
    return {**asdict(report), "period": None if report.period is None else str(report.period)}


def _show_quality(found: Quality, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(found))
        return
    failed = f"（另有 {found.failed} 个未能读入）" if found.failed else ""
    tell(f"{found.files} 个文件{failed}，{found.reports} 份报告，{found.characters} 字。")
    for concern in found.concerns:
        tell(f"  {concern.label}：{concern.total} {concern.unit}")
    for concern in found.concerns:
        tell(f"\n{concern.label}（{concern.total} {concern.unit}）。{concern.remedy}。")
        shown = concern.items if concern.topic == "failed" else concern.items[:_SHOWN]
        for item in shown:
            number = "" if item.report is None else f"{item.report:>5}  "
            tell(f"  {number}{item.name}：{item.detail}")
        if len(concern.items) > len(shown):
            tell(f"  等 {len(concern.items)} 项（全部见 reports --quality --json）")
    if not found.concerns:
        tell("没有发现质量问题。")
