"""What may be asked for: the parameters of every call with their limits, described for people and programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.limits import MAX_QUESTION
from ingest.types import Kind

MAX_TURNS = 50
MAX_PASSAGES = 100
MAX_ROWS = 100_000

_Year = Annotated[int, Field(ge=1900, le=2100)]
_Name = Annotated[str, Field(max_length=200)]
_Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]


class _Request(BaseModel):
    """A misspelt parameter that is silently ignored would be a wrong answer waiting to happen."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("question", "q", mode="after", check_fields=False)
    @classmethod
    def _says_something(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("是空的，请写上内容")
        return value


class Ask(_Request):
    """A question with what was asked before and the filters set by hand."""

    question: Annotated[_Question, Field(description="问题。The question.")]
    history: Annotated[
        list[_Question],
        Field(max_length=MAX_TURNS, description="此前的提问，先问的在前。Earlier questions of the user, oldest first."),
    ] = []
    composer: Annotated[
        Literal["extractive", "llm"] | None,
        Field(description="作答方式，不写时设了模型就用模型。Who writes: quotes only, or the language model."),
    ] = None
    year: Annotated[_Year | None, Field(description="年度，问题里没有写时用。Year, if the question has none.")] = None
    org: Annotated[_Name | None, Field(description="单位，问题里没有写时用。Body, if the question has none.")] = None
    kind: Annotated[Kind | None, Field(description="只用这种文种的报告。Only reports of this kind.")] = None
    part: Annotated[
        Literal["review", "plan", "problem"] | None, Field(description="只用这一部分。Only this part of reports.")
    ] = None


class AskCall(Ask):
    """A question to the HTTP interface."""

    id: Annotated[_Name | None, Field(description="原样放进回答。Copied into the answer.")] = None
    stream: Annotated[bool, Field(description="以 Server-Sent Events 逐句发送。Send as server-sent events.")] = False


class Search(_Request):
    """Words to find passages for."""

    q: Annotated[_Question, Field(description="要找的词。The words to look for.")]
    k: Annotated[int, Field(ge=1, le=MAX_PASSAGES, description="最多几条。At most so many passages.")] = 10
    year: Annotated[_Year | None, Field(description="年度。Year.")] = None
    org: Annotated[_Name | None, Field(description="单位，全称或简称。Body, in full or for short.")] = None
    part: Annotated[
        Literal["review", "plan", "problem"] | None, Field(description="部分：总结、计划或问题。Part of the report.")
    ] = None


class Figures(_Request):
    """Filters of the ledger of indicators."""

    org: Annotated[_Name | None, Field(description="单位，全称或简称。Body, in full or for short.")] = None
    year: Annotated[_Year | None, Field(description="年度。Year.")] = None
    indicator: Annotated[_Name | None, Field(description="指标，或它的别名。Indicator, by any of its names.")] = None
    role: Annotated[
        Literal["target", "result"] | None, Field(description="只要有目标的，或有结果的。Only rows that have one.")
    ] = None
    offset: Annotated[int, Field(ge=0, le=10_000_000, description="跳过前几行。Leave out the first rows.")] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS, description="最多几行。At most so many rows.")] = MAX_ROWS


class DraftCall(BaseModel):
    """The order of a draft, as in the command's YAML file; what is wrong with it is told by the order's reader."""

    model_config = ConfigDict(extra="allow")

    org: Annotated[Any, Field(description="单位。The body that writes.")] = None
    year: Annotated[Any, Field(description="要起草哪一年的文稿。The year to draft for.")] = None
    kind: Annotated[Any, Field(description="文种：全年工作计划、下半年工作安排、工作要点、总结。Kind.")] = None
    sections: Annotated[Any, Field(description="章节标题；不写则拟定。Headings; proposed if left out.")] = None
    facts: Annotated[
        Any, Field(description="事实：[{indicator, target, result}] 或 [{text}] 或文字。The writer's own facts.")
    ] = None
    up_to: Annotated[Any, Field(description="只参考到这一年的材料。Use nothing of later years.")] = None
    composer: Annotated[Any, Field(description="skeleton 或 llm。Who writes.")] = None
    length: Annotated[Any, Field(description="篇幅：短、中、长。Length.")] = None
    tone: Annotated[Any, Field(description="文风。Tone, in free words for a model.")] = None
    prefer: Annotated[Any, Field(description="优先参考的报告。Reports to prefer.")] = None
    exclude: Annotated[Any, Field(description="不参考的报告。Reports to leave out.")] = None
    addressee: Annotated[Any, Field(description="主送单位。Addressee.")] = None
    date: Annotated[Any, Field(description="成文日期。Date of the document.")] = None
    stream: Annotated[bool, Field(description="写完一部分发送一部分。Send sections as they are done.")] = False

    def table(self) -> dict[str, object]:
        """The order as it would stand in the YAML file."""
        return self.model_dump(exclude_unset=True, exclude={"stream"})
