"""The plain data that flows through ingest: Document → cleaned blocks → reports → sections → passages.

Every offset is a character offset into `Document.text`, the source text that quotes are cut from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypedDict

from ingest.figures.types import Figure
from ingest.mapped import MappedText
from ingest.period import Period

Part = Literal["review", "problem", "plan"]
"""What a section does: looks back (总结), names problems (问题), or looks ahead (计划)."""

BlockKind = Literal["paragraph", "heading", "table_row", "list_item"]

Kind = Literal["总结", "计划", "总结和计划", "半年总结", "工作要点", "政府工作报告", "其他"]
"""What sort of report it is (文种)."""

MarkKind = Literal["masked", "doubtful", "damaged", "ocr", "addressed"]
"""`ocr`: recognised from a picture of the page; its characters and figures must be compared with the original.
`addressed`: speaks to a program that reads it; evidence for nothing."""

Format = Literal["txt", "html", "docx", "pdf", "doc", "xlsx"]
"""`doc` stands for everything that an office program converts: .doc, .wps, .rtf."""

Field = Literal["title", "org", "year", "kind", "published"]
"""A fact about a report that carries a reason, and that a user may correct."""

Certainty = Literal["given", "high", "medium", "low"]
"""How sure a fact about a report is: `given` by the user, written in so many words (`high`), concluded (`medium`), or
taken from where the file lies (`low`)."""


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
class Mark:
    """A source span that must not be taken at face value, with the reason in Chinese."""

    start: int
    end: int
    kind: MarkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader gives: the source text and its blocks in reading order.

    For .txt and .html `text` is the decoded file, markup included; for .docx and .pdf it is the extracted text.
    `title` is the title that the format declares (html title, docx title property), a hint and no more.
    `notes` are Chinese one-liners for the person who ingests (a page without a text layer, say). `marks` are what the
    reader itself knows about spans of `text` (recognised from a picture).
    """

    text: str
    blocks: tuple[Block, ...]
    format: Format
    title: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


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
    `part` and `period` are resolved here, once; everything downstream relies on them. `figures` are those of its
    passages, in the order of the text.
    """

    path: tuple[str, ...]
    part: Part | None
    period: Period | None
    start: int
    end: int
    passages: tuple[Passage, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report found in a file.

    `year` is the report's own year (a bureau's 总结 of year Y reviews Y; a government work report of Y reviews Y-1).
    `org` is the body as the report names it (青禾县卫健局, XX区卫健局), `region` its place (青禾县), `level` its rank.
    `period` is what the report as a whole covers: a summary what it reviews, a plan what it plans. `published` is the
    date it was signed or published, as far as it is known: `2023-01-15`, `2023-01` or `2023`.
    `reasons` says for each field where it came from (title, heading, text, file name) in Chinese, `certainty` how sure.
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
    period: Period | None = None
    published: str | None = None
    certainty: dict[str, Certainty] = field(default_factory=dict)


class Changes(TypedDict, total=False):
    """What a user says of a report instead of what the program found; None says that it is not known."""

    title: str
    org: str | None
    year: int | None
    kind: Kind
    published: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A user's changes to the report of a file that lies at these source offsets (or overlaps them most)."""

    start: int
    end: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class ReadFile:
    """Everything ingest learnt from one file, ready to be stored."""

    document: Document
    clean: CleanDocument
    reports: tuple[Report, ...]
