"""Candidate sentences: every sentence of the retrieved passages, scored for one question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.addressed import evidence_spans
from assistant.evidence.coverage import Gram, coverage, noun_phrases
from assistant.evidence.figures import has_unit, holds_figure, mentions
from assistant.evidence.signs import for_and_against, tells_both, tells_result
from assistant.question.types import Question
from assistant.retrieval import ScoredPassage
from ingest.archive.records import PassageRecord, ReportRecord

_HELD = 0.3
"""Least share of a noun phrase that the sentence whose figure is shown (or its heading) must hold."""

PRIOR_WEIGHT = 0.3
"""How much of a sentence's score is its passage's rank in the search."""

_NAMED = 0.6
"""Share of the topic from which on a sentence names it."""

_GOES_ON = re.compile(r"\s*(?:截至|截止|到|至|实际|已|完成|全年|目前|年底|任务完成|占|为年度)")
"""How a sentence begins that gives the outcome of the one before."""

_LEAD_IN = re.compile(r"(?:如下|主要(?:是|有|表现在)|差距|不足|问题|困难)[：:。]?$|(?:清醒|总结成绩)[^。]{0,25}$")
"""A sentence that only announces others; one that goes on to name them (清醒地认识到，实体经济承压，…) is none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage with the reasons for and against it.

    `start:end` is its span in the passage's cleaned text. `own` is the topic's share (0..1) in the sentence alone,
    `coverage` with headings and neighbours; `gaps` counts the topic's noun phrases that are nowhere near; `prior` is
    the passage's retrieval score; `score` is what it is ranked by; `under`: the heading that is to be told with it.
    """

    passage: PassageRecord
    report: ReportRecord
    start: int
    end: int
    text: str
    own: float = 1.0
    coverage: float = 1.0
    prior: float = 1.0
    score: float = 1.0
    holds_number: bool = False
    fits_unit: bool = True
    holds_both: bool = False
    gaps: int = 0
    under: str = ""


def candidates(
    question: Question,
    found: Sequence[ScoredPassage],
    reports: Mapping[int, ReportRecord],
    grams: tuple[Gram, ...],
    background: tuple[Gram, ...],
    leading: Mapping[int, str],
) -> list[Candidate]:
    """Every sentence of the passages in `found`, best first.

    `leading`: by passage id, what stands before it in its section (the 五是…工作。 that its sentences belong to).
    """
    phrases = noun_phrases(question.topic, grams)
    scored = [
        candidate
        for item in found
        for candidate in _of_passage(
            question,
            item,
            reports[item.passage.report_id],
            grams,
            background,
            phrases,
            leading.get(item.passage.id, ""),
        )
    ]
    return sorted(scored, key=lambda candidate: -candidate.score)


def whole(passages: Sequence[PassageRecord], reports: Mapping[int, ReportRecord]) -> list[Candidate]:
    """Every sentence of the passages as a candidate, in order: for questions that ask for a part as such."""
    return [
        Candidate(passage, reports[passage.report_id], start, end, text)
        for passage in passages
        for start, end in evidence_spans(passage)
        if (text := passage.text.text[start:end]) and not _LEAD_IN.search(text)
    ]


def _of_passage(
    question: Question,
    item: ScoredPassage,
    report: ReportRecord,
    grams: tuple[Gram, ...],
    background: tuple[Gram, ...],
    phrases: Sequence[tuple[Gram, ...]],
    lead: str,
) -> list[Candidate]:
    passage, text = item.passage, item.passage.text.text
    leaf, path = passage.path[-1] if passage.path else "", " ".join(passage.path)
    about = f"{report.title} {report.org or ''} {report.region or ''}"
    spans = evidence_spans(passage)
    if question.asks_figure:
        spans = _with_their_figures(text, spans, grams)
    scored = []
    for i, (start, end) in enumerate(spans):
        sentence = text[start:end]
        before, previous = (text[: spans[i - 1][1]], text[slice(*spans[i - 1])]) if i else ("", "")
        meant = question.topic.meant(sentence)
        near = [(meant, 1.0), (leaf, 0.8), (path, 0.7), (before, 0.5), (lead, 0.4), (about, 0.4)]
        local = [(meant, 1.0), (leaf, 0.8), (previous, 0.5), (about, 0.4)]
        own, covered = coverage(grams, [(meant, 1.0)]), coverage(grams, near)
        context = coverage(background, [(sentence, 1.0), (path, 0.8), (text, 0.6)]) if background else 0.0
        least, place = (_HELD, local) if question.asks_figure else (1e-9, near)
        scored.append(
            Candidate(
                passage=passage,
                report=report,
                start=start,
                end=end,
                text=sentence,
                own=own,
                coverage=covered,
                prior=item.score,
                score=covered
                + 0.3 * (own + context)
                + PRIOR_WEIGHT * item.score
                + for_and_against(question, passage, sentence),
                holds_number=holds_figure(sentence) if question.unit is None else bool(mentions(sentence)),
                fits_unit=question.unit is None or has_unit(sentence, question.unit),
                holds_both=tells_both(sentence),
                gaps=sum(coverage(phrase, place) < least for phrase in phrases),
            )
        )
    return scored


def _with_their_figures(text: str, spans: list[tuple[int, int]], grams: tuple[Gram, ...]) -> list[tuple[int, int]]:
    """A sentence that names the topic and leaves its figures to the next ones (开展两癌检查。按年初部署需完成…；
    截至…实际完成…) is joined with them, as one unbroken piece of the source.
    """
    joined: list[tuple[int, int]] = []
    leaves_figures = False
    for start, end in spans:
        goes_on = leaves_figures and _only_figures(text[start:end], grams)
        if goes_on and (_leaves_figure(text[slice(*joined[-1])], grams) or _GOES_ON.match(text[start:end])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
            leaves_figures = _leaves_figure(text[start:end], grams)
    return joined


def _leaves_figure(sentence: str, grams: tuple[Gram, ...]) -> bool:
    return not mentions(sentence) and coverage(grams, [(sentence, 1.0)]) >= _NAMED


def _only_figures(sentence: str, grams: tuple[Gram, ...]) -> bool:
    return bool(mentions(sentence)) and tells_result(sentence) and coverage(grams, [(sentence, 1.0)]) < _HELD
