"""One answer against one gold question: every metric's raw counts and faults in one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.gold import Gold
from eval.metrics.citations import Hits, citation_hits, supports
from eval.metrics.leaks import leaks
from eval.metrics.right import wrong_reasons
from eval.metrics.traced import traced
from eval.metrics.verbatim import quote_fault, shape_faults


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one question. Faults are Chinese lines; an empty tuple means that nothing is wrong.

    hits is None where the gold names no evidence or the answer abstains wrongly or rightly: there is nothing to count.
    """

    id: str
    kind: str
    phrasing: str | None
    question: str
    answer: str
    seconds: float
    expects_abstention: bool
    abstained: bool
    wrong: tuple[str, ...]
    figures: int
    untraced: tuple[str, ...]
    quotes: int
    not_verbatim: tuple[str, ...]
    misshapen: tuple[str, ...]
    hits: Hits | None
    leaks_checked: int
    leaks: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the question was answered as the gold wants."""
        return not self.wrong

    def to_json(self) -> dict[str, Any]:
        """All fields, for `--json`."""
        return {**asdict(self), "right": self.right}


def score_answer(
    answer: Mapping[str, Any],
    gold: Gold,
    texts: Mapping[str, Sequence[str]],
    copies: Mapping[str, frozenset[str]],
    seconds: float | None = None,
) -> Score:
    """Scores the contract's answer object.

    texts: file name → the texts it may be read as, see `metrics.verbatim`; copies: file name → names of the files with
    the same report; seconds: the time measured from outside, else what the answer says of itself.
    """
    citations: Sequence[Mapping[str, Any]] = answer["citations"]
    trace = traced(answer)
    known = (*gold.evidence, *gold.also, *gold.same)
    on_evidence = [any(supports(citation, item, copies) for item in known) for citation in citations]
    leaking = leaks(answer, gold, on_evidence)
    counts_citations = bool(gold.evidence) and not gold.expects_abstention
    return Score(
        id=gold.id,
        kind=gold.kind,
        phrasing=gold.phrasing,
        question=gold.question,
        answer=str(answer["answer"]),
        seconds=float(answer.get("seconds", 0.0)) if seconds is None else seconds,
        expects_abstention=gold.expects_abstention,
        abstained=bool(answer["abstained"]),
        wrong=wrong_reasons(answer, gold),
        figures=trace.shown,
        untraced=trace.faults,
        quotes=len(citations),
        not_verbatim=tuple(fault for citation in citations if (fault := quote_fault(citation, texts)) is not None),
        misshapen=shape_faults(answer),
        hits=citation_hits(citations, gold.evidence, gold.also, copies, gold.same) if counts_citations else None,
        leaks_checked=leaking.checked,
        leaks=leaking.faults,
    )
