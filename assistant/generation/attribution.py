"""What a sentence rests on: the evidence that it names, or, where it names none, the evidence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.compose.draft import Support
from assistant.evidence.figures import bound_numbers_in
from assistant.generation.packing import Numbered
from assistant.generation.sentences import Written

_LEAST = 0.3
"""Share of a sentence's bigrams that a piece of evidence must hold to be taken for its source."""

_FAR_BETTER = 0.25
"""How much more of a sentence another piece must hold than the one that it names."""

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


def attributions(written: Written, given: Sequence[Numbered]) -> Iterator[tuple[Support, ...]]:
    """The supports to try, in this order: those named (numbers that were not given are passed over), those found.

    A sentence that another piece says far better than the one named is tried with that one alone: a wrong number is
    a wrong source, even where the words happen to fit.
    """
    keyed = [given[key - 1] for key in written.keys if 1 <= key <= len(given)]
    named = tuple(one.support for one in keyed)
    pieces = _found(written.text, given)
    found = tuple(one.support for one in pieces)
    better = _held(written.text, pieces) - _held(written.text, keyed) >= _FAR_BETTER
    if named and not better:
        yield named
    if found and found != named:
        yield found


def _held(text: str, pieces: Sequence[Numbered]) -> float:
    """Share of the text's bigrams that the pieces hold together."""
    grams = _grams(text)
    return len(grams & {gram for one in pieces for gram in _grams(one.text)}) / len(grams) if grams else 0.0


def _found(text: str, given: Sequence[Numbered]) -> list[Numbered]:
    """The piece that says most of the sentence, and others as long as they bring numbers that are missing still."""
    grams = _grams(text)
    if not grams or not given:
        return []
    ranked = sorted(given, key=lambda one: (-len(_numbers(text, one)), -len(grams & _grams(one.text))))
    best = ranked[0]
    if len(grams & _grams(best.text)) < _LEAST * len(grams):
        return []
    chosen, held = [best], _numbers(text, best)
    for one in ranked[1:]:
        if more := _numbers(text, one) - held:
            chosen.append(one)
            held |= more
    return chosen


def _numbers(text: str, one: Numbered) -> set[str]:
    return bound_numbers_in(text) & bound_numbers_in(one.text)


def _grams(text: str) -> set[str]:
    return {a + b for run in _HAN_RUN.findall(text) for a, b in pairwise(run)}
