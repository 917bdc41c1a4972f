"""Sentences that turn from one part to another: 下一步，我局将…… in a review, 存在的问题是…… after its results."""

from __future__ import annotations

import re

from ingest.period import Period
from ingest.structure.ceremony import THANKS
from ingest.structure.digits import plain_digits
from ingest.structure.lines import Line
from ingest.structure.numbering import enumerator_at, numbering_at
from ingest.structure.parts import sentence_part
from ingest.structure.periods import NOTHING, Frame, Sense, mentions, periods_in
from ingest.structure.sentences import sentence_spans
from ingest.types import Part

_HAILS = re.compile(r"^(?:——|--)?(?:各位(?:代表|委员|领导|同志|主任)|同志们)[！!，,：:、]\s*|^——")
_YEAR_OPENS = re.compile(r"^((?:19|20)\d\d)年(?:度)?(?=[，,是全我])")
_YEARS_OPEN = re.compile(r"^(?:过去|这)?[五三]年来?(?:来|间)?[，,]|^过去的?[五三]年")
_SPAN_TOLD = re.compile(
    r"^(?:回顾|回望|纵观|总结)?[“\"]?十[一二三四五]五[”\"]?(?:时期|期间)?[，,]?(?:是|这)[^。]{0,60}?五年"
)
_SPAN_AGAIN = re.compile(r"^(?:回顾|回望|总结|纵观)?(?:过去|这)?的?[^，,。]{0,6}(?:[五三]年|“?十[一二三四五]五”?)")
_LOOKS_BACK = re.compile(r"(?:回望|回顾|回首|纵观)(.{3,14})")
_LAST_YEAR_OPENS = re.compile(r"^(?:刚刚|刚)?过去的?(?:这)?(?:一年|((?:19|20)\d\d)年)[，,]?")
_THIS_YEAR_PLANS = re.compile(
    r"^今年[，,]?(?:我们|政府|全[省市县区州国])?(?:将|要|发展|工作的?|经济社会发展|重点)|^(?:做好)?今年[^。]{0,8}工作的?总体要求|"
    r"今年[^。，]{0,16}预期目标|做好今年(?:各项|全年|政府)?工作"
)
_SECOND_HALF = re.compile(r"^下半年[，,](?!.{0,12}(?:完成了|共|累计|已))")
_PROMISES = re.compile(
    r"^(?:对此|为此|(?:对|对于|针对)(?:这些|上述|以上|存在)|这些[^，。]{0,6}(?:困难|问题)|(?:今后)?(?:我们|我局|我委|我院)?(?:将|一定|必须|要))"
    r"[^。]{0,70}(?:解决|改进|克服|应对|改善|弥补|补齐|破解|化解|改正|整改|不辜负)"
)
_OPENING = 60
_SHORT_PROMISE = 90
"""So short an end of a paragraph of problems promises to mend them and plans nothing (对此，我们将认真加以解决)."""


def runs(
    lines: list[Line], own: Sense, frame: Frame, others: list[Sense]
) -> tuple[list[tuple[Sense, tuple[Line, ...]]], Sense]:
    """The lines of one heading in runs of one sense each, and the sense that what follows takes over.

    A turn at the beginning of a paragraph holds to the end of the text or to the next such turn; one in mid-paragraph,
    and a period that only one paragraph speaks of, hold for that paragraph (and for the 二是, 三是 that go on with it).
    """
    found: list[tuple[Sense, list[Line]]] = []
    base = now = own
    if own.part in (None, "plan") and not others:  # nothing turns here but thanks
        for line in lines:
            _add(found, NOTHING if THANKS.match(line.string) else own, line)
        return [(sense, tuple(run)) for sense, run in found], own
    for line in lines:
        at = 0
        if _HAILS.fullmatch(line.string):
            _add(found, now, line)  # 各位代表！ on a line of its own turns nothing
            continue
        if not (now != base and now.part in ("plan", "problem") and _goes_on(line.string)):
            now = base
        opened = False
        for start, end in sentence_spans(line.string):
            words = _words(line.string[start:end], opens=not opened)
            if not opened and not words:
                continue  # 各位代表！
            if not opened:
                opened, start = True, 0
                lasting = _opening(words, base, own, frame, others)
                turned = (
                    _aside(words, lasting, frame) if lasting == base == now else lasting if lasting != base else now
                )
                base = lasting
                if THANKS.match(line.string):
                    turned = NOTHING
            elif now != NOTHING and not (
                now.part == "problem" and len(line.string) - start <= _SHORT_PROMISE and _PROMISES.match(words)
            ):
                turned = _within(words, now, own, frame)
            if turned != now:
                _add(found, now, line.piece(at, start))
                at, now = start, turned
        _add(found, now, line.piece(at, len(line.string)))
    return [(sense, tuple(run)) for sense, run in found], base


def _goes_on(text: str) -> bool:
    """二是, 其次, （二）, 2.: what the paragraph before began goes on."""
    enumerator = enumerator_at(text)
    return enumerator is not None and enumerator.number > 1 and enumerator.style not in ("part", "section", "cn")


def _add(found: list[tuple[Sense, list[Line]]], sense: Sense, piece: Line | None) -> None:
    if piece is None:
        return
    if found and found[-1][0] == sense:
        found[-1][1].append(piece)
    else:
        found.append((sense, [piece]))


def _words(sentence: str, *, opens: bool) -> str:
    if not opens:
        return plain_digits(sentence)
    numbering = numbering_at(sentence)
    return plain_digits(_HAILS.sub("", sentence[numbering.end if numbering else 0 :]))


def _opening(words: str, base: Sense, own: Sense, frame: Frame, others: list[Sense]) -> Sense:
    """The sense from this opening sentence of a paragraph on."""
    if others:
        named = [
            sense for sense in others if sense.period is not None and mentions(words[:_OPENING], sense.period, frame)
        ]
        looks_back = _LOOKS_BACK.search(words[:_OPENING])
        if len(named) > 1 and looks_back is not None:
            named = [one for one in named if one.period and mentions(looks_back[1], one.period, frame)]
        if len(named) == 1 and named[0].part is not None and named[0] != base:
            return named[0]
    if own.part in (None, "plan"):
        return base
    turned = _turn(words, base, frame)
    if turned is not None:
        return Sense(turned, (base if others else own).period if turned == "problem" else frame.plan)
    if _comes_back(words, base, own, frame):
        return own
    if base.part == "review" and _SPAN_TOLD.match(words):
        spans = [one for one in periods_in(words[:_OPENING], frame) if one.single_year is None]
        if spans:
            return Sense("review", spans[0])
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


def _comes_back(words: str, base: Sense, own: Sense, frame: Frame) -> bool:
    """过去五年 after the paragraphs on the last year alone: the span is spoken of again."""
    if base == own or base.part != own.part or own.period is None or own.period.single_year is not None:
        return False
    return _SPAN_AGAIN.match(words) is not None and own.period in periods_in(words[:_OPENING], frame)


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
    year = _YEAR_OPENS.match(words) if words[:1] in ("1", "2") else None
    if year is not None and frame.plan is not None and frame.plan == Period.year(int(year[1])):
        return True
    if frame.kind == "半年总结" and _SECOND_HALF.match(words):
        return True
    return frame.kind == "政府工作报告" and "今年" in words and _THIS_YEAR_PLANS.search(words) is not None


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
