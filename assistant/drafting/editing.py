"""A section after the writer has edited it: what is unchanged keeps its sources, what is his own has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.drafting.composed import placeholders_in
from assistant.drafting.types import DraftSection, Fact, Manuscript, Placeholder, Source
from ingest.structure.sentences import sentence_spans

_LEAST_KEPT = 0.5
"""Share of an exemplar's stretch that must still stand for the stretch to count as modelled on it."""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence at `start:end` of a section, what it rests on, and whether the writer wrote it himself."""

    start: int
    end: int
    sources: tuple[Source, ...]
    own: bool


def edit_section(manuscript: Manuscript, number: int, *, text: str | None = None, heading: str = "") -> Manuscript:
    """The manuscript with another text or heading of a section; its checks are still those of before.

    A fact or figure keeps its source only where its whole stretch is unchanged, an exemplar where half of it is.
    """
    section = manuscript.sections[number]
    now = section.text if text is None else text
    changed = replace(section, heading=heading or section.heading, text=now, sources=moved(section, now))
    return replace_section(manuscript, number, changed)


def replace_section(manuscript: Manuscript, number: int, section: DraftSection) -> Manuscript:
    """The manuscript with another section in that place, and the placeholders of that one found anew."""
    sections = list(manuscript.sections)
    sections[number] = section
    others = [one for one in manuscript.placeholders if one.section != number]
    found = [Placeholder(number, *place) for place in placeholders_in(section.text)]
    placeholders = tuple(sorted([*others, *found], key=lambda one: (one.section, one.start)))
    return replace(manuscript, sections=tuple(sections), placeholders=placeholders)


def moved(section: DraftSection, text: str) -> tuple[Source, ...]:
    """The sources of `section` at their places in its edited `text`."""
    if text == section.text:
        return section.sources
    kept = _kept(section.text, text)
    found = []
    for one in section.sources:
        pieces = [(max(a, one.start), min(b, one.end), shift) for a, b, shift in kept if a < one.end and b > one.start]
        whole = sum(end - start for start, end, _ in pieces)
        least = (one.end - one.start) * (_LEAST_KEPT if one.kind == "exemplar" else 1.0)
        if pieces and whole >= max(least, 1) and (one.kind == "exemplar" or len(pieces) == 1):
            found.append(replace(one, start=pieces[0][0] + pieces[0][2], end=pieces[-1][1] + pieces[-1][2]))
    return tuple(found)


def rest_on_facts(section: DraftSection, facts: Sequence[Fact]) -> DraftSection:
    """The section with figures that the writer typed resting on his facts: where a sentence names a fact's indicator
    and has its very value, and nothing else is known of that figure.
    """
    found = list(section.sources)
    for start, end in sentence_spans(section.text):
        for number, fact in enumerate(facts):
            if not fact.indicator or fact.indicator not in section.text[start:end]:
                continue
            for value in filter(None, (fact.target, fact.result)):
                at = section.text.find(value, start, end)
                taken = any(one.start < at + len(value) and one.end > at for one in found if one.kind != "exemplar")
                if at >= 0 and not taken:
                    found.append(Source(at, at + len(value), "fact", fact=number))
    return section if len(found) == len(section.sources) else replace(section, sources=tuple(sorted(found, key=_place)))


def with_facts(
    sections: Sequence[DraftSection], known: Sequence[Fact], now: Sequence[Fact]
) -> tuple[tuple[DraftSection, ...], tuple[Fact, ...]]:
    """The sections with the facts that the writer gives `now` in the place of the `known` ones, and those facts.

    A fact that he has taken out goes, unless something rests on it still: the sentence would lose its source.
    """
    used = {one.fact for section in sections for one in section.sources}
    kept = [number for number, fact in enumerate(known) if fact in now or number in used]
    numbers = {old: new for new, old in enumerate(kept)}
    facts = (*(known[number] for number in kept), *dict.fromkeys(fact for fact in now if fact not in known))
    return tuple(_numbered(section, numbers) for section in sections), facts


def adopted(
    section: DraftSection, theirs: Sequence[Fact], ours: Sequence[Fact]
) -> tuple[DraftSection, tuple[Fact, ...]]:
    """A section that counts `theirs`, counting `ours`, and ours with those of its facts that were missing there."""
    used = sorted({one.fact for one in section.sources if one.fact is not None and one.fact < len(theirs)})
    facts = (*ours, *dict.fromkeys(theirs[number] for number in used if theirs[number] not in ours))
    return _numbered(section, {number: facts.index(theirs[number]) for number in used}), facts


def _numbered(section: DraftSection, numbers: Mapping[int, int]) -> DraftSection:
    if all(one.fact is None or numbers.get(one.fact) == one.fact for one in section.sources):
        return section
    sources = (one if one.fact is None else replace(one, fact=numbers.get(one.fact)) for one in section.sources)
    return replace(section, sources=tuple(sources))


def _place(one: Source) -> tuple[int, int]:
    return one.start, one.end


def sentences(section: DraftSection, composed: str | None = None) -> tuple[DraftSentence, ...]:
    """The sentences of a section. `composed`: its text as it was composed, where the writer has edited it since."""
    found = []
    for start, end in sentence_spans(section.text):
        sources = tuple(one for one in section.sources if one.start < end and one.end > start)
        said = section.text[start:end].strip()
        own = composed is not None and bool(said) and not sources and said not in composed
        found.append(DraftSentence(start, end, sources, own))
    return tuple(found)


def _kept(before: str, after: str) -> Sequence[tuple[int, int, int]]:
    """The stretches of `before` that stand in `after`: start, end, and how far they have moved.

    What both begin and end with is set aside first: an edit is mostly in one place, and the comparison is quadratic.
    """
    head = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    rest = min(len(before), len(after)) - head
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return tuple(_joined(_blocks(before, after, head, tail)))


def _blocks(before: str, after: str, head: int, tail: int) -> Iterator[tuple[int, int, int]]:
    if head:
        yield 0, head, 0
    middle = SequenceMatcher(None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False)
    for one in middle.get_matching_blocks():
        if one.size:
            yield head + one.a, head + one.a + one.size, one.b - one.a
    if tail:
        yield len(before) - tail, len(before), len(after) - len(before)


def _joined(blocks: Iterator[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring stretches that moved alike as one."""
    held: tuple[int, int, int] | None = None
    for one in blocks:
        if held is not None and held[1] == one[0] and held[2] == one[2]:
            held = held[0], one[1], held[2]
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
