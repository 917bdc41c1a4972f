"""What is asked of a generated archive: every sort of scope that the assistant searches in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from eval.scale.corpus import LAST_YEAR, YEARS
from eval.scale.words import TOPICS, doings, indicators
from ingest.archive.records import ReportRecord, Scope

KINDS = ("open", "year", "part", "year_part", "body", "body_year")
"""From the whole archive down to one report's review."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as retrieval gets it."""

    kind: str
    text: str
    scope: Scope


def queries(reports: Sequence[ReportRecord], each: int, fillers: Sequence[str] = (), seed: int = 1) -> list[Query]:
    """`each` different queries of each kind, in mixed order: a third name an indicator, a third a topic with an
    activity, a third run on like a sentence (of the fillers, where there are any).
    """
    draw = random.Random(seed)
    of_body: dict[str, set[int]] = {}
    for report in reports:
        of_body.setdefault(report.org or "", set()).add(report.id)
    names = sorted(of_body)
    found = [
        Query(kind, _text(draw, number, fillers), _scope(draw, kind, of_body[draw.choice(names)]))
        for number in range(each)
        for kind in KINDS
    ]
    draw.shuffle(found)
    return found


def questions(reports: Sequence[ReportRecord], count: int, seed: int = 2) -> list[str]:
    """Questions about results, targets and both, of a body and a year, a fourth of any body, in a clerk's words."""
    draw = random.Random(seed)
    orgs = sorted({report.org for report in reports if report.org})
    forms = (
        "{org}{year}年{what}是多少？",
        "{org}{year}年{what}任务数多少，完成了吗？",
        "{org}{year}年{topic}做了哪些工作？",
        "{year}年{what}是多少？",
    )
    return [
        forms[number % len(forms)].format(
            org=draw.choice(orgs),
            year=draw.randint(LAST_YEAR - YEARS + 1, LAST_YEAR),
            what=draw.choice(indicators()),
            topic=draw.choice(TOPICS),
        )
        for number in range(count)
    ]


def _text(draw: random.Random, number: int, fillers: Sequence[str]) -> str:
    if number % 3 == 0:
        return draw.choice(indicators())
    if number % 3 == 1 or not fillers:
        return f"{draw.choice(TOPICS)} {draw.choice(doings())}"
    return draw.choice(fillers)[:60]


def _scope(draw: random.Random, kind: str, body: set[int]) -> Scope:
    year = frozenset({draw.randint(LAST_YEAR - YEARS + 2, LAST_YEAR)})
    return {
        "open": Scope(),
        "year": Scope(years=year),
        "part": Scope(parts=frozenset({"plan"})),
        "year_part": Scope(years=year, parts=frozenset({"review"})),
        "body": Scope(reports=frozenset(body)),
        "body_year": Scope(years=year, reports=frozenset(body)),
    }[kind]
