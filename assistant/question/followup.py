"""Makes a follow-up self-contained by rules: pronouns, ellipsis, year shifts, body shifts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.bodies import BodyIndex, Found
from assistant.question.intent import has_cue, read_role, read_unit
from assistant.question.topic import read_topic
from assistant.question.types import Topic, YearMention
from assistant.question.years import read_years

_SHIFT = {"再前一年": -1, "前一年": -1, "上一年": -1, "头一年": -1, "后一年": 1, "下一年": 1, "第二年": 1}
_SHIFT_FORM = re.compile("|".join(sorted(_SHIFT, key=len, reverse=True)))
_POINTING = re.compile(r"它|其|这项|该项|这个|那个|这件|那件|上述|同一|刚才|这事|那事|这块")
_OPENING = re.compile(r"^(?:那么|那|还有|另外|再|换成|换|如果是|要是)+|(?:呢|的话|怎么样|如何)?[？?。]*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """One user turn, read on its own."""

    text: str
    years: YearMention
    found: Found
    topic: Topic


@dataclass(frozen=True, slots=True)
class Standalone:
    """A self-contained question and the earlier topic that stays in the background."""

    text: str
    background: Topic


def read_turn(text: str, bodies: BodyIndex) -> Turn:
    """Read one turn without its history."""
    years = read_years(text)
    found = bodies.find(text)
    return Turn(text, years, found, read_topic(text, [*years.spans, *found.spans]))


def make_standalone(question: str, history: Sequence[str], bodies: BodyIndex) -> Standalone:
    """Fold the earlier user turns into `question`, from the first to the last."""
    text, background = "", Topic(())
    for turn in [*history, question]:
        folded = _fold(text, turn, bodies) if text else Standalone(turn, Topic(()))
        text, background = folded.text, folded.background
    return Standalone(text, background)


def _fold(before: str, text: str, bodies: BodyIndex) -> Standalone:
    previous, current = read_turn(before, bodies), read_turn(text, bodies)
    shift = _SHIFT_FORM.search(text)
    shifted = _shifted_year(previous.years, _SHIFT[shift[0]]) if shift else None
    if not current.topic.runs:
        return Standalone(_elliptic(previous, current, shifted, text), Topic(()))
    lead = ""
    if not current.found.bodies and not current.found.missing and previous.found.bodies:
        lead += "和".join(body.label for body in previous.found.bodies)
    if current.years.silent and not previous.years.silent:
        lead += _years_text(previous)
    elif shifted is not None:
        lead += f"{shifted}年"
        text = _SHIFT_FORM.sub("", text)
    if _POINTING.search(text):
        return Standalone(f"{lead}{''.join(previous.topic.runs)} {text}".strip(), Topic(()))
    return Standalone(f"{lead} {text}".strip(), previous.topic)


def _elliptic(previous: Turn, current: Turn, shifted: int | None, text: str) -> str:
    """The earlier question with the year, body or role of the new one in place of its own."""
    rest = _OPENING.sub("", text)
    if (
        read_role(rest) is not None
        or read_unit(rest) is not None
        or any(has_cue(rest, cue) for cue in ("plan", "problem", "trend"))
    ):
        kept = "" if current.found.bodies else "和".join(body.label for body in previous.found.bodies)
        when = "" if not current.years.silent else _years_text(previous)
        if shifted is not None:
            when, rest = f"{shifted}年", _SHIFT_FORM.sub("", rest)
        return f"{kept}{when}{''.join(previous.topic.runs)} {rest}"
    replaced = previous.text
    if shifted is not None:
        replaced = _put(replaced, previous.years.spans, f"{shifted}年")
    elif not current.years.silent:
        replaced = _put(replaced, previous.years.spans, _years_text(current))
    if current.found.bodies or current.found.missing:
        label = "和".join([*(body.label for body in current.found.bodies), *current.found.missing])
        replaced = _put(replaced, bodies_spans(replaced, previous), label)
    return replaced


def bodies_spans(text: str, turn: Turn) -> Sequence[tuple[int, int]]:
    """Where the bodies of `turn` stand in `text` (its years may have been replaced meanwhile)."""
    spans = []
    for body in turn.found.bodies:
        at = text.find(body.label)
        if at >= 0:
            spans.append((at, at + len(body.label)))
    return sorted(spans)


def _put(text: str, spans: Sequence[tuple[int, int]], new: str) -> str:
    if not spans:
        return new + text
    first = spans[0]
    for start, end in reversed(spans[1:]):
        text = text[:start] + text[end:]
    return text[: first[0]] + new + text[first[1] :]


def _years_text(turn: Turn) -> str:
    return "".join(turn.text[start:end] for start, end in turn.years.spans)


def _shifted_year(years: YearMention, shift: int) -> int | None:
    return years.years[0] + shift if years.years else None
