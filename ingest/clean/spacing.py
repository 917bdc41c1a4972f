"""Blanks that only spread the letters: 工 作 总 结, 截至 2022 年 11 月."""

from __future__ import annotations

import re

from ingest.clean.draft import Draft, with_text

_SPREAD = re.compile(r"(?<![^\s])[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){3,}(?![^\s])")
_AROUND_NUMBER = re.compile(r"(?<=[\u3400-\u9fff]) (?=\d[\d.,]* ?[\u3400-\u9fff%％‰])|(?<=[\d%％‰]) (?=[\u3400-\u9fff%％‰])")
_NUMBER_BOTH_SIDES = re.compile(r"[\u3400-\u9fff] \d[\d.,]*[%％‰]? [\u3400-\u9fff]|\d [%％‰]")


def drop_spread(draft: Draft) -> Draft:
    """Close up letter-spaced titles, and numbers in texts that put a blank on both sides of a number."""
    blocks = []
    for block in draft.blocks:
        text = block.text
        spans: list[tuple[int, int, str]] = []
        if " " in text.text or "\u3000" in text.text:
            for title in _SPREAD.finditer(text.text):
                spans += [(title.start() + i, title.start() + i + 1, "") for i, c in enumerate(title[0]) if c in " \u3000"]
            if _NUMBER_BOTH_SIDES.search(text.text):
                spans += [(*blank.span(), "") for blank in _AROUND_NUMBER.finditer(text.text)]
        blocks.append(with_text(block, text.replace_spans(sorted(set(spans)))) if spans else block)
    return draft.changed(blocks)
