"""All that a writer has on the desk for one draft: the form as typed, outline, offers, manuscript, earlier texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from assistant.drafting.codec import UnreadableDraft, manuscript_from_dict, manuscript_to_dict
from assistant.drafting.editing import edit_section, replace_section, rest_on_facts
from assistant.drafting.order import parse_order
from assistant.drafting.titles import title_of
from assistant.drafting.types import DraftSection, Manuscript, Offer, Order, Topic
from ingest.archive import Archive
from ingest.errors import BadOrder, ReportAssistantError

_YEAR = re.compile(r"(?:19|20)\d{2}\s*年?")
LONGEST = 200_000
"""Characters of a text field that are kept."""


@dataclass(frozen=True, slots=True)
class Form:
    """The order as it stands in the form: text, valid or not."""

    org: str = ""
    year: str = ""
    kind: str = ""
    length: str = ""
    tone: str = ""
    up_to: str = ""
    composer: str = ""
    prefer: str = ""
    exclude: str = ""
    addressee: str = ""
    date: str = ""
    facts: str = ""

    @classmethod
    def of(cls, data: object) -> Form:
        """From what a browser sends or a store holds, which may be anything."""
        held = data if isinstance(data, Mapping) else {}
        return cls(**{one.name: str(held.get(one.name) or "")[:LONGEST] for one in fields(cls)})


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline: the heading, why it is proposed (empty: the writer's own), whether it is wanted."""

    text: str
    reason: str = ""
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer of the ledger, with the new target that the writer fills in; `said`: the known result in words."""

    row: str
    indicator: str
    said: str
    result: str = ""
    section: str = ""
    series: tuple[tuple[int, str, str], ...] = ()
    note: str = ""
    accepted: bool = False
    target: str = ""

    @classmethod
    def of(cls, offer: Offer) -> Offered:
        """Not accepted yet."""
        fact = offer.fact
        name = fact.indicator or fact.text
        return cls(offer.row, name, fact.text, fact.result or "", offer.section, offer.series, offer.note)


@dataclass(frozen=True, slots=True)
class Work:
    """`composed`: section number → its text as composed, where the writer has edited it since; `previous`: what stood
    there before, to go back to.
    """

    form: Form = Form()
    outline: tuple[Heading, ...] = ()
    offers: tuple[Offered, ...] = ()
    manuscript: Manuscript | None = None
    composed: Mapping[int, str] = field(default_factory=dict)
    previous: Mapping[int, DraftSection] = field(default_factory=dict)

    def order(self) -> Order:
        """The order that the form describes. Raises BadOrder, in the words of the form."""
        form = self.form
        if not form.org.strip():
            raise BadOrder("还没有填写单位", "请在左边选一个单位，或写上单位全称")
        for name, value in (("年份", form.year), ("用到哪一年为止", form.up_to)):
            if value.strip() and not _YEAR.fullmatch(value.strip()):
                raise BadOrder(f"“{name}”写的不是年份", "请写四位数字，如 2025")
        if not form.year.strip():
            raise BadOrder("还没有填写年份", "请在左边写上要起草哪一年的文稿")
        facts: list[object] = [form.facts] if form.facts.strip() else []
        facts += [_accepted(one) for one in self.offers if one.accepted]
        wanted = [one.text for one in self.outline if one.wanted and one.text.strip()]
        return parse_order({**asdict(form), "facts": facts or None, "sections": wanted or None})

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
        """With facts that the writer has added since the draft was made, and what he wrote himself resting on them.

        Known facts keep their numbers; those that he has taken out again stay, for sentences may rest on them.
        """
        if self.manuscript is None:
            return self
        try:
            now = self.order()
        except ReportAssistantError:  # told when the form is sent off
            return self
        known = self.manuscript.order.facts
        order = replace(
            self.manuscript.order,
            facts=(*known, *(fact for fact in now.facts if fact not in known)),
            composer=now.composer,
            tone=now.tone,
            length=now.length,
        )
        sections = list(self.manuscript.sections)
        for number in self.composed:
            sections[number] = rest_on_facts(sections[number], order.facts)
        return replace(self, manuscript=replace(self.manuscript, order=order, sections=tuple(sections)))

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
        return replace(
            self,
            manuscript=replace_section(changed, number, linked),
            composed={**self.composed, number: before.text} if first else self.composed,
            previous={**self.previous, number: before} if first else self.previous,
        )

    def recomposed(self, number: int, made: Manuscript) -> Work:
        """With one section of `made`, whose citations are the old ones and perhaps more; the others are untouched."""
        assert self.manuscript is not None
        before = self.manuscript.sections[number]
        whole = replace(self.manuscript, citations=made.citations)
        return replace(
            self,
            manuscript=replace_section(whole, number, made.sections[number]),
            composed={one: text for one, text in self.composed.items() if one != number},
            previous={**self.previous, number: before},
        )

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


def form_of(order: Order) -> Form:
    """The form as it would have been filled in for this order."""
    return Form(
        org=order.org,
        year=str(order.year),
        kind=order.kind,
        length=order.length,
        tone=order.tone,
        up_to="" if order.up_to is None else str(order.up_to),
        composer=order.composer,
        prefer="；".join(order.prefer),
        exclude="；".join(order.exclude),
        addressee=order.addressee,
        date=order.date,
        facts="\n".join(fact.text for fact in order.facts),
    )


def _accepted(one: Offered) -> dict[str, object]:
    """With a new target the words are made of the values; without one what is known stands as the ledger tells it."""
    target = one.target.strip()
    values: dict[str, object] = {"indicator": one.indicator, "target": target or None, "result": one.result or None}
    return values if target else values | {"text": one.said}
