"""What chat clients send, and the question that is in it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.api.errors import Refused
from assistant.api.requests import MAX_TURNS, Ask
from assistant.limits import MAX_QUESTION
from ingest.types import Kind

MODEL = "report-archive"


class Filters(BaseModel):
    """What the question does not say itself; as in `/api/ask`."""

    model_config = ConfigDict(extra="forbid")

    composer: Literal["extractive", "llm"] | None = None
    year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    org: Annotated[str | None, Field(max_length=200)] = None
    kind: Kind | None = None
    part: Literal["review", "plan", "problem"] | None = None


class Message(BaseModel):
    """A message; of its content only text is read."""

    role: str
    content: str | list[dict[str, Any]] | None = None


class StreamOptions(BaseModel):
    """What a client wants of a stream beside the text."""

    include_usage: bool = False


class ChatCall(BaseModel):
    """A chat completion. Temperature, token limits, tools and the like are accepted and have no effect: answers
    are made of the archive, by its rules.
    """

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, Field(description="report-archive")] = MODEL
    messages: Annotated[
        list[Message],
        Field(min_length=1, description="最后一条 user 消息是问题，之前的是上文。The last user turn is asked."),
    ]
    stream: Annotated[bool | None, Field(description="逐句发送。Send sentence by sentence.")] = None
    stream_options: StreamOptions | None = None
    n: Annotated[int | None, Field(description="只能是 1。Must be 1.")] = None
    report_assistant: Annotated[
        Filters | None, Field(description="筛选，同 /api/ask。Filters, an extension of ours.")
    ] = None


def asked(call: ChatCall) -> Ask:
    """The question with the user's earlier turns. System messages, tools and earlier answers are no orders and no
    sources here: what an answer says comes from the archive alone. Raises Refused.
    """
    if call.model != MODEL:
        raise Refused("not_found", f"没有名为“{call.model[:60]}”的模型", f"请把模型名写成 {MODEL}")
    if call.n not in (None, 1):
        raise Refused("invalid", "一次只给一个回答", "请把 n 写成 1 或不写")
    turns = [_text(message) for message in call.messages if message.role == "user"]
    if not turns or not turns[-1].strip():
        raise Refused("invalid", "消息里没有提问", "请在最后一条 role 为 user 的消息里写上问题")
    question = turns.pop()
    if len(question) > MAX_QUESTION:
        raise Refused("invalid", f"问题太长，最多 {MAX_QUESTION} 字", "请只写要问的那一两句")
    # A chat client sends the whole conversation each time: a long one must not become impossible to go on with.
    history = [turn[:MAX_QUESTION] for turn in turns if turn.strip()][-MAX_TURNS:]
    filters = call.report_assistant or Filters()
    return Ask(question=question, history=history, **filters.model_dump())


def _text(message: Message) -> str:
    if not isinstance(message.content, list):
        return message.content or ""
    parts = []
    for part in message.content:
        text = part.get("text")
        if part.get("type") != "text" or not isinstance(text, str):
            raise Refused("invalid", "消息里有文字以外的内容", "这里只读文字，请去掉图片、文件和语音")
        parts.append(text)
    return "\n".join(parts)
