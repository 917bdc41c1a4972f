"""The plain data that flows through ingest: Document → cleaned blocks → reports → sections → passages.

Every offset is a character offset into `Document.text`, the source text that quotes are cut from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.mapped import MappedText
from ingest.period import Period

Part = Literal["review", "problem", "plan"]
"""What a section does: looks back (总结), names problems (问题), or looks ahead (计划)."""

BlockKind = Literal["paragraph", "heading", "table_row", "list_item"]

Kind = Literal["总结", "计划", "总结和计划", "半年总结", "工作要点", "政府工作报告", "其他"]
"""What sort of report it is (文种)."""

MarkKind = Literal["masked", "doubtful", "damaged"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table row as a reader found it.

    `level` is the heading level that the format itself declares (1 = top), never a guess from the words.
    `page` counts from 1 and is None where the format has no pages.
    """

    text: MappedText
    kind: BlockKind = "paragraph"
    level: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives: the source text and its blocks in reading order.

    For .txt and .html `text` is the decoded file, markup included; for .docx and .pdf it is the extracted text.
    `title` is the title that the format declares (html title, docx title property), a hint and no more.
    `notes` are Chinese one-liners for the person who ingests (a page without a text layer, say).
    """

    text: str
    blocks: tuple[Block, ...]
    format: Literal["txt", "html", "docx", "pdf"]
    title: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A source span that must not be taken at face value, with the reason in Chinese."""

    start: int
    end: int
    kind: MarkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A source span that belongs to the web page or the page layout, not to the report."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """A document without furniture: simplified characters, whole sentences, each character mapped to its source."""

    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...] = ()
    marks: tuple[Mark, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one section, small enough to embed, to cite and to read.

    `text` is the cleaned text; `text.span()` is its place in the source.
    """

    text: MappedText
    page: int | None = None

    @property
    def start(self) -> int:
        """Where the passage begins in the source."""
        return self.text.span()[0]

    @property
    def end(self) -> int:
        """Where the passage ends in the source."""
        return self.text.span()[1]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    `path` holds the headings from the top down to this one, as cleaned text; empty for text before any heading.
    `part` and `period` are resolved here, once; everything downstream relies on them.
    """

    path: tuple[str, ...]
    part: Part | None
    period: Period | None
    start: int
    end: int
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report found in a file.

    `year` is the report's own year (a bureau's 总结 of year Y reviews Y; a government work report of Y reviews Y-1).
    `org` is the body as the report names it (青禾县卫健局, XX区卫健局), `region` its place (青禾县), `level` its rank.
    `reasons` says for each of title/org/year/kind where it came from (title, heading, text, file name), in Chinese.
    """

    title: str
    org: str | None
    region: str | None
    level: Literal["国", "省", "市", "县", "乡"] | None
    year: int | None
    kind: Kind
    start: int
    end: int
    truncated: bool = False
    sections: tuple[Section, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything ingest learnt from one file, ready to be stored."""

    document: Document
    clean: CleanDocument
    reports: tuple[Report, ...]
