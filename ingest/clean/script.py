"""Traditional to simplified characters, one for one, so that every character keeps its place in the source.

The tables are OpenCC's (t2s), with two additions it leaves to regional variants: 衞 and 著 read as 着.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol, cast

from ingest.clean.draft import Draft, with_text

# The characters that OpenCC's t2s changes although GB 2312 has them too: in a simplified text they are meant as they
# stand (乾县, 於 as a surname), in a traditional one they are not.
_AMBIGUOUS = frozenset("乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽")
_AMBIGUOUS_CHAR = re.compile(f"[{''.join(sorted(_AMBIGUOUS))}]")
_TRADITIONAL_SHARE = 0.02
_LONG = 2_000
"""From so many characters on a look at the set of them is quicker than a conversion; it costs one table at first."""
# Words whose characters t2s changes only together.
_BY_PHRASE = ("答覆", "回覆", "批覆", "覆信", "反覆", "覆核", "函覆")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_ZHE = re.compile(r"(?<![昭显顯卓原名专專论論编編巨遗遺土合译譯执執拙])著(?![名作称稱述书書者录錄])")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _opencc() -> _Converter:
    from opencc import OpenCC

    return cast(_Converter, OpenCC("t2s"))


@cache
def _converted() -> frozenset[str]:
    """The characters that OpenCC's t2s changes on their own."""
    blocks = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))  # CJK, its compatibility block, extension B
    chars = [chr(code) for first, last in blocks for code in range(first, last)]
    converted = _opencc().convert("\n".join(chars)).split("\n")
    return frozenset(old for old, new in zip(chars, converted, strict=True) if old != new) | {"衞"}


def to_simplified(text: str) -> str:
    """`text` in simplified characters, of exactly the same length.

    Characters that are right in simplified text too are changed only where the text as a whole is traditional
    (at least one Han character in fifty is a traditional one).
    """
    chars = set(text)
    if len(text) >= _LONG and chars.isdisjoint(_converted()) and not any(word in text for word in _BY_PHRASE):
        return text
    converted = _same_length(text)
    if converted == text:
        return text
    vanished = chars - set(converted) - _AMBIGUOUS
    traditional = sum(text.count(char) for char in vanished)
    han = sum(len(run) for run in _HAN.findall(text))
    if traditional and traditional >= _TRADITIONAL_SHARE * han:
        return _ZHE.sub("着", converted)
    kept = list(converted)
    for found in _AMBIGUOUS_CHAR.finditer(text):
        kept[found.start()] = found[0]
    return "".join(kept)


def _same_length(text: str) -> str:
    """OpenCC's conversion; a run of Han characters that would change its length is converted one by one, or not."""
    convert = _opencc().convert
    converted = convert(text)
    if len(converted) != len(text):
        converted = _HAN.sub(lambda run: _run_by_character(run[0]), text)
    return converted.replace("衞", "卫")


def _run_by_character(run: str) -> str:
    convert = _opencc().convert
    whole = convert(run)
    if len(whole) == len(run):
        return whole
    singles = (convert(char) for char in run)
    return "".join(new if len(new) == 1 else old for old, new in zip(run, singles, strict=True))


def simplify_script(draft: Draft) -> Draft:
    """Every block in simplified characters. The whole text is judged at once: one file has one script."""
    text = "\n".join(block.text.text for block in draft.blocks)
    converted = to_simplified(text)
    if converted == text:
        return draft
    blocks = []
    at = 0
    for block in draft.blocks:
        new = converted[at : at + len(block.text)]
        at += len(new) + 1
        blocks.append(block if new == block.text.text else with_text(block, block.text.with_text(new)))
    return draft.changed(blocks)
