"""Whether a figure is said of the indicator that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from assistant.question.data import table
from assistant.question.segment import cut
from assistant.verify.data import words
from assistant.verify.readings import Said

_HAN = re.compile(r"[\u3400-\u9fff]{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_COUNT = re.compile(r"[一二三四五六七八九十百千万亿两零]+[个家所名人项次场件例张户座起份条台]?")
_SHORTHAND = 3
_GAP = r"[\u3400-\u9fff]{0,5}?"
"""What may lie between the characters that a short form takes of a name: 产(前)筛(查)."""

_NOUN_BEHIND = 8
"""Characters behind a unit that may name what is counted (160名乡村医生)."""


def part_told_as_whole(said: Said, quoted: Said) -> bool:
    """Whether the quote limits the figure to a group (其中农村) that the sentence does not name, or the reverse."""
    group = quoted.scope or (quoted.front.partition("其中")[2] if "其中" in quoted.front else "")
    if group and not any(gram in said.sentence for gram in _grams(group)):
        return True
    return bool(said.scope) and not any(gram in _around(quoted) for gram in _grams(said.scope))


def of_another(said: Said, quoted: Said, others: Sequence[Said], known: str) -> bool:
    """Whether the words that name the indicator are those of another figure, or of none.

    `others`: the quoted figures of other values; `known`: the question and what is known of the reports. A completion
    rate names what its task does, and a figure whose quote does not say at once what it counts says it somewhere
    before.
    """
    sure = quoted.named and bool(_telling(quoted))
    own = _around(quoted) if sure else _before(quoted, others)
    rest = " ".join(f"{one.phrase} {one.scope} {one.front}" for one in others if one.role != "completion")
    telling = _telling(said)
    hits = [word for word in telling if says(own, word)]
    foreign = [word for word in telling if word not in hits and says(rest, word)]
    strange = [word for word in telling if word not in hits and not says(f"{quoted.sentence}{rest}{known}", word)]
    if strange or (foreign and (not hits or telling[-1] in foreign)):
        return True
    elsewhere = [word for word in telling if word not in hits and not says(known, word)]
    before_head = _telling(quoted)[:-1]
    if sure and elsewhere and (telling[-1] in elsewhere or (before_head and not _any_said(said, before_head))):
        return True
    return sure and bool(foreign) and not all(says(said.sentence, word) for word in _telling(quoted))


def _any_said(said: Said, named: Sequence[str]) -> bool:
    return any(says(said.sentence, word) for word in named)


def _before(quoted: Said, others: Sequence[Said]) -> str:
    """What was said before a figure, which its indicator is concluded from, without the names of others' figures."""
    text = f"{quoted.before}{quoted.behind[:_NOUN_BEHIND]}"
    for one in others:
        if one.named and one.phrase != quoted.phrase and one.unit != quoted.unit:
            text = text.replace(one.phrase, " ")
    return text


def better_said_of(said: Said, quoted: Said, others: Sequence[Said]) -> bool:
    """Whether the words around the figure are more those of another of its kind: 城区14个，农村33个 exchanged."""
    own = _share(said, quoted)
    rivals = [one for one in others if one.unit == quoted.unit and one.role == quoted.role]
    return any(_share(said, one) > own for one in rivals)


def _share(said: Said, quoted: Said) -> tuple[float, int]:
    """Which share of the words of a quoted figure stand around the one said, and how many."""
    told = {word for part in (quoted.phrase, quoted.scope, quoted.front) for word in _words(part, quoted.unit)}
    around = _around(said)
    held = sum(says(around, word) for word in told)
    return (held / len(told) if told else 0.0, held)


def _telling(one: Said) -> list[str]:
    """The words of its phrase that name the indicator."""
    return _words(one.phrase, one.unit)


def _words(phrase: str, unit: str) -> list[str]:
    plain = _YEAR.sub(" ", phrase)
    named = [word for word in cut(plain) if _HAN.fullmatch(word)] or _HAN.findall(plain)
    return [word for word in named if word not in words("fillers") and word != unit and not _COUNT.fullmatch(word)]


def _around(one: Said) -> str:
    return f"{one.phrase} {one.scope} {one.front} {one.behind[:_NOUN_BEHIND]}"


def says(text: str, word: str) -> bool:
    """Whether a text holds the word, another of its meaning, its long form (两癌, 产筛), or all its bigrams."""
    if any(one in text for one in _of_one_meaning(word)):
        return True
    if len(word) <= _SHORTHAND and re.search(_GAP.join(map(re.escape, word)), text):
        return True
    return len(word) > 2 and all(gram in text for gram in _grams(word))


@cache
def _of_one_meaning(word: str) -> tuple[str, ...]:
    synonyms = table("synonyms")
    same = {word, *synonyms["shorthand"].get(word, ()), *synonyms["pairs"].get(word, ())}
    return tuple(same | {one for one, others in synonyms["pairs"].items() if word in others})


def _grams(text: str) -> Iterator[str]:
    return (a + b for a, b in pairwise(text))
