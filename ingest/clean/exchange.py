"""Read a text from the better one of its two copies in a file.

Where the copy holds characters that the text has lost, whole sentences are read from the copy, each character keeping
its own place in the source; what it replaces is kept as furniture. Nothing is read from a copy whose figures differ:
the text stays, and its figures are doubtful.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clean import reasons
from ingest.clean.alignment import Alignment, Letters
from ingest.clean.draft import Draft, furniture_of, with_text
from ingest.mapped import MappedText
from ingest.types import Block, Furniture, Mark

_SENTENCE = re.compile(r"[^。！？!?；;]*[。！？!?；;]+[”’」』）)]*")
_CLOSERS = "，。；：、！？,.;:!?”’」』）)》】% \n"
_OPENERS = "“‘「『（(《【"
_FIGURE = re.compile(r"\d+(?:\.\d+)*[%％‰]?|[xX×*]+")
_LOST = re.compile(r"[?\ufffd\ue000-\uf8ff]")
_REPAIRS = 2
_PROVEN = 5
"""So many lost characters prove that the whole text layer loses characters, not just a line of it."""
_LONGER = 2
"""Where the copy has so many letters more before the first agreement, and the text none, they are a title."""


@dataclass(frozen=True, slots=True)
class Text:
    """Some blocks in a row as one text; `starts[k]` is where block `first + k` begins in it, with the end at last."""

    blocks: tuple[Block, ...]
    first: int
    string: str
    starts: tuple[int, ...]
    letters: Letters

    @classmethod
    def of(cls, blocks: tuple[Block, ...], first: int) -> Text:
        """`blocks`, of which the first has the number `first`, a line break behind each."""
        starts = [0]
        for block in blocks:
            starts.append(starts[-1] + len(block.text) + 1)
        string = "\n".join(block.text.text for block in blocks) + "\n"
        return cls(blocks, first, string, tuple(starts), Letters.of(string))


@dataclass(frozen=True, slots=True)
class Copy:
    """Block `index` with its text, and how it lies beside `of`."""

    index: int
    text: MappedText
    letters: Letters
    alignment: Alignment
    of: Text

    @property
    def lost(self) -> int:
        """Letters that the text lacks, less those that the copy lacks."""
        return self.alignment.left_only - self.alignment.right_only

    def char(self, place: int) -> int:
        """Where the text's character `place` (the beginning of a block) stands in the copy."""
        letter = self.alignment.to_left(bisect_left(self.of.letters.at, place))
        at = self.letters.at[letter] if letter < len(self.letters.at) else len(self.text)
        while at and self.text.text[at - 1] in _OPENERS:
            at -= 1
        return at


@dataclass(frozen=True, slots=True)
class _Swap:
    """Characters `start:end` of the copy for characters `old_start:old_end` of the text."""

    start: int
    end: int
    old_start: int
    old_end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a block becomes: a piece of itself or one of the copy."""

    block: Block
    copied: bool


def exchange(draft: Draft, copy: Copy) -> Draft:
    """The draft without the copy, and with its better sentences in the place of the text's."""
    swaps: list[_Swap] = []
    marks: list[Mark] = []
    gone: list[Furniture] = []
    if copy.alignment.left_only >= _REPAIRS or _loses_signs(copy):
        for swap in _sentences(copy):
            disputed = _disputed(copy, swap)
            marks += disputed
            if not disputed:
                swaps.append(swap)
    swaps = _merged(swaps)
    pieces: list[_Piece] = []
    for k, block in enumerate(copy.of.blocks):
        new, replaced = _rebuilt(block, k, copy, swaps)
        gone += replaced
        pieces += new
        if copy.lost >= _PROVEN and copy.of.starts[k + 1] > copy.of.letters.at[copy.alignment.runs[0][1]]:
            marks += [_untrusted(piece.block, copy) for piece in new if not piece.copied]
    gone += [furniture_of(copy.text, reasons.SECOND_COPY, *span) for span in _gaps(swaps, len(copy.text))]
    before = draft.blocks[: min(copy.index, copy.of.first)]
    behind = draft.blocks[max(copy.index + 1, copy.of.first + len(copy.of.blocks)) :]
    return draft.changed((*before, *(piece.block for piece in pieces), *behind), gone, marks)


def _loses_signs(copy: Copy) -> bool:
    """Whether the text has unreadable characters where the copy has none."""
    first, last = copy.alignment.runs[0], copy.alignment.runs[-1]
    at = copy.of.letters.at
    stretch = copy.of.string[at[first[1]] : at[last[1] + last[2] - 1]]
    return _LOST.search(stretch) is not None and _LOST.search(copy.text.text) is None


def _sentences(copy: Copy) -> Iterator[_Swap]:
    """Each whole sentence of the copy with its counterpart, where the copy's has not lost more."""
    runs, theirs, ours = copy.alignment.runs, copy.letters.at, copy.of.letters.at
    end = runs[-1][0] + runs[-1][2]
    for sentence in _SENTENCE.finditer(copy.text.text):
        first, last = bisect_left(theirs, sentence.start()), bisect_left(theirs, sentence.end())
        if first == last or last > end or last <= runs[0][0]:
            continue
        left, right = copy.alignment.to_right(first), copy.alignment.to_right(last)
        start = sentence.start()
        if first < runs[0][0]:  # what stands before the first agreement: as much as the block has room for
            block = copy.of.starts[bisect_right(copy.of.starts, ours[left]) - 1]
            left = max(bisect_left(ours, block), left - (runs[0][0] - first))
            if left == runs[0][1] and runs[0][0] - first > _LONGER:
                first, start = runs[0][0], theirs[runs[0][0]]
        if not 0 < right - left <= last - first:
            continue
        old_start, old_end = ours[left], ours[right - 1] + 1
        while old_start and copy.of.string[old_start - 1] in _OPENERS:
            old_start -= 1
        while old_end < len(copy.of.string) and copy.of.string[old_end] in _CLOSERS:
            old_end += 1
        yield _Swap(start, sentence.end(), old_start, old_end)


def _disputed(copy: Copy, swap: _Swap) -> list[Mark]:
    """Marks on the text's figures where the copy's sentence has other ones; on the sentence if the text has none."""
    old = copy.of.string[swap.old_start : swap.old_end]
    mine, theirs = (_figures(old), _figures(copy.text.text[swap.start : swap.end]))
    if mine == theirs:
        return []
    other = "、".join(theirs - mine) or "无此数字"
    reason = f"同一文件的副本此处为{other}，两处不一致，请核对原文"
    found = [match.span() for match in _FIGURE.finditer(old) if match[0] in mine - theirs]
    if not found:
        reason = f"同一文件的副本此处有数字{other}，原文可能缺失，请核对原文"
        found = [(0, len(old.rstrip()))]
    return [
        Mark(*piece.span(), "doubtful", reason)
        for start, end in found
        for piece in _in_blocks(copy.of, swap.old_start + start, swap.old_start + end)
    ]


def _figures(text: str) -> Counter[str]:
    return Counter(_FIGURE.findall("".join(text.split())))


def _in_blocks(text: Text, start: int, end: int) -> Iterator[MappedText]:
    """The characters `start:end` of the text, block by block."""
    for k, block in enumerate(text.blocks):
        piece = block.text[max(0, start - text.starts[k]) : max(0, end - text.starts[k])].strip()
        if piece.text:
            yield piece


def _merged(swaps: list[_Swap]) -> list[_Swap]:
    """Neighbouring sentences as one swap."""
    merged: list[_Swap] = []
    for swap in swaps:
        last = merged[-1] if merged else None
        if last is not None and last.end == swap.start and last.old_end >= swap.old_start:
            merged[-1] = _Swap(last.start, swap.end, last.old_start, swap.old_end)
        else:
            merged.append(swap)
    return merged


def _rebuilt(block: Block, k: int, copy: Copy, swaps: list[_Swap]) -> tuple[list[_Piece], list[Furniture]]:
    """Block `k` of the text in pieces, swapped or kept, and what was swapped as furniture."""
    begin, end = copy.of.starts[k], copy.of.starts[k] + len(block.text)
    pieces: list[_Piece] = []
    gone: list[Furniture] = []
    at = begin

    def add(text: MappedText, copied: bool) -> None:
        text = text.strip()
        if text.text:
            pieces.append(_Piece(with_text(block, text), copied))

    for swap in swaps:
        if swap.old_end <= begin or swap.old_start >= end:
            continue
        first, last = max(swap.old_start, begin, at), min(swap.old_end, end)
        if first >= last:
            continue
        add(block.text[at - begin : first - begin], False)
        start = swap.start if swap.old_start >= begin else copy.char(begin)
        stop = swap.end if swap.old_end <= end + 1 else copy.char(end + 1)
        add(copy.text[start:stop], True)
        gone.append(furniture_of(block.text, reasons.WORSE_COPY, first - begin, last - begin))
        at = last
    if at == begin:
        return [_Piece(block, False)], []
    add(block.text[at - begin :], False)
    return pieces, gone


def _untrusted(block: Block, copy: Copy) -> Mark:
    rate = max(2, round(copy.alignment.matched / copy.lost))
    reason = f"此文字层有缺字（与同一文件的副本对照，约每{rate}字缺1字），请核对原件"
    return Mark(*block.text.span(), "damaged", reason)


def _gaps(swaps: list[_Swap], size: int) -> Iterator[tuple[int, int]]:
    """The spans of the copy that no swap uses."""
    at = 0
    for swap in swaps:
        if at < swap.start:
            yield at, swap.start
        at = swap.end
    if at < size:
        yield at, size
