"""The extractive composer: answers in the archive's own sentences, without a language model."""

from __future__ import annotations

from assistant.answer import Warning
from assistant.compose.choose import choose
from assistant.compose.clauses import clip
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.telling import PassagesOf
from assistant.compose.wording import cautions, finish, label
from assistant.evidence.candidates import Candidate
from assistant.evidence.coverage import Gram
from assistant.evidence.gather import Evidence, Slot
from assistant.question.facets import asks_several
from assistant.question.types import Question

NAME = "extractive"
IN_OTHER_WORDS = "原文用词与问题不同，这是意思最接近的一句，请核对原文。"


def compose(evidence: Evidence, passages_of: PassagesOf, *, labelled: bool = False) -> Draft:
    """The answer as quoted sentences; no sentences when no slot holds an answer.

    `labelled`: whose and of when is said even where one body and year would leave no doubt.
    """
    question = evidence.question
    filled = [slot for slot in evidence.slots if slot.answering]
    if not filled:
        return Draft((), _related(evidence))
    chosen: list[Candidate] = []
    for slot in _needed(filled):
        chosen.extend(choose(question, slot, evidence.grams, passages_of) if slot.facet is None else slot.answering[:1])
    several = labelled or (len({(slot.body, slot.years) for slot in evidence.slots}) > 1 and question.role != "both")
    several = several or _leaves_body_open(question, filled)
    several = several or len({(item.report.org, item.passage.period) for item in chosen}) > 1
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
    if any(slot.in_other_words for slot in filled):
        warnings.append(Warning("unsupported", IN_OTHER_WORDS))
    warnings.extend(_silent(evidence))
    return Draft(tuple(sentences), tuple(dict.fromkeys(warnings)))


def _leaves_body_open(question: Question, filled: list[Slot]) -> bool:
    """Whether no body was named and more than one has something to say: then the one shown must be named."""
    orgs = {item.report.org for slot in filled for item in slot.answering}
    return not any(body.named for body in question.bodies) and len(orgs) > 1


def _needed(filled: list[Slot]) -> list[Slot]:
    """Without the separate promise where the outcome's own sentence tells the promise too."""
    told = {(slot.body, slot.years) for slot in filled if slot.role == "result" and slot.answering[0].holds_both}
    return [slot for slot in filled if slot.role != "target" or (slot.body, slot.years) not in told]


def _sentence(
    question: Question, item: Candidate, grams: tuple[Gram, ...], *, labelled: bool
) -> tuple[DraftSentence, tuple[Warning, ...]]:
    clipped = question.asks_figure and not question.facets and not asks_several(question.standalone)
    first, last = clip(item.text, grams, question.unit) if clipped else (0, len(item.text))
    start, end = item.start + first, item.start + last
    source_start, source_end = item.passage.text.span(start, end)
    note, warnings = cautions(item.passage.marks, source_start, source_end)
    other_span = question.half is None and item.passage.period is not None and item.passage.period.half is not None
    front = label(item.passage, item.report) if labelled or other_span else ""
    if not labelled and item.passage.period is None and question.years:
        note = f"（年份不详）{note}"
    if item.report.truncated:
        warnings = (*warnings, Warning("truncated_report", f"《{item.report.title}》的这一份是不完整的副本。"))
    front += f"{item.under}：" if item.under else ""
    quoted = finish(item.text[first:last])
    sentence = DraftSentence(front + quoted + note, (Support(item.passage, start, end),), quoted=quoted)
    return sentence, warnings


def _silent(evidence: Evidence) -> list[Warning]:
    """What was asked about and found nothing, where something else was found."""
    warnings = []
    told = {(slot.body, slot.years): slot.answering[0].holds_both for slot in evidence.slots if slot.answering}
    for slot in evidence.slots:
        other_told = (slot.body, slot.years) in told
        if slot.answering or (slot.role == "target" and told.get((slot.body, slot.years))):
            continue
        if slot.body is not None or slot.years:
            who = slot.body.label if slot.body else ""
            when = "、".join(f"{year}年" for year in slot.years or ())
            what = ("目标任务" if slot.role == "target" else "完成情况") if other_told else "这一项"
            what = f"“{slot.facet.topic.text}”" if slot.facet else what
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
