"""A finished draft made by hand, for tests of what keeps it and of what exports it: a county's plan of 2024."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.drafting.types import (
    DraftCheck,
    DraftSection,
    Exemplar,
    Fact,
    Manuscript,
    Order,
    Placeholder,
    Source,
    SourceKind,
)
from tests.answer_builders import citation
from tests.builders import passage, report

ORG = "青禾县卫生健康局"
FACTS = (
    Fact("两癌筛查目标10000人", "两癌筛查", target="10000人"),
    Fact("家庭医生签约目标9万人，上年完成8.4万人", "家庭医生签约", target="9万人", result="8.4万人"),
    Fact("县中医医院迁建项目6月底前主体封顶"),
)
"""An indicator with a target, one with target and result, and a sentence."""

SCREENING = "（一）做好筛查。全年完成两癌筛查10000人。\n（二）推进项目。县中医医院迁建项目6月底前主体封顶。"
SIGNING = (
    "（一）做实签约。去年签约8.4万人，今年家庭医生签约达到9万人。\n"
    "（二）管好慢病。组建乡村两级服务团队，按月上门随访。\n"
    "（1）随访率达到【待填：随访率，%】。"
)


def order(**changes: Any) -> Order:
    """The order for the plan of 2024; it is neither sent nor dated."""
    return replace(Order(ORG, 2024, facts=FACTS), **changes)


def source(
    text: str, piece: str, *, kind: SourceKind = "fact", fact: int | None = None, citation: int | None = None
) -> Source:
    """A source for `piece`, where it first stands in `text`."""
    start = text.index(piece)
    return Source(start, start + len(piece), kind, fact, citation)


def section(heading: str, text: str, *sources: Source, exemplars: Sequence[Exemplar] = ()) -> DraftSection:
    """A section that the skeleton wrote."""
    return DraftSection(heading, text, sources, exemplars=tuple(exemplars))


def exemplar(**changes: Any) -> Exemplar:
    """The section on signing in the body's own report of 2023, one passage long."""
    heading = "（二）家庭医生签约"
    text = "组建服务团队，按月上门随访，扩大重点人群签约覆盖。"
    path = ("三、2023年打算", heading)
    made = Exemplar(
        heading=heading,
        report=report(1, ORG, "青禾县", "县", 2023),
        passages=(passage(1, 1, text, path=path, part="plan", period="2023"),),
        own=True,
        score=0.9,
        reason="本单位上年计划的同一部分",
    )
    return replace(made, **changes)


def manuscript(*sections: DraftSection, **changes: Any) -> Manuscript:
    """A draft of these sections, with one citation; without any: of two, with a placeholder, a check and a note."""
    made = Manuscript(order(), f"{ORG}2024年工作计划", sections, (citation(),), (), ())
    return replace(made if sections else _whole(made), **changes)


def _whole(made: Manuscript) -> Manuscript:
    """The draft with every kind of source, an exemplar, a placeholder, a check and a note."""
    screening = section(
        "公共卫生服务",
        SCREENING,
        source(SCREENING, "两癌筛查10000人", fact=0),
        source(SCREENING, FACTS[2].text, fact=2),
    )
    signing = section(
        "家庭医生签约",
        SIGNING,
        source(SIGNING, "8.4万人", kind="figure", citation=1),
        source(SIGNING, "家庭医生签约达到9万人", fact=1),
        source(SIGNING, "组建乡村两级服务团队，按月上门随访", kind="exemplar", citation=1),
        exemplars=(exemplar(),),
    )
    blank, old = source(SIGNING, "【待填：随访率，%】"), source(SIGNING, "8.4万人")
    return replace(
        made,
        sections=(screening, signing),
        placeholders=(Placeholder(1, blank.start, blank.end, "随访率", "%"),),
        checks=(DraftCheck("old_year_figure", "warning", 1, old.start, old.end, "请核对上年签约人数。"),),
        notes=("随访率没有给出目标，已留待填写",),
    )
