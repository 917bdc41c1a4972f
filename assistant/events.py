"""What an answer in the making tells its reader: what is being done, each sentence once it is checked, the whole."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Answer, Citation, Sentence


@dataclass(frozen=True, slots=True)
class Progress:
    """A step has begun; `text` is Chinese and short (正在检索)."""

    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that has passed its checks, with those of its citations that no earlier sentence brought.

    What was shown is never taken back: the finished answer begins with these sentences.
    """

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; always the last event."""

    answer: Answer


Event = Progress | Shown | Finished
