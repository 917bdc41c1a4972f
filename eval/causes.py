"""Why an answer is wrong, told by code from the answer, the gold question and what retrieval had in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from eval.gold import Gold
from eval.metrics.citations import supports
from eval.metrics.figures import figures
from eval.metrics.leaks import within_periods
from eval.metrics.orgs import same_org
from eval.metrics.right import shows_number
from eval.metrics.score import Score
from eval.metrics.text import contains, without_marks

Cause = Literal[
    "not_retrieved",
    "not_chosen",
    "answered_unheld",
    "wrong_year",
    "wrong_body",
    "wrong_figure",
    "incomplete",
    "citation",
    "leak",
    "other",
]

SAID: dict[Cause, str] = {
    "not_retrieved": "档案中有，未检出，答了没有",
    "not_chosen": "已检出，未选用，答了没有",
    "answered_unheld": "档案中没有，却作了回答",
    "wrong_year": "年份不对",
    "wrong_body": "单位不对",
    "wrong_figure": "出处对，数字不对",
    "incomplete": "答得不全",
    "citation": "引文缺失或不在依据上",
    "leak": "答对了，但引了别的年份或单位",
    "other": "其他",
}
"""Every cause in the order in which the groups are told, as a clerk reads it."""

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One question that was not answered as it should be. `right`: what it says is right, what it cites is not."""

    id: str
    kind: str
    question: str
    cause: Cause
    note: str
    right: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How far retrieval came for a question: whether a passage with the evidence was retrieved, and whether the archive
    has such a passage at all.
    """

    retrieved: bool
    anywhere: bool


def fault_of(
    gold: Gold,
    answer: Mapping[str, Any],
    score: Score,
    copies: Mapping[str, frozenset[str]],
    reach: Callable[[], Reach],
) -> Fault | None:
    """What is wrong with the answer, its first cause only; None if nothing. `reach` is asked only where it decides."""
    cause, note = _told(gold, answer, score, copies, reach) if score.wrong else _cited(score)
    return None if cause is None else Fault(gold.id, gold.kind, gold.question, cause, note, score.right)


def to_json(faults: Sequence[Fault], n: int) -> dict[str, Any]:
    """`wrong`: answers that are not right. `flawed`: right ones that cite wrongly; the groups hold both."""
    groups = []
    for cause, said in SAID.items():
        of_cause = [fault for fault in faults if fault.cause == cause]
        if of_cause:
            examples = [
                {"id": one.id, "kind": one.kind, "question": one.question, "note": one.note}
                for one in of_cause[:EXAMPLES]
            ]
            ids = [one.id for one in of_cause]
            groups.append({"cause": cause, "what": said, "n": len(ids), "ids": ids, "examples": examples})
    wrong = sum(not fault.right for fault in faults)
    return {"n": n, "wrong": wrong, "flawed": len(faults) - wrong, "groups": groups}


def _told(
    gold: Gold,
    answer: Mapping[str, Any],
    score: Score,
    copies: Mapping[str, frozenset[str]],
    reach: Callable[[], Reach],
) -> tuple[Cause, str]:
    """The cause of a wrong answer."""
    note = "；".join(score.wrong)
    if score.expects_abstention:
        return ("answered_unheld" if not score.abstained else "other"), f"{note}：{_short(score.answer)}"
    if score.abstained:
        found = reach()
        if found.retrieved:
            return "not_chosen", _short(score.answer)
        return "not_retrieved", _short(score.answer) if found.anywhere else "档案的段落里没有这段原文"
    known = (*gold.evidence, *gold.also, *gold.same)
    foreign = [one for one in answer["citations"] if not any(supports(one, item, copies) for item in known)]
    elsewhere = _foreign_cause(gold, foreign)
    hit = score.hits is not None and score.hits.evidence_hit > 0
    if elsewhere is not None:
        return elsewhere[0], f"{elsewhere[1]}；{note}"
    if score.hits is not None and not hit and not score.hits.citations_hit:
        return "citation", f"{note}；答：{_short(score.answer)}"
    shown = without_marks(score.answer)
    missing = [one for one in gold.numbers if not shows_number(shown, figures(shown), one)]
    all_cited = score.hits is None or score.hits.evidence_hit == score.hits.evidence
    if missing and len(missing) == len(gold.numbers) and all_cited:
        return "wrong_figure", f"{note}；答：{_short(score.answer)}"
    lacks = missing or any(not contains(shown, one) for one in gold.must_include)
    if lacks or any(not any(contains(shown, one) for one in group) for group in gold.must_include_any):
        return "incomplete", note
    return "other", note


def _cited(score: Score) -> tuple[Cause | None, str]:
    """What is wrong with an answer that says what it should."""
    if score.leaks:
        return "leak", "；".join(score.leaks)
    hits = score.hits
    if hits is not None and hits.evidence_hit < hits.evidence:
        return "citation", f"{hits.evidence}条依据中{hits.evidence - hits.evidence_hit}条没有引到"
    if hits is not None and hits.citations_hit < hits.citations:
        return "citation", f"{hits.citations}条引文中{hits.citations - hits.citations_hit}条不在依据上"
    rest = (*score.untraced, *score.not_verbatim, *score.misshapen)
    return ("other", "；".join(rest)) if rest else (None, "")


def _foreign_cause(gold: Gold, citations: Sequence[Mapping[str, Any]]) -> tuple[Cause, str] | None:
    """Whether what is cited beside the evidence is of another body or another year than the gold's."""
    for one in citations:
        org = one.get("org")
        if gold.orgs and org and not any(same_org(str(org), wanted) for wanted in gold.orgs):
            return "wrong_body", f"引了{org}"
    for one in citations:
        if gold.periods and not within_periods(one, gold.periods):
            return "wrong_year", f"引了{one.get('period') or one.get('year')}"
    return None


def _short(text: str) -> str:
    plain = without_marks(text).replace("\n", " ")
    return plain if len(plain) <= 80 else f"{plain[:80]}…"
