"""The evidence that a language model is given: numbered pieces of passages, no more than suffice, within a budget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.compose.draft import Draft, Support
from assistant.compose.wording import finish, in_words
from assistant.evidence.candidates import Candidate
from assistant.evidence.gather import Evidence
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.structure.tokens import count_tokens

_ROOMY = 1000
"""Budget (tokens) from which on a model is given more than the sentences that the quoted answer would show; not where
a figure is asked for: the sentences with other figures are what it would confuse them with.
"""

_MOST = 8
_PARTS = {"plan": "计划", "problem": "存在问题", "review": "总结"}
_NUMBERING = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)+")
_NOT_TEXT = re.compile(r"<\|[^|>]{0,40}\|>|\[/?INST\]|</?s>|[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
"""Marks of chat formats and signs that nobody sees: no part of a sentence, and no business of a model's."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One piece of evidence: the span, and the line that the model reads (`text` without its number)."""

    support: Support
    text: str


def pack(evidence: Evidence, quoted: Draft, reports: Mapping[int, ReportRecord], budget: int) -> tuple[Numbered, ...]:
    """What the quoted answer rests on and, where the budget (cl100k tokens) allows, the next best; number = place + 1.

    The first piece is always given, however long it is.
    """
    supports = [support for sentence in quoted.sentences for support in sentence.supports]
    if budget >= _ROOMY and not evidence.question.asks_figure:
        supports += [Support(item.passage, item.start, item.end) for item in _next_best(evidence)]
    packed: list[Numbered] = []
    spent = 0
    for support in _distinct(supports):
        text = _line(support, reports[support.passage.report_id])
        cost = count_tokens(text)
        if len(packed) >= _MOST or (packed and spent + cost > budget):
            break
        spent += cost
        packed.append(Numbered(support, text))
    return tuple(packed)


def _next_best(evidence: Evidence) -> Iterator[Candidate]:
    """The answering sentences of all slots, the best of each first."""
    ranked = [slot.answering for slot in evidence.slots if slot.answering]
    for place in range(max(map(len, ranked), default=0)):
        yield from (answering[place] for answering in ranked if place < len(answering))


def _distinct(supports: Iterable[Support]) -> Iterator[Support]:
    """Without those that lie within an earlier one."""
    kept: list[Support] = []
    for support in supports:
        if not any(_within(support, one) for one in kept):
            kept.append(support)
            yield support


def _within(one: Support, other: Support) -> bool:
    return one.passage.id == other.passage.id and other.start <= one.start and one.end <= other.end


def _line(support: Support, report: ReportRecord) -> str:
    passage = support.passage
    text = passage.text.text[support.start : support.end]
    return f"（{_about(passage, report)}）{finish(' '.join(_NOT_TEXT.sub(' ', text).split()))}"


def _about(passage: PassageRecord, report: ReportRecord) -> str:
    body = report.org or report.region or report.title
    part = _PARTS.get(passage.part or "", "")
    heading = _NUMBERING.sub("", _NOT_TEXT.sub(" ", passage.path[-1])).rstrip("。：:")[:24] if passage.path else ""
    return f"{body}{in_words(passage.period)}{part}" + (f"·{heading}" if heading else "")
