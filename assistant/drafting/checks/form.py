"""Numbering and punctuation as official documents want them (GB/T 9704-2012, GB/T 15834-2011, GB/T 15835-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.checks.subject import Subject
from assistant.drafting.types import DraftCheck
from ingest.figures.numerals import chinese_number

_HAN = "\u3400-\u9fff"
_LINE_NUMBERS = (
    re.compile(r"[ 　]*([一二三四五六七八九十]{1,3})、"),
    re.compile(r"[ 　]*[（(]([一二三四五六七八九十]{1,3})[）)]"),
    re.compile(r"[ 　]*(\d{1,2})[.．](?!\d)"),
    re.compile(r"[ 　]*[（(](\d{1,2})[）)]"),
)
_FORMS = ("一、", "（一）", "1.", "（1）")
_ITEM = re.compile(r"(?:(?<=[。；;：:\n])|^)[ 　]*(?:第)?([一二三四五六七八九十]{1,3})(?:是|要)(?=[^\s务])", re.M)
_PAIRS = {"（": "）", "《": "》", "“": "”", "‘": "’", "【": "】", "〔": "〕", "(": ")", "[": "]"}
_CLOSERS = {close: start for start, close in _PAIRS.items()}
_HALF = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_DOUBLE = re.compile(r"[。，；：、！？]{2,}")
_LONE = re.compile(rf"(?<=[{_HAN}）”》])([,;:?!()])|([,;:?!()])(?=[{_HAN}（“《])|(?<=[{_HAN}])\.(?=\s|$|[{_HAN}])")
_GAP = re.compile(rf"(?<=[{_HAN}，。；：、）》”])[ \t]+(?=[{_HAN}（《“\d])|(?<=\d)[ \t]+(?=[{_HAN}%])")
_WIDE_DIGITS = re.compile(r"[０-９]+")
_WIDE_LETTERS = re.compile(r"[Ａ-Ｚａ-ｚ]+")
_PER_CENT = re.compile(r"(?<=[\d０-９])(?:％|﹪)")
_SPOKEN = re.compile(r"\d+(?:\.\d+)?个百分点的百分点|百分之\d")
_NO_STOP_BEHIND = "。！？；：…”）》"
_HEADING_LINE = 30
_QUOTES = re.compile(r"[\"']")
_MARKUP = re.compile(r"\*\*|__|^#{1,6}\s|<[a-zA-Z/!][^>\n]*>|```|!\[|\]\(|^\s*[-*+]\s|^\s*>\s", re.M)
_STRANGE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd\ud800-\udfff\ue000-\uf8ff]+"
)
_FOREIGN = re.compile(r"[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7af\u0600-\u06ff]+|(?:[A-Za-z]{2,}[ ,.]+){3,}[A-Za-z]*")


def form(subject: Subject) -> Iterator[DraftCheck]:
    """What is not as an official document is written."""
    yield from _numbering(subject)
    yield from _items(subject)
    yield from _punctuation(subject)
    yield from _brackets(subject)
    yield from _ends(subject)


def _numbering(subject: Subject) -> Iterator[DraftCheck]:
    """Numbers of lines run on without gaps at each level; a level begins with its first when a higher one moves on.

    No level is skipped: under 一、 stands （一）, or 1. where the section's own heading is 一、.
    """
    counts = [0, 0, 0, 0]
    used: list[int] = []
    for start, line in _lines(subject.section.text):
        for level, pattern in enumerate(_LINE_NUMBERS):
            found = pattern.match(line)
            if found is None:
                continue
            number = int(found[1]) if found[1].isdigit() else chinese_number(found[1]) or 0
            span = start + found.start(1), start + found.end(1)
            counts[level] += 1
            counts[level + 1 :] = [0] * (3 - level)
            if number != counts[level]:
                form_ = _FORMS[level]
                yield subject.found(
                    "numbering",
                    "error",
                    *span,
                    f"“{form_}”一级的序号应为第{counts[level]}个，这里是{number}：请改正序号。",
                )
                counts[level] = number
            used = [one for one in used if one < level]
            if used and level - used[-1] > 1 and not (used[-1] == 0 and level == 2):
                yield subject.found(
                    "numbering",
                    "warning",
                    *span,
                    f"“{_FORMS[used[-1]]}”之下应先用“{_FORMS[used[-1] + 1]}”：请调整层次。",
                )
            used.append(level)
            break


def _items(subject: Subject) -> Iterator[DraftCheck]:
    """一是…二是… of one paragraph count on without gaps; a single 一是 has nothing beside it."""
    runs: list[list[tuple[int, int, int]]] = []
    for found in _ITEM.finditer(subject.prose):
        number = chinese_number(found[1]) or 0
        if number == 1 or not runs:
            runs.append([])
        expected = runs[-1][-1][0] + 1 if runs[-1] else 1
        if number != expected:
            yield subject.found(
                "numbering", "error", *found.span(1), f"“{found[1]}是”前面缺少第{expected}项：请补上或改正序号。"
            )
        runs[-1].append((number, *found.span(1)))
    for run in runs:
        if len(run) == 1 and run[0][0] == 1:
            yield subject.found("numbering", "warning", *run[0][1:], "只有“一是”，没有“二是”：请补上或去掉序号。")


def _punctuation(subject: Subject) -> Iterator[DraftCheck]:
    raw, prose = subject.section.text, subject.prose
    for found in _DOUBLE.finditer(prose):
        yield _mark(subject, *found.span(), f"标点“{found[0]}”重复：请只留一个。")
    for found in _LONE.finditer(prose):
        mark = raw[found.start()]
        if mark in _HALF and not _numbers_line(prose, found.start()):
            yield _mark(subject, *found.span(), f"“{mark}”应为全角“{_HALF[mark]}”：请改正。")
    for found in _GAP.finditer(prose):
        if not _numbers_line(prose, found.start()):
            yield _mark(subject, *found.span(), "文字中间有空格：请删去。")
    for found in _WIDE_DIGITS.finditer(raw):
        yield _mark(subject, *found.span(), f"“{found[0]}”应用半角数字：请改正。")
    for found in _WIDE_LETTERS.finditer(raw):
        yield _mark(subject, *found.span(), f"“{found[0]}”应用半角字母：请改正。", "warning")
    for found in _PER_CENT.finditer(raw):
        yield _mark(subject, *found.span(), f"“{found[0]}”应写作“%”：请改正。", "warning")
    for found in _SPOKEN.finditer(prose):
        yield _mark(subject, *found.span(), f"“{found[0]}”应写作“数字加%”：请改正。", "warning")
    for found in _QUOTES.finditer(prose):
        yield _mark(subject, *found.span(), "引号应用“”：请改正。")
    for found in _MARKUP.finditer(raw):
        yield _mark(subject, *found.span(), f"“{found[0].strip()}”是标记符号，不能出现在公文中：请删去。")
    for found in _STRANGE.finditer(raw):
        yield _mark(subject, *found.span(), "此处有看不见的或损坏的字符：请删去。")
    for found in _FOREIGN.finditer(raw):
        yield _mark(subject, *found.span(), f"“{subject.shown(*found.span())}”不是中文：请改写。")


def _numbers_line(text: str, at: int) -> bool:
    """Whether a place belongs to the number that begins a line."""
    start = text.rfind("\n", 0, at) + 1
    return any((found := one.match(text, start)) is not None and at <= found.end() for one in _LINE_NUMBERS)


def _brackets(subject: Subject) -> Iterator[DraftCheck]:
    """Brackets and quotation marks close in the line that opens them, in the right order."""
    for start, line in _lines(subject.section.text):
        opened: list[tuple[str, int]] = []
        for at, char in enumerate(line, start):
            if char in _PAIRS:
                opened.append((char, at))
            elif char in _CLOSERS and not _item_bracket(line, at - start):
                if opened and opened[-1][0] == _CLOSERS[char]:
                    opened.pop()
                else:
                    yield _mark(subject, at, at + 1, f"“{char}”没有与之成对的“{_CLOSERS[char]}”：请补上或删去。")
        for char, at in opened:
            yield _mark(subject, at, at + 1, f"“{char}”没有与之成对的“{_PAIRS[char]}”：请补上或删去。")


def _item_bracket(line: str, at: int) -> bool:
    """The bracket of 1）: it needs no partner."""
    return re.fullmatch(r"[ 　]*\d{1,2}", line[:at]) is not None


def _ends(subject: Subject) -> Iterator[DraftCheck]:
    """A line of running text ends with a full stop; a short one without commas may be a heading."""
    for start, line in _lines(subject.section.text):
        text = line.rstrip()
        if not text or text[-1] in _NO_STOP_BEHIND:
            continue
        end = start + len(text)
        if text[-1] in "，、,;":
            yield _mark(subject, end - 1, end, f"句末是“{text[-1]}”：请写完这句话，或改为句号。")
        elif len(text) > _HEADING_LINE or "。" in text:
            yield _mark(subject, end - 1, end, "句末缺少句号：请补上。", "warning")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _mark(subject: Subject, start: int, end: int, message: str, severity: str = "error") -> DraftCheck:
    return subject.found("punctuation", "warning" if severity == "warning" else "error", start, end, message)
