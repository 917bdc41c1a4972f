"""Sentences of a rewritten section put in their blocks: in the model's order, with what must stand set among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.arranging import MUCH_SHORTER, speaks_of
from assistant.drafting.composed import Composed, Drawn, placeholders_in
from assistant.drafting.instruction import Instruction
from assistant.drafting.overlap import MOST, nearest, share_in, too_near
from assistant.drafting.pieces import Line
from assistant.drafting.standing import Piece
from assistant.drafting.types import ComposerName, Order, Topic

_HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence without its stop. `anchors`: the pieces that it tells; `block`: where it belongs, None: with the
    measures; `as_was`: word for word as it stood; `fast`: it must not go.
    """

    text: str
    drawn: tuple[Drawn, ...]
    anchors: frozenset[int]
    block: int | None
    as_was: bool = False
    fast: bool = False

    @classmethod
    def of_line(cls, line: Line, anchor: int | None = None) -> Item:
        """A line as it is."""
        drawn = Drawn(0, len(line.whole), line.kind, line.fact, line.stretch)
        anchors = frozenset[int]() if anchor is None else frozenset({anchor})
        return cls(line.whole, (drawn,), anchors, None, False, line.fact is not None)

    @classmethod
    def restating(
        cls, text: str, lines: Sequence[tuple[Line, int | None]], pieces: Sequence[Piece], first: int | None
    ) -> Item:
        """A sentence of a model's own, resting on all that the lines rest on; it belongs where the `first` stood."""
        end = len(text)
        drawn = []
        for line, n in lines:
            if line.stretch is not None or n is None or n < 0:
                drawn.append(Drawn(0, end, line.kind, line.fact, line.stretch))
                continue
            drawn += [
                Drawn(0, end, one.kind, one.fact, citation=one.citation)
                for one in pieces[n].sources
                if one.kind == line.kind and one.fact == line.fact
            ]
        anchors = frozenset(n for _, n in lines if n is not None)
        block = pieces[first].block if first is not None and first >= 0 else None
        return cls(text, tuple(dict.fromkeys(drawn)), anchors, block, False, any(one.fact is not None for one in drawn))


def laid(
    order: Order,
    topic: Topic,
    pieces: Sequence[Piece],
    items: Sequence[Item],
    kept: Sequence[Item],
    reading: Instruction,
    words: Sequence[str],
    said: Mapping[int, str],
    composer: str,
) -> Composed | None:
    """The section; None where it would stand too near to a report. `kept`: what must stand beside the `items`."""
    chosen = _among(items, kept)
    if words:
        chosen.sort(key=lambda one: not speaks_of(one.text, words))
    most = MUCH_SHORTER * sum(len(one.text) for one in pieces if not one.lead)
    while True:
        own_words = sum(not one.as_was for one in chosen)
        writer: ComposerName = "llm" if composer == "llm" or 2 * own_words >= len(chosen) else "skeleton"
        made = _written(chosen, pieces, words, writer)
        if reading.length == "短" and sum(len(one.text) for one in chosen) > most:
            loose = [one for one in chosen if not one.fast]
            if loose and len(chosen) > 1:
                chosen.remove(next((one for one in reversed(loose) if not speaks_of(one.text, words)), loose[-1]))
                continue
        report = too_near(made.text, topic.exemplars, writer)
        if report is None:
            report, share = nearest(made.text, said)
            if share <= MOST[writer]:
                return made
        near = [one for one in chosen if not one.fast and share_in(one.text, said.get(report, "")) > 0]
        if len(chosen) < 2 or not near:
            return None
        chosen.remove(max(near, key=lambda one: (not one.as_was, len(one.text))))


def _among(items: Sequence[Item], kept: Sequence[Item]) -> list[Item]:
    """Each kept one behind the sentence that tells the piece before it."""
    chosen = list(items)
    for one in sorted(kept, key=lambda item: (min(item.anchors) < 0, min(item.anchors))):
        at = min(one.anchors)
        if at < 0:
            chosen.append(one)
            continue
        before = [
            (max(n for n in other.anchors if n < at), place)
            for place, other in enumerate(chosen)
            if any(0 <= n < at for n in other.anchors)
        ]
        chosen.insert(max(before)[1] + 1 if before else 0, one)
    return chosen


def _written(chosen: Sequence[Item], pieces: Sequence[Piece], words: Sequence[str], writer: ComposerName) -> Composed:
    """Blocks as the first sentence of each comes up, those that speak of the words before the others."""
    first = next((one.block for one in pieces if not one.lead and not one.own), 0)
    blocks: dict[int, list[Item]] = {}
    for one in chosen:
        blocks.setdefault(first if one.block is None else one.block, []).append(one)
    order = sorted(
        blocks, key=lambda block: bool(words) and not any(speaks_of(one.text, words) for one in blocks[block])
    )
    leads = {one.block: one for one in pieces if one.lead}
    text, drawn = "", list[Drawn]()

    def add(piece: str, rests: Sequence[Drawn] = ()) -> None:
        nonlocal text
        drawn.extend(replace(one, start=one.start + len(text), end=one.end + len(text)) for one in rests)
        text += piece

    for number, block in enumerate(order):
        add("\n" if text else "")
        add(f"（{_HAN[number]}）" if 1 < len(blocks) <= len(_HAN) else "")
        lead = leads.get(block)
        if lead is not None and (len(blocks) > 1 or lead.sources):
            add(lead.text, lead.drawn)
            add("。")
        for one in blocks[block]:
            add(one.text, one.drawn)
            add("。")
    indicators = [name for _, _, name, _ in placeholders_in(text)]
    return Composed(text, tuple(drawn), writer, (), (*(one.text for one in chosen), *indicators))
