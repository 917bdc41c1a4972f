"""Blanks that only spread the letters: 工 作 总 结, 截至 2022 年 11 月."""

from __future__ import annotations

import re

from ingest.clean.draft import Draft, with_text

_SPREAD = re.compile(r"(?<![^\s])[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){3,}(?![^\s])")
_AROUND_NUMBER = re.compile(
    r"(?<=[\u3400-\u9fff]) (?=\d[\d.,]* ?[\u3400-\u9fff%％‰])|(?<=[\d%％‰]) (?=[\u3400-\u9fff%％‰])"
)
_NUMBER_BOTH_SIDES = re.compile(r"[\u3400-\u9fff] \d[\d.,]*[%％‰]? [\u3400-\u9fff]|\d [%％‰]")
_SPACED_NUMBER = re.compile(r"(?<!\d)\d(?: [\d.．]){1,}(?!\d)")
_WITHIN_NUMBER = re.compile(r"(?<=[\d.．]) (?=[\d.．%％‰])")
_MANY = 10


def drop_spread(draft: Draft) -> Draft:
    """Close up letter-spaced titles, numbers between blanks, and the digits of a text that spaces every digit."""
    spaced_digits = _spaces_digits(draft)
    blocks = []
    for block in draft.blocks:
        text = block.text
        spans: list[tuple[int, int, str]] = []
        if " " in text.text or "\u3000" in text.text:
            for title in _SPREAD.finditer(text.text):
                spans += [
                    (title.start() + i, title.start() + i + 1, "") for i, c in enumerate(title[0]) if c in " \u3000"
                ]
            if _NUMBER_BOTH_SIDES.search(text.text):
                spans += [(*blank.span(), "") for blank in _AROUND_NUMBER.finditer(text.text)]
            if spaced_digits:
                spans += [(*blank.span(), "") for blank in _WITHIN_NUMBER.finditer(text.text)]
        blocks.append(with_text(block, text.replace_spans(sorted(set(spans)))) if spans else block)
    return draft.changed(blocks)


def _spaces_digits(draft: Draft) -> bool:
    """Whether the file as a whole writes 1 9 9 8 年: many spaced numbers and hardly any other of two digits."""
    spaced = sum(len(_SPACED_NUMBER.findall(block.text.text)) for block in draft.blocks if block.kind != "table_row")
    if spaced < _MANY:
        return False
    plain = sum(len(re.findall(r"\d\d+", block.text.text)) for block in draft.blocks)
    return plain * 5 < spaced
