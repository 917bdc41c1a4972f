"""Cuts what a language model writes into sentences as it comes, each with the evidence numbers that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_KEY = re.compile(r"\s*[〔\[【〖［]\s*(\d{1,3}(?:\s*[,，、和]\s*\d{1,3})*)\s*[〕\]】〗］]")
_KEY_BEGUN = re.compile(r"\s*(?:[〔\[【〖［][\s\d,，、和]*)?")
_SENTENCE = re.compile(rf"[^。！？!?\n]*[。！？!?\n](?:{_KEY.pattern})*[。]?")
_LEAD = re.compile(r"^\s*(?:#{1,6}\s+|[-*•·]\s+|\d{1,2}[.、]\s*(?!\d)|(?:回答|答案|答|结论)\s*[：:]\s*)+")
_EMPHASIS = re.compile(r"\*\*|__|`")
_MOST_OPEN = 600
"""Characters without any end of a sentence after which the rest is not waited for."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it, without marks; `keys` are the numbers it named, as many as there are."""

    text: str
    keys: tuple[int, ...]


def sentences(pieces: Iterable[str]) -> Iterator[Written]:
    """The sentences of a stream of text. One is given out as soon as it cannot go on, with the marks behind it."""
    buffer = ""
    for piece in pieces:
        buffer += piece
        done = 0
        for found in _SENTENCE.finditer(buffer):
            if _may_go_on(buffer[found.end() :]):
                break
            if len(found[0]) > _MOST_OPEN:
                return
            done = found.end()
            yield from _read(found[0])
        buffer = buffer[done:]
        if len(buffer) > _MOST_OPEN:
            return
    for found in _SENTENCE.finditer(buffer + "\n"):
        if len(found[0]) > _MOST_OPEN:
            return
        yield from _read(found[0])


def _may_go_on(rest: str) -> bool:
    """Whether marks that belong to the sentence before may still come."""
    return _KEY_BEGUN.fullmatch(rest) is not None


def _read(raw: str) -> Iterator[Written]:
    keys = [int(key) for marks in _KEY.findall(raw) for key in re.findall(r"\d+", marks)]
    text = _EMPHASIS.sub("", _LEAD.sub("", _KEY.sub("", raw))).strip()
    text = re.sub(r"[。]{2,}$", "。", re.sub(r"\s+", " ", text))
    if text.strip("。！？!? "):
        yield Written(text if text[-1] in "。！？!?" else f"{text}。", tuple(dict.fromkeys(keys)))
