"""Which labelled topics of a plan an outline covers: by the words of their classes, or by the same wording."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.clean import normalise

PER_HEADING = 2
"""A heading may cover so many topics and no more: one that names everything covers nothing in particular."""
_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A topic of a plan: the class that a reader gave it (empty: by its wording alone) and the text of its heading."""

    label: str
    text: str


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The closed list of classes with the words that name them."""
    text = (files("eval.drafting") / "topic_words.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for field in tomllib.loads(text).values() for name, words in field.items()}


def covered(topics: Sequence[Labelled], outline: Sequence[str]) -> list[bool]:
    """For each topic whether a heading of the outline covers it; headings are given out so that most are covered."""
    fits = [[number for number, heading in enumerate(outline) if names(heading, topic)] for topic in topics]
    held: dict[int, list[int]] = {number: [] for number in range(len(outline))}

    def give(topic: int, seen: set[int]) -> bool:
        for heading in fits[topic]:
            if heading in seen:
                continue
            seen.add(heading)
            if len(held[heading]) < PER_HEADING:
                held[heading].append(topic)
                return True
            for other in held[heading]:
                if give(other, seen):
                    held[heading].remove(other)
                    held[heading].append(topic)
                    return True
        return False

    return [give(topic, set()) for topic in range(len(topics))]


def names(heading: str, topic: Labelled) -> bool:
    """Whether a heading is about a topic."""
    plain = normalise(heading)
    words = classes()[topic.label] if topic.label else ()
    return any(word in plain for word in words) or _dice(plain, normalise(topic.text)) >= _SAME_WORDS


def label_of(heading: str, field: str) -> str:
    """The class of a field whose words fill most of a heading, empty where none does: for plans without labels."""
    plain = normalise(heading)
    text = (files("eval.drafting") / "topic_words.toml").read_text(encoding="utf-8")
    own = tomllib.loads(text)[field]
    filled = {name: sum(len(word) for word in words if word in plain) for name, words in own.items()}
    best = max(filled, key=lambda name: filled[name])
    return best if filled[best] else ""


def _dice(left: str, right: str) -> float:
    one, other = _pairs(left), _pairs(right)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"\W", "", text)
    return {letters[i : i + 2] for i in range(len(letters) - 1)}
