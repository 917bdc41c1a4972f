"""What counts as a figure in a draft: amounts in digits and words, dates, and every digit that numbers nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.checks import phrases
from assistant.drafting.checks.subject import Subject
from ingest.clean import normalise
from ingest.figures.lexer import values
from ingest.figures.types import Value
from ingest.structure.periods import five_year_plans

_DIGITS = re.compile(r"\d+(?:[,.]\d+)*")
_ENUMERATION = re.compile(
    r"(?:(?<=\n)|^|(?<=[。；：;:]))[ 　]*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*(?:[.．、](?!\d)|[）)]))"
    r"|[（(]\d{1,2}[）)]"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s*年|\s*[-—–~～至/]+\s*(?:19|20)\d\d\s*年)")
_RUN_OF_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?\s*[-—–~～至/]+\s*((?:19|20)\d\d)(?=\s*年)")
_DATE = re.compile(r"(?<!\d)(?:1[0-2]|0?[1-9])\s*月(?:份|底|末|初|中旬|上旬|下旬)?(?:\s*[0-3]?\d\s*[日号])?(?!\d)")
_SMALL = frozenset("二两三四五六七八九十")
_ACT = re.compile(r"新建|改建|扩建|建成|建设|新增|培训|培养|购置|引进|招聘|创建|完成|打造|选派|配备|组建|设立")
_NAMING = frozenset({"个", "项", "大", "种", "类", "条", "批", "支", "级", ""})


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at `start:end`; `value` where it counts or measures something."""

    start: int
    end: int
    value: Value | None
    is_date: bool = False


def amounts(subject: Subject) -> Iterator[Amount]:
    """Amounts, and all digits besides that number nothing; the order's own year is no figure."""
    text = subject.prose
    exempt = [found.span() for found in _ENUMERATION.finditer(text)]
    exempt += [found.span() for found in _YEAR.finditer(text) if int(found[0]) in _own_years(subject.order.year)]
    exempt += [
        found.span()
        for found in _RUN_OF_YEARS.finditer(text)
        if int(found[1]) <= subject.order.year <= int(found[2]) + 1
    ]
    exempt += phrases.spans("numbers", text)
    taken = list(exempt)
    for value in values(text):
        if touches(exempt, value.start, value.end) or _is_name(subject, value):
            continue
        taken.append((value.start, value.end))
        yield Amount(value.start, value.end, value)
    for found in _DATE.finditer(text):
        if not touches(taken, *found.span()):
            taken.append(found.span())
            yield Amount(*found.span(), None, is_date=True)
    for found in _DIGITS.finditer(text):
        if not touches(taken, *found.span()) and not _is_latin(text, *found.span()):
            yield Amount(*found.span(), None)


def _own_years(year: int) -> set[int]:
    """The year ordered, those beside it, and where five-year plans begin and end; whether they fit, stale.py says."""
    return {year - 1, year, year + 1} | {one for span in five_year_plans().values() for one in span}


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps one of these."""
    return any(first < end and start < last for first, last in spans)


def _is_latin(text: str, start: int, end: int) -> bool:
    """5G, PM10, B2B: part of a word."""
    return bool(re.match(r"[A-Za-z]", text[end : end + 1]) or re.match(r"[A-Za-z]", text[max(0, start - 1) : start]))


def _is_name(subject: Subject, value: Value) -> bool:
    """五大中心, 三项制度: a small number in words with the same noun in two reports is the name of a thing."""
    written = subject.text[value.start : value.end]
    if written[:1] not in _SMALL or value.unit not in _NAMING or len(written) > 3:
        return False
    if _ACT.search(subject.text[max(0, value.start - 8) : value.start]):  # 新建三个: counted, not named
        return False
    named = subject.text[value.start : value.end + 2]
    return len({one.report.id for one in subject.section.exemplars if named in normalise(one.text)}) > 1
