"""Packing counts as few tokens as it can: its passages are those that counting everything would give."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.mapped import MappedText
from ingest.structure.lines import Line
from ingest.structure.passages import pack
from ingest.structure.sentences import sentence_spans
from ingest.structure.tokens import count_tokens


@given(
    st.lists(st.text(alphabet="医疗服务1%。；，？…… A\t", min_size=1, max_size=120), max_size=12), st.integers(5, 60)
)
def test_packing_gives_what_counting_every_line_and_every_passage_would_give(texts: list[str], budget: int) -> None:
    lines = [line for text in texts if (line := Line(MappedText.identity(text)).piece(0, len(text))) is not None]
    assert [p.text.text for p in pack(lines, budget)] == packed_by_counting([line.string for line in lines], budget)


def packed_by_counting(lines: list[str], budget: int) -> list[str]:
    """The rules of packing with every count made: the reference for what saves counting."""
    passages: list[str] = []
    held: list[tuple[str, int, bool]] = []

    def joined(units: list[tuple[str, int, bool]]) -> str:
        return "".join(("\n" if opens and n else "") + text for n, (text, _, opens) in enumerate(units))

    def flush() -> None:
        while held:
            size = len(held)
            while size > 1 and count_tokens(joined(held[:size])) > budget:
                size -= 1
            passages.append(joined(held[:size]))
            del held[:size]

    def weight() -> int:
        return sum(tokens + 1 for _, tokens, _ in held)

    for line in lines:
        tokens = count_tokens(line)
        full = sum(count for _, count, _ in held) * 2 >= budget
        if held and weight() + tokens > budget and (tokens <= budget or full):
            flush()
        if tokens <= budget:
            held.append((line, tokens, True))
            continue
        opens = True
        for start, end in sentence_spans(line):
            for first, last in clauses(line, start, end, budget):
                piece = line[first:last].strip()
                if not piece:
                    continue
                count = count_tokens(piece)
                if held and weight() + count > budget:
                    flush()
                held.append((piece, count, opens))
                opens = False
    flush()
    return passages


def clauses(text: str, start: int, end: int, budget: int) -> list[tuple[int, int]]:
    """A sentence over twice the budget in pieces that end at a comma."""
    if end - start <= budget or count_tokens(text[start:end]) <= 2 * budget:
        return [(start, end)]
    cuts = [i + 1 for i in range(start, end) if text[i] in "，,、：:"]
    pieces: list[tuple[int, int]] = []
    at = start
    for cut, following in pairwise([*cuts, end]):
        if at < cut and count_tokens(text[at:following]) > budget:
            pieces.append((at, cut))
            at = cut
    return [*pieces, (at, end)]
