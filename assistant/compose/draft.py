"""What a composer hands over: sentences with the spans they rest on, not yet verified."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Computed, Warning
from ingest.archive.records import PassageRecord


@dataclass(frozen=True, slots=True)
class Support:
    """A span `start:end` of a passage's cleaned text that a sentence rests on."""

    passage: PassageRecord
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as composed, with its supports (never empty).

    `quoted`: the part of its text that is a quote. `own`: in words of the composer's own (a language model's), which
    are checked word by word.
    """

    text: str
    supports: tuple[Support, ...]
    computed: tuple[Computed, ...] = ()
    quoted: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed answer; no sentences means that the composer found nothing to say."""

    sentences: tuple[DraftSentence, ...] = ()
    warnings: tuple[Warning, ...] = ()
