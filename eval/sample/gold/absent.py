"""Questions that the archive does not answer, however near a lookalike lies."""

from __future__ import annotations

from collections.abc import Iterator

from eval.sample.facts import Fact
from eval.sample.gold.index import BUREAUS, Index
from eval.sample.gold.question import NOT_FOUND, Question
from eval.sample.gold.topics import TOPIC_WORDS
from eval.sample.phrases import digest, pick

_ASK = ("{who}{year}年{ask}{how}？", "{year}年{who}{ask}{how}", "{who}{yy}年的{ask}{how}")
_FOREIGN = ("梅岭县", "柏原县", "青岚区卫健局", "沧平市", "霜溪县卫健局", "东屿区")
ABSENT_TOPICS = (
    "窝沟封闭", "结直肠癌", "狂犬病", "麻风", "血吸虫", "尘肺", "碘盐", "近视防控", "脑瘫儿童", "器官捐献",
)  # fmt: skip
_TOPIC_ASK = ("{who}{year}年{topic}做了多少人？", "{year}年{who}{topic}工作有什么安排", "{who}{yy}年{topic}情况怎么样")
_RELATED = {
    "yimiao": "{who}{year}年适龄儿童疫苗接种了多少针次？",
    "yunchan": "{year}年{who}系统管理的孕产妇有多少人",
    "jiandang": "{who}{year}年一共建了多少份电子健康档案？",
    "chuanran": "{who}{year}年报告了多少例传染病",
    "jiuzhen": "{year}年{who}{domain}域内就诊了多少人次？",
    "laonianlv": "{who}{year}年纳入规范健康管理的老年人是多少人",
}


def unanswerable(index: Index) -> Iterator[Question]:
    """Every way in which an archive can fail to hold an answer."""
    yield from _years(index)
    yield from _missing_year(index)
    yield from _foreign(index)
    yield from _topics(index)
    yield from _not_reported(index)
    yield from _related(index)
    yield from _truncated(index)


def _absent(text: str, note: str, org: str | None = None, year: int | None = None) -> Question:
    return Question(
        "unanswerable", text, NOT_FOUND, org=org, year=year, period=None if year is None else str(year), note=note
    )


def _years(index: Index) -> Iterator[Question]:
    for place, (body, year, key) in enumerate(
        [("yl", 2018, "lianga"), ("jc", 2017, "qianyue"), ("lj", 2026, "laonian"), ("yl", 2016, "jiuzhen"),
         ("lj", 2018, "yimiao"), ("jc", 2026, "chanshai")]
    ):  # fmt: skip
        yield _absent(_words(index, body, year, key, place), "年份不在库", index.org(body), year)


def _missing_year(index: Index) -> Iterator[Question]:
    """The neighbour's report of 2020 is not in the archive; only its plan for 2020 is."""
    for place, key in enumerate(("lianga", "laonian", "yimiao", "jiuzhen")):
        text = ("霁川2020年{ask}实际{how}？", "2020年霁川县{ask}完成情况，{how}", "霁川卫健局20年{ask}最后{how}")[
            place % 3
        ]
        indicator = index.table.indicators[key]
        ask = indicator.ask[0].format(domain="县")
        yield _absent(
            text.format(ask=ask, how=indicator.how[0]), "该年总结不在库，只有上年的计划", index.org("jc"), 2020
        )


def _foreign(index: Index) -> Iterator[Question]:
    for place, name in enumerate(_FOREIGN):
        key = ("lianga", "qianyue", "laonian", "chanshai", "jiuzhen", "jiandang")[place]
        indicator = index.table.indicators[key]
        pattern = _ASK[place % len(_ASK)]
        ask, how = indicator.ask[0].format(domain="县"), indicator.how[0]
        text = pattern.format(who=name, year=2022, yy=22, ask=ask, how=how)
        yield _absent(text, "单位不在库")
    yield _absent("霁川县人民医院2023年门急诊看了多少人次？", "单位不在库，只有云岭县人民医院", None, 2023)
    yield _absent("云岭县妇幼保健院2022年两癌查了多少人", "单位不在库，只有霁川县妇幼保健院", None, 2022)


def _topics(index: Index) -> Iterator[Question]:
    for place, topic in enumerate(ABSENT_TOPICS[:8]):
        body, year = BUREAUS[place % 3], 2021 + place % 4
        pattern = _TOPIC_ASK[place % len(_TOPIC_ASK)]
        text = pattern.format(who=index.who(body, topic), year=year, yy=year % 100, topic=topic)
        yield _absent(text, "库中没有这个事项", index.org(body), year)


def _not_reported(index: Index) -> Iterator[Question]:
    missing = [fact for fact in index.table.facts if "not_reported" in fact.flags and _is_untold(index, fact)]
    missing = [fact for fact in missing if fact.body in BUREAUS and (fact.body, fact.year) != ("jc", 2020)]
    for fact in sorted(missing, key=lambda fact: digest("missing", *fact.key))[:8]:
        text = _words(index, fact.body, fact.year, fact.indicator, fact.year)
        yield _absent(text, "该年报告没有这项数字", index.org(fact.body), fact.year)


def _is_untold(index: Index, fact: Fact) -> bool:
    """Neither the year, nor its half, nor the plan for it, nor a later comparison says anything."""
    near = [one for half in ("", "H1") for one in index.about(fact.body, fact.year, half, fact.indicator)]
    after = index.about(fact.body, fact.year + 1, "", fact.indicator)
    return not near and not any(one.said.kind == "compare" for one in after)


def _related(index: Index) -> Iterator[Question]:
    for place, (key, text) in enumerate(_RELATED.items()):
        held = [
            fact for fact in index.table.facts
            if fact.indicator == key and fact.body in BUREAUS and not fact.half and index.sound(fact, "result")
        ]  # fmt: skip
        fact = pick(held, "related", place)
        body = index.table.bodies[fact.body]
        question = text.format(who=index.who(fact.body, key), year=fact.year, domain=body.slots["domain"])
        yield _absent(question, f"只有比率{fact.result}，没有人数", index.org(fact.body), fact.year)


def _truncated(index: Index) -> Iterator[Question]:
    """The copy of the neighbour's report for 2023 breaks off where the plan for 2024 begins."""
    for place, topic in enumerate(("托育", "党建")):
        pattern = (
            "霁川2023年总结里对2024年{topic}是怎么计划的？",
            "霁川县卫健局23年底写的2024年工作计划，{topic}怎么安排",
        )[place]
        yield _absent(pattern.format(topic=TOPIC_WORDS[topic]), "计划部分被截断", index.org("jc"), 2024)
    lost = [
        fact
        for fact in index.table.facts
        if (fact.body, fact.year, fact.half) == ("jc", 2024, "") and fact.target and not index.says(fact, "target")
    ]
    for place, fact in enumerate([fact for fact in lost if "plan" in fact.flags][:4]):
        pattern = ("霁川2024年{ask}任务数定的多少", "2024年霁川县{ask}计划完成多少？", "霁川24年计划里{ask}的目标")[
            place % 3
        ]
        yield _absent(pattern.format(ask=index.ask(fact, "lost")), "目标只写在被截断的计划里", index.org("jc"), 2024)


def _words(index: Index, body: str, year: int, key: str, place: int) -> str:
    indicator = index.table.indicators[key]
    ask = indicator.ask[0].format(domain=index.table.bodies[body].slots["domain"])
    return _ASK[place % len(_ASK)].format(
        who=index.who(body, key, year), year=year, yy=year % 100, ask=ask, how=indicator.how[0]
    )
