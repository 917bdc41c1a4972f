"""The answer as data: what every surface shows and what `ask --json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ingest.types import Kind, Part

WarningKind = Literal["masked_figure", "doubtful_figure", "unsupported", "other_year", "truncated_report"]
Verdict = Literal["checked", "mended", "quoted", "dropped"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim piece of a source file. `quote == source_text[start:end]`; `n` counts from 1 within one answer.

    `passage_id` and `report_id` lead back into the archive; they are not part of the JSON contract.
    """

    n: int
    report: str
    org: str | None
    year: int | None
    part: Part | None
    period: str | None
    section: tuple[str, ...]
    source_file: str
    quote: str
    start: int
    end: int
    page: int | None
    passage_id: int
    report_id: int

    def to_json(self) -> dict[str, Any]:
        """The contract's citation object."""
        return {
            "n": self.n,
            "report": self.report,
            "org": self.org,
            "year": self.year,
            "part": self.part,
            "period": self.period,
            "section": list(self.section),
            "source_file": self.source_file,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "page": self.page,
        }


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that code calculated from quoted figures, with its expression (`5600/5500`)."""

    value: str
    expression: str

    def to_json(self) -> dict[str, str]:
        """The contract's computed object."""
        return {"value": self.value, "expression": self.expression}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    computed: tuple[Computed, ...] = ()

    def marked(self) -> str:
        """The sentence as shown: its text and its citation marks 〔n〕."""
        return self.text + "".join(f"〔{n}〕" for n in self.citations)

    def to_json(self) -> dict[str, Any]:
        """The contract's sentence object; `computed` only where something was calculated."""
        body: dict[str, Any] = {"text": self.text, "citations": list(self.citations)}
        if self.computed:
            body["computed"] = [item.to_json() for item in self.computed]
        return body


@dataclass(frozen=True, slots=True)
class Warning:
    """A caution beside the answer; never part of the answer's text."""

    kind: WarningKind
    text: str

    def to_json(self) -> dict[str, str]:
        """The contract's warning object."""
        return {"kind": self.kind, "text": self.text}


@dataclass(frozen=True, slots=True)
class Check:
    """What came of checking one composed sentence.

    `verdict`: it stands as composed, stands after a second try, was replaced by the quote it rests on, or is not shown.
    `reason`: why it did not stand at first, in Chinese and without the words that failed: what is not shown is not
    told by another way. `sentence`: its place among the answer's sentences, from 0; None when dropped.
    """

    verdict: Verdict
    reason: str = ""
    sentence: int | None = None

    def to_json(self) -> dict[str, Any]:
        """All fields; part of the answer object."""
        return {"verdict": self.verdict, "reason": self.reason, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a question: years, bodies, parts and kinds of report it was answered from; empty: any.

    `by_hand` names the filters that the user had set: year, org, part, kind.
    """

    years: tuple[int, ...] = ()
    orgs: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    kinds: tuple[Kind, ...] = ()
    by_hand: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """All fields; part of the answer object."""
        return {
            "years": list(self.years),
            "orgs": list(self.orgs),
            "parts": list(self.parts),
            "kinds": list(self.kinds),
            "by_hand": list(self.by_hand),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer, or an abstention that says what the archive does hold.

    `composer` names who wrote the sentences shown; `note` says why it is not the one that was asked for, if so;
    `model`: the language model's name where one wrote; `checks`: one for every sentence that was composed;
    `understood`: None where the question was not read, and in answers kept before this was told;
    `standalone_question`: the question made self-contained, one a line where several were asked.
    """

    question: str
    standalone_question: str
    abstained: bool
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Warning, ...]
    composer: str
    seconds: float
    checks: tuple[Check, ...] = ()
    note: str = ""
    model: str | None = None
    understood: Understood | None = None

    @property
    def answer(self) -> str:
        """Exactly the sentences' texts with their citation marks, joined."""
        return "\n".join(sentence.marked() for sentence in self.sentences)

    def to_json(self) -> dict[str, Any]:
        """The contract's answer object, without `id`."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "abstained": self.abstained,
            "answer": self.answer,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "warnings": [warning.to_json() for warning in self.warnings],
            "composer": self.composer,
            "seconds": round(self.seconds, 3),
            "checks": [check.to_json() for check in self.checks],
            "note": self.note,
            "model": self.model,
            "understood": None if self.understood is None else self.understood.to_json(),
        }
