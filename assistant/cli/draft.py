"""`draft`: a plan drafted from an order in a YAML file, as text, JSON, Markdown or an official document."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell

if TYPE_CHECKING:
    from assistant.drafting.types import Manuscript, Offer, Order, Topic
    from assistant.service import Assistant

_SEVERITY = {"error": "错误", "warning": "提醒", "note": "提示"}


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="按起草说明（YAML）写出计划、要点或总结的初稿：数字只用给定的，其余留待填写。")(draft)


def draft(
    spec: Annotated[Path, typer.Argument(help="起草说明，如 org: 单位  year: 2025")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    docx: Annotated[Path | None, typer.Option(help="写成 Word 公文")] = None,
    md: Annotated[Path | None, typer.Option(help="写成 Markdown")] = None,
    txt: Annotated[Path | None, typer.Option(help="写成纯文本")] = None,
    no_sources: Annotated[bool, typer.Option("--no-sources", help="文件里不附来源说明")] = False,
    outline: Annotated[bool, typer.Option("--outline", help="只列拟定的提纲和理由")] = False,
    facts: Annotated[bool, typer.Option("--facts", help="只列台账里可采用的事实")] = False,
) -> None:
    """Draft what the order asks for."""
    from assistant.drafting.order import read_order
    from assistant.service import Assistant
    from ingest.settings import load_settings

    if outline and facts:
        raise typer.BadParameter("--outline 和 --facts 只能用一个")
    order = read_order(spec)
    with Assistant.open(load_settings()) as assistant:
        if outline:
            topics = assistant.drafting.outline(order)
            print_json([_topic(one) for one in topics]) if json_ else _show_outline(topics)
        elif facts:
            offered = assistant.drafting.offers(order)
            print_json([_offer(one) for one in offered]) if json_ else _show_offers(offered)
        else:
            made = _drafted(assistant, order)
            written = "、".join(path.name for path in (docx, md, txt) if path is not None)
            with recorded(load_settings().home, "export", f"草稿 {written}") if written else nullcontext():
                _write(made, docx, md, txt, with_sources=not no_sources)
            if json_:
                print_json(made.to_json())
            elif docx is None and md is None and txt is None:
                _show(made, with_sources=not no_sources)
            else:
                _tell(_summary(made))


def _drafted(assistant: Assistant, order: Order) -> Manuscript:
    from assistant.drafting.types import DraftSection

    for count, item in enumerate(assistant.drafting.draft(order), 1):
        if not isinstance(item, DraftSection):
            return item
        _tell(f"已起草第{count}部分：{item.heading}")
    raise AssertionError("a draft ends with its manuscript")


def _write(made: Manuscript, docx: Path | None, md: Path | None, txt: Path | None, *, with_sources: bool) -> None:
    from assistant.drafting.export.docx import write_docx
    from assistant.drafting.export.markdown import to_markdown
    from assistant.drafting.export.text import to_text

    if docx is not None:
        _written(docx, lambda: write_docx(made, docx, with_sources=with_sources))
    if md is not None:
        _written(md, lambda: md.write_text(to_markdown(made, with_sources=with_sources), encoding="utf-8"))
    if txt is not None:
        _written(txt, lambda: txt.write_text(to_text(made, with_sources=with_sources), encoding="utf-8"))


def _written(path: Path, write: Callable[[], object]) -> None:
    from ingest.errors import UnwritableFile

    try:
        write()
    except OSError as error:
        raise UnwritableFile(
            f"写不了文件 {path}（{error.strerror or error}）",
            "请检查路径、权限和磁盘空间；文件在 Word 中打开着的请先关闭",
        ) from error
    _tell(f"已写入 {path}")


def _show(made: Manuscript, *, with_sources: bool) -> None:
    from assistant.drafting.export.text import to_text

    tell(to_text(made, with_sources=with_sources))
    if made.placeholders:
        tell(f"\n待填写（{len(made.placeholders)}处）")
        for blank in made.placeholders:
            unit = f"（{blank.unit}）" if blank.unit else ""
            tell(f"  {made.sections[blank.section].heading}：{blank.indicator}{unit}")
    if made.checks:
        tell(f"\n核对（{len(made.checks)}条）")
        for one in made.checks:
            where = made.sections[one.section].heading if one.section < len(made.sections) else ""
            tell(f"  [{_SEVERITY[one.severity]}] {where}：{one.message}")
    for note in made.notes:
        tell(f"说明：{note}")


def _summary(made: Manuscript) -> str:
    errors = sum(one.severity == "error" for one in made.checks)
    blanks, found = len(made.placeholders), len(made.checks)
    return f"《{made.title}》：{len(made.sections)}部分，待填写{blanks}处，核对发现{found}条，其中错误{errors}条。"


def _show_outline(topics: tuple[Topic, ...]) -> None:
    for number, topic in enumerate(topics, 1):
        tell(f"{number}. {topic.heading}（{topic.reason}）")
        for one in topic.exemplars:
            tell(f"   参考：{one.reason}（{one.report.sources[0]}，“{one.heading}”）")


def _show_offers(offered: tuple[Offer, ...]) -> None:
    if not offered:
        tell("台账中没有可采用的事实。")
    for one in offered:
        tell(f"{one.section}：{one.fact.text}\n   {one.note}")


def _topic(one: Topic) -> dict[str, object]:
    exemplars = [
        {
            "report": item.report.title,
            "source_file": item.report.sources[0],
            "heading": item.heading,
            "reason": item.reason,
        }
        for item in one.exemplars
    ]
    return {"heading": one.heading, "reason": one.reason, "exemplars": exemplars}


def _offer(one: Offer) -> dict[str, object]:
    fact = {
        "text": one.fact.text,
        "indicator": one.fact.indicator,
        "target": one.fact.target,
        "result": one.fact.result,
    }
    series = [{"year": year, "role": role, "value": value} for year, role, value in one.series]
    return {"section": one.section, "fact": fact, "series": series, "note": one.note, "row": one.row}


def _tell(line: str) -> None:
    tell(line, err=True)
