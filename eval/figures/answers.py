"""Whether an answer gives the labelled figures and passages of what was asked, and no other year's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer, Citation
from eval.figures.questions import Asked, Slot, Statement, make_questions
from eval.metrics.figures import possible_figures
from eval.metrics.text import contains, skeleton
from eval.reading.measure import Measure
from ingest.settings import Settings

RIGHT = 0.95
"""Share of the questions that must be answered right."""

_FOLDER = "provincial"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the answer's faults; `leaks`: those that give another year's figure or another body's."""

    asked: Asked
    faults: tuple[str, ...]
    leaks: tuple[str, ...]
    answer: str

    @property
    def right(self) -> bool:
        """Nothing is missing and nothing given that should not be."""
        return not self.faults and not self.leaks

    def line(self) -> str:
        """For people."""
        return f"[{self.asked.kind}] {self.asked.text}: {'；'.join((*self.faults, *self.leaks))} | {self.answer!r}"


def judge(asked: Asked, answer: Answer) -> Judged:
    """What is missing from an answer, and what it gives that is another year's or another body's.

    A slot is given by a sentence that shows its numbers (its words, where it has no number) and cites a quote that
    overlaps its span (that holds all its words).
    """
    faults = []
    if answer.abstained and asked.wanted:
        faults.append("abstained")
    elif asked.wanted:
        faults = [
            _missing(group, answer) for group in asked.wanted if not any(_all_given(one, answer) for one in group)
        ]
    leaks = [f"gives {slot.kind} {slot.text}" for slot in asked.others if given(slot, answer)]
    leaks += [f"cites {one.source_file}" for one in answer.citations if one.source_file not in asked.files]
    return Judged(asked, tuple(faults), tuple(dict.fromkeys(leaks)), answer.answer)


def given(slot: Slot, answer: Answer) -> bool:
    """Whether a sentence of the answer shows the slot and cites it."""
    return any(
        shows(sentence.text, slot)
        and any(_covers(one, slot) for one in answer.citations if one.n in sentence.citations)
        for sentence in answer.sentences
    )


def shows(text: str, slot: Slot) -> bool:
    """Whether every number of the slot stands in the text with its unit, or else its words."""
    if slot.numbers is None:
        return skeleton(slot.text) in skeleton(text)
    if slot.unit == "%":
        there = possible_figures(text)
        return all(("percent", Decimal(number).normalize()) in there for number in slot.numbers)
    *first, last = slot.numbers
    return all(contains(text, number) for number in first) and contains(text, f"{last}{slot.unit}")


def _all_given(statement: Statement, answer: Answer) -> bool:
    return all(given(slot, answer) for slot in statement)


def _covers(citation: Citation, slot: Slot) -> bool:
    if citation.source_file != slot.file:
        return False
    if slot.numbers is None:
        return citation.start <= slot.start and slot.end <= citation.end
    return citation.start < slot.end and slot.start < citation.end


def _missing(group: Sequence[Statement], answer: Answer) -> str:
    lacks = [f"{slot.kind} {slot.text}" for slot in group[0] if not given(slot, answer)]
    return f"lacks {'、'.join(lacks)}"


def ask_all(
    questions: Sequence[Asked], settings: Settings, tell: Callable[[int, int], None] | None = None
) -> Iterator[Judged]:
    """Each question answered and judged. `settings`: of an archive that holds the labelled reports."""
    from assistant.service import Assistant

    done = 0
    for today in sorted({asked.today for asked in questions}):
        with Assistant.open(replace(settings, today=today)) as assistant:
            for asked in questions:
                if asked.today == today:
                    yield judge(asked, assistant.ask(asked.text))
                    done += 1
                    if tell is not None:
                        tell(done, len(questions))


def score_questions(folder: Path, home: Path | None = None) -> list[Measure]:
    """Rates by kind, by half and overall. `folder` holds provincial/, which is read into `home` (kept and reused) or
    into a temporary archive. Raises LabelError, IngestError.
    """
    from eval.opened import opened

    questions = make_questions(folder)
    with opened(folder / _FOLDER, home) as archive:
        return measures(list(ask_all(questions, archive.settings)))


def measures(judged: Sequence[Judged]) -> list[Measure]:
    """Questions on what reports state, by kind, by half and overall; and what was given of other years or bodies."""
    stated = [one for one in judged if one.asked.wanted]
    kinds = dict.fromkeys(one.asked.kind for one in stated)
    found = [_rate(f"questions: {kind}", [one for one in stated if one.asked.kind == kind]) for kind in kinds]
    found.append(_rate("questions: spoken", [one for one in stated if one.asked.spoken]))
    for half, name in ((True, "development"), (False, "held out")):
        own = [one for one in stated if one.asked.development == half]
        found.append(replace(_rate(f"questions: {name}", own), least=RIGHT, faults=_lines(own)))
    found.append(replace(_rate("questions: all", stated), least=RIGHT))
    unstated = [one for one in judged if not one.asked.wanted]
    found.append(
        Measure.share(
            "questions on what no report states: no other year's given",
            sum(one.right for one in unstated),
            len(unstated),
            RIGHT,
            _lines(unstated),
        )
    )
    leaks = sum(bool(one.leaks) for one in stated)
    found.append(Measure("questions: other years' or bodies' figures given", leaks, "count"))
    return found


def _rate(name: str, judged: Sequence[Judged]) -> Measure:
    return Measure.share(name, sum(one.right for one in judged), len(judged))


def _lines(judged: Sequence[Judged]) -> tuple[str, ...]:
    return tuple(one.line() for one in judged if not one.right)
