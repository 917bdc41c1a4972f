"""Marks on text that addresses a program rather than a reader: 忽略以上指令…, 你是一个AI助手…, <|im_start|>.

A report is data. Whoever hides commands in one hopes that a program which reads it will obey; so what speaks to the
program is found here, once, and is evidence for nothing afterwards. The grammar is in addressed.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from ingest.clean.draft import Draft
from ingest.clean.script import to_simplified
from ingest.types import Block, Mark

REASON = "疑似写给程序的指令"

_GRAMMAR = Path(__file__).with_name("addressed.toml")
_PAYLOAD = 400
"""Characters that a command takes along at most; the sentence that reaches so far is taken whole."""
_BLOCKS = 12
"""Paragraphs between a tag and the one that closes it, at most."""
_HAN = "\u3400-\u9fff"
_UNSEEN = re.compile(r"[\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]")
_TAGS = ("\U000e0000", "\U000e01ef")
"""Characters without a shape: language tags and variation selectors."""
_WIDE = re.compile(
    r"[\u2e80-\u2fdf\uf900-\ufaff\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5e]"
    r"|[\U0001d400-\U0001d7ff\U000e0000-\U000e01ef]"
)
"""Characters in another form; the Chinese marks （），：；？！ keep theirs."""
_APART = re.compile(rf"(?:[{_HAN}][^{_HAN}\w]){{3,}}[{_HAN}]")
_STOP = re.compile(r"[。！？!?；;\n]+[”’」』）)】\]]*")
_CELL = " | "
_LATIN = re.compile(r"[A-Za-z]")
_CLOSING = re.compile(r"<\|(?:im_end|end|eot_id|endoftext)\|>|</|\[/inst\]|<end_of_turn>", re.I)
_LABEL_CUT = re.compile(r"[（(【\[〔，,。；;：:！!？?、|\s—–-]+")
_LABEL_LEAST = 4

Reach = Literal["sentence", "paragraph", "closing"]


@dataclass(frozen=True, slots=True)
class _Opener:
    """A match in a text, in offsets of that text."""

    start: int
    end: int
    reach: Reach


def mark_addressed(draft: Draft) -> Draft:
    """Marks on every sentence that addresses a program, and on what belongs to it."""
    marks: list[Mark] = []
    pending, closing = 0, False
    for block in draft.blocks:
        text = block.text.text
        if pending:
            closed = _CLOSING.search(text) if closing else None
            end = closed.end() if closed else len(text) if closing else _payload_end(text, 0)
            marks.append(Mark(*block.text.span(0, end), "addressed", REASON))
            pending = 0 if closed else pending - 1
        spans, ahead = _in_block(block)
        marks += [Mark(*block.text.span(*span), "addressed", REASON) for span in spans]
        if ahead:
            closing = ahead == "closing"
            pending = _blocks_ahead(draft.blocks, block) if closing else 1
    return draft.changed(draft.blocks, marks=marks) if marks else draft


def addressed_spans(text: str) -> list[tuple[int, int]]:
    """Spans of `text` (one paragraph) that address a program, in order, disjoint; sentences and what follows them."""
    return _merged(_reach(text, opener) for opener in openers(to_simplified(text)))


def without_addressed(label: str, instead: str) -> str:
    """A title or heading up to where it begins to address a program; `instead` where hardly anything stands before."""
    found = openers(to_simplified(label))
    if not found:
        return label
    first = min(opener.start for opener in found)
    cuts = [cut for cut in _LABEL_CUT.finditer(label, 0, first + 1) if cut.start() <= first]
    kept = label[: cuts[-1].start()] if cuts else ""
    return kept if len(kept) >= _LABEL_LEAST and not openers(to_simplified(kept)) else instead


def openers(text: str) -> list[_Opener]:
    """Where `text` (in simplified characters) begins to address a program."""
    plain = not (_WIDE.search(text) or _APART.search(text))
    if plain and not _triggers().search(_UNSEEN.sub("", text).lower()):
        return []
    squeezed, at = _squeeze(text)
    if not plain and not _triggers().search(squeezed):
        return []
    return [
        _Opener(at[found.start()], at[found.end() - 1] + 1, reach)
        for pattern, reach in _patterns()
        for found in pattern.finditer(squeezed)
        if found.end() > found.start() and _whole_words(text, at[found.start()], at[found.end() - 1] + 1)
    ]


def _whole_words(text: str, start: int, end: int) -> bool:
    """Whether a stretch neither begins nor ends within a Latin word (squeezed, "a gain" and "again" look alike)."""
    return not (
        (_LATIN.match(text, start) and start and _LATIN.match(text, start - 1))
        or (_LATIN.match(text, end - 1) and _LATIN.match(text, end))
    )


def _in_block(block: Block) -> tuple[list[tuple[int, int]], Reach | None]:
    """The spans of a block, and whether they go on in the next one: what is announced with a colon, an open tag."""
    text = block.text.text
    found = openers(text)
    if not found:
        return [], None
    spans = _merged(_cell(text, one) if block.kind == "table_row" else _reach(text, one) for one in found)
    tags = [one for one in found if one.reach == "closing"]
    if tags and not _CLOSING.search(text, tags[-1].start):
        return spans, "closing"
    commands = any(one.reach == "paragraph" for one in found)
    if commands and spans[-1][1] == len(text) and text.rstrip().endswith(("：", ":", "，", ",")):
        return spans, "paragraph"
    return spans, None


def _blocks_ahead(blocks: Sequence[Block], opened: Block) -> int:
    """How many blocks after the one that opened a tag belong to it: up to the closing one, else only the next."""
    behind = blocks[next(i for i, block in enumerate(blocks) if block is opened) + 1 :][:_BLOCKS]
    for number, block in enumerate(behind, 1):
        if _CLOSING.search(block.text.text):
            return number
    return 1


def _reach(text: str, opener: _Opener) -> tuple[int, int]:
    start = max((stop.end() for stop in _STOP.finditer(text, 0, opener.start)), default=0)
    if opener.reach == "sentence":
        return start, _sentence_end(text, opener.end)
    if opener.reach == "closing" and _CLOSING.match(text, opener.start):
        return opener.start, opener.end
    if opener.reach == "closing" and (closed := _last_closing(text, opener.end)):
        return start, closed
    return start, _payload_end(text, opener.end)


def _last_closing(text: str, at: int) -> int | None:
    return max((found.end() for found in _CLOSING.finditer(text, at)), default=None)


def _cell(text: str, opener: _Opener) -> tuple[int, int]:
    """The cell of a table's row that the opener stands in; the other cells are not the program's."""
    start = text.rfind(_CELL, 0, opener.start + 1)
    end = text.find(_CELL, opener.end)
    return (0 if start < 0 else start + len(_CELL)), (len(text) if end < 0 else end)


def _payload_end(text: str, at: int) -> int:
    """The paragraph's end, or in a very long paragraph the end of the sentence that passes the limit."""
    return len(text) if len(text) - at <= _PAYLOAD else _sentence_end(text, at + _PAYLOAD)


def _sentence_end(text: str, at: int) -> int:
    stop = _STOP.search(text, max(at - 1, 0))
    return stop.end() if stop else len(text)


def _squeeze(text: str) -> tuple[str, Sequence[int]]:
    """The text as the grammar reads it, with the place of each character: no blanks, lower case, plain forms.

    Runs of Han characters that marks keep apart (忽.略.以.上) are closed up.
    """
    at: Sequence[int] = range(len(text))
    chars: Sequence[str] = text
    if _UNSEEN.search(text) or _WIDE.search(text):
        kept = [(i, _plain(char)) for i, char in enumerate(text) if not _UNSEEN.match(char)]
        kept = [(i, char) for i, char in kept if char]
        at, chars = [i for i, _ in kept], [char for _, char in kept]
    squeezed = "".join(char if len(low := char.lower()) != 1 else low for char in chars)
    apart = {i for run in _APART.finditer(squeezed) for i in range(run.start() + 1, run.end(), 2)}
    if apart:
        at = [place for i, place in enumerate(at) if i not in apart]
        squeezed = "".join(char for i, char in enumerate(squeezed) if i not in apart)
    return squeezed, at


def _plain(char: str) -> str:
    if _TAGS[0] <= char <= _TAGS[1]:
        return ""
    form = unicodedata.normalize("NFKC", char) if _WIDE.match(char) else char
    return form if len(form) == 1 else char


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Reach], ...]:
    grammar = tomllib.loads(_GRAMMAR.read_text(encoding="utf-8"))
    words: dict[str, str] = grammar["words"]
    named = re.compile("{(" + "|".join(words) + ")}")
    return tuple(
        (re.compile(named.sub(lambda name: words[name[1]], item["regex"])), cast(Reach, item["reach"]))
        for item in grammar["patterns"]
    )


@cache
def _triggers() -> re.Pattern[str]:
    """What every text that addresses a program holds at least one of; most paragraphs of a report hold none."""
    grammar = tomllib.loads(_GRAMMAR.read_text(encoding="utf-8"))
    return re.compile(grammar["triggers"])
