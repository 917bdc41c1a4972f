"""Search terms of a Chinese text: jieba words and overlapping Han bigrams.

Documents and queries go through the same function; that is the whole secret of a full-text index for a language
without blanks. Words rank well; bigrams find what the dictionary does not know (names of places, trade shorthand).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import add

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MOST_WORDS = 100_000
_PROBE = "２０２２年，免费產前篩查的任务数为5,600人，完成率84.20%；持续推进医共体建设。"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text in reading order, repetitions kept (documents are weighed by how often a term occurs).

    A term never holds a blank, a quotation mark or any other ASCII punctuation except `.` and `%` inside a figure.
    """

    words: tuple[str, ...]
    grams: tuple[str, ...]


def terms(text: str) -> Terms:
    """The search terms of a document's or a query's text.

    Words: jieba in search mode (long words come with their parts, Sun Junyi's `cut_for_search`); grams: every two
    neighbouring Han characters. Both of the normalised text, without punctuation.
    """
    plain = normalised(text)
    # Spelt with map and a table because this runs for every word and character of every file.
    grams = tuple(chain.from_iterable(map(add, run, run[1:]) for run in _HAN_RUN.findall(plain)))
    return Terms(tuple(filter(None, map(_TERM_OF.__getitem__, _cut(plain)))), grams)


def normalised(text: str) -> str:
    """One form for what people write in several: simplified characters, half width, lower case, no 5,600 commas."""
    from ingest.clean.normalise import normalise

    return _THOUSANDS.sub("", normalise(text).lower())


@cache
def fingerprint() -> str:
    """Changes when the terms of a text may have changed: another dictionary, other rules."""
    probe = terms(_PROBE)
    return hashlib.sha256("\n".join((*probe.words, "", *probe.grams)).encode()).hexdigest()[:16]


def _cut(text: str) -> list[str]:
    import rjieba

    words: list[str] = rjieba.cut_for_search(text)
    return words


def _as_term(word: str) -> str:
    """The word without anything the index would split it at; empty for punctuation and blanks."""
    kept = "".join(c for c in word if c.isalnum() or c in ".%")
    return kept.strip(".") if any(c.isalnum() for c in kept) else ""


class _Remembered(dict[str, str]):
    """Word → term, worked out at the first look; figures are endless, so it starts anew when it has grown large."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_WORDS:
            self.clear()
        term = self[word] = _as_term(word)
        return term


_TERM_OF = _Remembered()
