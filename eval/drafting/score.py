"""What the manuscripts of one composer come to, as measures with what is demanded of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from eval.drafting.drafted import MODEL, SKELETON, Drafted
from eval.drafting.judge import Verdict
from eval.drafting.repeats import said_twice
from eval.reading.measure import Measure

LONGEST = 40
SHARES = {SKELETON: 0.25, MODEL: 0.10}
SECONDS = 1.0
"""Of a section of the skeleton."""
FIRST_SENTENCE = 15.0
"""Seconds until a language model's section begins to show, on two cores that do nothing else."""


def figures(drafted: Iterable[Drafted]) -> list[Measure]:
    """Figures without a source, old ones as new targets, and how many of the writer's own figures are there."""
    made = list(drafted)
    stated, wanted = sum(one.verdict.facts[0] for one in made), sum(one.verdict.facts[1] for one in made)
    return [
        _none("figures without a source", made, lambda verdict: verdict.unsourced),
        _none("old years' figures as new targets", made, lambda verdict: verdict.old_targets),
        Measure.share("the writer's figures kept", stated, wanted),
        Measure("figures to be filled in", sum(one.verdict.placeholders for one in made), "count"),
    ]


def names(drafted: Iterable[Drafted]) -> list[Measure]:
    """Names of others."""
    return [_none("leaked names", list(drafted), lambda verdict: verdict.leaks)]


def stale(drafted: Iterable[Drafted]) -> list[Measure]:
    """Years and policy periods that are over."""
    return [_none("stale years and periods", list(drafted), lambda verdict: verdict.stale)]


def overlap(drafted: Iterable[Drafted]) -> list[Measure]:
    """The longest run and the highest share of 13-grams with one report of the archive, whether cited or not.

    A section that fell back to the skeleton is held to the skeleton's bound.
    """
    made = list(drafted)
    longest = max(made, key=lambda one: len(one.verdict.run), default=None)
    found = [
        Measure(
            "longest run, characters",
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
        named = f"% of 13-grams, by {by}"
        found.append(Measure(named, round(100 * highest, 1), "count", most=100 * most, faults=faults))
    return found


def form(drafted: Iterable[Drafted]) -> list[Measure]:
    """The written .docx beside the standard; sections and how many are empty."""
    made = list(drafted)
    facts = [(one.name, fact) for one in made for fact in one.form]
    wrong = tuple(dict.fromkeys(f"{where}: {fact.name}" for where, fact in facts if not fact.right))
    return [
        Measure.share(
            "official form of the .docx", len(facts) - sum(not fact.right for _, fact in facts), len(facts), 1.0, wrong
        ),
        Measure("sections", sum(one.verdict.sections for one in made), "count"),
        Measure("empty sections", sum(one.verdict.empty for one in made), "count", most=0),
    ]


def repeats(drafted: Iterable[Drafted]) -> list[Measure]:
    """Clauses that a section says twice."""
    faults = tuple(
        f"{one.name}: {section.heading}：{clause}"
        for one in drafted
        for section in one.manuscript.sections
        for clause in said_twice(section.text)
    )
    return [Measure("clauses that a section says twice", len(faults), "count", most=0, faults=faults)]


def writing(drafted: Iterable[Drafted]) -> list[Measure]:
    """How much of the text is a model's: sections that stood, sentences that did, and those in words of its own."""
    made = list(drafted)
    asked = sum(len(one.asked()) for one in made)
    told = sum(len(wait.told) for one in made for wait in one.waits)
    standing = [sentence for one in made for sentence in one.standing()]
    return [
        Measure.share(
            "sections that stood as the model's",
            sum(len(one.written_by(MODEL)) for one in made),
            sum(one.verdict.sections for one in made),
        ),
        Measure("sections that the model was asked for", asked, "count"),
        Measure.share("sentences shown that stood in the end", len(standing), told),
        Measure.share("of these in the model's own words", sum(len(one.own()) for one in made), len(standing)),
    ]


def speed(drafted: Iterable[Drafted], *, skeleton: bool, real: bool = False) -> list[Measure]:
    """Seconds per section, the first with what is made once for the whole manuscript; `real`: of a language model, also
    until a reader sees the first sentence of those that it was asked for.
    """
    made = list(drafted)
    first = [one.waits[0].seconds for one in made if one.waits]
    later = [wait.seconds for one in made for wait in one.waits[1:]]
    found = [Measure("first section, seconds p50", _at(first, 0.5), "seconds")]
    if skeleton:
        return [*found, Measure("a skeleton's section, seconds p95", _at(later, 0.95), "seconds", most=SECONDS)]
    found += [Measure(f"later sections, seconds p{n}", _at(later, n / 100), "seconds") for n in (50, 95)]
    if not real:
        return found
    opening = [one.waits[0].until_text for one in made if 0 in one.asked()]
    going = [one.waits[at].until_text for one in made for at in one.asked() if at > 0]
    for what, values in (("first", opening), ("later", going)):
        for n in (50, 95) if values else ():  # of none nothing was shown, which is not 0 seconds
            named = f"first sentence of {what} section{'s' if what == 'later' else ''}, seconds p{n}"
            found.append(Measure(named, _at(values, n / 100), "seconds", most=FIRST_SENTENCE))
    return found


def _at(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies, 0 where there is none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def _none(name: str, made: Sequence[Drafted], of: Callable[[Verdict], tuple[str, ...]]) -> Measure:
    faults = tuple(f"{one.name}: {fault}" for one in made for fault in of(one.verdict))
    return Measure(name, len(faults), "count", most=0, faults=faults)
