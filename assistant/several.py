"""The answers to the questions of one message as one answer: citations numbered through, refusals as cautions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Answer, Check, Citation, Sentence, Understood, Warning


class Numbering:
    """Gives citations of several answers numbers of their own; one place that is cited again keeps its number."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int, int], Citation] = {}
        self._numbers: dict[int, int] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that were numbered, in order."""
        return tuple(self._known.values())

    def next_answer(self) -> None:
        """The citations that come from now on belong to another answer."""
        self._numbers = {}

    def take(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """Number an answer's citations; returns those that no answer brought before."""
        fresh = []
        for one in citations:
            place = (one.report_id, one.passage_id, one.start, one.end)
            if place not in self._known:
                self._known[place] = replace(one, n=len(self._known) + 1)
                fresh.append(self._known[place])
            self._numbers[one.n] = self._known[place].n
        return tuple(fresh)

    def numbered(self, sentence: Sentence) -> Sentence:
        """A sentence of the present answer, whose citations were taken."""
        return replace(sentence, citations=tuple(dict.fromkeys(self._numbers[n] for n in sentence.citations)))


def joined(question: str, answers: Sequence[Answer], seconds: float) -> Answer:
    """One answer to a message of several questions.

    What could not be answered stands beside the answer as a caution, since every sentence of an answer is cited; if
    nothing could, all refusals are the answer.
    """
    numbering = Numbering()
    sentences: list[Sentence] = []
    checks: list[Check] = []
    warnings: list[Warning] = []
    silent = all(answer.abstained for answer in answers)
    for answer in answers:
        numbering.next_answer()
        numbering.take(answer.citations)
        before = len(sentences)
        if silent or not answer.abstained:
            sentences += [numbering.numbered(one) for one in answer.sentences]
        else:
            warnings += [Warning("unsupported", f"“{answer.question}”{one.text}") for one in answer.sentences]
        checks += [_moved(check, before) for check in answer.checks]
        warnings += answer.warnings
    written = [answer for answer in answers if answer.model is not None]
    return Answer(
        question=question,
        standalone_question="\n".join(answer.standalone_question for answer in answers),
        abstained=silent,
        sentences=tuple(dict.fromkeys(sentences)) if silent else tuple(sentences),
        citations=numbering.citations,
        warnings=tuple(dict.fromkeys(warnings)),
        composer=(written or answers)[0].composer,
        seconds=seconds,
        checks=tuple(checks),
        note=" ".join(dict.fromkeys(answer.note for answer in answers if answer.note)),
        model=written[0].model if written else None,
        understood=_together([answer.understood for answer in answers if answer.understood is not None]),
    )


def _moved(check: Check, before: int) -> Check:
    return check if check.sentence is None else replace(check, sentence=check.sentence + before)


def _together(all_read: Sequence[Understood]) -> Understood | None:
    if not all_read:
        return None
    return Understood(
        years=tuple(sorted({year for one in all_read for year in one.years})),
        orgs=tuple(dict.fromkeys(chain.from_iterable(one.orgs for one in all_read))),
        parts=tuple(dict.fromkeys(chain.from_iterable(one.parts for one in all_read))),
        kinds=tuple(dict.fromkeys(chain.from_iterable(one.kinds for one in all_read))),
        by_hand=tuple(dict.fromkeys(chain.from_iterable(one.by_hand for one in all_read))),
    )
