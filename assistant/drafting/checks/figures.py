"""Every figure of a draft must be the writer's or a report's, and be told as what it is there.

DESIGN, second promise. A figure in a fact's span must be that fact's; in a cited one it must stand in the quote. What
was copied from an exemplar is an old figure, whatever the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.checks.amounts import Amount, amounts, touches
from assistant.drafting.checks.subject import Subject
from assistant.drafting.checks.wording import looks_back, says_target, years_named
from assistant.drafting.headings import bigrams
from assistant.drafting.types import DraftCheck, Fact, Source
from assistant.evidence.figures import bound_numbers_in, same_measure
from ingest.clean import normalise
from ingest.figures.lexer import values
from ingest.figures.types import Value
from ingest.period import Period

_PLACE = re.compile(
    r"(?:位居|位列|排名|名列|居|排在?|列)(?:全[国省市县区州])?[^，。；]{0,4}?(?:第[一二三四五六七八九十\d]+(?!产业)|首位|榜首)"
)
_QUOTED = re.compile(r"“[^”]{1,20}”|《[^》]{1,60}》")
_ALIKE = 0.5
_LOW, _HIGH = (
    re.compile(r"不低于|不少于|以上|至少|超过|突破|不小于|高于"),
    re.compile(r"不高于|不超过|以下|以内|最多|低于|控制在"),
)
_BELOW = re.compile(r"不低于|不少于")


def figures(subject: Subject) -> Iterator[DraftCheck]:
    """Figures without a source, in a wrong role, or of a year that is over."""
    for figure in amounts(subject):
        checked = [_judge(subject, figure, source) for source in subject.sources_at(figure.start, figure.end)]
        if None in checked:
            continue
        found = [one for one in checked if one is not None]
        yield min(found, key=_rank) if found else _unsourced(subject, figure)
    for rank in _PLACE.finditer(subject.prose):
        if not any(rank[0] in subject.says(source) for source in subject.sources_at(*rank.span())):
            yield subject.found(
                "figure_without_source", "error", *rank.span(), f"位次“{rank[0]}”没有出处：请在数据中补上，或删去。"
            )


def _rank(check: DraftCheck) -> int:
    """What says most about the figure: a wrong role, an old year, no source."""
    return ("figure_role", "old_year_figure", "figure_without_source").index(check.kind)


def _judge(subject: Subject, figure: Amount, source: Source) -> DraftCheck | None:
    """What is wrong with a figure as one that comes from this source; None when nothing is."""
    said = subject.says(source)
    written = subject.text[figure.start : figure.end]
    if not _holds(said, written, figure.value):
        return _unsourced(subject, figure)
    if figure.is_date or (figure.value is None and source.kind != "exemplar"):
        return None
    shown = subject.shown(figure.start, figure.end)
    if source.kind == "exemplar":
        if figure.value is None and touches([one.span() for one in _QUOTED.finditer(subject.prose)], *_span(figure)):
            return None
        year = getattr(subject.cited(source), "year", None)
        whose = f"{year}年报告" if year else "范例"
        return subject.found(
            "old_year_figure",
            "error",
            *_span(figure),
            f"“{shown}”照搬自{whose}，不能作为{subject.order.year}年的数字：请改为本年数字或待填项。",
        )
    if _turned(subject, figure, said, written):
        return _role(subject, figure, f"“{shown}”的上下限与来源相反：请按来源改正。")
    if source.kind == "fact" and source.fact is not None:
        return _as_fact(subject, figure, subject.order.facts[source.fact], written)
    return _as_cited(subject, figure, source, said)


def _holds(said: str, written: str, value: Value | None) -> bool:
    """Whether the source has that very figure: number, magnitude and unit."""
    if not bound_numbers_in(written) <= bound_numbers_in(said):
        return False
    if value is None:
        return written.replace(" ", "") in said.replace(" ", "") or not written.isascii()
    return any(
        (one.low, one.high) == (value.low, value.high) and same_measure(one.unit, value.unit) and not one.masked
        for one in values(said)
    )


def _as_fact(subject: Subject, figure: Amount, fact: Fact, written: str) -> DraftCheck | None:
    shown = subject.shown(figure.start, figure.end)
    if fact.indicator and not _about(subject, figure, fact.indicator):
        return _role(subject, figure, f"“{shown}”是“{fact.indicator}”的数字，不能用在别的指标上：请改正或删去。")
    is_target = fact.target is not None and _holds(normalise(fact.target), written, figure.value)
    is_result = fact.result is not None and _holds(normalise(fact.result), written, figure.value)
    if is_target == is_result:
        return None
    reviews = subject.order.kind == "总结"
    back = looks_back(subject, figure.start) or (reviews and not says_target(subject, figure.start))
    if is_target and back:
        return _role(subject, figure, f"“{shown}”是目标，这里写成了已完成的结果：请改成目标的写法，或补上实际完成数。")
    if is_result and not back:
        return _role(subject, figure, f"“{shown}”是已完成的结果，这里写成了目标：请注明是上年完成数，或填入新目标。")
    return None


def _as_cited(subject: Subject, figure: Amount, source: Source, said: str) -> DraftCheck | None:
    cited = subject.cited(source)
    if cited is None:
        return _unsourced(subject, figure)
    shown, year = subject.shown(figure.start, figure.end), subject.order.year
    period = _period(cited.period)
    back = looks_back(subject, figure.start)
    if not back and not (period is not None and period.first <= year <= period.last):
        when = f"{cited.period or cited.year or '年份不详'}"
        return subject.found(
            "old_year_figure",
            "error",
            *_span(figure),
            f"“{shown}”是{when}的数字，不能作为{year}年的目标：请注明年份，或改为待填项。",
        )
    named = years_named(subject, figure.start)
    if back and named and period is not None and not any(period.first <= one <= period.last for one in named):
        return subject.found(
            "old_year_figure",
            "error",
            *_span(figure),
            f"“{shown}”是{cited.period}的数字，这里写成了别的年份：请改正年份。",
        )
    if back and cited.part == "plan" and not says_target(subject, figure.start):
        return _role(subject, figure, f"“{shown}”在来源中是计划数，这里写成了完成数：请写明是目标，或改用完成数。")
    if not _clause_alike(subject, figure, said):
        return _role(subject, figure, f"“{shown}”在来源中说的是别的指标：请核对后改正。")
    return None


def _about(subject: Subject, figure: Amount, indicator: str) -> bool:
    """Whether the sentence, or the heading, speaks of the indicator."""
    wanted = bigrams(indicator)
    start, end = subject.sentence(figure.start)
    there = bigrams(f"{subject.section.heading}，{subject.text[start:end]}")
    return len(wanted & there) >= _ALIKE * len(wanted)


def _clause_alike(subject: Subject, figure: Amount, said: str) -> bool:
    """Whether the quote's sentence around the figure and the draft's have a word in common."""
    if figure.value is None:
        return True
    start, end = subject.sentence(figure.start)
    mine = bigrams(f"{subject.section.heading}，{_wordy(subject.text[start:end])}")
    for one in values(said):
        if (one.low, one.high) == (figure.value.low, figure.value.high):
            first = max(said.rfind(stop, 0, one.start) for stop in "。；\n") + 1
            last = min((at for stop in "。；\n" if (at := said.find(stop, one.end)) >= 0), default=len(said))
            if mine & bigrams(_wordy(said[first:last])):
                return True
    return False


def _wordy(text: str) -> str:
    """Without digits and the words that go with any figure."""
    return re.sub(r"[\d.%％]+[万亿]?[人个次例家]?|完成|达到|实现|以上|全年|目标|任务|年", "，", text)


def _turned(subject: Subject, figure: Amount, said: str, written: str) -> bool:
    """不低于 in one and 不超过 in the other."""
    mine = _bound(subject.text, figure.start, figure.end)
    at = said.find(written)
    return mine != 0 and at >= 0 and mine == -_bound(said, at, at + len(written))


def _bound(text: str, start: int, end: int) -> int:
    before, behind = text[max(0, start - 5) : start], text[end : end + 2]
    if _BELOW.search(before):
        return 1
    if _HIGH.search(before) or _HIGH.search(behind):
        return -1
    return 1 if _LOW.search(before) or _LOW.search(behind) else 0


def _unsourced(subject: Subject, figure: Amount) -> DraftCheck:
    shown = subject.shown(figure.start, figure.end)
    if figure.is_date:
        return subject.found(
            "figure_without_source", "warning", *_span(figure), f"时限“{shown}”没有出处：请核实，或写进事实与目标。"
        )
    return subject.found(
        "figure_without_source",
        "error",
        *_span(figure),
        f"“{shown}”没有出处：请在数据中补上，或改为【待填：指标名，单位】。",
    )


def _role(subject: Subject, figure: Amount, message: str) -> DraftCheck:
    return subject.found("figure_role", "error", *_span(figure), message)


def _span(figure: Amount) -> tuple[int, int]:
    return figure.start, figure.end


def _period(text: str | None) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError:
        return None
