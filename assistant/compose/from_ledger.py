"""Lists, comparisons and series answered from the ledger: one sentence for each row, cited like every other.

Everything else, and whatever the ledger does not know for sure, is left to the extractive composer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.answer import Warning
from assistant.compose import across, extractive, ledger_facts
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.ledger_rows import Place, disagreeing, role_of, rows_for, standing_rows
from assistant.compose.ledger_wording import PassageOf, Said, say, say_difference
from assistant.compose.telling import PassagesOf
from assistant.evidence.gather import Evidence
from assistant.ledger import Ledger, LedgerRow
from assistant.question.intent import has_cue
from assistant.question.types import Question
from ingest.archive.records import ReportRecord

_MOST = 10
"""Rows of a list that are shown; how many more there are is said."""

_MANNER = re.compile(r"做法|措施|举措|思路|侧重|重点|经验|特点|问题|原因|政策|(?:怎么|如何)(?:做|抓|搞|推进|开展)")
"""Asks how something is done; figures are no answer to it."""

_ASKED = {
    "missed": "没有完成的指标",
    "exceeded": "超额完成的指标",
    "met": "已完成的指标",
    "lowest": "可比的完成率",
    "highest": "可比的完成率",
}


def concerns(question: Question) -> bool:
    """Whether the ledger may answer: a list of indicators by their standing, a comparison, a change over years."""
    if question.impossible or question.missing_places or question.multi_year or question.within is not None:
        return False
    if question.standing is not None:
        return question.report_year is None
    if across.concerns(question):
        return True
    manner = (
        _MANNER.search(question.standalone) and question.unit is None and not has_cue(question.standalone, "number")
    )
    return not manner and (_sets_side_by_side(question) or ledger_facts.concerns(question))


def _sets_side_by_side(question: Question) -> bool:
    return question.intent in ("trend", "compare") and question.report_year is None


def compose(
    evidence: Evidence,
    ledger: Ledger,
    reports: Mapping[int, ReportRecord],
    passage_of: PassageOf,
    passages_of: PassagesOf,
) -> Draft | None:
    """The answer from rows; None where the ledger has none for the question.

    Years or bodies of a comparison that the ledger lacks are told in quoted sentences beside the others.
    """
    question = evidence.question
    if question.standing is not None:
        draft = _listed(question, ledger, passage_of)
    elif across.concerns(question) and (draft := across.compose(question, ledger, passage_of)) is not None:
        return replace(draft, warnings=tuple(dict.fromkeys((*draft.warnings, *_truncated(draft.sentences, reports)))))
    else:
        draft = _placed(evidence, ledger, passage_of, passages_of) if _sets_side_by_side(question) else None
        if draft is None or ledger_facts.has_several(question):
            draft = _known(evidence, draft, ledger, passage_of, passages_of) or draft
    if draft is None:
        return None
    return replace(draft, warnings=tuple(dict.fromkeys((*draft.warnings, *_truncated(draft.sentences, reports)))))


def _placed(evidence: Evidence, ledger: Ledger, passage_of: PassageOf, passages_of: PassagesOf) -> Draft | None:
    """One sentence for each body and year, and what lies between two of them."""
    question = evidence.question
    role = role_of(question)
    places = _places(evidence)
    rows = rows_for(question, places, ledger) if len(places) > 1 else {}
    said = {place: one for place, row in rows.items() if (one := say(row, role, passage_of, labelled=True))}
    if not said or 2 * len(said) < len(places):
        return None
    sentences: list[DraftSentence] = []
    warnings: list[Warning] = []
    for place in places:
        if place in said:
            sentences.append(said[place].sentence)
            warnings.extend(said[place].warnings)
            continue
        quoted = extractive.compose(_only(evidence, place), passages_of, labelled=True)
        sentences.extend(quoted.sentences)
        warnings.extend(quoted.warnings)
        if not quoted.sentences:
            who = "" if place[0] is None else place[0].label
            warnings.append(Warning("unsupported", f"档案中没有找到{who}{place[1]}年的这一项。"))
    told = [rows[place] for place in places if place in said]
    if len(told) > 1 and role != "target" and (question.intent == "trend" or len(told) == len(places) == 2):
        worked = say_difference(told[0], told[-1], passage_of)
        sentences.extend([] if worked is None else [worked])
    return Draft(tuple(sentences), tuple(warnings))


def _known(
    evidence: Evidence, placed: Draft | None, ledger: Ledger, passage_of: PassageOf, passages_of: PassagesOf
) -> Draft | None:
    """What the ledger knows of one indicator and year, where the sentences that would be shown miss some of it.

    What it lacks of a promise or of its outcome is told in quoted sentences. None where those sentences do.
    """
    question = evidence.question
    entry = ledger_facts.indicator_of(question) if ledger_facts.concerns(question) else None
    told = ledger_facts.tell(question, ledger) if entry is not None else None
    if entry is None or told is None:
        return None
    shown = placed or extractive.compose(evidence, passages_of)
    if ledger_facts.holds(shown, told, ledger, entry):
        return None
    known = ledger_facts.compose(told, passage_of)
    lacking = {(one.place[0], role) for one in told for role in one.lacking}
    slots = tuple(slot for slot in evidence.slots if (slot.body, slot.role) in lacking)
    quoted = extractive.compose(replace(evidence, slots=slots), passages_of) if slots else Draft()
    first = any(role == "target" for _, role in lacking)
    sentences = (*quoted.sentences, *known.sentences) if first else (*known.sentences, *quoted.sentences)
    return Draft(tuple({item.text: item for item in sentences}.values()), (*known.warnings, *quoted.warnings))


def may_disagree(question: Question, draft: Draft) -> bool:
    """Whether the results that the ledger knows may be asked for: a figure of one year, and something was found."""
    asks = question.asks_figure or question.role is not None
    return bool(draft.sentences) and asks and question.role != "target" and len(question.years or ()) == 1


def with_disagreement(question: Question, draft: Draft, ledger: Ledger, passage_of: PassageOf) -> Draft:
    """Where a sentence of `draft` tells one of several results that the archive states, all of them in its place."""
    for row in disagreeing(question, ledger):
        said = say(row, question.role, passage_of, labelled=True)
        told = [item for item in draft.sentences if any(_tells(one, row) for one in item.supports)]
        if said is None or not told:
            continue
        sentences = tuple(
            said.sentence if item is told[0] else item for item in draft.sentences if item not in told[1:]
        )
        draft = Draft(sentences, (*draft.warnings, *said.warnings))
    return draft


def _listed(question: Question, ledger: Ledger, passage_of: PassageOf) -> Draft | None:
    """Every row that stands as asked; a plain word where rows can be judged and none does."""
    rows, unsure, judged = standing_rows(question, ledger)
    if not judged:
        return None
    warnings: list[Warning] = []
    labelled = question.years is None or len(question.years) > 1 or len({row.body for row in rows}) > 1
    said: list[Said] = [
        one for row in rows[:_MOST] if (one := say(row, "both", passage_of, labelled=labelled)) is not None
    ]
    if not rows:
        named = _ASKED[question.standing or "met"]
        warnings.append(Warning("unsupported", f"档案中可以与目标比较的指标里，没有找到{named}。"))
    if len(rows) > len(said):
        warnings.append(Warning("unsupported", f"符合的共有{len(rows)}项，这里列出{len(said)}项，其余见指标台账。"))
    if unsure:
        warnings.append(Warning("unsupported", f"另有{len(unsure)}项因数字隐去、存疑或不一致，不能判断，未列入。"))
    for one in said:
        warnings.extend(one.warnings)
    return Draft(tuple(one.sentence for one in said), tuple(dict.fromkeys(warnings)))


def _places(evidence: Evidence) -> list[Place]:
    """One body and one year each, in order; none where a slot leaves the year open."""
    places: dict[Place, None] = {}
    for slot in evidence.slots:
        if slot.years is None or len(slot.years) != 1:
            return []
        places[slot.body, slot.years[0]] = None
    return list(places)


def _truncated(sentences: Iterable[DraftSentence], reports: Mapping[int, ReportRecord]) -> list[Warning]:
    used = (reports.get(support.passage.report_id) for item in sentences for support in item.supports)
    return [
        Warning("truncated_report", f"《{report.title}》的这一份是不完整的副本。")
        for report in used
        if report is not None and report.truncated
    ]


def _only(evidence: Evidence, place: Place) -> Evidence:
    slots = [slot for slot in evidence.slots if slot.body == place[0] and slot.years == (place[1],)]
    return replace(evidence, slots=tuple(slots))


def _tells(support: Support, row: LedgerRow) -> bool:
    start, end = support.passage.text.span(support.start, support.end)
    return any(
        support.passage.id == one.passage_id and start <= one.record.figure.start < end
        for cell in row.results
        for one in (cell, *cell.same)
    )
