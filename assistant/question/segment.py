"""Words of a question: jieba with the trade's own words added, apart from the segmenter that built the index."""

from __future__ import annotations

from functools import cache
from typing import Any

from assistant.question.data import table

_COMMON = 20_000
"""Dictionary frequency of a word that must not be torn."""


@cache
def _segmenter() -> Any:
    import rjieba

    segmenter = rjieba.Jieba()
    words = table("synonyms")
    for word in [
        *words["shorthand"],
        *words["pairs"],
        *table("cues")["not_cues"],
        *table("indicators")["names"]["whole"],
    ]:
        if not segmenter.has_word(word):
            segmenter.add_word(word, _COMMON, "n")
    return segmenter


def cut(text: str) -> list[str]:
    """The words of `text` in order; joined they are `text`."""
    words: list[str] = _segmenter().cut(text)
    return words


def pieces(word: str) -> list[str]:
    """The two words that a longer one of the dictionary is made of (粮食产量: 粮食, 产量); itself if there are none."""
    found: list[str] = _segmenter().cut_for_search(word)
    for first in found:
        if word.startswith(first) and word[len(first) :] in found:
            return [first, word[len(first) :]]
    return [word]


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (the tag set of ICTCLAS, as jieba gives it)."""
    pairs: list[tuple[str, str]] = _segmenter().tag(text)
    return pairs


def is_word(text: str) -> bool:
    """Whether the dictionary knows the word, rather than the segmenter having guessed it from its characters."""
    return bool(_segmenter().has_word(text))
