"""Drafting over one archive: the part of the facade that the page's tab 起草, `draft` and other programs work with."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from assistant.asking import Asking
from assistant.opened import OpenedArchive

if TYPE_CHECKING:
    from assistant.drafting.store import OpenedDraft
    from assistant.drafting.types import DraftSection, Manuscript, Offer, Order, Topic
    from assistant.drafting.workspace import Work
    from assistant.models import Model


class Drafter:
    """Drafts over the archive that questions are asked of, by the same model. Safe to use from several threads."""

    def __init__(self, opened: OpenedArchive, asking: Asking) -> None:
        self._opened = opened
        self._asking = asking
        self._warmed = False

    def warm_up(self) -> None:
        """Let a model on this machine read the rules of drafting, once, before the first section needs them: where a
        writer opens the drafting tab. Does it aside; what fails is told at the first draft.
        """
        if not self._warmed and self._asking.model() is not None:
            threading.Thread(target=self._read_rules, daemon=True, name="warm-drafting").start()

    def draft(
        self, order: Order, model: Model | None = None, *, told: Callable[[str, str], None] | None = None
    ) -> Iterator[DraftSection | Manuscript]:
        """Draft what `order` asks for: sections as they are done, the manuscript last. `model`: instead of the
        configured one; `told` hears the heading of a section and each sentence of it as a model writes them.
        """
        from assistant.drafting.manuscript import draft

        model = self._model(order, model)
        if model is not None:  # while what the draft is made from is found
            threading.Thread(target=self._warm, args=(model,), daemon=True, name="warm-drafting").start()
        with self._opened.lock:
            self._opened.refresh()
            retriever, ledger = self._opened.retriever(), self._opened.ledger()
        yield from draft(self._opened.archive, order, retriever, ledger, model, told=told, lock=self._opened.lock)

    def redraft(
        self,
        manuscript: Manuscript,
        section: int,
        instruction: str = "",
        model: Model | None = None,
        *,
        told: Callable[[str, str], None] | None = None,
    ) -> Manuscript:
        """The manuscript with one section composed anew (更简短, 突出中医药), the others untouched."""
        from assistant.drafting.manuscript import redraft_section

        model = self._model(manuscript.order, model)
        return redraft_section(
            self._opened.archive, manuscript, section, model, instruction, told=told, lock=self._opened.lock
        )

    def check(self, manuscript: Manuscript) -> Manuscript:
        """The manuscript with its checks made anew, after the writer has edited it."""
        from assistant.drafting.checks import checked
        from assistant.drafting.material import room_for

        with self._opened.lock:
            room = room_for(self._opened.archive, manuscript.order)
            return checked(manuscript, room.review, room.places)

    def open(self, opened: OpenedDraft) -> Work:
        """A kept draft with all that stood on the writer's desk; raises UnreadableDraft."""
        from assistant.drafting.workspace import work_from

        with self._opened.lock:
            return work_from(opened.order, opened.read(self._opened.archive), opened.edits, self._opened.archive)

    def outline(self, order: Order) -> tuple[Topic, ...]:
        """The proposed headings, each with its reason and exemplars."""
        from assistant.drafting.outline import propose

        with self._opened.lock:
            self._opened.refresh()
            return propose(self._opened.archive, order)

    def offers(self, order: Order) -> tuple[Offer, ...]:
        """What the ledger knows of the body's last year, for the writer to accept."""
        from assistant.drafting.offers import offers

        with self._opened.lock:
            return offers(self._opened.ledger(), order, self.outline(order))

    def _read_rules(self) -> None:
        model, _ = self._asking.writing_model(None)
        if model is not None:
            self._warm(model)

    def _warm(self, model: Model) -> None:
        from assistant.generation.warming import warm_drafting

        if not self._warmed:
            self._warmed = True
            warm_drafting(model)

    def _model(self, order: Order, model: Model | None) -> Model | None:
        """The model that shall write, None for a skeleton or where none can be had."""
        if order.composer != "llm" or model is not None:
            return model if order.composer == "llm" else None
        return self._asking.writing_model(None)[0]
