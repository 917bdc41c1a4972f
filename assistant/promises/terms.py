"""What a measure is about: its telling words, weighed by how rare they are in the two reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from assistant.promises.wording import words
from assistant.question.segment import tagged
from ingest.figures.lexer import values

_LATIN = re.compile(
    r"[A-Za-z][A-Za-z0-9.+\-]*|\d+(?:号线|期|型|级|环|院|[A-Z]+(?![a-z]))|\d\.0(?!\d)|[一二三四五六七八九十]+(?:期(?!间)|号线|环)"
)
"""Letters and numbers that are part of a name (17号线, 3.0, 5A, 二期); years and amounts are none."""
_VERSION = re.compile(r"\d\.0(?!\d|[%亿万])")
"""3.0 is the number of a version, part of a name."""
_QUOTED = re.compile(r"“([^”]{2,16})”|《([^》]{2,30})》")
_PLACE = ("ns",)
_HAN = re.compile(r"[㐀-鿿]+")
_SUFFIXES = "省市县区州盟旗镇乡"
_PLAIN = 0.25
"""Weight of a word of words.toml's `plain` beside a telling one."""
_OBJECT = 1.4
"""The last telling word of a phrase is mostly the thing itself, what goes before narrows it down."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word at `start` of its phrase. `name`: a place or a number in a name, for which nothing else
    will do; `title`: stands in quotes, and where a clause has it, it speaks of the same thing.
    """

    text: str
    start: int
    weight: float
    name: bool = False
    title: bool = False


def terms(phrase: str, rarity: Callable[[str], float], body: frozenset[str] = frozenset()) -> list[Term]:
    """The terms of a normalised phrase, in the order of the text.

    `rarity`: how telling a text is (see `Index.rarity`); `body`: the names of the reporting body's own place, which
    tell nothing.
    """
    text = _without_figures(phrase)
    found: dict[str, Term] = {}
    taken: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(text):
        taken.append(match.span())
        for title in (match[1] or match[2]).split("、"):
            found[title] = Term(title, match.start(), _OBJECT * rarity(title), title=True)
    for match in _LATIN.finditer(text):
        if not any(a <= match.start() < b for a, b in taken):
            taken.append(match.span())
            found[match.group()] = Term(match.group(), match.start(), rarity(match.group()), name=True)
    at = 0
    last: str | None = None
    for word, tag in _tagged(text):
        start, at = at, at + len(word)
        if len(word) < 2 or not _HAN.fullmatch(word) or any(a < at and start < b for a, b in taken):
            continue
        stem = word.rstrip(_SUFFIXES) if tag in _PLACE and len(word) > 2 else word
        if stem in body or word in body or tag in ("m", "t", "d", "c", "p", "r", "u", "f"):
            continue
        weight = rarity(stem)
        if word in words("plain"):
            weight *= _PLAIN
        elif tag[0] in "nvjlbiz":
            last = stem
        found.setdefault(stem, Term(stem, start, weight, name=tag in _PLACE))
    if last is not None:
        item = found[last]
        found[last] = Term(item.text, item.start, item.weight * _OBJECT, item.name)
    return sorted(found.values(), key=lambda term: term.start)


@cache
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(tagged(text))


def bare(phrase: str) -> str:
    """The phrase without its figures and the plain words that open it (加快推进…)."""
    text = _without_figures(phrase)
    at = 0
    for word, _ in _tagged(text):
        if word not in words("plain") and word not in words("begins") and word not in words("adverbs"):
            break
        at += len(word)
    return text[at:] if len(text) - at > 3 else text


def _without_figures(phrase: str) -> str:
    """The phrase with its figures blanked out: they are compared apart."""
    out = list(phrase)
    for value in values(phrase):
        if _VERSION.match(phrase, value.start):
            continue
        out[value.start : value.end] = "　" * (value.end - value.start)
    return "".join(out)


def degree(term: Term, clause: str) -> float:
    """How far a clause says a term, 0…1: the word itself, or for a longer one the share of its character pairs."""
    if term.text in clause:
        return 1.0
    if len(term.text) < 3 or term.name:
        return 0.0
    pairs = [term.text[i : i + 2] for i in range(len(term.text) - 1)]
    return float(0.8 * (sum(pair in clause for pair in pairs) / len(pairs)) ** 2)
