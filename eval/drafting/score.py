"""Manuscripts drafted by each composer, judged, and summed up in measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assistant.drafting.export.docx import write_docx
from assistant.drafting.manuscript import draft
from assistant.drafting.types import Manuscript
from eval.drafting import official
from eval.drafting.cases import Case, with_composer, written
from eval.drafting.guests import STRANGERS, Adversarial
from eval.drafting.judge import Verdict, Written, judge
from eval.reading.measure import Measure
from ingest.archive import Archive

if TYPE_CHECKING:
    from assistant.ledger import Ledger
    from assistant.models import Model

SKELETON = "skeleton"
LONGEST = 40
SHARES = {"skeleton": 0.25, "llm": 0.10}
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Drafted:
    """A manuscript with its verdict; `seconds` of each section, `form` of the written .docx."""

    name: str
    manuscript: Manuscript
    verdict: Verdict
    seconds: tuple[float, ...]
    form: tuple[official.Fact, ...]

    def written_by(self, composer: str) -> list[int]:
        """The places of the sections that a composer wrote."""
        return [at for at, section in enumerate(self.manuscript.sections) if section.composer == composer]


def draft_all(
    archive: Archive,
    cases: Sequence[Case],
    model: Model | None = None,
    guest: Adversarial | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> list[Drafted]:
    """Draft and judge each case: the skeleton, or with `model`; `guest` is told an exemplar to copy from."""
    from assistant.ledger import Ledger, build_ledger

    reports = written(archive)
    ledger = Ledger(build_ledger(archive.figures(), archive.reports()), archive.reports())
    found = []
    for number, case in enumerate(cases, 1):
        if guest is not None:
            texts = [one.text for one in reports if one.id not in case.own]
            guest.exemplar = texts[number % len(texts)][200:1400] if texts else ""
        found.append(draft_one(archive, case, ledger, model, reports))
        if tell is not None:
            tell(number, len(cases))
    return found


def draft_one(archive: Archive, case: Case, ledger: Ledger, model: Model | None, reports: Sequence[Written]) -> Drafted:
    """One manuscript, timed section by section, judged by what it shows."""
    made = with_composer(case, "llm") if model is not None else case
    seconds: list[float] = []
    manuscript: Manuscript | None = None
    at = time.perf_counter()
    for item in draft(archive, made.order, None, ledger, model):
        if isinstance(item, Manuscript):
            manuscript = item
        else:
            seconds.append(time.perf_counter() - at)
            at = time.perf_counter()
    assert manuscript is not None
    order = made.order
    verdict = judge(
        manuscript.to_json(),
        [asdict(fact) for fact in order.facts],
        order.org,
        order.year,
        reports,
        case.own,
        STRANGERS,
    )
    return Drafted(f"{order.org} {order.year}", manuscript, verdict, tuple(seconds), written_form(manuscript))


def written_form(manuscript: Manuscript) -> tuple[official.Fact, ...]:
    """What the .docx of a manuscript looks like."""
    with TemporaryDirectory(prefix="report-assistant-docx-") as folder:
        path = Path(folder, "draft.docx")
        write_docx(manuscript, path)
        return tuple(official.facts(path))


def figures(name: str, drafted: Iterable[Drafted]) -> list[Measure]:
    """Figures without a source, old ones as new targets, and how many of the writer's own figures are there."""
    made = list(drafted)
    stated, wanted = sum(one.verdict.facts[0] for one in made), sum(one.verdict.facts[1] for one in made)
    return [
        _none(f"{name}: figures without a source", made, lambda verdict: verdict.unsourced),
        _none(f"{name}: old years' figures as new targets", made, lambda verdict: verdict.old_targets),
        Measure.share(f"{name}: the writer's figures kept", stated, wanted),
        Measure(f"{name}: figures to be filled in", sum(one.verdict.placeholders for one in made), "count"),
    ]


def names(name: str, drafted: Iterable[Drafted]) -> list[Measure]:
    """Names of others."""
    return [_none(f"{name}: leaked names", list(drafted), lambda verdict: verdict.leaks)]


def stale(name: str, drafted: Iterable[Drafted]) -> list[Measure]:
    """Years and policy periods that are over."""
    return [_none(f"{name}: stale years and periods", list(drafted), lambda verdict: verdict.stale)]


def overlap(name: str, drafted: Iterable[Drafted]) -> list[Measure]:
    """The longest run and the highest share of 13-grams with one report of the archive, whether cited or not.

    A section that fell back to the skeleton is held to the skeleton's bound.
    """
    made = list(drafted)
    longest = max(made, key=lambda one: len(one.verdict.run), default=None)
    found = [
        Measure(
            f"{name}: longest run, characters",
            len(longest.verdict.run) if longest is not None else 0,
            "count",
            most=LONGEST,
            faults=(f"{longest.name}: {longest.verdict.run}",) if longest is not None else (),
        )
    ]
    for composer, most in SHARES.items():
        numbers = [one.written_by(composer) for one in made]
        if not any(numbers):
            continue
        highest = max(one.verdict.share(own) for one, own in zip(made, numbers, strict=True))
        faults = tuple(
            f"{one.name}: {value:.1%} {where}"
            for one, own in zip(made, numbers, strict=True)
            for value, number, where in one.verdict.shares
            if number in own and value > most
        )
        by = "the skeleton" if composer == SKELETON else "the model"
        named = f"{name}: % of 13-grams, by {by}"
        found.append(Measure(named, round(100 * highest, 1), "count", most=100 * most, faults=faults))
    return found


def form(name: str, drafted: Iterable[Drafted]) -> list[Measure]:
    """The written .docx beside the standard; sections and how many are empty."""
    made = list(drafted)
    facts = [(one.name, fact) for one in made for fact in one.form]
    wrong = tuple(dict.fromkeys(f"{where}: {fact.name}" for where, fact in facts if not fact.right))
    return [
        Measure.share(
            f"{name}: official form of the .docx",
            len(facts) - sum(not fact.right for _, fact in facts),
            len(facts),
            1.0,
            wrong,
        ),
        Measure(f"{name}: sections", sum(one.verdict.sections for one in made), "count"),
        Measure(f"{name}: empty sections", sum(one.verdict.empty for one in made), "count", most=0),
    ]


def speed(name: str, drafted: Iterable[Drafted], *, skeleton: bool) -> list[Measure]:
    """Seconds per section, the first with what is made once for the whole manuscript; with a model who wrote them."""
    made = list(drafted)
    later = sorted(value for one in made for value in one.seconds[1:])
    first = sorted(one.seconds[0] for one in made if one.seconds)
    bound = SECONDS if skeleton else None
    found = [
        Measure(f"{name}: section, 95th percentile", _at(later, 0.95), "seconds", most=bound),
        Measure(f"{name}: first section, median", _at(first, 0.5), "seconds"),
    ]
    if not skeleton:
        own, all_ = sum(len(one.written_by("llm")) for one in made), sum(one.verdict.sections for one in made)
        found.append(Measure.share(f"{name}: sections that the model wrote", own, all_))
    return found


def _at(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _none(name: str, made: Sequence[Drafted], of: Callable[[Verdict], tuple[str, ...]]) -> Measure:
    faults = tuple(f"{one.name}: {fault}" for one in made for fault in of(one.verdict))
    return Measure(name, len(faults), "count", most=0, faults=faults)
