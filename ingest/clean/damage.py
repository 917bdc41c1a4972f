"""Marks on characters that are lost or unreadable. Nothing is repaired: what stood there is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.clean.draft import Draft
from ingest.types import Mark

# One class of single characters: the quickest look there is at a text that has no damage.
_SUSPECT = re.compile(r"[?□锟烫屯Ãâã-é\ue000-\uf8ff\ufffd\u3105-\u312f\U000f0000-\U0010ffff]")
_HAN = "\u3400-\u9fff"
_PINYIN = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{1,7}"
# A decoder that lost one byte reads the following characters askew until an ASCII byte puts it right again:
# a question mark, some senseless characters, one stray letter or ^ between Chinese characters.
_ASKEW = re.compile(
    rf"\?+(?:{_PINYIN}\))?[,，;；、]?[{_HAN}\u0370-\u03ff\u3105-\u312f\ue000-\uf8ff·]{{0,24}}?"
    rf"[A-Za-z^_`~|](?:\({_PINYIN}\)|(?=[{_HAN}\ue000-\uf8ff]))"
)
_LOST = re.compile(r"\?(?:[·.]?\?)+|\?")
_MOJIBAKE = re.compile(r"(?:锟斤拷?|[烫]{2,}|[屯]{2,}|[ÃÂâ][\x80-\xbf€™œ]+)+|(?:[ã-é][\x80-\xbf\u0152-\u2122]{2}){2,}")
_UNREADABLE = re.compile(r"\ufffd+")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_BOPOMOFO = re.compile(rf"(?<=[{_HAN}])[\u3105-\u312f]+(?=[{_HAN}A-Za-z])")
_TOFU = re.compile(rf"(?<=[{_HAN}])(?<!□.)(?<!□..)□(?=[{_HAN}])(?!.{{1,3}}□)")
_QUESTION = re.compile(r"[吗呢吧么哪谁几何岂]|什么|怎|如何|多少|为何|为什么|是否|能否|可否|是不是|有没有|难道|还是")
_CLAUSE_BREAK = re.compile(r"[。！？!?；;，,：:\n]")
_NEAR = re.compile(rf"[{_HAN}，。、；：,;\ue000-\uf8ff）)》”]")

_ASKEW_REASON = "编码损坏，此处文字不可信"
_LOST_REASON = "原字已丢失，只剩问号"
_NUMBER_REASON = "数字紧邻损坏的字符，可能缺位"


def mark_damage(draft: Draft) -> Draft:
    """Damaged spans, and doubtful numbers that touch them."""
    marks: list[Mark] = []
    for block in draft.blocks:
        text = block.text
        if not _SUSPECT.search(text.text):
            continue
        found = _without_overlap(_damaged(text.text))
        marks += [Mark(*text.span(start, end), "damaged", reason) for start, end, reason in found]
        for number in _touching_numbers(text.text, [(start, end) for start, end, _ in found]):
            marks.append(Mark(*text.span(*number), "doubtful", _NUMBER_REASON))
    return draft.changed(draft.blocks, marks=marks) if marks else draft


def _damaged(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ASKEW.finditer(text):
        if not _asks(text, match.start()) and match.start() and _NEAR.match(text[match.start() - 1]):
            yield *match.span(), _ASKEW_REASON
    for match in _LOST.finditer(text):
        if not _asks(text, match.start()) and _in_chinese(text, *match.span()):
            yield *match.span(), _LOST_REASON
    for pattern, reason in (
        (_MOJIBAKE, "乱码，原字已丢失"),
        (_UNREADABLE, "无法解码的字符"),
        (_PRIVATE, "私用区字符，原字无法识别"),
        (_BOPOMOFO, "编码损坏，夹入注音符号"),
        (_TOFU, "字形缺失，原字无法显示"),
    ):
        for match in pattern.finditer(text):
            yield *match.span(), reason


def _asks(text: str, at: int) -> bool:
    """Whether the clause before the question mark at `at` asks a question."""
    clause = _CLAUSE_BREAK.split(text[max(0, at - 40) : at])[-1]
    return _QUESTION.search(clause) is not None


def _in_chinese(text: str, start: int, end: int) -> bool:
    """Whether a Chinese character or mark stands before the span, and one, a digit or another mark behind it."""
    if start == 0 or not _NEAR.match(text[start - 1]):
        return False
    return end < len(text) and (end - start > 1 or _NEAR.match(text[end]) is not None or text[end].isalnum())


def _without_overlap(found: Iterator[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The found spans in reading order; of two that overlap the wider stays."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda item: (item[0], -item[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _touching_numbers(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        if match := re.compile(r"\d[\d.,]*[%％]?").match(text, end):
            yield match.span()
        if match := re.search(r"\d[\d.,]*$", text[:start]):
            yield match.span()
