"""`feedback`: what people said of answers, as a list or as candidates for gold questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.output import print_json, tell
from ingest.errors import UnwritableFile

if TYPE_CHECKING:
    from assistant.feedback import Said

_SHORT = 60


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="列出对回答的评价，或导出为待核定的题目。")(feedback)


def feedback(
    verdict: Annotated[Literal["good", "bad"] | None, typer.Option(help="只列有用（good）或有误（bad）的")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组，含回答全文")] = False,
    jsonl: Annotated[
        Path | None, typer.Option(help="按题集格式写到这个文件：提问、此前的提问、说明；答案留空，由人核定")
    ] = None,
) -> None:
    """List what was said, or write it as gold candidates."""
    from assistant.feedback import Feedback
    from ingest.settings import load_settings

    found = Feedback(load_settings().home).all(verdict)
    if jsonl is not None:
        _write(jsonl, found)
        tell(f"已写出 {len(found)} 题到 {jsonl}；答案和依据请人工核定后补上。", err=json_)
    if json_:
        print_json([item.to_json() for item in found])
    elif jsonl is None:
        for item in found:
            tell(_line(item))
        tell(f"共 {len(found)} 条评价。")


def _line(item: Said) -> str:
    mark = "有用" if item.verdict == "good" else "有误"
    question = " ".join(item.question.split())[:_SHORT]
    note = f"  （{' '.join(item.note.split())}）" if item.note else ""
    who = f"  {item.owner}" if item.owner else ""
    return f"{item.said.astimezone():%Y-%m-%d %H:%M}  {mark}{who}  {question}{note}"


def _write(path: Path, found: list[Said]) -> None:
    lines = "".join(json.dumps(item.to_gold(), ensure_ascii=False) + "\n" for item in found)
    try:
        path.write_text(lines, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UnwritableFile(
            f"写不了文件 {path}（{error.strerror or error}）", "请检查路径、权限和磁盘空间后重试"
        ) from error
