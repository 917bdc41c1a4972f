"""The few words that the extractive composer adds to a quoted sentence: whose, of when, and what to beware of."""

from __future__ import annotations

import re

from assistant.answer import Warning
from ingest.archive.records import MarkRecord, PassageRecord, ReportRecord
from ingest.period import Period

_END = re.compile(r"[。！？!?…]$")
_TAIL = re.compile(r"[，,；;：:、\s]+$")
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}是要?|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d))\s*"
)


def finish(text: str) -> str:
    """A clause as a sentence: no enumeration in front, a full stop at the end."""
    bare = _TAIL.sub("", _ENUMERATION.sub("", text.strip()))
    return bare if _END.search(bare) else f"{bare}。"


def in_words(period: Period | None) -> str:
    """`2022-H1` → 2022年上半年."""
    if period is None:
        return "年份不详"
    if period.half is not None:
        return f"{period.first}年{'上' if period.half == 1 else '下'}半年"
    return f"{period.first}年" if period.first == period.last else f"{period.first}—{period.last}年"


def label(passage: PassageRecord, report: ReportRecord) -> str:
    """Whose and of when: put in front where an answer holds several bodies or years."""
    return f"{report.org or report.region or report.title}（{in_words(passage.period)}）："


def cautions(marks: tuple[MarkRecord, ...], start: int, end: int) -> tuple[str, tuple[Warning, ...]]:
    """The note to append and the warnings to give for the marks that touch the source span `start:end`."""
    touching = [mark for mark in marks if mark.start < end and mark.end > start]
    masked = [mark for mark in touching if mark.kind == "masked" and "数字" in mark.reason]
    doubtful = [mark for mark in touching if mark.kind in ("doubtful", "damaged")]
    recognised = [mark for mark in touching if mark.kind == "ocr"]
    note, warnings = "", []
    if masked:
        note += "（原文此处数字已隐去）"
        warnings.append(Warning("masked_figure", f"{masked[0].reason}，答案按原文照录。"))
    if doubtful:
        note += "（原文此处存疑，请核对原件）"
        reasons = dict.fromkeys(mark.reason for mark in doubtful)
        warnings.extend(Warning("doubtful_figure", f"{reason}。") for reason in reasons)
    if recognised:
        note += "（由扫描件识别而来，请核对原件）"
        warnings.append(Warning("doubtful_figure", f"{recognised[0].reason}。"))
    return note, tuple(warnings)
