"""Is this line a heading? Judged by the line alone; what its neighbours say is weighed in `outline`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.parts import plain_part_title
from ingest.structure.phrase import LONGEST_PHRASE, is_chinese, phrase_end

_LONGEST_NUMBERED = 60
_LONGEST_BARE = 34
_END_MARKS = "。；;，,、：:！!？?…."
_SENTENCE_ENDS = "。！？!?；;：:…”’）)"
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}是")
_ITEM_STYLES = ("num", "num_paren", "circled")
_FIGURE = re.compile(r"\d{3,}(?!年)|\d[\d.]*\s*(?:%|％|万|亿|人|家|例|元|件|次|户|所|张|名)")
"""A numbered clause with a figure in it is a statement, not the name of a section."""
_STATES = re.compile(r"\d[\d.,]*\s*(?:%|％|万|亿|人|个(?!百分)|家|例|元|件|次|户|所|张|名|座|公里)")
"""A heading that states a figure (（二）建成中医馆15个) is a section's name and a statement as well."""
_NOT_BARE = re.compile(
    r"^(?:——|--|—|来源|作者|编辑|责任编辑|发布|时间|日期|附件?[:：]|附表|注[:：]|\d{4}年\d{1,2}月|[一二三四五六七八九十]{1,3}是|"
    r"(?:各位|尊敬的|同志们|以上|特此|谢谢|市长|省长|县长|区长|州长|主席|总理|[\d.]+$)|[(（]\d{4}年)|"
    r"(?:省长|市长|县长|区长|州长|旗长|镇长|乡长|主席|总理|局长|院长|主任|书记)\s*[一-鿿]{1,3}\s*[一-鿿]?$|"
    r".{2,20}(?:局|委员会|健委|计委|政府|医院|卫生院|保健院|办公室|厅)$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading candidate.

    style: a numbering style, `bare` (no number) or `declared` (by the file format, no number).
    number: its number, 0 without one. level: the declared level, if any. text: as a path shows it.
    inline: text follows in the same line, so that the line itself belongs to a passage.
    closed: the phrase ends like a sentence (。), which list items do as well.
    """

    style: str
    number: int
    level: int | None
    text: str
    inline: bool = False
    closed: bool = False


def numbered_heading(line: Line) -> Heading | None:
    """The heading that a numbered or declared line is, if it is short enough to be one."""
    if line.kind == "table_row":
        return None
    text = line.string
    numbering = numbering_at(text)
    declared = line.level if line.kind == "heading" else None
    if numbering is None:
        if declared is None or len(text) > _LONGEST_NUMBERED:
            return None
        return Heading("declared", 0, declared, _trimmed(text))
    rest = text[numbering.end :]
    style, number = numbering.style, numbering.number
    if not rest:
        return Heading(style, number, declared, _trimmed(text)) if style in ("part", "cn") else None
    if declared is not None and len(text) <= _LONGEST_NUMBERED:
        return Heading(style, number, declared, _trimmed(text))
    if _ITEM.match(rest) or (style in _ITEM_STYLES and _FIGURE.search(rest[:LONGEST_PHRASE].split("。")[0])):
        return None
    end = phrase_end(text, numbering.end)
    if end and text[end:].strip(_END_MARKS + " 　"):
        return Heading(style, number, declared, _trimmed(text[:end]), inline=True)
    if end or (len(text) <= _LONGEST_NUMBERED and not any(mark in rest for mark in "。；;！？")):
        if rest[-1] in "；;，,、":
            return None
        states = _STATES.search(rest) is not None
        return Heading(style, number, declared, _trimmed(text), inline=states, closed=rest[-1] in "。！")
    return None


def bare_heading(line: Line, before: Line | None, after: Line | None) -> Heading | None:
    """An unnumbered heading, known by its shape: short, open-ended, between a full stop and a longer text.

    The neighbours matter because a hard-wrapped paragraph is a row of short, open-ended lines as well.
    """
    text = line.string
    if line.kind != "paragraph" or not 4 <= len(text) <= _LONGEST_BARE or after is None or after.kind == "table_row":
        return None
    if text[-1] in _END_MARKS or any(mark in text for mark in "。；;！？") or _NOT_BARE.match(text):
        return None
    if sum(map(is_chinese, text)) < max(2, len(text) // 2):
        return None
    if before is not None and before.string[-1] not in _SENTENCE_ENDS and len(before.string) > _LONGEST_BARE:
        return None
    least = len(text) + 4 if plain_part_title(text) is not None else max(2 * len(text), 30)
    follows = numbering_at(after.string) is not None or len(after.string) >= least
    return Heading("bare", 0, None, _trimmed(text)) if follows else None


def _trimmed(text: str) -> str:
    """As a path shows it: without blanks at the ends and the closing mark, inner white space as one blank."""
    return re.sub(r"\s+", " ", text.strip(" 　>＞\t\n")).rstrip(_END_MARKS)
