"""Columns of running text, by the white between them.

This is the recursive XY-cut (Nagy and Seth, Hierarchical representation of optically scanned documents, ICPR 1984) with
one change: a cut down the page need not reach from edge to edge. It parts a run of lines, because a title or a table
over the whole width stands above or between the columns. What it parts must be running text on both sides; the columns
of a table are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol, TypeVar

_GUTTER = 0.8  # full-width characters of white that columns are apart at least
_NEAR = 1.2  # characters of height within which two pieces count as side by side
_FEWEST_LINES = 4
_FEWEST_CHARACTERS = 8
_SHORT_BY = 2.5
_FULL = 0.5  # share of the lines of a column that reach its margin
_MOST_PIECES = 2_000  # a page of more is a drawing or a map


class Placed(Protocol):
    """Anything with a box in points and a size in which gaps are measured."""

    @property
    def left(self) -> float:
        """In points."""

    @property
    def right(self) -> float:
        """In points."""

    @property
    def middle(self) -> float:
        """Half the height of the box."""

    @property
    def size(self) -> float:
        """The width of a full-width character."""


P = TypeVar("P", bound=Placed)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A white gutter at `x` beside the pieces `first:last` (from the top down)."""

    x: float
    first: int
    last: int


def columns(pieces: Sequence[P], path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], list[P]]]:
    """The pieces in areas in reading order, each with the way to it: `()` for the full width.

    A number of the way is the place of a gutter in twenties of points, plus ten thousand for the right side of it, so
    that pages set alike give alike columns.
    """
    ordered = sorted(pieces, key=lambda piece: -piece.middle)
    cut = _best_cut(ordered)
    if cut is None:
        return [(path, ordered)] if ordered else []
    beside = ordered[cut.first : cut.last]
    left = [piece for piece in beside if piece.right + piece.left < 2 * cut.x]
    right = [piece for piece in beside if piece.right + piece.left >= 2 * cut.x]
    place = round(cut.x / 20)
    return [
        *columns(ordered[: cut.first], path),
        *columns(left, (*path, place)),
        *columns(right, (*path, 10_000 + place)),
        *columns(ordered[cut.last :], path),
    ]


def _best_cut(ordered: Sequence[Placed]) -> _Cut | None:
    """The gutter beside the most pieces."""
    if len(ordered) < 2 * _FEWEST_LINES or len(ordered) > _MOST_PIECES:
        return None
    cuts = [cut for x in _candidates(ordered) for cut in _runs(ordered, x) if _parts_text(ordered, cut)]
    return max(cuts, key=lambda cut: cut.last - cut.first, default=None)


def _candidates(ordered: Sequence[Placed]) -> list[float]:
    """Places of white between pieces side by side, those seen often enough to be a gutter."""
    whites: list[tuple[float, float]] = []
    for index, piece in enumerate(ordered):
        for other in ordered[index + 1 : index + 8]:
            if piece.middle - other.middle > _NEAR * max(piece.size, other.size):
                break
            one, two = (piece, other) if piece.left < other.left else (other, piece)
            if two.left - one.right >= _GUTTER * max(one.size, two.size):
                whites.append((one.right, two.left))
    if len(whites) < _FEWEST_LINES:
        return []
    found: list[float] = []
    for start, end in sorted(whites, key=lambda white: white[1] - white[0]):
        if not any(start < x < end for x in found):
            found.append((start + end) / 2)
    shared = [x for x in found if sum(start < x < end for start, end in whites) >= _FEWEST_LINES]
    return shared[:20]


def _runs(ordered: Sequence[Placed], x: float) -> list[_Cut]:
    """The runs of pieces that all stand to one side of `x`."""
    runs: list[_Cut] = []
    first = 0
    for index, piece in enumerate(ordered):
        if piece.left < x < piece.right:
            runs.append(_Cut(x, first, index))
            first = index + 1
    return [run for run in [*runs, _Cut(x, first, len(ordered))] if run.last - run.first >= 2 * _FEWEST_LINES]


def _parts_text(ordered: Sequence[Placed], cut: _Cut) -> bool:
    """Running text on both sides, with a gutter's width between."""
    beside = ordered[cut.first : cut.last]
    left = [piece for piece in beside if piece.right <= cut.x]
    right = [piece for piece in beside if piece.left >= cut.x]
    if not (_is_text(left) and _is_text(right)):
        return False
    white = min(piece.left for piece in right) - max(piece.right for piece in left)
    return white >= _GUTTER * median(piece.size for piece in beside)


def _is_text(pieces: Sequence[Placed]) -> bool:
    """Lines long enough to read, most of which run to the margin."""
    if len(pieces) < _FEWEST_LINES:
        return False
    size = median(piece.size for piece in pieces)
    if median(piece.right - piece.left for piece in pieces) < _FEWEST_CHARACTERS * size:
        return False
    full = sum(piece.right >= _margin(piece, pieces) - _SHORT_BY * size for piece in pieces)
    return full >= _FULL * len(pieces)


def _margin(piece: Placed, pieces: Sequence[Placed]) -> float:
    """Where the lines above and below a piece end: there may be more columns to its side."""
    return max(other.right for other in pieces if other.left < piece.right and other.right > piece.left)
