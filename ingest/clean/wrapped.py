"""Whether a text was wrapped at a fixed width, and how far each of its lines fills that width."""

from __future__ import annotations

from ingest.clean.shapes import ends_line, width
from ingest.types import Block

_RUN = 5
"""Lines in a row, at least, before a fixed width can be told."""
_NARROWEST, _WIDEST = 24, 140
_FULL = 0.8
"""A line this share of the run's width is full; a bad text layer drops characters, so lines are not quite equal."""
_FULL_SHARE = 0.6
_CUT_SHARE = 0.5
_PAPER = 0.85
"""The paper's width is this quantile of the line widths: a few lines overrun it, headings and last lines fall short."""


def fill(blocks: tuple[Block, ...]) -> list[float]:
    """For each block the share of the paper's width that it fills; 0 where the text around it is not wrapped.

    A wrapped run is a row of lines of which most are nearly equally wide and most of these stop in mid-sentence.
    Paged formats are left to their reader, which sees the lines' real place on the paper.
    """
    shares = [0.0] * len(blocks)
    run: list[int] = []
    widths: list[int] = []
    for i, block in enumerate(blocks):
        text = block.text.text
        short = block.kind == "paragraph" and block.page is None and len(text) <= _WIDEST
        widths.append(width(text) if short else _WIDEST + 1)
        if widths[i] <= _WIDEST:
            run.append(i)
            continue
        _fill_run(run, widths, blocks, shares)
        run = []
    _fill_run(run, widths, blocks, shares)
    return shares


def _fill_run(run: list[int], widths: list[int], blocks: tuple[Block, ...], shares: list[float]) -> None:
    """Write the shares of one run of short lines into `shares`, if the run is wrapped."""
    if len(run) < _RUN:
        return
    paper = sorted(widths[i] for i in run)[int(len(run) * _PAPER)]
    full = [i for i in run if widths[i] >= _FULL * paper]
    cut = sum(1 for i in full if not ends_line(blocks[i].text.text))
    if paper >= _NARROWEST and len(full) >= _FULL_SHARE * len(run) and cut >= _CUT_SHARE * len(full):
        for i in run:
            shares[i] = widths[i] / paper
