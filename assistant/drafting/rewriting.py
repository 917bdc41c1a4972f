"""A section that stands, rewritten by a language model as the writer asks, and held to what it may say.

The model sees the section's pieces as data. A piece that it repeats word for word keeps its sources; any other sentence
stands only where it restates such pieces, the writer's facts or measures offered with them. The writer's facts and his
own sentences never go; what the model leaves out of the rest is left out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.drafting.adding import clauses_of
from assistant.drafting.arranging import speaks_of
from assistant.drafting.composed import PLACEHOLDER, Composed
from assistant.drafting.foreign import Names
from assistant.drafting.instruction import Instruction
from assistant.drafting.laying import Item, laid
from assistant.drafting.measures import alike, telling_grams
from assistant.drafting.pieces import Line, Material
from assistant.drafting.restating import adding, says_whole
from assistant.drafting.standing import Piece, key_of
from assistant.drafting.types import Order, Topic
from assistant.generation.sentences import sentences
from ingest.errors import ModelUnreachable
from prompts import load

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.models import Model

BROKEN_OFF = "“{heading}”：{fault}，没有写到的各句未改。"
_MOST_SENTENCES = 24
_LEAST = 0.34
_LEAST_SHORTER = 0.2
"""Share of the measures that must be told again, and the same where the section is to be shorter."""
_MOST_OFFERED = 4
_SHORTER = 0.6


@dataclass(frozen=True, slots=True)
class Rewritable:
    """What a section is rewritten from: its pieces, and lines that do not stand in it yet."""

    pieces: tuple[Piece, ...]
    facts: tuple[Line, ...]
    offered: tuple[Line, ...]

    @property
    def told(self) -> tuple[Piece, ...]:
        """The pieces that the model sees: all but what only joins them."""
        return tuple(one for one in self.pieces if not one.lead and (one.sources or one.own))


def rewritable(pieces: Sequence[Piece], material: Material, reading: Instruction, words: Sequence[str]) -> Rewritable:
    """The pieces with the facts that they lack, and new measures where the instruction asks for any."""
    held = frozenset[int]().union(*(one.facts for one in pieces))
    lines = [line for group in material.groups for line in group.lines]
    facts = [line for line in (*lines, *material.targets) if line.fact is not None and line.fact not in held]
    said = [telling_grams(one.text) for one in pieces]
    new = [one for one in lines if one.fact is None and not any(alike(telling_grams(one.text), s) for s in said)]
    if reading.length != "长":
        new = [one for one in new if speaks_of(one.text, words)]
    return Rewritable(tuple(pieces), tuple(facts), tuple(new[:_MOST_OFFERED]))


def messages(
    order: Order, topic: Topic, given: Rewritable, instruction: str, characters: int, hidden: Container[int] = ()
) -> list[BaseMessage]:
    """The prompt: the same rules as for a new section first, for a local model has read them. `hidden`: pieces that it
    is not shown, by their places; the others keep their numbers.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    text = load("draft_again").render(
        org=order.org,
        year=str(order.year),
        kind=order.kind,
        heading=topic.heading,
        standing="\n".join(f"{n}. {one.text}" for n, one in enumerate(given.told, 1) if n - 1 not in hidden),
        measures="\n".join(f"- {one.whole}" for one in given.offered) or "无",
        facts="\n".join(f"- {one.text}" for one in given.facts) or "无",
        wishes="；".join(filter(None, (instruction, order.tone))),
        characters=str(characters),
    )
    return [SystemMessage(load("draft_rules").text), HumanMessage(text)]


def rewrite(
    order: Order,
    topic: Topic,
    given: Rewritable,
    instruction: str,
    reading: Instruction,
    words: Sequence[str],
    model: Model,
    names: Names,
    said: Mapping[int, str],
    composer: str,
) -> Iterator[str | Composed]:
    """Sentences as they stand, the whole section last; no section where too little stands. `words`: those to bring
    forward; `composer`: who wrote what stands; `said`: every report's text. Raises ModelUnreachable where the model
    says nothing; one that breaks off has what it did not come to left as it was.
    """
    from assistant.models.stream import stream_text

    before = sum(len(one.text) + 1 for one in given.pieces)
    wanted = int(before * {"短": _SHORTER, "长": 1.5}.get(reading.length or "", 1.0))
    hidden = _set_by_code(given, reading)
    asked = messages(order, topic, given, instruction, max(60, wanted), hidden)
    pieces = stream_text(model.chat, asked, seconds=model.seconds, most=4 * max(200, before))
    hearing = _Hearing(order, topic, given, names, hidden)
    items: list[Item] = []
    notes: tuple[str, ...] = ()
    try:
        for written in islice(sentences(pieces), _MOST_SENTENCES):
            item = hearing.item(written.text)
            if item is not None:
                items.append(item)
                yield item.text
    except ModelUnreachable as error:
        if not items:
            raise
        notes = (BROKEN_OFF.format(heading=topic.heading, fault=error.fault),)
    told = frozenset[int]().union(*(one.anchors for one in items))
    least = 0.0 if reading.cuts else _LEAST_SHORTER if reading.length == "短" else _LEAST
    measures = [n for n, one in enumerate(given.told) if not (one.own or one.facts or PLACEHOLDER.search(one.text))]
    if not items or (not notes and len(told & set(measures)) < least * len(measures)):
        return
    if not any(speaks_of(one.text, words) for one in items):  # asked for, and at hand: the model only forgot it
        items = [*(Item.of_line(one) for one in given.offered if speaks_of(one.text, words)), *items]
    kept = _kept(given, reading, told, hidden, everything=bool(notes))
    made = laid(order, topic, given.pieces, items, kept, reading, words, said, composer)
    if made is not None:
        yield replace(made, notes=notes)


def _set_by_code(given: Rewritable, reading: Instruction) -> frozenset[int]:
    """The pieces that only have something to be filled in. A small model that sees such marks puts them around all that
    it writes; where something is to be cut it must see everything.
    """
    if reading.cuts:
        return frozenset()
    marked = [n for n, one in enumerate(given.told) if PLACEHOLDER.search(one.text) and not (one.own or one.facts)]
    return frozenset(marked) if len(marked) < len(given.told) else frozenset()


def _kept(
    given: Rewritable, reading: Instruction, told: frozenset[int], hidden: Container[int], *, everything: bool
) -> list[Item]:
    """What must stand though the model did not tell it: facts, the writer's own, and what is to be filled in;
    `everything` where it was broken off.
    """
    items = []
    for n, one in enumerate(given.told):
        needed = one.facts or (one.own and not reading.cuts)
        marked = n in hidden
        if n not in told and (needed or marked or everything):
            items.append(Item(one.text, one.drawn, frozenset({n}), one.block, True, bool(needed)))
    for place, line in enumerate(given.facts):
        if -1 - place not in told:
            items.append(Item.of_line(line, -1 - place))
    return items


class _Hearing:
    """Judges sentence by sentence. Pieces are known by their place, facts that do not stand yet by -1, -2…"""

    def __init__(
        self, order: Order, topic: Topic, given: Rewritable, names: Names, hidden: frozenset[int] = frozenset()
    ) -> None:
        self._order, self._topic, self._names = order, topic, names
        self._pieces = given.told
        self._keys = [key_of(one.text) for one in given.told]
        self._lines: list[tuple[Line, int | None]] = []
        for n, one in enumerate(given.told):
            for source in () if one.own else one.sources:
                if source.kind != "figure":
                    self._lines.append((Line(one.text, source.kind, source.fact), n))
        self._lines += [(line, -1 - n) for n, line in enumerate(given.facts)]
        self._lines += [(line, None) for line in given.offered]
        self._told: set[int] = set()
        self._said: set[str] = set()
        self._earlier = [clause for n in sorted(hidden) for clause in clauses_of(given.told[n].text)]
        self._earlier += [clause for one in given.pieces if one.lead for clause in clauses_of(one.text)]

    def item(self, written: str) -> Item | None:
        """The sentence with what it rests on; None where it may not stand or has been said."""
        key = key_of(written)
        if key in self._said:
            return None
        self._said.add(key)
        if key in self._keys:
            return self._repeated(self._keys.index(key))
        lines = [line for line, _ in self._lines]
        found = adding(written, self._order, self._topic, lines, (), self._names, self._earlier)
        if found is None or key_of(found.text) in self._keys:
            return None if found is None else self._repeated(self._keys.index(key_of(found.text)))
        surest, *others = found.lines  # a sentence may have words of other pieces and yet not tell them
        told = [surest, *(one for one in others if says_whole(found.text, one))]
        chosen = [(line, n) for line, n in self._lines if any(line is one for one in told)]
        anchors = frozenset(n for _, n in chosen if n is not None)
        first = next((n for line, n in chosen if line is surest), None)
        if first is not None and first >= 0 and self._pieces[first].facts and not says_whole(found.text, surest):
            return None
        if anchors and anchors <= self._told and all(n is not None for _, n in chosen):
            return None
        self._told |= anchors
        self._earlier += clauses_of(found.text)
        return Item.restating(found.text, chosen, self._pieces, first)

    def _repeated(self, n: int) -> Item | None:
        if n in self._told:
            return None
        self._told.add(n)
        one = self._pieces[n]
        self._earlier += clauses_of(one.text)
        return Item(one.text, one.drawn, frozenset({n}), one.block, True, bool(one.facts) or one.own)
