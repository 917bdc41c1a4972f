"""The extractive composer: answers in the archive's own sentences, without a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Warning
from assistant.compose.clauses import clip
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.wording import cautions, finish, label
from assistant.evidence.candidates import Candidate, concreteness
from assistant.evidence.coverage import Gram, coverage
from assistant.evidence.gather import Evidence, Slot
from assistant.question.types import Question
from ingest.archive.records import PassageRecord
from ingest.structure.sentences import sentence_spans

NAME = "extractive"

_MOST_FACT = 3
_MOST_LIST = 6
_GAIN = 0.12
"""How much more of the topic a further sentence must bring."""

_AS_GOOD = 0.03
"""How near another body's sentence must come to be shown beside the best, when no body was named."""

PassagesOf = Callable[[int], Sequence[PassageRecord]]
"""The passages of a report in order."""


def compose(evidence: Evidence, passages_of: PassagesOf) -> Draft:
    """The answer as quoted sentences; no sentences when no slot holds an answer."""
    question = evidence.question
    filled = [slot for slot in evidence.slots if slot.answering]
    if not filled:
        return Draft((), _related(evidence))
    chosen: list[Candidate] = []
    for slot in _needed(filled):
        chosen.extend(_choose(question, slot, evidence.grams, passages_of))
    several = len({(item.report.org, item.passage.period) for item in chosen}) > 1
    sentences: list[DraftSentence] = []
    warnings: list[Warning] = []
    seen: set[tuple[int, int]] = set()
    for item in chosen:
        if (item.passage.id, item.start) in seen:
            continue
        seen.add((item.passage.id, item.start))
        sentence, caution = _sentence(question, item, evidence.grams, labelled=several)
        sentences.append(sentence)
        warnings.extend(caution)
    warnings.extend(_silent(evidence))
    return Draft(tuple(sentences), tuple(dict.fromkeys(warnings)))


def _needed(filled: list[Slot]) -> list[Slot]:
    """Without the separate promise where the outcome's own sentence tells the promise too."""
    told = {(slot.body, slot.years) for slot in filled if slot.role == "result" and slot.answering[0].holds_both}
    return [slot for slot in filled if slot.role != "target" or (slot.body, slot.years) not in told]


def _choose(question: Question, slot: Slot, grams: tuple[Gram, ...], passages_of: PassagesOf) -> list[Candidate]:
    best = slot.answering[0]
    if not grams:
        return [item for item in slot.answering if item.report.id == best.report.id][:_MOST_LIST]
    asks_plan = question.parts is not None and set(question.parts) == {"plan"}
    if (question.intent in ("plan", "list") or asks_plan) and (points := _points(best, grams, passages_of)):
        return points
    if question.intent in ("plan", "overview") or (asks_plan and question.intent != "list"):
        return _telling(best, slot)
    if question.intent == "list":
        return _of_section(best, slot)
    if question.intent in ("trend", "compare") or question.role == "both":
        return [best]
    chosen = [best, *_further(best, slot.answering, grams)]
    if slot.body is None and question.wants_number:
        chosen.extend(_other_bodies(best, slot.answering))
    return chosen


def _telling(best: Candidate, slot: Slot) -> list[Candidate]:
    """The sentences of the best report that say most: those that commit themselves, where there are any."""
    own = [item for item in slot.answering if item.report.id == best.report.id and item.score >= 0.5 * best.score]
    concrete = [item for item in own if concreteness(item.text)]
    chosen = sorted(concrete or own, key=lambda item: -(item.score + 0.1 * concreteness(item.text)))[:_MOST_FACT]
    return sorted(chosen, key=lambda item: (item.passage.ordinal, item.start))


def _of_section(best: Candidate, slot: Slot) -> list[Candidate]:
    """The best sentence with those of its section that answer nearly as well, in the order of the report."""
    near = [
        item
        for item in slot.answering
        if item.passage.section_id == best.passage.section_id and item.score >= 0.75 * best.score
    ][:_MOST_LIST]
    return sorted(near, key=lambda item: (item.passage.ordinal, item.start))


def _further(best: Candidate, others: Sequence[Candidate], grams: tuple[Gram, ...]) -> list[Candidate]:
    """Sentences of the same report that bring parts of the topic which the best one lacks."""
    chosen: list[Candidate] = []
    held = best.text
    for item in others[1:]:
        if len(chosen) + 1 >= _MOST_FACT:
            break
        if item.report.id != best.report.id or item.score < 0.6 * best.score:
            continue
        gain = coverage(grams, [(held + item.text, 1.0)]) - coverage(grams, [(held, 1.0)])
        if gain >= _GAIN:
            chosen.append(item)
            held += item.text
    return chosen


def _other_bodies(best: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    chosen: list[Candidate] = []
    bodies = {best.report.org}
    for item in others[1:]:
        if item.report.org not in bodies and item.own >= best.own - _AS_GOOD and item.score >= best.score - 0.15:
            bodies.add(item.report.org)
            chosen.append(item)
    return chosen[: _MOST_FACT - 1]


def _points(best: Candidate, grams: tuple[Gram, ...], passages_of: PassagesOf) -> list[Candidate]:
    """The enumerated points (一是…二是…) of the section that the topic names, each as its own sentence."""
    heading = best.passage.path[-1] if best.passage.path else ""
    if coverage(grams, [(heading, 1.0)]) < 0.5:
        return []
    section = [item for item in passages_of(best.report.id) if item.section_id == best.passage.section_id]
    points: list[Candidate] = []
    for passage in section:
        text = passage.text.text
        for start, end in sentence_spans(text):
            if text[start:end].lstrip()[:3].find("是") > 0 or not points:
                points.append(_as_candidate(best, passage, start, end))
    leads = [item for item in points if item.text.lstrip()[:3].find("是") > 0]
    return (leads if len(leads) > 1 else points)[:_MOST_LIST] if len(points) > 1 else []


def _as_candidate(best: Candidate, passage: PassageRecord, start: int, end: int) -> Candidate:
    return Candidate(
        passage, best.report, start, end, passage.text.text[start:end], 0.0, 0.0, 0.0, 0.0, False, False, False
    )


def _sentence(
    question: Question, item: Candidate, grams: tuple[Gram, ...], *, labelled: bool
) -> tuple[DraftSentence, tuple[Warning, ...]]:
    asks_figure = question.wants_number or question.unit is not None
    first, last = clip(item.text, grams, question.unit) if asks_figure else (0, len(item.text))
    start, end = item.start + first, item.start + last
    source_start, source_end = item.passage.text.span(start, end)
    note, warnings = cautions(item.passage.marks, source_start, source_end)
    front = label(item.passage, item.report) if labelled else ""
    if not labelled and item.passage.period is None and question.years:
        note = f"（年份不详）{note}"
    if item.report.truncated:
        warnings = (*warnings, Warning("truncated_report", f"《{item.report.title}》的这一份是不完整的副本。"))
    quoted = finish(item.text[first:last])
    sentence = DraftSentence(front + quoted + note, (Support(item.passage, start, end),), quoted=quoted)
    return sentence, warnings


def _silent(evidence: Evidence) -> list[Warning]:
    """What was asked about and found nothing, where something else was found."""
    warnings = []
    told = {(slot.body, slot.years) for slot in evidence.slots if slot.answering}
    for slot in evidence.slots:
        if slot.answering or (slot.role == "target" and (slot.body, slot.years) in told):
            continue
        if slot.body is not None or slot.years:
            who = slot.body.label if slot.body else ""
            when = "、".join(f"{year}年" for year in slot.years or ())
            what = "完成情况" if (slot.body, slot.years) in told else "这一项"
            warnings.append(Warning("unsupported", f"档案中没有找到{who}{when}的{what}。"))
    return warnings


def _related(evidence: Evidence) -> tuple[Warning, ...]:
    """A related sentence that does not answer, offered as such and never as the answer."""
    for slot in evidence.slots:
        if slot.related:
            item = slot.related[0]
            return (
                Warning(
                    "unsupported",
                    f"档案中另有相关的一句，但不是所问的数：{item.text}（{label(item.passage, item.report)[:-1]}）",
                ),
            )
    return ()
