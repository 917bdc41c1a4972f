"""`ask` and `search`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.output import json_text, print_json, tell
from ingest.errors import NotFound, UnreadableFile, UnwritableFile
from ingest.types import Kind, Part

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
    composer: Annotated[
        str | None, typer.Option(help="extractive（只摘录）或 llm（语言模型）；不写时，设了模型就用模型")
    ] = None,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines 文件：一行一个问题")] = None,
    out: Annotated[Path | None, typer.Option(help="批量回答写到这个文件")] = None,
    conversation: Annotated[
        str | None,
        typer.Option(help="接着这个对话问并存入（编号见 conversations），new 为新对话", metavar="ID|new"),
    ] = None,
    year: Annotated[int | None, typer.Option(help="只在这个年度里找")] = None,
    org: Annotated[str | None, typer.Option(help="只在这个单位的材料里找")] = None,
    kind: Annotated[Kind | None, typer.Option(help="只在这种文种里找")] = None,
    part: Annotated[Part | None, typer.Option(help="只在这一部分里找：总结、计划或问题")] = None,
) -> None:
    """Answer one question, or a batch of them in one process."""
    from assistant.cli.conversations import Talk
    from assistant.service import Assistant
    from ingest.settings import load_settings

    if batch is None and question is None:
        raise typer.BadParameter("请给出问题，或用 --batch 指定问题文件")
    if conversation is not None and (batch is not None or history is not None):
        raise typer.BadParameter("--conversation 不能与 --batch、--history 同用")
    # Everything is checked before the first answer: a broken line should not cost the work done before it.
    asked = list(_questions(batch)) if batch is not None else []
    turns = _turns(history) if history is not None else []
    settings = load_settings()
    talk = None if conversation is None else Talk(settings, conversation)
    limits: dict[str, Any] = {"composer": composer, "year": year, "org": org, "kind": kind, "part": part}
    with Assistant.open(settings) as assistant:
        if batch is None:
            answer = assistant.ask(question or "", turns if talk is None else talk.history, **limits)
            kept = {} if talk is None else talk.keep(answer)
            if json_:
                print_json({"id": None, **answer.to_json(), **kept})
            else:
                tell(shown(answer))
            if talk is not None:
                talk.tell(quiet=json_)
            return
        with _writer(out) as write:
            for item in asked:
                reply = assistant.ask(item["question"], item.get("history") or (), **limits)
                write({"id": item.get("id"), **reply.to_json()})


def search(
    words: Annotated[str, typer.Argument(help="要找的词")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="最多几条")] = 10,
    year: Annotated[int | None, typer.Option(help="年度")] = None,
    org: Annotated[str | None, typer.Option(help="单位")] = None,
    part: Annotated[Part | None, typer.Option(help="部分：总结、计划或问题")] = None,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """Find passages."""
    from assistant.service import Assistant
    from ingest.clean.addressed import REASON, addressed_spans
    from ingest.settings import load_settings

    if not words.strip():
        raise NotFound("没有给出要找的词", "请写上词语，例如：report-assistant search 两癌筛查")
    with Assistant.open(load_settings()) as assistant:
        found = assistant.search(words, k=k, year=year, org=org, part=part)
    if json_:
        rows = [
            {**citation.to_json(), "score": round(score, 4), "addressed": bool(addressed_spans(citation.quote))}
            for citation, score in found
        ]
        print_json(rows)
        return
    if not found:
        tell("没有找到。")
    for citation, score in found:
        note = f"    （{REASON}，回答不采用）\n" if addressed_spans(citation.quote) else ""
        tell(f"{_source(citation)}  {score:.3f}\n    {' '.join(citation.quote.split())}\n{note}")


def shown(answer: Answer) -> str:
    """The answer with its citations and cautions, as printed."""
    lines = [answer.answer]
    lines.extend(
        f"〔{citation.n}〕{_source(citation)}：{' '.join(citation.quote.split())}" for citation in answer.citations
    )
    lines.extend(f"注意：{warning.text}" for warning in answer.warnings)
    if answer.note:
        lines.append(f"说明：{answer.note}")
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
        if not _are_turns(item.get("history") or []):
            raise UnreadableFile(f"{path.name} 第{number}行的 history 不是字符串数组", '请写成 ["此前的提问", …]')
        yield item


def _turns(path: Path) -> list[str]:
    try:
        turns = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path.name} 不是合法的 JSON", "请写成字符串数组") from error
    if not _are_turns(turns):
        raise UnreadableFile(f"{path.name} 不是字符串数组", '请写成 ["此前的提问", …]')
    return list(turns)


def _are_turns(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(turn, str) for turn in value)


@contextmanager
def _writer(out: Path | None) -> Iterator[Callable[[object], None]]:
    """Writes one JSON line per answer, each at once, so that a stop keeps what is done."""
    if out is None:
        yield partial(print_json, indent=None)
        return
    try:
        with out.open("w", encoding="utf-8", errors="replace") as stream:
            yield lambda line: print(json_text(line), file=stream, flush=True)
    except OSError as error:
        raise UnwritableFile(
            f"写不了文件 {out}（{error.strerror or error}）", "请检查路径、权限和磁盘空间后重试"
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"读不出文件 {path}", "请检查路径，并存为 UTF-8 编码") from error
