"""Sentences that turn from one part to another: 下一步，我局将…… in a review, 存在的问题是…… after its results."""

from __future__ import annotations

import re

from ingest.period import Period
from ingest.structure.digits import plain_digits
from ingest.structure.lines import Line
from ingest.structure.numbering import numbering_at
from ingest.structure.parts import sentence_part
from ingest.structure.periods import Frame, Sense, mentions, periods_in
from ingest.structure.sentences import sentence_spans
from ingest.types import Part

_YEAR_OPENS = re.compile(r"^((?:19|20)\d\d)年(?:度)?(?=[，,是全我])")
_YEARS_OPEN = re.compile(r"^(?:过去|这)?[五三]年来?(?:来|间)?[，,]|^过去的?[五三]年")
_LAST_YEAR_OPENS = re.compile(r"^(?:刚刚|刚)?过去的?(?:这)?(?:一年|((?:19|20)\d\d)年)[，,]?")
_THIS_YEAR_PLANS = re.compile(
    r"^今年[，,]?(?:我们|政府|全[省市县区州国])?(?:将|要|发展|工作的?|经济社会发展|重点)|^(?:做好)?今年[^。]{0,8}工作的?总体要求|"
    r"今年[^。，]{0,16}预期目标|做好今年(?:各项|全年|政府)?工作"
)
_SECOND_HALF = re.compile(r"^下半年[，,](?!.{0,12}(?:完成了|共|累计|已))")
_GOES_ON = re.compile(r"^(?:[二三四五六七八九十]{1,2}是|[（(][二三四五六七八九十2-9][）)]|[2-9][.．、]|[②-⑳])")
_OPENING = 60


def runs(
    lines: list[Line], own: Sense, frame: Frame, others: list[Sense]
) -> tuple[list[tuple[Sense, tuple[Line, ...]]], Sense]:
    """The lines of one heading in runs of one sense each, and the sense that what follows takes over.

    A turn at the beginning of a paragraph holds to the end of the text or to the next such turn; one in mid-paragraph,
    and a period that only one paragraph speaks of, hold for that paragraph (and for the 二是, 三是 that go on with it).
    """
    found: list[tuple[Sense, list[Line]]] = []
    base = now = own
    for line in lines:
        at = 0
        if not (now != base and now.part in ("plan", "problem") and _GOES_ON.match(line.string)):
            now = base
        for n, (start, end) in enumerate(sentence_spans(line.string)):
            words = _words(line.string[start:end], opens=n == 0)
            if n == 0:
                lasting = _opening(words, base, own, frame, others)
                turned = (
                    _aside(words, lasting, frame) if lasting == base == now else lasting if lasting != base else now
                )
                base = lasting
            else:
                turned = _within(words, now, own, frame)
            if turned != now:
                _add(found, now, line.piece(at, start))
                at, now = start, turned
        _add(found, now, line.piece(at, len(line.string)))
    return [(sense, tuple(run)) for sense, run in found], base


def _add(found: list[tuple[Sense, list[Line]]], sense: Sense, piece: Line | None) -> None:
    if piece is None:
        return
    if found and found[-1][0] == sense:
        found[-1][1].append(piece)
    else:
        found.append((sense, [piece]))


def _words(sentence: str, *, opens: bool) -> str:
    numbering = numbering_at(sentence) if opens else None
    return plain_digits(sentence[numbering.end if numbering else 0 :])


def _opening(words: str, base: Sense, own: Sense, frame: Frame, others: list[Sense]) -> Sense:
    """The sense from this opening sentence of a paragraph on."""
    if others:
        named = [
            sense for sense in others if sense.period is not None and mentions(words[:_OPENING], sense.period, frame)
        ]
        if len(named) == 1 and named[0].part is not None and named[0] != base:
            return named[0]
    if own.part in (None, "plan"):
        return base
    turned = _turn(words, base, frame)
    if turned is not None:
        return Sense(turned, own.period if turned == "problem" else frame.plan)
    if _leaves_the_span(words, base, frame):
        return Sense("review", frame.review)
    back = sentence_part(words) == "review" and base.part != own.part and own.part == "review"
    return own if back else base


def _leaves_the_span(words: str, base: Sense, frame: Frame) -> bool:
    """刚刚过去的2025年 in a review of five years: from here on the last year alone is told."""
    opened = _LAST_YEAR_OPENS.match(words)
    if opened is None or base.part != "review" or base.period is None or base.period.single_year is not None:
        return False
    last = None if frame.review is None else frame.review.single_year
    return last is not None and opened[1] in (None, str(last))


def _within(words: str, now: Sense, own: Sense, frame: Frame) -> Sense:
    """The sense from this sentence to the end of its paragraph."""
    if own.part in (None, "plan"):
        return now
    turned = _turn(words, now, frame)
    if turned is None:
        return now
    return Sense(turned, own.period if turned == "problem" else frame.plan)


def _turn(words: str, now: Sense, frame: Frame) -> Part | None:
    if now.part != "plan" and _plans(words, frame):
        return "plan"
    part = sentence_part(words)
    if part == "plan" and now.part != "plan":
        return part
    return part if part == "problem" and now.part == "review" else None


def _plans(words: str, frame: Frame) -> bool:
    """Openings that mean the plan only in this report: its own next year, its second half, 今年 of a government."""
    year = _YEAR_OPENS.match(words)
    if year is not None and frame.plan is not None and frame.plan == Period.year(int(year[1])):
        return True
    if frame.kind == "半年总结" and _SECOND_HALF.match(words):
        return True
    return frame.kind == "政府工作报告" and _THIS_YEAR_PLANS.search(words) is not None


def _aside(words: str, now: Sense, frame: Frame) -> Sense:
    """A paragraph of a review that opens with an earlier year, or with 五年来, speaks of that period."""
    if now.part != "review" or frame.review is None or now.period is None:
        return now
    year = _YEAR_OPENS.match(words)
    if year is not None and int(year[1]) <= frame.review.last:
        named = Period.year(int(year[1]))
        return now if frame.review.half is not None and named.first == frame.review.first else Sense("review", named)
    if _YEARS_OPEN.match(words):
        spans = [period for period in periods_in(words[:_OPENING], frame) if period.single_year is None]
        return Sense("review", spans[0]) if spans else now
    return now
