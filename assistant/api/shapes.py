"""The contracts' objects as types, for the description of the interface and for the programs that read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    """A contract may grow: a key that is not described here is no fault."""

    model_config = ConfigDict(extra="allow")


class CitationShape(_Shape):
    """出处：原文的一段，逐字不改。A verbatim piece of a source file: `quote == text[start:end]`."""

    n: Annotated[int, Field(description="编号，即 〔n〕。Its number in the answer.")]
    report: Annotated[str, Field(description="报告标题。Title of the report.")]
    org: Annotated[str | None, Field(description="单位。The reporting body.")]
    year: Annotated[int | None, Field(description="报告年度。Year of the report.")]
    part: Annotated[Literal["review", "plan", "problem"] | None, Field(description="部分。Part of the report.")]
    period: Annotated[str | None, Field(description="所述时间：2022、2022-H1、2021/2025。Period it speaks of.")]
    section: Annotated[list[str], Field(description="章节。Path of headings.")]
    source_file: Annotated[str, Field(description="文件名。File as ingested.")]
    quote: Annotated[str, Field(description="原文。The source's own characters.")]
    start: Annotated[int, Field(description="原文中的起点。Offset in the file's text.")]
    end: Annotated[int, Field(description="原文中的终点。Offset in the file's text.")]
    page: Annotated[int | None, Field(description="页码（PDF）。Page, for a PDF.")]


class FoundShape(CitationShape):
    """找到的段落。A passage that was found."""

    score: Annotated[float, Field(description="相关程度，大者在前。Fused score.")]
    addressed: Annotated[bool, Field(description="含有写给程序的话，回答不采用。Holds words addressed to programs.")]


class ComputedShape(_Shape):
    """由程序按原文两数算出的值。A value calculated by code from quoted figures."""

    value: str
    expression: str


class SentenceShape(_Shape):
    """一句话和它的出处编号。A sentence with the numbers of its citations."""

    text: str
    citations: list[int]
    computed: list[ComputedShape] | None = None


class WarningShape(_Shape):
    """提醒。A caution beside the answer."""

    kind: Literal["masked_figure", "doubtful_figure", "unsupported", "other_year", "truncated_report"]
    text: str


class CheckShape(_Shape):
    """一句话的核对结果。What came of checking one composed sentence."""

    verdict: Literal["checked", "mended", "quoted", "dropped"]
    reason: str
    sentence: int | None


class UnderstoodShape(_Shape):
    """问题读成了什么。What was made of the question; empty: any."""

    years: list[int]
    orgs: list[str]
    parts: list[str]
    kinds: list[str]
    by_hand: Annotated[list[str], Field(description="由用户设定的筛选。Filters that the user had set.")]


class AnswerShape(_Shape):
    """回答。The verified answer, or an abstention (`abstained`) that says what the archive does hold."""

    id: str | None
    question: str
    standalone_question: Annotated[
        str,
        Field(description="补全后的问题，一次几问时一行一个。Self-contained; one a line of several."),
    ]
    abstained: Annotated[bool, Field(description="档案里没有。The archive does not hold the answer.")]
    answer: Annotated[str, Field(description="全文，带 〔n〕。All sentences with their marks.")]
    sentences: list[SentenceShape]
    citations: list[CitationShape]
    warnings: list[WarningShape]
    composer: Annotated[str, Field(description="谁写的：extractive 或 llm。Who wrote.")]
    seconds: float
    checks: list[CheckShape]
    note: Annotated[str, Field(description="说明。Why it is not the composer asked for, if so.")]
    model: Annotated[str | None, Field(description="模型名。The language model that wrote, if one did.")]
    understood: UnderstoodShape | None = None


class CellShape(_Shape):
    """台账的一格：原文的值和出处。A cell of the ledger: the value as written, with its citations."""

    text: str
    unit: str | None
    status: str


class RowShape(_Shape):
    """台账的一行。An indicator of one body and period: what was promised and what was reached."""

    id: str
    indicator: str
    named: bool
    phrases: list[str]
    org: str | None
    region: str | None
    period: str | None
    scope: str | None
    unit: str | None
    measure: str
    status: str
    status_text: str
    reason: str | None
    targets: list[CellShape]
    results: list[CellShape]
    completions: list[CellShape]
    changes: list[CellShape]
    details: list[CellShape]
    baselines: list[CellShape]
    completion_computed: ComputedShape | None
    gap_computed: ComputedShape | None


class SourceShape(_Shape):
    """一段文字的来源。What a stretch of a section rests on."""

    start: int
    end: int
    kind: Literal["fact", "figure", "exemplar"]
    fact: int | None
    citation: int | None


class SectionShape(_Shape):
    """文稿的一部分。A section of the draft."""

    heading: str
    text: str
    sources: list[SourceShape]


class PlaceholderShape(_Shape):
    """待填的数字。A figure that the writer must fill in."""

    section: int
    start: int
    end: int
    indicator: str
    unit: str


class FindingShape(_Shape):
    """核对发现的问题。A finding of the checks."""

    kind: str
    severity: Literal["error", "warning", "note"]
    section: int
    start: int
    end: int
    message: str


class DraftShape(_Shape):
    """文稿。The draft: every figure is a fact of the writer's, cited, or a placeholder."""

    title: str
    outline: list[str]
    sections: list[SectionShape]
    citations: list[CitationShape]
    placeholders: list[PlaceholderShape]
    checks: list[FindingShape]
    notes: list[str]


class ReportShape(_Shape):
    """档案中的一份报告。A report of the archive, as `reports --json` has it."""

    id: int
    title: str
    org: str | None
    year: int | None
    kind: str
    period: str | None


class HealthShape(_Shape):
    """是否可用。Whether it works."""

    status: Annotated[Literal["ok", "no_archive", "unusable"], Field(description="档案能否使用。Is the archive there.")]
    version: str
    needs_token: Annotated[bool, Field(description="设了用户，须带令牌。Whether calls need a token.")]


class FaultShape(_Shape):
    """错误：一行中文。What went wrong, and what to do."""

    message: str
    kind: str


class ErrorShape(_Shape):
    """每个错误都是这个样子。The shape of every error."""

    error: FaultShape
