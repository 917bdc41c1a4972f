"""The sentence templates of both hands, and the choice of one for a fact.

Hand A (phrases_a.toml) wrote with the table before him; hand B (phrases_b.toml) knew neither the table, nor A's
sentences, nor the grammar that reads them. Scores are kept apart by hand.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Literal, TypeVar

from eval.sample.facts import has_data, load_toml

T = TypeVar("T")
Hand = Literal["a", "b"]
SLOTS = frozenset(
    [
        "org",
        "year",
        "indicator",
        "target",
        "result",
        "rate",
        "asof",
        "unit",
        "gap",
        "all",
        "our",
        "place",
        "last",
        "unit_name",
        "span",
    ]
)
FIGURES = frozenset(["target", "result", "rate", "gap", "last"])


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots; `slots` are those that its text really has."""

    hand: Hand
    section: str
    text: str
    slots: frozenset[str]


@cache
def load_templates(hand: Hand) -> tuple[Template, ...]:
    """The templates of one hand; none if his file is not there.

    Raises ValueError when a template has an unknown slot, or `needs` disagrees with the text.
    """
    name = f"phrases_{hand}.toml"
    if not has_data(name):
        return ()
    return tuple(_template(hand, section, entry) for section, entries in load_toml(name).items() for entry in entries)


def pick(options: Iterable[T], *key: object) -> T:
    """One of the options, always the same for the same key."""
    return min(enumerate(options), key=lambda pair: digest(pair[0], *key))[1]


def digest(*key: object) -> bytes:
    """A hash of the key that does not change between processes or Python versions."""
    return blake2b("\x1f".join(map(str, key)).encode(), digest_size=8).digest()


def hand_for(*key: object) -> Hand:
    """Whose sentence a fact gets: half of them each hand's."""
    return "a" if digest("hand", *key)[0] % 2 else "b"


def candidates(
    hand: Hand, section: str, have: Collection[str], must: Collection[str], banned: Iterable[str] = ()
) -> list[Template]:
    """Templates of a section that say all of `must` and need nothing that is not in `have`."""
    fixed = {"org", "year", "indicator", "all", "our", "place", "unit", "unit_name", "span"}
    return [
        template
        for template in load_templates(hand)
        if template.section == section
        and template.slots <= fixed | set(have)
        and set(must) <= template.slots
        and not any(word in template.text for word in banned)
    ]


def fill(template: Template, values: Mapping[str, str]) -> str:
    """The sentence, without its final punctuation."""
    return template.text.format_map(values).rstrip("。；")


def _template(hand: Hand, section: str, entry: Mapping[str, object]) -> Template:
    text = str(entry["text"])
    slots = frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    needs = entry.get("needs", [])
    if not isinstance(needs, list):
        raise ValueError(f"phrases_{hand}.toml: needs is not a list: {text}")
    if slots - SLOTS:
        raise ValueError(f"phrases_{hand}.toml: unknown slots {sorted(slots - SLOTS)}: {text}")
    if (slots ^ set(map(str, needs))) & FIGURES:
        raise ValueError(f"phrases_{hand}.toml: needs and slots disagree: {text}")
    return Template(hand, section, text, slots)
