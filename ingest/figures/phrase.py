"""Indicator phrases: a stretch of a sentence without what leads up to it and what follows it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Phrase:
    """An indicator phrase at `start:end` of the sentence."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns made of words.toml; see there what each one means."""

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    weak: re.Pattern[str]
    breaks: re.Pattern[str]
    verb: re.Pattern[str]
    only_verb: re.Pattern[str]
    noun_ends: re.Pattern[str]
    heads: re.Pattern[str]
    predicate: re.Pattern[str]
    naming_units: frozenset[str]


_AGENT = re.compile(r"由[^，。]{1,14}$")
"""由各定点机构完成: who did it, not what was counted."""

_SHORT = re.compile(r"[（(][A-Z]{2,8}[）)]$")
"""居民消费价格指数（CPI）: the abbreviation of the name before it."""

_LONGEST = 200
"""Characters that are looked at: no name is as long."""

_RUN = 24
"""Characters in which a run of words is looked for at once; longer runs are taken away piece by piece.

Some words are made of others (完成率, 完成, 率), so that the time would double with each that is said again.
"""

_OWNED = 4
"""A noun behind 的 of so many characters stands for itself: 县级医院牵头的 | 中医馆建设."""


@cache
def words() -> Words:
    """Read words.toml once."""
    table = tomllib.loads(files("ingest.figures").joinpath("words.toml").read_text(encoding="utf-8"))

    def any_of(*names: str) -> str:
        return "(?:" + "|".join(word for name in names for word in table[name]) + ")"

    return Words(
        lead=re.compile(f"^{any_of('time', 'given', 'lead')}+"),
        tail=re.compile(f"{any_of('time', 'given', 'tail')}+$"),
        weak=re.compile(f"^{any_of('weak')}+$"),
        breaks=re.compile(any_of("breaks")),
        verb=re.compile(any_of("verbs")),
        only_verb=re.compile(f"{any_of('verbs')}+(?:了|各类|各项|各级|专业|高层次)?"),
        noun_ends=re.compile(any_of("noun_ends")),
        heads=re.compile(f"{any_of('heads')}$"),
        predicate=re.compile(f"{any_of('predicates')}$"),
        naming_units=frozenset(table["naming_units"]),
    )


def core(sentence: str, start: int, end: int) -> Phrase | None:
    """What `sentence[start:end]` names; None where nothing of two characters is left of it."""
    known = words()
    start = max(start, end - _LONGEST)
    raw = sentence[start:end]
    lead = known.lead.match(raw)
    first = lead.end() if lead is not None else 0
    last = len(raw)
    while last > first and (tail := known.tail.search(raw, max(first, last - _RUN), last)) is not None:
        last = tail.start()
    if last - first < 2 or _AGENT.search(raw[:last]):
        return None
    text = raw[first:last]
    if (cut := known.breaks.search(text)) is not None and cut.start() >= 3:
        text = text[: cut.start()]
    owner = text.rfind("的") + 1
    if 1 < owner <= len(text) - _OWNED:
        first, text = first + owner, text[owner:]
    if len(text) < 2 or (len(text) <= _RUN and known.weak.match(text)):
        return None
    return Phrase(text, start + first, start + first + len(text))


def ends_like_one(phrase: Phrase) -> bool:
    """Whether a phrase ends as names of measured things do (…率, …筛查, …收入)."""
    return words().heads.search(_SHORT.sub("", phrase.text)) is not None


def is_verb(phrase: Phrase | None) -> bool:
    """Whether a phrase is no more than the verb of its clause (新建, 培训)."""
    return phrase is not None and words().only_verb.fullmatch(phrase.text) is not None


def is_weak(text: str) -> bool:
    """Whether words say only what a number does (完成率, 任务数), not of what."""
    return words().weak.match(text) is not None
