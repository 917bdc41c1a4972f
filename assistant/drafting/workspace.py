"""All that a writer has on the desk for one draft: the form as typed, outline, offers, manuscript, earlier texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from assistant.drafting.codec import UnreadableDraft, manuscript_from_dict, manuscript_to_dict
from assistant.drafting.editing import adopted, edit_section, replace_section, rest_on_facts, sentences, with_facts
from assistant.drafting.order_form import Form, Heading, Offered, form_of, order_of
from assistant.drafting.titles import title_of
from assistant.drafting.types import DraftSection, Manuscript, Offer, Order, Topic
from ingest.archive import Archive
from ingest.errors import ReportAssistantError


@dataclass(frozen=True, slots=True)
class Work:
    """`composed`: section number → its text as composed, where the writer has edited it since; `previous`: what stood
    there before, to go back to.
    """

    form: Form = field(default_factory=Form)
    outline: tuple[Heading, ...] = ()
    offers: tuple[Offered, ...] = ()
    manuscript: Manuscript | None = None
    composed: Mapping[int, str] = field(default_factory=dict)
    previous: Mapping[int, DraftSection] = field(default_factory=dict)

    def order(self) -> Order:
        """The order that the form describes. Raises BadOrder, in the words of the form."""
        return order_of(self.form, self.outline, self.offers)

    def typed(self, form: Form, outline: Sequence[Heading] | None, accepted: Mapping[str, str] | None) -> Work:
        """With what the page sends of its left side; `accepted`: row of an offer → new target, empty for none."""
        lines = self.outline if outline is None else tuple(outline)
        offers = self.offers
        if accepted is not None:
            offers = tuple(
                replace(one, accepted=one.row in accepted, target=accepted.get(one.row, one.target)) for one in offers
            )
        manuscript = self.manuscript
        if manuscript is not None:  # whom it is for and its date stand at the edges of the draft, not in it
            about = replace(manuscript.order, addressee=form.addressee.strip(), date=form.date.strip())
            manuscript = replace(manuscript, order=about)
        return replace(self, form=form, outline=lines, offers=offers, manuscript=manuscript).informed()

    def informed(self) -> Work:
        """With the facts that the writer gives now, and what he wrote himself resting on them. Those that he has taken
        out again stay where a sentence rests on them; nothing changes while the draft is still being made, for the
        sections that are to come name the facts by their numbers of then.
        """
        if self.manuscript is None or not self.manuscript.title:
            return self
        try:
            now = self.order()
        except ReportAssistantError:  # told when the form is sent off
            return self
        shown, places = self.manuscript.sections, sorted(self.previous)
        earlier = (self.previous[number] for number in places)
        kept, facts = with_facts((*shown, *earlier), self.manuscript.order.facts, now.facts)
        order = replace(self.manuscript.order, facts=facts, composer=now.composer, tone=now.tone, length=now.length)
        sections = list(kept[: len(shown)])
        for number in self.composed:
            sections[number] = rest_on_facts(sections[number], facts)
        return replace(
            self,
            manuscript=replace(self.manuscript, order=order, sections=tuple(sections)),
            previous=dict(zip(places, kept[len(shown) :], strict=True)),
        )

    def proposed(self, topics: Sequence[Topic]) -> Work:
        """With a proposed outline; headings that the writer added himself stay."""
        known = {topic.heading for topic in topics}
        own = [one for one in self.outline if not one.reason and one.text.strip() and one.text not in known]
        return replace(self, outline=(*(Heading(one.heading, one.reason) for one in topics), *own))

    def offered(self, offers: Sequence[Offer]) -> Work:
        """With the ledger's offers; those that the writer has accepted stay as he filled them in."""
        held = {one.row: one for one in self.offers if one.accepted}
        new = [replace(held.pop(one.row, Offered.of(one))) for one in offers]
        return replace(self, offers=(*new, *held.values()))

    def titled(self, title: str) -> Work:
        """With another title; an empty one changes nothing."""
        if self.manuscript is None or not title.strip():
            return self
        return replace(self, manuscript=replace(self.manuscript, title=" ".join(title.split())))

    def edited(self, number: int, text: str | None, heading: str) -> Work:
        """With what the writer has typed into a section."""
        assert self.manuscript is not None
        before = self.manuscript.sections[number]
        if (text is None or text == before.text) and heading in ("", before.heading):
            return self
        first = number not in self.composed
        changed = edit_section(self.manuscript, number, text=text, heading=heading)
        linked = rest_on_facts(changed.sections[number], changed.order.facts)
        whole = replace_section(changed, number, linked)
        said = whole.notes
        if linked.text != before.text:  # what was said of the section as it was composed is over
            said = tuple(note for note in said if not note.startswith(f"“{before.heading}”"))
        notes = tuple(_about(note, before.heading, linked.heading) for note in said)
        return replace(
            self,
            manuscript=replace(whole, notes=notes),
            composed={**self.composed, number: before.text} if first else self.composed,
            previous={**self.previous, number: before} if first else self.previous,
        ).informed()

    def recomposed(self, number: int, made: Manuscript) -> Work:
        """With one section of `made`, whose citations are the old ones and perhaps more, and with its notes; the other
        sections are untouched. The facts may have changed while it was made.
        """
        assert self.manuscript is not None
        before = self.manuscript.sections[number]
        section, facts = adopted(made.sections[number], made.order.facts, self.manuscript.order.facts)
        order = replace(self.manuscript.order, facts=facts)
        whole = replace(self.manuscript, order=order, citations=made.citations, notes=made.notes)
        return replace(
            self,
            manuscript=replace_section(whole, number, section),
            composed={one: text for one, text in self.composed.items() if one != number}
            | self._own_left(number, section),
            previous={**self.previous, number: before},
        )

    def _own_left(self, number: int, made: DraftSection) -> dict[int, str]:
        """What counts as composed in a section that was made anew, where sentences of the writer's own stand in it
        still: all that was composed there, before and now. Nothing where none do.
        """
        assert self.manuscript is not None
        before, composed = self.manuscript.sections[number], self.composed.get(number)
        rest = made.text
        for one in sentences(before, composed):
            if one.own:
                rest = rest.replace(before.text[one.start : one.end].strip(), "", 1)
        return {} if composed is None or rest == made.text else {number: f"{composed}\n{rest}"}

    def restored(self, number: int) -> Work:
        """With what stood in a section before; what stands there now can be had back the same way."""
        assert self.manuscript is not None
        if number not in self.previous:
            return self
        now = self.manuscript.sections[number]
        whole = replace_section(self.manuscript, number, self.previous[number])
        return replace(self, manuscript=whole, previous={**self.previous, number: now})

    def grown(self, section: DraftSection) -> Work:
        """With one more section of a draft in the making."""
        assert self.manuscript is not None
        number = len(self.manuscript.sections)
        whole = replace(self.manuscript, sections=(*self.manuscript.sections, section))
        return replace(self, manuscript=replace_section(whole, number, section))

    def finished(self, made: Manuscript) -> Work:
        """With the whole draft; sections that were edited while it was made keep what the writer typed."""
        now = self.manuscript
        for number in self.composed if now is not None else ():
            if now is not None and number < len(made.sections):
                one = now.sections[number]
                made = edit_section(made, number, text=one.text, heading=one.heading)
        return replace(self, manuscript=made)

    def broken_off(self) -> Work:
        """With what there is of a draft that was stopped: sources whose citations have not come are dropped."""
        if self.manuscript is None:
            return self
        known = {one.n for one in self.manuscript.citations}
        kept = tuple(
            replace(one, sources=tuple(s for s in one.sources if s.citation is None or s.citation in known))
            for one in self.manuscript.sections
        )
        title = self.manuscript.title or title_of(self.manuscript.order, ())
        return replace(self, manuscript=replace(self.manuscript, title=title, sections=kept))

    def extras(self) -> dict[str, Any]:
        """What the store keeps beside order and manuscript, as JSON can hold it."""
        numbers = sorted(self.previous)
        earlier = None
        if self.manuscript is not None:
            shown = tuple(self.previous[number] for number in numbers)
            earlier = manuscript_to_dict(replace(self.manuscript, sections=shown, checks=(), placeholders=()))
        return {
            "form": asdict(self.form),
            "outline": [asdict(one) for one in self.outline],
            "offers": [asdict(one) for one in self.offers],
            "composed": {str(number): text for number, text in self.composed.items()},
            "previous": numbers,
            "earlier": earlier,
        }


def work_from(
    order: Order, manuscript: Manuscript | None, edits: Mapping[str, Any], archive: Archive | None = None
) -> Work:
    """What was kept. A draft that the command line kept has no form: it is made from its order. Raises
    UnreadableDraft.
    """
    try:
        kept = edits.get("earlier")
        earlier = () if kept is None else manuscript_from_dict(kept, archive).sections
        offers = [
            Offered(**{**one, "series": tuple((int(y), str(r), str(t)) for y, r, t in one["series"])})
            for one in edits.get("offers", ())
        ]
        lines = [Heading(str(one["text"]), str(one["reason"]), bool(one["wanted"])) for one in edits.get("outline", ())]
        return Work(
            form=Form.of(edits["form"]) if "form" in edits else form_of(order),
            outline=tuple(lines) or tuple(Heading(one) for one in order.sections),
            offers=tuple(offers),
            manuscript=manuscript,
            composed={int(number): str(text) for number, text in edits.get("composed", {}).items()},
            previous=dict(zip(map(int, edits.get("previous", ())), earlier, strict=False)),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableDraft("这一版草稿已读不出来", "请打开它的其他版本，或重新起草") from error


def _about(note: str, before: str, now: str) -> str:
    """A section's note under the section's new heading."""
    return f"“{now}”{note.removeprefix(f'“{before}”')}" if note.startswith(f"“{before}”") else note
