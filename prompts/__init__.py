"""Every prompt of the house: one Markdown file per task, in Chinese, with a version in its first line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VERSION = re.compile(r"<!-- 版本：(\d+) -->\n")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its slots (`{{名}}`) still open."""

    name: str
    version: int
    text: str

    @property
    def slots(self) -> frozenset[str]:
        """The names of the slots."""
        return frozenset(_SLOT.findall(self.text))

    def render(self, **values: str) -> str:
        """The prompt with every slot filled, once: a value that looks like a slot stays as it is.

        Raises ValueError when a slot is left open or a value has no slot.
        """
        if self.slots != values.keys():
            raise ValueError(f"prompt {self.name}: slots {sorted(self.slots)}, values {sorted(values)}")
        return _SLOT.sub(lambda found: values[found[1]], self.text)


@cache
def load(name: str) -> Prompt:
    """The prompt in `name`.md of this folder; raises ValueError when it names no version."""
    text = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    version = _VERSION.match(text)
    if version is None:
        raise ValueError(f"prompt {name}: no version in its first line")
    return Prompt(name, int(version[1]), text[version.end() :].strip())
