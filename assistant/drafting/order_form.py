"""The left side of a writer's desk: the order's form as typed, the outline's lines, the ledger's offers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from assistant.drafting.order import parse_order
from assistant.drafting.types import Offer, Order
from ingest.errors import BadOrder

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


def order_of(form: Form, outline: Sequence[Heading], offers: Sequence[Offered]) -> Order:
    """The order that the form describes. Raises BadOrder, in the words of the form."""
    if not form.org.strip():
        raise BadOrder("还没有填写单位", "请在左边选一个单位，或写上单位全称")
    for name, value in (("年份", form.year), ("用到哪一年为止", form.up_to)):
        if value.strip() and not _YEAR.fullmatch(value.strip()):
            raise BadOrder(f"“{name}”写的不是年份", "请写四位数字，如 2025")
    if not form.year.strip():
        raise BadOrder("还没有填写年份", "请在左边写上要起草哪一年的文稿")
    facts: list[object] = [form.facts] if form.facts.strip() else []
    facts += [_accepted(one) for one in offers if one.accepted]
    wanted = [one.text for one in outline if one.wanted and one.text.strip()]
    return parse_order({**asdict(form), "facts": facts or None, "sections": wanted or None})


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
