"""The product as a measuring run takes it apart: its answers, and what it found before it answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest

from assistant.answer import Answer
from assistant.asking import Asking
from assistant.citations import cite
from assistant.events import Finished
from assistant.evidence.gather import gather
from assistant.models import Model
from assistant.opened import OpenedArchive
from assistant.retrieval import Retriever, ScoredPassage
from assistant.verify import Verifier
from eval.gold import Gold
from eval.metrics.citations import supports
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, Scope
from ingest.clean import normalise
from ingest.settings import Settings

DEPTH = 20
"""Passages looked at for a question."""


class Product:
    """One archive with the product's own parts over it, any of which may be another: see `eval.ablation.parts`."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        model: Model | None = None,
        verifier_of: type[Verifier] = Verifier,
    ) -> None:
        self.archive = archive
        self._opened = OpenedArchive(settings, archive)
        self._asking = Asking(self._opened, model, verifier_of)
        self._listening: _Listening | None = None

    def ask(self, question: str, history: Sequence[str] = (), *, composer: str = "extractive") -> Answer:
        """The answer, as `assistant.service.Assistant.ask` gives it."""
        for event in self._asking.stream(question, history, composer):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("the stream of an answer ends with Finished")

    def searched(self, question: str) -> list[PassageRecord]:
        """What plain search finds for the words of the question: no scope, no history, DEPTH passages, best first."""
        found = self._opened.retriever().retrieve(normalise(question), Scope(), DEPTH)
        return [item.passage for item in found]

    def gathered(self, question: str, history: Sequence[str] = ()) -> tuple[list[PassageRecord], list[PassageRecord]]:
        """What `ask` hands to the composer, and all that it had retrieved on the way there.

        The first holds each passage once, in the order of its best sentence; the slots of a question (one for each body
        and year) take turns. It is empty where nothing answers. The second is in no order of worth.
        """
        understood = self._asking.understood(question, history)
        listening = self._listener()
        listening.heard = {}
        slots = gather(understood, listening, self._opened.reports).slots
        chosen = _by_turns([[item.passage for item in slot.answering] for slot in slots])
        read = listening.heard | {passage.id: passage for passage in chosen}
        return chosen[:DEPTH], list(read.values())

    def _listener(self) -> _Listening:
        if self._listening is None:
            inner = self._opened.retriever()
            self._listening = _Listening(inner.archive, inner.encoder)
        return self._listening


@contextmanager
def product(
    settings: Settings,
    archive: type[Archive] = Archive,
    model: Model | None = None,
    verifier_of: type[Verifier] = Verifier,
) -> Iterator[Product]:
    """The product over the archive of `settings.home`, opened for reading."""
    with archive.create_or_open(settings.home, chroma_url=settings.chroma_url) as opened:
        yield Product(settings, opened, model, verifier_of)


class Relevance:
    """Which pieces of a question's evidence a passage holds: the same test as for citations."""

    def __init__(self, archive: Archive, copies: dict[str, frozenset[str]]) -> None:
        self._archive = archive
        self._copies = copies

    def held(self, passages: Sequence[PassageRecord], gold: Gold) -> list[frozenset[int]]:
        """For each passage the pieces of `gold.evidence` that it holds; a place that says the very same holds all."""
        return [self._of(passage, gold) for passage in passages]

    def anywhere(self, gold: Gold) -> bool:
        """Whether any passage of the archive holds any piece: else the text did not become a passage at all."""
        names = {item.file for item in (*gold.evidence, *gold.same)}
        return any(
            held
            for report in self._archive.reports()
            if None in names or names & set(report.sources)
            for held in self.held(self._archive.report_passages(report.id), gold)
        )

    def _of(self, passage: PassageRecord, gold: Gold) -> frozenset[int]:
        whole = cite(self._archive, passage, 0, len(passage.text.text), 1).to_json()
        if any(supports(whole, item, self._copies) for item in gold.same):
            return frozenset(range(len(gold.evidence)))
        return frozenset(i for i, item in enumerate(gold.evidence) if supports(whole, item, self._copies))


class _Listening(Retriever):
    """Notes every passage that it finds."""

    heard: dict[int, PassageRecord]

    def retrieve_many(
        self, queries: Sequence[str], scope: Scope | None = None, k: int = 10, *, also: Sequence[str] = ()
    ) -> list[list[ScoredPassage]]:
        found = super().retrieve_many(queries, scope, k, also=also)
        self.heard |= {item.passage.id: item.passage for items in found for item in items}
        return found


def _by_turns(lists: Sequence[Sequence[PassageRecord]]) -> list[PassageRecord]:
    """The first of each list, then the second of each, and so on; a passage once, at its first place."""
    distinct = [list({passage.id: passage for passage in one}.values()) for one in lists]
    taken = {one.id: one for row in zip_longest(*distinct) for one in row if one is not None}
    return list(taken.values())
