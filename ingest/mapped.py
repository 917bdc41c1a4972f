"""Text with its way back: every character of a cleaned text knows which source characters it came from.

A citation shows the source, a search reads the cleaned text; this is the bridge between the two.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """A string whose character i stands for source characters `starts[i]:ends[i]`.

    Invariant: the three lengths are equal and `starts[i] <= ends[i]`. Spans are in reading order in every reader we
    ship, but nothing here relies on it beyond `span`, which covers the least and the greatest offset.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError("MappedText: text and maps differ in length")

    @classmethod
    def identity(cls, text: str, start: int = 0) -> MappedText:
        """`text` as it stands in the source from offset `start` on."""
        size = len(text)
        return cls(text, array("l", range(start, start + size)), array("l", range(start + 1, start + size + 1)))

    @classmethod
    def empty(cls) -> MappedText:
        """No text at all."""
        return cls("", array("l"), array("l"))

    @classmethod
    def join(cls, pieces: Iterable[MappedText], glue: str = "") -> MappedText:
        """The pieces one after another; `glue` between two pieces maps to the empty span at the left piece's end."""
        texts: list[str] = []
        starts, ends = array("l"), array("l")
        for piece in pieces:
            if texts and glue:
                anchor = ends[-1] if ends else 0
                texts.append(glue)
                starts.extend([anchor] * len(glue))
                ends.extend([anchor] * len(glue))
            texts.append(piece.text)
            starts.extend(piece.starts)
            ends.extend(piece.ends)
        return cls("".join(texts), starts, ends)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> MappedText:
        return MappedText(self.text[part], self.starts[part], self.ends[part])

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Source offsets `(start, end)` of the characters `start:end` of this text; raises ValueError if none."""
        stop = len(self.text) if end is None else end
        if start >= stop:
            raise ValueError("MappedText.span: empty range")
        return min(self.starts[start:stop]), max(self.ends[start:stop])

    def strip(self) -> MappedText:
        """Without white space (ideographic space included) at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self[left:right] if left < right else MappedText.empty()

    def keep(self, wanted: Callable[[int], bool]) -> MappedText:
        """Only the characters at the positions for which `wanted(i)` holds."""
        kept = [i for i in range(len(self.text)) if wanted(i)]
        return MappedText(
            "".join(self.text[i] for i in kept),
            array("l", (self.starts[i] for i in kept)),
            array("l", (self.ends[i] for i in kept)),
        )

    def replace_spans(self, spans: Iterable[tuple[int, int, str]]) -> MappedText:
        """Replace each `(start, end, new)` (sorted, not overlapping); every new character stands for the whole old
        span, so that no source character is lost from a quote.
        """
        pieces: list[MappedText] = []
        at = 0
        for start, end, new in spans:
            pieces.append(self[at:start])
            if new and start < end:
                first, last = self.span(start, end)
                pieces.append(MappedText(new, array("l", [first] * len(new)), array("l", [last] * len(new))))
            at = end
        pieces.append(self[at:])
        return MappedText.join(pieces)

    def with_text(self, text: str) -> MappedText:
        """The same map under a text of the same length (a character-for-character conversion)."""
        return MappedText(text, self.starts, self.ends)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The map as few `(length, source_start, width)` runs, for storage.

        width 1: `length` characters that stand for consecutive single source characters from `source_start`;
        any other width: `length` characters that all stand for `source_start : source_start + width`.
        """
        i, size = 0, len(self.text)
        while i < size:
            start, width = self.starts[i], self.ends[i] - self.starts[i]
            j = i + 1
            step = 1 if width == 1 else 0
            while j < size and self.starts[j] == start + step * (j - i) and self.ends[j] - self.starts[j] == width:
                j += 1
            yield j - i, start, width
            i = j

    @classmethod
    def from_runs(cls, text: str, runs: Iterable[tuple[int, int, int]]) -> MappedText:
        """The inverse of `runs`."""
        starts, ends = array("l"), array("l")
        for length, start, width in runs:
            if width == 1:
                starts.extend(range(start, start + length))
                ends.extend(range(start + 1, start + length + 1))
            else:
                starts.extend([start] * length)
                ends.extend([start + width] * length)
        return cls(text, starts, ends)
