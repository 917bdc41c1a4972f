"""The tools: what each takes, what it gives as data, and as text with its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from assistant.answer import Citation
from assistant.api.archive import search as found
from assistant.api.archive import select
from assistant.api.ask import events
from assistant.api.chat_text import answer_text
from assistant.api.opened import Opener, opened
from assistant.api.requests import Ask, Figures, Search
from assistant.api.shapes import AnswerShape, FoundShape, RowShape
from assistant.conversations.export import source_line
from assistant.events import Finished

if TYPE_CHECKING:
    from assistant.ledger import LedgerRow

MOST_ROWS = 500


class FewFigures(Figures):
    """Filters of the ledger; a model reads all of what it gets, so that it gets few rows."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="最多几行。At most so many rows.")] = 50


class Passages(BaseModel):
    """找到的段落。The passages found."""

    passages: list[FoundShape]
    left_out: Annotated[int, Field(description="含有写给程序的话而未列出的。Left out: addressed to programs.")]


class Rows(BaseModel):
    """台账的行。Rows of the ledger."""

    rows: list[RowShape]
    total: Annotated[int, Field(description="符合条件的行数。How many rows there are.")]


@dataclass(frozen=True, slots=True)
class Given:
    """What a tool gives: data in the contract's form, and the same to read."""

    data: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool; `run` gets the arguments, once they are valid, and an event that is set when nobody waits any more."""

    name: str
    title: str
    about: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Opener, Any, Event], Given]


def ask(opener: Opener, call: Ask, stopped: Event) -> Given:
    """The answer."""
    for event in events(opener, call):
        if isinstance(event, Finished):
            return Given({"id": None, **event.answer.to_json()}, answer_text(event.answer))
        if stopped.is_set():
            break
    return Given({}, "")


def search(opener: Opener, call: Search, stopped: Event) -> Given:
    """The passages. Those that hold words addressed to a program are kept from the model that would read them."""
    rows = found(opened(opener), call)
    clean = [row for row in rows if not row["addressed"]]
    lines = [f"〔{row['n']}〕{source_line(_citation(row))}：“{' '.join(row['quote'].split())}”" for row in clean]
    left_out = len(rows) - len(clean)
    if left_out:
        lines.append(f"另有 {left_out} 段含有写给程序的话，未列出。")
    return Given({"passages": clean, "left_out": left_out}, "\n".join(lines) or "没有找到。")


def figures(opener: Opener, call: FewFigures, stopped: Event) -> Given:
    """The rows of the ledger."""
    from assistant.ledger.render import to_json

    assistant = opened(opener)
    rows = select(assistant, call)
    shown = rows[call.offset : call.offset + call.limit]
    lines = [_line(row, assistant.cite_cell) for row in shown]
    lines.append(f"共 {len(rows)} 行，列出 {len(shown)} 行。")
    data = {"rows": [to_json(row, assistant.cite_cell) for row in shown], "total": len(rows)}
    return Given(data, "\n".join(lines))


TOOLS = (
    Tool(
        "ask",
        "提问",
        "在工作总结和计划的档案里找依据回答问题，每句都有出处 〔n〕；档案里没有的会说没有。"
        "Answer a question from the archive of work reports, every sentence cited; says so when it is not there.",
        Ask,
        AnswerShape,
        ask,
    ),
    Tool(
        "search",
        "检索段落",
        "按词检索档案里的段落，给出原文和出处。Find passages of the archive, verbatim and with their place.",
        Search,
        Passages,
        search,
    ),
    Tool(
        "figures",
        "指标台账",
        "查指标台账：目标、结果、完成率和状态，每格都有出处。"
        "Look up the ledger of indicators: target, result, completion and status, every cell cited.",
        FewFigures,
        Rows,
        figures,
    ),
)


def _citation(row: dict[str, Any]) -> Citation:
    fields = {key: value for key, value in row.items() if key not in ("score", "addressed", "section")}
    return Citation(**fields, section=tuple(row["section"]), passage_id=0, report_id=0)


def _line(row: LedgerRow, cite: Callable[[Any], Citation]) -> str:
    from assistant.ledger.render import COLUMNS, columns, sources

    told = "；".join(f"{name}：{text}" for name, text in zip(COLUMNS, columns(row), strict=True) if text)
    return "\n".join(["- " + told, *(f"  {line}" for line in sources(row, cite).splitlines())])
