"""A draft, or one section of it, being written into its place on the desk; what stood there is kept before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.drafting.types import DraftSection, Manuscript
from assistant.drafting.versions import BEFORE_DRAFTING, BEFORE_REWRITING, DRAFTED
from ingest.errors import BadOrder, NotFound, ReportAssistantError
from ui import strings
from ui.draft_desk import DraftDesk
from ui.draft_paper import notes_of
from ui.draft_place import Place
from ui.draft_run import Run, Told


class Writing:
    """Begins and ends the runs of one desk."""

    def __init__(self, desk: DraftDesk) -> None:
        self._desk = desk

    def whole(self, place: Place) -> None:
        """Begin the whole draft; what stood there stays among the versions. Raises BadOrder."""
        with place.changed:
            self._ready(place)
            order = place.work.order()
            if not place.key or place.work.manuscript is not None:
                self._desk.keep(place, note="" if place.work.manuscript is None else BEFORE_DRAFTING)
            before = place.work
            empty = Manuscript(order, "", (), (), (), ())
            place.work = replace(before, manuscript=empty, composed={}, previous={})

            def take(event: DraftSection | Manuscript) -> None:
                with place.changed:
                    made = isinstance(event, Manuscript)
                    place.growing = "", ""
                    place.work = (
                        place.work.finished(event) if isinstance(event, Manuscript) else place.work.grown(event)
                    )
                    if made and place.work.composed:
                        assert place.work.manuscript is not None
                        checked = self._desk.drafter.check(place.work.manuscript)
                        place.work = replace(place.work, manuscript=checked)
                    place.bump()

            def end(fault: str) -> None:
                with place.changed:
                    place.run, place.growing = None, ("", "")
                    now = place.work.manuscript
                    whole = now is not None and bool(now.sections and now.title)
                    if now is None or not now.sections:
                        place.work = before
                    elif not whole:
                        place.work = place.work.broken_off()
                        self._check(place)
                    self._desk.keep(place, note=DRAFTED if whole else "")
                    self._ended(place, fault, stopped=now is None or not now.title)

            place.run = Run(lambda told: self._desk.drafter.draft(order, told=told), take, self._hears(place), end)
            place.tell(strings.DRAFTING)
            place.bump()
            place.run.start()

    def section(self, place: Place, number: int, instruction: str) -> None:
        """Begin one section again. Raises BadOrder."""
        with place.changed:
            manuscript = place.work.manuscript
            self._ready(place)
            if manuscript is None or not 0 <= number < len(manuscript.sections):
                raise NotFound("没有这一节", "请重新打开这份草稿")
            if manuscript.title:
                self._desk.keep(place, note=BEFORE_REWRITING)
            before = manuscript.sections[number].text
            done = False

            def take(event: DraftSection | Manuscript) -> None:
                nonlocal done
                if isinstance(event, Manuscript):
                    with place.changed:
                        done = True
                        place.work = place.work.recomposed(number, event)
                        self._check(place)
                        place.bump()

            def end(fault: str) -> None:
                with place.changed:
                    place.run, place.growing = None, ("", "")
                    self._desk.keep(place)
                    self._ended(place, fault, stopped=not done)
                    now = place.work.manuscript
                    same = done and now is not None and now.sections[number].text == before
                    if same and now is not None and not notes_of(now, now.sections[number]):
                        place.tell(strings.DRAFT_SAME_AGAIN)

            def events(told: Told) -> Iterator[Manuscript]:
                yield self._desk.drafter.redraft(manuscript, number, instruction, told=told)

            place.run = Run(events, take, self._hears(place), end, number)
            place.tell(strings.DRAFTING_AGAIN)
            place.bump()
            place.run.start()

    def _ready(self, place: Place) -> None:
        """Raises BadOrder where something is being written already."""
        if place.run is not None:
            raise BadOrder("这份草稿正在起草", "请等它写完，或先停止")
        if self._desk.is_full():
            raise BadOrder("您有几份草稿正在起草", "请等一份写完，或先停止")

    def _hears(self, place: Place) -> Told:
        def told(heading: str, sentence: str) -> None:
            with place.changed:
                before = place.growing[1] if place.growing[0] == heading else ""
                place.growing = heading, before + sentence
                place.bump()

        return told

    def _check(self, place: Place) -> None:
        try:
            if place.work.manuscript is not None:
                checked = self._desk.drafter.check(place.work.manuscript)
                place.work = replace(place.work, manuscript=checked)
        except ReportAssistantError as error:
            place.tell(str(error), fault=True)

    def _ended(self, place: Place, fault: str, *, stopped: bool) -> None:
        if fault:
            place.tell(fault, fault=True)
        elif stopped:
            place.tell(strings.DRAFT_STOPPED)
        place.bump()
