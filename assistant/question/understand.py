"""From the user's words to a `Question`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.question import unmet
from assistant.question.across import read_across
from assistant.question.bodies import BodyIndex
from assistant.question.commands import without_commands
from assistant.question.facets import read_facets
from assistant.question.followup import make_standalone
from assistant.question.impossible import impossible_dates
from assistant.question.intent import (
    asks_problems,
    has_cue,
    names_quantity,
    read_intent,
    read_parts,
    read_role,
    read_unit,
    wants_number,
)
from assistant.question.standing import read_standing
from assistant.question.topic import read_topic
from assistant.question.types import BodyMention, Question, YearMention
from assistant.question.years import read_years, told_in, written_in
from ingest.archive.records import ReportRecord
from ingest.clean import normalise


def understand(
    text: str,
    history: Sequence[str],
    bodies: BodyIndex,
    reports: Iterable[ReportRecord],
    *,
    today_year: int | None = None,
    described: Sequence[BodyMention] = (),
    described_spans: Sequence[tuple[int, int]] = (),
) -> Question:
    """Read `text` in the light of the earlier user turns in `history`.

    `today_year` is the year of a configured date; without it 今年 is the year of the latest report of the body asked
    about. `described` are bodies that were found by description beforehand, `described_spans` where they stand.
    """
    said = without_commands(normalise(text))
    turns = [without_commands(normalise(turn)).strip() for turn in history]
    standalone = make_standalone(said if described_spans else said.strip(), turns, bodies)
    asked = standalone.text
    mention = read_years(asked)
    found = bodies.find(asked)
    named = (*(body for body in found.bodies if not _inside(asked, body, described_spans)), *described)
    standing = read_standing(asked)
    role = None if asks_problems(asked) and standing is None else read_role(asked)
    report_year = written_in(asked)
    if report_year is not None and len(mention.years) > 1:
        mention = replace(mention, years=tuple(year for year in mention.years if year != report_year))
    intent = read_intent(asked, mention, named, role)
    meant = frozenset[int]().union(*(body.reports for body in named)) if named else None
    own = [report for report in reports if report.year and (meant is None or report.id in meant)]
    in_words = told_in(asked)
    if report_year is None and in_words and mention.years == (in_words,) and _looks_back_a_year(own, in_words, asked):
        report_year, mention = in_words, replace(mention, years=())
    base = today_year or max((report.year or 0 for report in own), default=0) or None
    if mention.recent is not None and not today_year:
        base = max((last_reviewed(report) or 0 for report in own), default=0) or base
    across = None if named or found.missing else read_across(asked)
    spans = [*mention.spans, *mention.bases, *found.spans, *described_spans, *(across.spans if across else ())]
    topic = read_topic(f"{asked} {unmet.WORD}" if unmet.asks_unmet(asked) else asked, spans)
    return Question(
        text=text,
        standalone=asked,
        intent=intent,
        role=role,
        parts=read_parts(asked, intent, role),
        years=_resolve(asked, mention, base),
        half=mention.half,
        multi_year=mention.multi_year,
        report_year=report_year,
        bodies=tuple(named),
        missing_places=found.missing,
        topic=topic,
        background=standalone.background,
        unit=read_unit(asked),
        wants_number=wants_number(asked) or intent == "trend" or names_quantity(asked, topic.runs, spans),
        standing=standing,
        impossible=impossible_dates(asked),
        across=across,
        facets=read_facets(asked, spans) if intent in ("fact", "plan") and role != "both" and across is None else (),
    )


def last_reviewed(report: ReportRecord) -> int | None:
    """The last year that a report looks back on: a government report of Y reviews Y-1, a plan reviews nothing."""
    if report.year is None or report.kind in ("计划", "工作要点"):
        return None
    return report.year - 1 if report.kind == "政府工作报告" else report.year


def _looks_back_a_year(own: Sequence[ReportRecord], year: int, asked: str) -> bool:
    """Whether the body's reports of `year` tell of the year before and plan the year, and no figure is asked for, which
    only one of the two years can have.
    """
    told = [report for report in own if report.year == year]
    asks_figure = wants_number(asked) or read_unit(asked) is not None
    return bool(told) and not asks_figure and all(report.kind == "政府工作报告" for report in told)


def _resolve(text: str, mention: YearMention, base: int | None) -> tuple[int, ...] | None:
    """Absolute years, or None when the question names none (or counts from a year nobody knows)."""
    if mention.recent is not None and base is not None:
        return tuple(range(base - mention.recent + 1, base + 1))
    years = list(mention.years)
    if mention.offsets:
        anchor = years[0] if len(years) == 1 and max(mention.offsets) > 0 else base
        if anchor is None:
            return tuple(years) or None
        shifted = [anchor + offset for offset in mention.offsets]
        years = shifted if len(years) == 1 and max(mention.offsets) > 0 else [*years, *shifted]
    elif len(years) == 1 and ("下一步" in text or "下步" in text) and has_cue(text, "plan"):
        years = [years[0] + 1]
    return tuple(sorted(set(years))) or None


def _inside(text: str, body: BodyMention, spans: Sequence[tuple[int, int]]) -> bool:
    at = text.find(body.label)
    return any(start <= at < end for start, end in spans)
