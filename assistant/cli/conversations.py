"""`conversations`: what was asked before; show, rename, delete and export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.auditing import recorded
from assistant.cli.output import print_json, tell
from ingest.errors import ReportAssistantError, UnwritableFile

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.conversations import Conversation, Conversations, Turn
    from ingest.settings import Settings

OWNER = ""
"""Whose conversations the command line sees: those of nobody in particular, as long as there are no users."""

NEW = "new"
_SHORT = 8

_Id = Annotated[str, typer.Argument(help="对话编号，写前几位即可（见 report-assistant conversations）", metavar="ID")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    group = typer.Typer(help="列出以前的对话；show、rename、delete、export 查看、改名、删除、导出一个对话。")
    group.callback(invoke_without_command=True)(conversations)
    group.command(help="显示一个对话。")(show)
    group.command(help="给对话改名。")(rename)
    group.command(help="删除对话；30 天内可用 --undo 恢复。")(delete)
    group.command(help="导出为 Markdown（.md）或 Word（.docx），每条依据都注明出处。")(export)
    app.add_typer(group, name="conversations")


def conversations(
    context: typer.Context,
    search: Annotated[str, typer.Option(help="只列标题或提问里有这些词的")] = "",
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 数组")] = False,
) -> None:
    """List the conversations, newest first."""
    if context.invoked_subcommand is not None:
        return
    found = _kept().newest(OWNER, search)
    if json_:
        print_json([as_json(item) for item in found])
        return
    for item in found:
        tell(line(item))
    tell(f"共 {len(found)} 个对话。")


def show(
    number: _Id,
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON 对象")] = False,
) -> None:
    """Print a conversation."""
    from assistant.cli.answers import shown

    kept = _kept()
    found = kept.find(OWNER, number)
    turns = kept.turns(OWNER, found.id)
    if json_:
        print_json({**as_json(found), "turns": [_turn_as_json(turn) for turn in turns]})
        return
    tell(found.title)
    for turn in turns:
        tell(f"\n问：{turn.question}\n{shown(turn.answer) if turn.answer else turn.fault or ''}")


def rename(number: _Id, title: Annotated[str, typer.Argument(help="新的标题", metavar="TITLE")]) -> None:
    """Give a conversation another title."""
    kept = _kept()
    renamed = kept.rename(OWNER, kept.find(OWNER, number).id, title)
    tell(f"已改名：{line(renamed)}")


def delete(
    number: _Id,
    undo: Annotated[bool, typer.Option("--undo", help="恢复 30 天内删除的对话")] = False,
) -> None:
    """Delete a conversation, or bring it back."""
    kept = _kept()
    found = kept.find(OWNER, number, deleted=undo)
    if undo:
        tell(f"已恢复：{line(kept.restore(OWNER, found.id))}")
        return
    kept.delete(OWNER, found.id)
    tell(f"已删除：{line(found)}\n30 天内可恢复：report-assistant conversations delete {found.id[:_SHORT]} --undo")


def export(
    number: _Id,
    file: Annotated[Path, typer.Argument(help="写到哪个文件（.md 或 .docx）", metavar="FILE")],
) -> None:
    """Write a conversation to a file."""
    from assistant.conversations.export import KINDS
    from assistant.conversations.export import export as exported

    kind = next((kind for kind in KINDS if file.suffix.lower() == f".{kind}"), None)
    if kind is None:
        raise UnwritableFile(f"不能导出为 {file.name}", "文件名请以 .md 或 .docx 结尾")
    kept = _kept()
    found = kept.find(OWNER, number)
    with recorded(_home(), "export", f"对话 {found.id}.{kind} {found.title}"):
        data = exported(found, kept.turns(OWNER, found.id), kind)
        try:
            file.write_bytes(data)
        except OSError as error:
            raise UnwritableFile(
                f"写不了文件 {file}（{error.strerror or error}）", "请检查路径、权限和磁盘空间后重试"
            ) from error
    tell(f"已导出：{file}")


class Talk:
    """The conversation that `ask --conversation` goes on with. An answer that cannot be kept is shown all the same."""

    def __init__(self, settings: Settings, wanted: str) -> None:
        """`wanted`: the beginning of an id, or `new`. Raises NotFound, NotKept."""
        from assistant.conversations import Conversations
        from assistant.conversations.types import history_of

        self._kept = Conversations(settings.home)
        self._found = None if wanted == NEW else self._kept.find(OWNER, wanted)
        self.history = [] if self._found is None else history_of(self._kept.turns(OWNER, self._found.id))
        self._fault: ReportAssistantError | None = None

    def keep(self, answer: Answer) -> dict[str, str]:
        """Put the answer at the conversation's end; gives what the JSON answer says of it."""
        from assistant.conversations import Turn

        turn = Turn(answer.question, answer)
        try:
            if self._found is None:
                self._found = self._kept.start(OWNER, turn)
            else:
                self._found = self._kept.append(OWNER, self._found.id, turn)
        except ReportAssistantError as fault:
            self._fault = fault
        return {} if self._found is None else {"conversation": self._found.id}

    def tell(self, *, quiet: bool) -> None:
        """Name the conversation, after the answer. Raises what kept the answer from being kept."""
        if self._fault is not None:
            raise self._fault
        if self._found is not None and not quiet:
            number = self._found.id[:_SHORT]
            tell(f"（已存入对话 {number}，接着问可加 --conversation {number}）")


def line(conversation: Conversation) -> str:
    """One conversation in one line, times as the machine's clock shows them."""
    when = conversation.updated.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{conversation.id[:_SHORT]}  {when}  {conversation.turns} 问  {conversation.title}"


def as_json(conversation: Conversation) -> dict[str, Any]:
    """A conversation as JSON, times in ISO form."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "created": conversation.created.isoformat(timespec="seconds"),
        "updated": conversation.updated.isoformat(timespec="seconds"),
        "turns": conversation.turns,
    }


def _turn_as_json(turn: Turn) -> dict[str, Any]:
    return {
        "question": turn.question,
        "asked_at": None if turn.asked_at is None else turn.asked_at.isoformat(timespec="seconds"),
        "fault": turn.fault,
        "answer": None if turn.answer is None else turn.answer.to_json(),
    }


def _kept() -> Conversations:
    from assistant.conversations import Conversations

    return Conversations(_home())


def _home() -> Path:
    from ingest.settings import load_settings

    return load_settings().home
