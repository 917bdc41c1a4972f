"""A writer and a page for tests of the tab 起草: what its script would send, without a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.answer import Citation
from assistant.drafting.codec import manuscript_from_dict
from assistant.drafting.store import DraftStore, OpenedDraft
from assistant.drafting.types import (
    DraftCheck,
    DraftSection,
    Fact,
    Manuscript,
    Offer,
    Order,
    Placeholder,
    Source,
    Topic,
)
from assistant.drafting.workspace import Work, work_from
from ui.draft_acts import DraftActs
from ui.draft_desk import DraftDesk
from ui.draft_place import Place

EVIL = '<img src=x onerror="window.hacked=1">'
ORG = "青禾县卫生健康局"
FIRST = "抓好免费筛查的宣传和阳性随访。完成两癌筛查6000人；完成老年人体检【待填：老年人体检，人】。"
SECOND = "完善随访制度。"


def order() -> Order:
    return Order(ORG, 2025, facts=(Fact("两癌筛查目标6000人", "两癌筛查", "6000人"),))


def citation(quote: str = "抓好免费筛查的宣传，做好阳性随访。") -> Citation:
    return Citation(
        1, "青禾县2023年总结", ORG, 2023, "plan", "2024", ("二、计划",), "a.txt", quote, 0, len(quote), None, 1, 1
    )


def drafted(asked: Order | None = None) -> Manuscript:
    """Two sections: an exemplar, a fact and a placeholder in the first."""
    at = FIRST.index("6000人")
    hole = FIRST.index("【")
    first = DraftSection(
        "加强妇幼健康服务", FIRST, (Source(0, 15, "exemplar", citation=1), Source(at, at + 5, "fact", fact=0))
    )
    todo = Placeholder(0, hole, FIRST.index("】") + 1, "老年人体检", "人")
    sections = (first, DraftSection("做实基本公共卫生服务", SECOND, ()))
    return Manuscript(asked or order(), "青禾县卫生健康局2025年工作计划", sections, (citation(),), (todo,), ())


class Writer:
    """Drafts what `drafted` gives. `gate`: what a draft waits for after its first section; `notes`: what is said when a
    section is written again, `left`: what is left standing in it; a 9 is objected to.
    """

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.fault: Exception | None = None
        self.notes: tuple[str, ...] = ()
        self.left = ""

    def outline(self, order: Order) -> tuple[Topic, ...]:
        return (
            Topic("加强妇幼健康服务", reason="本单位2024年计划有此项"),
            Topic("做实基本公共卫生服务", reason="同级单位"),
        )

    def offers(self, order: Order) -> tuple[Offer, ...]:
        fact = Fact("2024年产前筛查完成800人", "产前筛查", None, "800人")
        return (
            Offer(fact, "r1", "加强妇幼健康服务", ((2024, "target", "900人"), (2024, "result", "800人")), "差100人"),
        )

    def draft(
        self, order: Order, *, told: Callable[[str, str], None] | None = None
    ) -> Iterator[DraftSection | Manuscript]:
        if self.fault is not None:
            raise self.fault
        made = drafted(order)
        yield made.sections[0]
        self.gate.wait(10)
        if told is not None:
            told("做实基本公共卫生服务", "完善")
        yield made.sections[1]
        yield made

    def redraft(
        self,
        manuscript: Manuscript,
        section: int,
        instruction: str = "",
        *,
        told: Callable[[str, str], None] | None = None,
    ) -> Manuscript:
        self.gate.wait(10)
        sections = list(manuscript.sections)
        sections[section] = replace(sections[section], text=f"重写的一节（{instruction}）。{self.left}", sources=())
        return replace(manuscript, sections=tuple(sections), notes=self.notes)

    def check(self, manuscript: Manuscript) -> Manuscript:
        found = [
            DraftCheck("figure_without_source", "error", n, at, at + 1, "没有出处")
            for n, one in enumerate(manuscript.sections)
            for at in [one.text.find("9")]
            if at >= 0
        ]
        return replace(manuscript, checks=tuple(found))

    def open(self, opened: OpenedDraft) -> Work:
        return work_from(opened.order, opened.read(), opened.edits)


class Page:
    """A page that has the tab open: sends what its script would, and holds the draft that is shown."""

    def __init__(self, home: Path, writer: Writer) -> None:
        self.store = DraftStore(home)
        self.acts = DraftActs(DraftDesk(lambda: writer, self.store))
        self.place = Place("")
        self.form = {"org": ORG, "year": "2025", "facts": "两癌筛查目标6000人"}
        self.sent: dict[str, Any] = {}
        self.seq = 0
        self.do("new")

    def do(self, act: str, **data: Any) -> Place:
        self.seq += 1
        left = {"form": self.form, **self.sent}
        sent = {"act": act, "key": self.place.key, "nonce": self.place.nonce, "seq": self.seq, **left, **data}
        for place in self.acts.act("session", sent):
            self.place = place
        return self.place

    def edit(self, number: int, text: str, heading: str = "") -> Place:
        return self.do("edit", number=number, text=text, heading=heading)

    @property
    def manuscript(self) -> Manuscript:
        assert self.place.work.manuscript is not None
        return self.place.work.manuscript

    def text(self, number: int = 0) -> str:
        return self.manuscript.sections[number].text

    def kept(self, version: int | None = None) -> Manuscript:
        data = self.store.open("", self.place.key, version).manuscript
        assert data is not None
        return manuscript_from_dict(data)
