"""Questions whose answer is words: what was done, what is planned, which ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eval.sample.archive import Placed
from eval.sample.defects import synonyms
from eval.sample.facts import HIDDEN_YEAR, Item
from eval.sample.gold.index import BUREAUS, Index
from eval.sample.gold.question import Question
from eval.sample.phrases import digest, pick

TOPIC_WORDS = {
    "项目": "重点项目建设", "老龄": "老龄健康和医养结合", "人才": "人才队伍建设", "党建": "党建", "行风": "行风建设",
    "学科": "学科建设", "托育": "托育服务", "疫情防控": "疫情防控", "医共体": "医共体建设", "信息化": "信息化建设",
    "爱国卫生": "爱国卫生", "安全生产": "安全生产", "中医药": "中医药",
}  # fmt: skip
_DONE = (
    "{who}{year}年{topic}方面做成了什么？",
    "{year}年{who}{topic}干得怎么样",
    "{who}{yy}年总结里{topic}有啥进展",
    "“{key}”是哪里搞的？{year}年{who}的情况说一下",
)
_PLANNED = (
    "{who}{year}年{topic}有什么打算？",
    "{year}年{who}{topic}准备怎么搞",
    "{who}{yy}年工作计划里{topic}怎么安排的",
    "{who}{year}年计划抓{topic}，具体干什么",
)
_LATER = (
    "{who}{year}年下半年{topic}怎么安排？",
    "{year}年下半年{who}{topic}打算做什么",
    "{who}{yy}年半年总结里，下半年{topic}准备干啥",
)
_WHICH = (
    "{who}{year}年{key}包括哪些？",
    "{year}年{who}的{key}具体是哪些，列一下",
    "{who}{yy}年{key}分别是哪几个",
)
_PROBLEMS = (
    "{who}{year}年总结里讲了哪些问题？",
    "{year}年{who}工作中存在什么困难和不足",
    "{who}{yy}年自己查找的短板有哪几条？",
)


def topic_facts(index: Index) -> Iterator[Question]:
    """What became of a topic."""
    found = [(item, one) for item in index.table.items if item.done and (one := _place(index, item, "review"))]
    found.sort(key=lambda pair: digest("done", *pair[1].said.subject))
    for item, one in found[:14]:
        yield _topic(index, item, one, "fact", _DONE, item.key_done)


def topic_plans(index: Index) -> Iterator[Question]:
    """What is planned for a topic: for a year, and for the second half of one."""
    found = [(item, one) for item in index.table.items if item.plan and (one := _place(index, item, "plan"))]
    found.sort(key=lambda pair: digest("planned", *pair[1].said.subject))
    for item, one in [pair for pair in found if not pair[0].half][:16]:
        yield _topic(index, item, one, "plan", _PLANNED, item.key_plan)
    for item, one in [pair for pair in found if pair[0].half][:6]:
        yield _topic(index, item, one, "plan", _LATER, item.key_plan)


def lists(index: Index) -> Iterator[Question]:
    """Enumerations in a topic, and the problems of a report."""
    for item in index.table.items:
        if item.names and (one := _place(index, item, "plan")):
            question = _topic(index, item, one, "list", _WHICH, item.names[0])
            named = [
                piece
                for other in index.about(*one.said.subject)
                for piece in index.evidence(other, item.names)
                if all(name in piece[1] for name in item.names) and piece not in question.evidence
            ]
            told = tuple(dict.fromkeys([*question.same, *named]))
            yield replace(question, must_include=item.names, answer="、".join(item.names) + "。", same=told)
    reports = [report for report in index.table.reports.values() if report.kind == "annual" and report.body in BUREAUS]
    for report in sorted(reports, key=lambda report: digest("problems", report.id))[:14]:
        places = [one for one in index.placed if one.report == report.id and one.said.kind == "problem"]
        if len(places) == 3:
            yield _problems(index, places)


def _problems(index: Index, places: list[Placed]) -> Question:
    report = index.table.reports[places[0].report]
    keys = [str(one.said.subject[0]) for one in places]
    evidence = [item for one, key in zip(places, keys, strict=True) for item in index.evidence(one, [key])]
    damaged = "synonyms" in index.defects[places[0].file]
    text = pick(_PROBLEMS, report.id).format(
        who=index.who(report.body, "problems", report.id), year=report.year, yy=report.year % 100
    )
    return Question(
        kind="list",
        question=text,
        answer="；".join(one.said.text for one in places) + "。",
        must_include=tuple(key for key in keys if not damaged or synonyms(key) == key),
        evidence=tuple(evidence),
        org=index.org(report.body),
        year=report.year,
        part="problem",
        period=str(report.year),
    )


def _topic(index: Index, item: Item, one: Placed, kind: str, patterns: tuple[str, ...], key: str) -> Question:
    evidence = index.evidence(one, [key])
    hurt = synonyms(key) if "synonyms" in index.defects[one.file] else key
    text = pick(patterns, *one.said.subject).format(
        who=index.who(item.body, *one.said.subject),
        year=item.year,
        yy=item.year % 100,
        topic=TOPIC_WORDS[item.topic],
        key=item.key_plan or item.key_done,
    )
    twin = [
        piece
        for other in index.about(*one.said.subject)
        if other.said.part == one.said.part and other is not one
        for piece in index.evidence(other, [key])
    ]
    half = "-H2" if item.half else ""
    return Question(
        kind=kind,
        question=text,
        answer=one.said.text + "。",
        must_include=(key,) if hurt == key else (),
        must_include_any=() if hurt == key else (key, hurt),
        evidence=tuple(evidence),
        also=tuple(twin + index.beside(one)),
        same=tuple(twin),
        org=index.org(item.body),
        year=item.year,
        part=one.said.part,
        period=f"{item.year}{half}",
    )


def _place(index: Index, item: Item, part: str) -> Placed | None:
    """The undamaged place of a topic's sentence; none for copies that lost characters."""
    unhurt = (
        one
        for one in index.about(item.body, item.year, item.half, item.topic)
        if one.said.part == part and not {"dropped", "replace_ten"} & set(index.defects[one.file])
    )
    return next(unhurt, None) if item.year > HIDDEN_YEAR + 1 else None
