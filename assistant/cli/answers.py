"""`ask` and `search`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ingest.errors import UnreadableFile

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="用档案回答问题，每句都注明出处。")(ask)
    app.command(help="按词检索段落。")(search)


def ask(
    question: Annotated[str | None, typer.Argument(help="问题")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    history: Annotated[Path | None, typer.Option(help="JSON 文件：此前的提问（字符串数组）")] = None,
    composer: Annotated[str, typer.Option(help="extractive（摘录，不用语言模型）或 llm")] = "extractive",
    batch: Annotated[Path | None, typer.Option(help="JSON Lines 文件：一行一个问题")] = None,
    out: Annotated[Path | None, typer.Option(help="批量回答写到这个文件")] = None,
) -> None:
    """Answer one question, or a batch of them in one process."""
    from assistant.service import Assistant
    from ingest.settings import load_settings

    if batch is None and question is None:
        raise typer.BadParameter("请给出问题，或用 --batch 指定问题文件")
    with Assistant.open(load_settings()) as assistant:
        if batch is not None:
            lines = [
                {
                    "id": item.get("id"),
                    **assistant.ask(item["question"], item.get("history") or (), composer=composer).to_json(),
                }
                for item in _questions(batch)
            ]
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            if out is None:
                typer.echo(text, nl=False)
            else:
                out.write_text(text, encoding="utf-8")
            return
        turns = _turns(history) if history else ()
        answer = assistant.ask(question or "", turns, composer=composer)
    typer.echo(json.dumps({"id": None, **answer.to_json()}, ensure_ascii=False, indent=2) if json_ else _shown(answer))


def search(
    words: Annotated[str, typer.Argument(help="要找的词")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="最多几条")] = 10,
    year: Annotated[int | None, typer.Option(help="年度")] = None,
    org: Annotated[str | None, typer.Option(help="单位")] = None,
    part: Annotated[Literal["review", "plan", "problem"] | None, typer.Option(help="部分：总结、计划或问题")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Find passages."""
    from assistant.service import Assistant
    from ingest.settings import load_settings

    with Assistant.open(load_settings()) as assistant:
        found = assistant.search(words, k=k, year=year, org=org, part=part)
    if json_:
        rows = [{**citation.to_json(), "score": round(score, 4)} for citation, score in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo("没有找到。")
    for citation, score in found:
        typer.echo(f"{_source(citation)}  {score:.3f}\n    {' '.join(citation.quote.split())}\n")


def _shown(answer: Answer) -> str:
    lines = [answer.answer]
    lines.extend(
        f"〔{citation.n}〕{_source(citation)}：{' '.join(citation.quote.split())}" for citation in answer.citations
    )
    lines.extend(f"注意：{warning.text}" for warning in answer.warnings)
    return "\n".join(lines)


def _source(citation: Citation) -> str:
    place = " > ".join(citation.section)
    page = f" 第{citation.page}页" if citation.page else ""
    return f"《{citation.report}》{place}{page}（{citation.source_file}）"


def _questions(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableFile(f"{path.name} 第{number}行不是合法的 JSON", "请每行写一个 JSON 对象") from error
        if not isinstance(item, dict) or not isinstance(item.get("question"), str):
            raise UnreadableFile(f"{path.name} 第{number}行没有 question", '请写成 {"id": …, "question": "…"}')
        yield item


def _turns(path: Path) -> list[str]:
    try:
        turns = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path.name} 不是合法的 JSON", "请写成字符串数组") from error
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise UnreadableFile(f"{path.name} 不是字符串数组", '请写成 ["此前的提问", …]')
    return turns


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"读不出文件 {path}", "请检查路径，并存为 UTF-8 编码") from error
