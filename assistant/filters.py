"""What the user set by hand before asking: hard limits of where an answer may come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assistant.answer import Understood
from assistant.question.bodies import BodyIndex
from assistant.question.types import BodyMention, Question, Within
from assistant.question.years import read_years
from ingest.archive.records import ReportRecord
from ingest.clean import normalise
from ingest.types import Kind, Part

PART_NAMES: dict[Part, str] = {"review": "总结", "problem": "问题", "plan": "计划"}

_THEN = re.compile(r"^(?:那么|那)(?![个些里边儿种项年时位家份])")


@dataclass(frozen=True, slots=True)
class Filters:
    """None means: no limit. `org`: a body by its full name in the archive, or any name that a question may use."""

    year: int | None = None
    org: str | None = None
    kind: Kind | None = None
    part: Part | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Which ones are set."""
        held = {"year": self.year, "org": self.org, "kind": self.kind, "part": self.part}
        return tuple(name for name, value in held.items() if value)

    @property
    def said(self) -> str:
        """What is set, as a clerk reads it; empty when nothing is."""
        lines = []
        if self.year is not None:
            lines.append(f"年度 {self.year}年")
        if self.org:
            lines.append(f"单位 {self.org}")
        if self.kind is not None:
            lines.append(f"文种 {self.kind}")
        if self.part is not None:
            lines.append(f"部分 {PART_NAMES[self.part]}")
        return "，".join(lines)


def spoken(question: str, filters: Filters, bodies: BodyIndex) -> str:
    """The question with year and body spoken out where it names none itself, so that follow-ups may build on it."""
    front = ""
    if filters.org and not any(body.named for body in bodies.find(normalise(question)).bodies):
        front += filters.org
    if filters.year is not None and read_years(normalise(question)).silent:
        front += f"{filters.year}年"
    return f"{front}{_THEN.sub('', question)}" if front else question


def narrowed(
    question: Question, filters: Filters, meant: frozenset[int], reports: Mapping[int, ReportRecord]
) -> Question:
    """The question limited to what is set; one that asks for something else is limited to nothing.

    `meant`: the reports of the body that is set.
    """
    if not filters.names:
        return question
    allowed = frozenset(reports) if filters.org is None else meant
    if filters.kind is not None:
        allowed = frozenset(number for number in allowed if reports[number].kind == filters.kind)
    bodies = tuple(replace(body, reports=body.reports & allowed) for body in question.bodies if body.reports & allowed)
    years = question.years
    if filters.year is not None:
        years = (filters.year,) if years is None or filters.year in years else ()
    if years == () or (question.bodies and not bodies):
        return replace(question, within=Within(frozenset(), None))
    if filters.org is not None and not bodies:
        bodies = (BodyMention(filters.org, allowed, named=True),)
    parts = None if filters.part is None else frozenset({filters.part})
    limits = None if filters.org is None and filters.kind is None else allowed
    return replace(question, bodies=bodies, years=years, parts=parts or question.parts, within=Within(limits, parts))


def understood(question: Question, filters: Filters, reports: Mapping[int, ReportRecord]) -> Understood:
    """What was made of a question: years, bodies, parts and kinds of report, and which of them were set by hand."""
    return Understood(
        years=question.years or (),
        orgs=tuple(dict.fromkeys(_name(body, reports) for body in question.bodies)),
        parts=tuple(part for part in PART_NAMES if part in _parts(question, filters)),
        kinds=() if filters.kind is None else (filters.kind,),
        by_hand=filters.names,
    )


def conflict(question: Question, filters: Filters) -> str:
    """What a question asks for that the filters rule out, in words; empty when it is nothing."""
    if question.within is None or not question.within.is_nothing:
        return ""
    asked: Iterable[str] = ()
    if filters.year is not None and question.years and filters.year not in question.years:
        asked = [f"{year}年" for year in question.years]
    elif filters.org is not None and question.bodies:
        asked = [body.label for body in question.bodies]
    said = "、".join(asked)
    return f"问题问的是{said}，与所选条件不同，请改选或清除条件后再问。" if said else ""


def _parts(question: Question, filters: Filters) -> frozenset[Part]:
    """The parts that may answer; a question for targets beside results looks into all of them by itself."""
    both = question.role == "both" or question.standing is not None
    return frozenset() if both and filters.part is None else question.parts or frozenset()


def _name(body: BodyMention, reports: Mapping[int, ReportRecord]) -> str:
    """The body's full name, the one most of its reports bear; several bodies as the question names them (各县)."""
    orgs = Counter(org for number in sorted(body.reports) if number in reports and (org := reports[number].org))
    if not orgs or (len(orgs) > 1 and not body.named):
        return body.label
    return orgs.most_common(1)[0][0]
