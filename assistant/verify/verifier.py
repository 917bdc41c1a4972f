"""Puts the checks together, and numbers the citations of what stands."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from assistant.answer import Check, Citation, Sentence, Verdict, Warning
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.compose.wording import finish
from assistant.evidence.addressed import is_addressed
from assistant.question.types import Question
from assistant.verify.claims import unsupported
from assistant.verify.form import misshapen
from assistant.verify.ground import Ground, strange_numbers
from assistant.verify.names import strange_names
from assistant.verify.scope import out_of_run, out_of_scope
from assistant.verify.usage import misread

Cite = Callable[[Support, int], Citation]
"""The citation of a support, with its number."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What may be shown, and what came of checking each sentence."""

    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Warning, ...]
    checks: tuple[Check, ...] = ()


class Verifier:
    """Checks sentences one after the other; those that stand share one numbering of citations, from 1.

    `places`: the regions of the archive's bodies.
    """

    def __init__(self, question: Question, cite: Cite, places: Collection[str] = ()) -> None:
        self._question = question
        self._cite = cite
        self._places = places
        self._numbers: dict[tuple[int, int, int], Citation] = {}
        self._sentences: list[Sentence] = []
        self._checks: list[Check] = []

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Those that stand so far."""
        return tuple(self._sentences)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Theirs, by number."""
        return tuple(self._numbers.values())

    def fault(self, item: DraftSentence) -> str | None:
        """Why a sentence must not be shown, in Chinese and without the words that failed; None when it may."""
        return _fault(item, self._ground(item), self._question, self._places)

    def add(self, item: DraftSentence, verdict: Verdict = "checked", reason: str = "") -> str | None:
        """Take a sentence in if it stands, else say why not. A quote broken in the source is shown as it stands."""
        fault = self.fault(item)
        if fault and len(item.supports) == 1 and not item.own:
            item = _as_written(item, self._ground(item).citations[0])
            fault = self.fault(item)
        if fault:
            return fault
        shown = tuple(dict.fromkeys(self._number(support) for support in item.supports))
        self._checks.append(Check(verdict, reason, len(self._sentences)))
        self._sentences.append(Sentence(item.text, shown, item.computed))
        return None

    def drop(self, reason: str) -> None:
        """Note that a sentence is not shown."""
        self._checks.append(Check("dropped", reason))

    def verified(self, warnings: Collection[Warning] = ()) -> Verified:
        """All that stands; what was dropped is said in a warning."""
        dropped = [
            Warning("unsupported", f"{one.reason}，已略去。") for one in self._checks if one.verdict == "dropped"
        ]
        told = tuple(dict.fromkeys([*warnings, *dropped]))
        return Verified(self.sentences, self.citations, told, tuple(self._checks))

    def _ground(self, item: DraftSentence) -> Ground:
        cleaned = tuple(support.passage.text.text[support.start : support.end] for support in item.supports)
        return Ground(tuple(self._cite(support, 0) for support in item.supports), cleaned)

    def _number(self, support: Support) -> int:
        key = (support.passage.id, support.start, support.end)
        if key not in self._numbers:
            self._numbers[key] = self._cite(support, len(self._numbers) + 1)
        return self._numbers[key].n


def verify(draft: Draft, question: Question, cite: Cite, verifier_of: type[Verifier] = Verifier) -> Verified:
    """Number the citations and keep the sentences that stand; equal spans share one citation."""
    verifier = verifier_of(question, cite)
    for item in draft.sentences:
        if fault := verifier.add(item):
            verifier.drop(fault)
    return verifier.verified(draft.warnings)


def _fault(item: DraftSentence, ground: Ground, question: Question, places: Collection[str]) -> str | None:
    if not ground.citations:
        return "有一句没有出处"
    if any(is_addressed(one.passage, one.start, one.end) for one in item.supports):
        return "有一句出自写给程序的文字"
    fault = strange_numbers(item, ground) or out_of_scope(question, ground)
    if fault or not item.own:
        return fault
    asked = f"{question.text} {question.standalone}"
    return (
        out_of_run(question, ground)
        or misshapen(item.text, ground, asked)
        or strange_names(item.text, ground, asked, places)
        or misread(item.text, question, ground)
        or unsupported(item.text, question, ground)
    )


def _as_written(sentence: DraftSentence, citation: Citation) -> DraftSentence:
    """The quote itself in place of a cleaned text whose figure the source breaks in two: damage is shown raw."""
    raw = " ⏎ ".join(line.strip() for line in citation.quote.splitlines() if line.strip())
    text = sentence.text.replace(sentence.quoted, finish(raw)) if sentence.quoted else sentence.text
    return replace(sentence, text=text)
