"""What a model's answer leaves out of what was asked: then the archive's own sentence is shown as well."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.compose.draft import Draft, DraftSentence
from assistant.evidence.figures import bound_numbers_in, fits, is_countable, mentions
from assistant.question.types import Question
from assistant.verify.readings import Said, readings
from ingest.figures.types import Role
from ingest.types import Part


def lacking(question: Question, quoted: Draft, shown: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Those sentences of the quoted answer whose substance no sentence in `shown` tells."""
    return [sentence for sentence in quoted.sentences if not _told(question, sentence, shown)]


def _told(question: Question, quoted: DraftSentence, shown: Sequence[DraftSentence]) -> bool:
    citing = [one for one in shown if _rest_on_the_same(one, quoted)]
    if not citing:
        return False
    text = " ".join(one.text for one in citing)
    wanted = _wanted(question, quoted)
    held = {one.low for one in readings(text, _part(quoted))} | {_plain(number) for number in bound_numbers_in(text)}
    return all(any(value in held for value in choice) for choice in wanted)


def _wanted(question: Question, quoted: DraftSentence) -> list[set[Decimal | None]]:
    """For each figure that the answer must hold, the values that will do."""
    if not question.asks_figure and question.role != "both":
        return []
    said = [one for one in readings(quoted.quoted or quoted.text, _part(quoted)) if one.low is not None]
    if question.role == "both":
        return [_of(said, ("target",)), _of(said, ("result", "completion"))] if _both(said) else _any_of(said)
    if question.unit is not None and is_countable(question.unit):
        text = quoted.quoted or quoted.text
        fitting = {_plain(one.text) for one in mentions(text) if fits(one, question.unit)}
        values = {one.low for one in said if one.low in fitting or one.unit == question.unit}
        return [values] if values else _any_of(said)
    roles: tuple[Role, ...] = ("target",) if question.role == "target" else ("result",)
    counts = {one.low for one in said if one.role in roles and one.unit not in ("%", "‰", "倍", "百分点")}
    return [counts] if counts else _any_of(said)


def _both(said: Sequence[Said]) -> bool:
    return bool(_of(said, ("target",))) and bool(_of(said, ("result", "completion")))


def _of(said: Sequence[Said], roles: Sequence[Role]) -> set[Decimal | None]:
    return {one.low for one in said if one.role in roles}


def _any_of(said: Sequence[Said]) -> list[set[Decimal | None]]:
    values = {one.low for one in said}
    return [values] if values else []


def _part(sentence: DraftSentence) -> Part | None:
    return sentence.supports[0].passage.part


def _plain(number: str) -> Decimal | None:
    digits = number.rstrip("万亿%‰年月日").replace(",", "")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def _rest_on_the_same(one: DraftSentence, other: DraftSentence) -> bool:
    return any(
        a.passage.id == b.passage.id and a.start < b.end and b.start < a.end
        for a in one.supports
        for b in other.supports
    )
