"""Does an answer cite another body or another year than the one the question names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.gold import Gold
from eval.metrics.orgs import names_org, same_org
from eval.metrics.text import plain
from ingest.period import Period

_YEAR_WORDS = re.compile(
    r"今年|去年|明年|前年|后年|上年|本年|来年|当年|上半年|下半年|[“\"]?十[一二三四五][”\"]?(?:五|时期|期间)"
)


@dataclass(frozen=True, slots=True)
class Leaks:
    """How many citations could be checked against a named body or year, and one Chinese line for each leak."""

    checked: int
    faults: tuple[str, ...]


def leaks(answer: Mapping[str, Any], gold: Gold, is_evidence: Iterable[bool]) -> Leaks:
    """Checks every citation of the answer that is not gold evidence itself.

    is_evidence: for each citation whether it hits the gold evidence (what the gold calls evidence is no leak).
    """
    asked = "\n".join((*gold.history, gold.question))
    orgs = gold.orgs if gold.orgs and all(names_org(asked, org) for org in gold.orgs) else ()
    periods = gold.periods if names_time(asked, gold.periods) else ()
    checked, faults = 0, []
    for citation, hit in zip(answer["citations"], is_evidence, strict=True):
        checked += bool(orgs or periods)
        if hit:
            continue
        org = citation.get("org")
        if orgs and org and not any(same_org(str(org), wanted) for wanted in orgs):
            faults.append(f"〔{citation['n']}〕引了{org}，问的是{'、'.join(orgs)}")
        elif periods and not within_periods(citation, periods):
            stated = citation.get("period") or citation.get("year")
            faults.append(f"〔{citation['n']}〕引了{stated}的内容，问的是{'、'.join(periods)}")
    return Leaks(checked, tuple(faults))


def names_time(asked: str, periods: Iterable[str]) -> bool:
    """Whether the question names the time: one of the years in digits (2022, 22年) or in words (去年, 下半年)."""
    text = plain(asked)
    years = {year for period in periods for year in re.findall(r"(?:19|20)[0-9]{2}", period)}
    in_digits = any(year in text or re.search(rf"(?<![0-9]){year[2:]}年", text) for year in years)
    return bool(years) and (in_digits or _YEAR_WORDS.search(text) is not None)


def within_periods(citation: Mapping[str, Any], wanted: Iterable[str]) -> bool:
    """Whether the citation speaks of one of the wanted periods; a citation of unknown time does (marked 年份不详).

    A half-year lies within its year; a year does not lie within a half-year, nor a five-year span within a year.
    """
    stated = citation.get("period") or citation.get("year")
    if stated is None:
        return True
    period = _period(str(stated))
    return period is None or any(_within(period, _period(one)) for one in wanted)


def _within(inner: Period, outer: Period | None) -> bool:
    if outer is None:
        return True
    if outer.half is not None:
        return inner == outer
    return outer.first <= inner.first and inner.last <= outer.last


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text.strip().rstrip("年"))
    except ValueError:
        return None
