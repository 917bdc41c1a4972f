"""What is false in a drafted manuscript, told by the evaluation's own rules from the contract's JSON and the reports.

Nothing here is shared with the product's checks, so that a gap there is not repeated here. It looks at what the writer
would read: the text, the spans of `sources`, the facts of the order and the quotes of the citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eval.drafting.copied import Compared, longest, share
from eval.metrics.figures import Figure, figures, possible_figures
from eval.metrics.text import plain

_BLANK = re.compile(r"【待填：[^】]*】")
_NUMBERING = re.compile(
    r"^[ 　]*(?:\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[一二三四五六七八九十]{1,3}、)",
    re.M,
)
_ITEM = re.compile(r"(?<![\d年月])[（(]\d{1,2}[）)]|第?[一二三四五六七八九十]{1,3}是")
_NO_AMOUNT = re.compile(
    r"“[一二三四五六七八九十百千万]+[\u4e00-\u9fff]{0,6}”|党的[一二三四五六七八九十]+大|[一二三四五六七八九十]+届[一二三四五六七八九]中|“?十[一二三四五六]五”?|第[一二三四五六七八九十\d]+"
    r"|24小时|(?:12345|12320)(?=热线|平台|政务|”)|120急救|健康中国\s?2030|PM2\.5|PM10|5G|4A|5A|65岁|60岁|35岁|3岁|0[-—]6岁|一二三产|四五百"
)
_AMOUNT = re.compile(
    r"(?:新建|改建|扩建|建设|建成|培训|培养|完成|新增|购置|引进|招聘|创建|打造|选派|组织)[^，。；、\d]{0,12}?"
    r"(?P<n>[一二三四五六七八九十两百千万]+)(?P<unit>余?(?:个|家|所|名|人|台|辆|张|场|次|万元|亿元|批次|人次|套))(?!案|体化)"
)
_SENTENCES = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_PAST = re.compile(
    r"去年|上年|以来|已(?:经|完成|建成)|完成了|达到了|实现了|基数|基础上|同比|同期|过去|总结|回顾|评估|收官|成果|成效|经验|印发"
)
_FUTURE = re.compile(r"力争|确保|目标|争取|要(?!求)|将|达到(?!了)|提高到|计划|任务|新增|不低于")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年|[-—–~～至]\d{4}\s*年)")
_HIDDEN_YEAR = re.compile(r"20[\dxX×_]?[xX×_*]年?|[一二][〇零○][〇零○一二三四五六七八九]{2}年")
_PLAN = re.compile(r"(?<![一二三四五六七八九十])(十[一二三四五六]?五)(?=[”\"]|时期|期间|规划|末|收官|开局)")
_FIRST_YEAR = {
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
_NAMED = re.compile(r"《([^》\n]{3,40})》|“([^”\n]{4,24})”")
_PERSON = re.compile(
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹窦章苏潘葛范彭郎鲁韦马方任袁柳史唐薛雷贺汤罗毕郝安常于傅康余顾孟黄穆萧尹姚邵汪毛狄贝臧戴宋庞熊纪舒屈项祝董梁杜阮蓝席季麻贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房解应丁邓洪包石崔吉龚程邢裴陆荣翁焦侯宁刘叶白蒲卓乔阎文尚温][\u4e00-\u9fff]{1,2}(?=局长|院长|书记|县长|市长|省长|主任|同志|院士)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A report of the archive as the judge sees it: who wrote it and all its text. `year`: its own, None if unknown."""

    id: int
    org: str
    names: tuple[str, ...]
    text: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Faults of a manuscript in lines, by kind; the longest run with one report and its words; shares with one report:
    how much, the section's place, and where.

    `facts`: how many of the order's figures stand in the text, of how many.
    """

    unsourced: tuple[str, ...]
    old_targets: tuple[str, ...]
    leaks: tuple[str, ...]
    stale: tuple[str, ...]
    run: str
    shares: tuple[tuple[float, int, str], ...]
    sections: int
    empty: int
    placeholders: int
    facts: tuple[int, int]

    def share(self, sections: Sequence[int]) -> float:
        """The highest share of 13-grams that one of these sections has with one report."""
        return max((value for value, number, _ in self.shares if number in sections), default=0.0)


def judge(
    manuscript: Mapping[str, Any],
    facts: Sequence[Mapping[str, str | None]],
    org: str,
    year: int,
    reports: Sequence[Written],
    own: frozenset[int],
    strangers: Sequence[str] = (),
) -> Verdict:
    """Judge `manuscript` (the object that `draft --json` prints).

    `facts`: those of the order; `reports`: of the archive; `own`: ids of the body's own; `strangers`: further names
    that must not appear. Overlap is measured with reports from before `year` alone: others could not be copied from.
    """
    cited = {one["n"]: one for one in manuscript["citations"]}
    sections = [{**one, "text": _sound(one["text"])} for one in manuscript["sections"]]
    unsourced: list[str] = []
    old: list[str] = []
    stale: list[str] = []
    leaks: list[str] = []
    run, shares = "", []
    for number, section in enumerate(sections):
        text = section["text"]
        unsourced += [f"{section['heading']}：{one}" for one in unsupported(section, facts, cited, year)]
        old += [f"{section['heading']}：{one}" for one in old_targets(section, facts, cited, year)]
        whole = f"{section['heading']}。{text}"
        stale += stale_words(whole, year)
        leaks += leaked(whole, org, facts, reports, own, strangers)
        draft = Compared(text)
        for report in reports:
            if report.year is not None and report.year >= year:
                continue
            compared = _compared(report.text)
            if draft.grams & compared.grams:
                shares.append((share(draft, compared), number, f"{section['heading']} ~ {report.org}"))
                run = max(run, longest(draft, compared), key=len)
    body = "\n".join(section["text"] for section in sections)
    values = [str(value) for fact in facts if (value := fact.get("target")) is not None]
    stated = sum(plain(value) in plain(body) for value in values)
    return Verdict(
        tuple(unsourced),
        tuple(old),
        tuple(leaks),
        tuple(stale),
        run,
        tuple(sorted(shares, reverse=True)),
        len(sections),
        sum(not section["text"].strip() for section in sections),
        len(_BLANK.findall(body)),
        (stated, len(values)),
    )


def _sound(text: str) -> str:
    """The text without lone surrogates, which no converter takes; of the same length."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unsupported(
    section: Mapping[str, Any], facts: Sequence[Mapping[str, str | None]], cited: Mapping[int, Any], year: int
) -> Iterator[str]:
    """Figures that stand in no span of a fact or cited figure, or in one whose source does not hold them."""
    text = section["text"]
    rest = list(text)
    for source in section["sources"]:
        if source["kind"] == "exemplar":
            continue
        start, end = source["start"], source["end"]
        said = possible_figures(_says(source, facts, cited))
        for figure in _amounts(text[start:end], year):
            if figure.key not in said:
                yield f"{figure.text}（不在所引来源中）：{text[start:end][:40]}"
        rest[start:end] = "。" * (end - start)
    outside = "".join(rest)
    for figure in _amounts(outside, year):
        yield f"{figure.text}：{_around(outside, figure.text)}"
    for found in _AMOUNT.finditer(_without_names(outside)):
        if found["n"] != "一":
            yield found[0]


def old_targets(
    section: Mapping[str, Any], facts: Sequence[Mapping[str, str | None]], cited: Mapping[int, Any], year: int
) -> Iterator[str]:
    """Cited figures of another year, and results of the order's facts, that no word tells as of the past."""
    text = section["text"]
    for source in section["sources"]:
        if source["kind"] == "exemplar":
            continue
        start, end = source["start"], source["end"]
        lead = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
        told = plain(text[lead:end])
        past = re.search(rf"去年|上年|{year - 1}年|同期|基数", told) or any(
            int(one) < year for one in _YEAR.findall(told)
        )
        if source["kind"] == "figure":
            period = str(cited.get(source["citation"], {}).get("period") or "")
            if str(year) not in period and not past and list(_amounts(text[start:end], year)):
                yield text[lead:end]
        elif source["fact"] is not None and 0 <= source["fact"] < len(facts):
            fact = facts[source["fact"]]
            result = str(fact.get("result") or "")
            if result and not fact.get("target") and plain(result) in told and not past and not _PAST.search(told):
                yield text[lead:end]


def stale_words(text: str, year: int) -> Iterator[str]:
    """Earlier years and finished five-year plans in sentences that do not look back; years that are not spelt out."""
    for sentence in filter(None, _SENTENCES.findall(plain(_BLANK.sub("", text)))):
        titled = re.sub(r"《[^》]*》|〔\d{4}〕", "", sentence)
        if _HIDDEN_YEAR.search(titled):
            yield sentence
            continue
        years = [int(one) for one in _YEAR.findall(titled)]
        early = [one for one in years if one < year]
        if early and max(years) < year and (not _PAST.search(titled) or re.search(r"到(?:19|20)\d\d年", titled)):
            told = re.search(r"完成|实现|为|共|比|较", titled) and not _FUTURE.search(titled)
            if not told:
                yield sentence
                continue
        for name in _PLAN.findall(titled):
            first = _FIRST_YEAR.get(name, year)
            if (first + 4 < year and not _PAST.search(titled)) or first > year + 1:
                yield sentence


def leaked(
    text: str,
    org: str,
    facts: Sequence[Mapping[str, str | None]],
    reports: Sequence[Written],
    own: frozenset[int],
    strangers: Sequence[str] = (),
) -> Iterator[str]:
    """Names of other bodies and their places, titles and quoted names that only one other body has, persons."""
    known = _known(org, tuple(str(value) for fact in facts for value in fact.values() if value), tuple(reports), own)
    there = plain(_BLANK.sub("", text))
    others = {name for report in reports if report.id not in own for name in report.names} | set(strangers)
    for name in sorted(others):
        if len(name) >= 2 and plain(name) in there and plain(name) not in known:
            yield f"{name}：{_around(there, plain(name))}"
    for found in _NAMED.finditer(there):
        name = found[1] or found[2]
        bearers = {report.org for report in reports if report.id not in own and name in _flat(report.text)}
        if len(bearers) == 1 and name not in known:
            yield f"{name}（只见于{next(iter(bearers))}）"
    for found in _PERSON.finditer(there):
        if found[0] not in known:
            yield found[0]


def _says(source: Mapping[str, Any], facts: Sequence[Mapping[str, str | None]], cited: Mapping[int, Any]) -> str:
    if source["kind"] == "fact" and source["fact"] is not None and 0 <= source["fact"] < len(facts):
        return "，".join(str(value) for value in facts[source["fact"]].values() if value)
    return str(cited.get(source["citation"], {}).get("quote", ""))


def _amounts(text: str, year: int) -> Iterator[Figure]:
    """The figures of a stretch that need a source; the year ordered and those beside it need none."""
    for figure in figures(_without_names(text)):
        if figure.kind == "year" and figure.digits in (year - 1, year, year + 1):
            continue
        yield figure


def _without_names(text: str) -> str:
    plainly = plain(_BLANK.sub("，", text))
    for pattern in (_NUMBERING, _ITEM, _NO_AMOUNT):
        plainly = pattern.sub("，", plainly)
    return re.sub(r"《[^》\n]*》", "，", plainly)


def _around(text: str, piece: str) -> str:
    at = text.find(piece)
    return text[max(0, at - 12) : at + len(piece) + 12].replace("\n", " ") if at >= 0 else ""


@lru_cache(maxsize=512)
def _compared(text: str) -> Compared:
    return Compared(text)


@lru_cache(maxsize=512)
def _flat(text: str) -> str:
    return plain(text)


@lru_cache(maxsize=64)
def _known(org: str, said: tuple[str, ...], reports: tuple[Written, ...], own: frozenset[int]) -> str:
    return plain("\n".join((org, *said, *(f"{one.org}\n{one.text}" for one in reports if one.id in own))))
