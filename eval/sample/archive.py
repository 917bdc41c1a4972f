"""Files of the archive: reports composed, damaged as the catalogue says, and written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from eval.sample import defects
from eval.sample.compose import compose
from eval.sample.draft import Block, Draft
from eval.sample.facts import HIDDEN_YEAR, FileSpec, load_table
from eval.sample.formats.page import html_of
from eval.sample.formats.pdf import pdf_lines, pdf_of
from eval.sample.formats.plain import text_of
from eval.sample.formats.word import docx_of
from eval.sample.sentences import CUT, Said

_STRIDE = 2000
"""Sentence n of report k of a file carries the mark k * _STRIDE + n."""

_MARK = re.compile("[\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence as it stands in a file. `texts` are its unbroken pieces there, one per line or table cell."""

    file: str
    report: str
    said: Said
    group: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the archive, its text as a reader sees it (markup included for .html), and the sentences in it."""

    spec: FileSpec
    data: bytes
    text: str
    placed: tuple[Placed, ...]


def generate(folder: Path) -> Path:
    """Write the files into `folder/archive/` and return that directory. The same bytes every time."""
    directory = folder / "archive"
    directory.mkdir(parents=True, exist_ok=True)
    for made in make_files():
        (directory / made.spec.name).write_bytes(made.data)
    return directory


def gold_questions() -> list[dict[str, Any]]:
    """The gold questions over the generated files, in the gold format."""
    from eval.sample.gold import all_questions

    return all_questions(make_files())


def write_gold(path: Path) -> int:
    """Write the gold questions as JSON Lines; returns how many."""
    questions = gold_questions()
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions), encoding="utf-8")
    return len(questions)


@cache
def make_files() -> tuple[Made, ...]:
    """Every file of the catalogue, made in memory."""
    return tuple(_make(spec) for spec in load_table().files)


def _make(spec: FileSpec) -> Made:
    drafts = [_rebase(compose(report), place) for place, report in enumerate(spec.reports)]
    suffix = spec.name.rsplit(".", 1)[-1].lower()
    if suffix == "docx":
        blocks = _whole(drafts[0])
        data = docx_of(_bare(blocks), headings="headings" in spec.defects)
        lines = [cell for block in blocks for cell in block.text.split("\t")]
    elif suffix == "pdf":
        printed = pdf_lines(_whole(drafts[0]))
        data = pdf_of([(block, _MARK.sub("", line), first) for block, line, first in printed])
        lines = [line for _, line, _ in printed]
    else:
        text = _page(spec, drafts[0]) if suffix in ("html", "htm") else _text(spec, drafts)
        data = _MARK.sub("", text).encode(spec.encoding)
        lines = text.split("\n")
    return Made(spec, data, _MARK.sub("", "\n".join(lines)), _placed(spec, drafts, lines))


def _text(spec: FileSpec, drafts: list[Draft]) -> str:
    number = int.from_bytes(sha256(spec.name.encode()).digest()[:4], "big")
    indent = "" if {"page_marks", "hard_wrap", "sharing"} & set(spec.defects) else "　　"
    texts = [_one_text(spec, draft, indent) for draft in drafts]
    text = texts[0]
    if "collection" in spec.defects:
        text = defects.collection(texts, "篇" if "sharing" in spec.defects else "第")
    if "hard_wrap" in spec.defects:
        text = defects.hard_wrap(text)
    if "sharing" in spec.defects:
        title = spec.name.rsplit(".", 1)[0]
        title = title if len(title) > 9 else drafts[0].title
        text = defects.sharing(text, title, number, complete="truncated" not in spec.defects)
    return text


def _one_text(spec: FileSpec, draft: Draft, indent: str) -> str:
    text = _damaged(spec, draft, text_of(draft.blocks, indent))
    if "truncated" in spec.defects:
        start = next(block.text for block in draft.blocks if block.kind == "heading" and block.part == "plan")
        text = defects.truncate(text, text.index(start))
    if "page_marks" in spec.defects:
        return defects.page_marks(text)
    return defects.without_cuts(text)


def _page(spec: FileSpec, draft: Draft) -> str:
    number = sum(spec.name.encode())
    site = f"{load_table().bodies[draft.spec.body].place}人民政府"
    blocks = [replace(block, text=_damaged(spec, draft, block.text)) for block in _whole(draft)]
    return html_of(blocks, _damaged(spec, draft, site), spec.encoding, number % 20)


def _damaged(spec: FileSpec, draft: Draft, text: str) -> str:
    """The defects that work on any piece of text."""
    if draft.spec.year == HIDDEN_YEAR:
        text = re.sub(r"(?<!\d)\d{1,2}(?=[月日])", "x", text)
    if "synonyms" in spec.defects:
        text = defects.synonyms(text)
    if "replace_ten" in spec.defects:
        text = defects.replace_ten(text, draft.spec.year + 1)
    if "traditional" in spec.defects:
        text = defects.traditional(text)
    if "dropped" in spec.defects:
        text = defects.dropped(text)
    return text


def _whole(draft: Draft) -> list[Block]:
    return [replace(block, text=defects.without_cuts(block.text)) for block in draft.blocks]


def _bare(blocks: list[Block]) -> list[Block]:
    return [replace(block, text=_MARK.sub("", block.text)) for block in blocks]


def _rebase(draft: Draft, place: int) -> Draft:
    if len(draft.said) > _STRIDE:
        raise ValueError(f"{draft.spec.id}: too many sentences")
    shift = place * _STRIDE

    def moved(text: str) -> str:
        return _MARK.sub(lambda found: found[0] if found[0] == CUT else chr(ord(found[0]) + shift), text)

    return replace(draft, blocks=tuple(replace(block, text=moved(block.text)) for block in draft.blocks))


def _placed(spec: FileSpec, drafts: list[Draft], lines: list[str]) -> tuple[Placed, ...]:
    """Read the marks of the finished lines. A sentence whose end was cut off is not there."""
    pieces: dict[int, list[str]] = {}
    complete: set[int] = set()
    number: int | None = None
    for line in lines:
        for char in re.split("([\U000f0000-\U0010ffff])", line):
            if not char:
                continue
            code = ord(char) if _MARK.fullmatch(char) else 0
            if code >= 0x100000:
                complete.add(code - 0x100000)
                number = None
            elif code:
                number = code - 0xF0000
            elif number is not None:
                pieces.setdefault(number, []).append(char)
    return tuple(
        Placed(
            spec.name,
            drafts[key // _STRIDE].spec.id,
            drafts[key // _STRIDE].said[key % _STRIDE],
            drafts[key // _STRIDE].group[key % _STRIDE],
            tuple(pieces[key]),
        )
        for key in sorted(complete & set(pieces))
    )
