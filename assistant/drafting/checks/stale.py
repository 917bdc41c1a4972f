"""Years and policy periods that do not fit a plan of the order's year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.checks.subject import Subject
from assistant.drafting.checks.wording import looks_back
from assistant.drafting.types import DraftCheck
from ingest.figures.numerals import chinese_number
from ingest.structure.periods import five_year_plans

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*年|\s*[-—–~～至/]+\s*(?:19|20)\d\d\s*年|\s*[-—–~～至]+\s*\d)")
_HAN_YEAR = re.compile(r"([一二][〇零○九][〇零○一二三四五六七八九]{2})年")
_MASKED = re.compile(r"(?:19|20)(?:\d?[xXＸ×_＿*]{1,2})年?|(?<![A-Za-z])[xXＸ×]{2,4}年")
_PERIOD = re.compile(
    r"(?<![一二三四五六七八九十])(十?[一二三四五六七八九]五)(?![”\"]?普法)(?=[”\"]?(?:规划|时期|期间|末|计划|目标|以来|收官|开局|”|\"))"
)
_OVER = re.compile(
    r"以来|期间(?:取得|完成|的?(?:成效|成绩|经验))|收官|总结|评估|终期|回顾|圆满|基础上|成果|经验|成效|完成情况|验收|末期|结转|遗留"
)
_COMING = re.compile(r"谋划|编制|展望|前期|衔接|研究|启动|调研|起草|准备|打牢|奠定|夯实|开好局|良好开局")
_LEAD = 1
"""So many years before it begins a five-year plan is in the making."""
_OPENING = re.compile(r"开局之年|起步之年")
_CLOSING = re.compile(r"收官之年|决胜之年|收官年")
_PAST = re.compile(
    r"(?:比|较|与|同)\s*(?:19|20)\d\d|以来|成果|成效|经验|总结|回顾|基础上|基数|同比|上年|去年|过去|已|曾|取得了|完成了|实现了|达到了|获得|荣获|原有|情况|结余|遗留|考核结果|评估"
)
_RESULT = re.compile(r"完成|实现|达到|为|共|新增|建成|累计|目标|任务|计划")
_AHEAD = re.compile(r"力争|争取|确保|做好|抓好|推进|要(?!求)|将|拟|加强|开展|落实|按照|实施|编制|继续")
_RELATIVE = re.compile(r"明年|来年|次年")
_DONE_SO_FAR = re.compile(r"今年(?:以来|上半年)?[^，。；]{0,12}(?:完成了|已经?|实现了|取得了|达到了)|今年以来")
_BOUND = re.compile(r"《[^》\n]*》|〔\d{4}〕")


def stale(subject: Subject) -> Iterator[DraftCheck]:
    """Years before the order's as future, five-year plans that are over, words that mean another year."""
    yield from _years(subject)
    yield from _periods(subject)
    yield from _words(subject)


def _years(subject: Subject) -> Iterator[DraftCheck]:
    year, text = subject.order.year, subject.prose
    titles = [found.span() for found in _BOUND.finditer(text)]
    for found in _MASKED.finditer(text):
        yield _stale(subject, *found.span(), f"年份没有写全：请写成“{year}年”。")
    for found in _HAN_YEAR.finditer(text):
        number = chinese_number(found[1].replace("○", "〇"))
        yield _stale(
            subject, *found.span(), f"年份应用阿拉伯数字：请写成“{number}年”。" if number else "年份有误：请改正。"
        )
    spans = [(found.start(), found.end(), int(found[1])) for found in _YEAR.finditer(text)]
    for start, end, named in spans:
        if named >= year or any(first <= start < last for first, last in titles):
            continue
        run = re.match(r"\s*[-—–~～至/]+\s*((?:19|20)\d\d)", text[end:])
        if run is not None and int(run[1]) >= year:
            continue
        if _is_deadline(text, start, end) or not _is_past(text[slice(*subject.clause(start))]):
            yield _stale(subject, start, end, f"{named}年已经过去，不能作为{year}年计划的时间：请改为{year}年或删去。")


def _is_past(clause: str) -> bool:
    """Whether the clause around a year that is over tells of it as over, or compares with it."""
    if _PAST.search(clause):
        return True
    return _RESULT.search(clause) is not None and _AHEAD.search(clause) is None


def _is_deadline(text: str, start: int, end: int) -> bool:
    """到2020年, 2020年底前: by then it shall be done."""
    return text[:start].endswith("到") or re.match(r"年(?:底|末|\d{1,2}月底?)(?:之?前)", text[end:]) is not None


def _periods(subject: Subject) -> Iterator[DraftCheck]:
    year, text, plans = subject.order.year, subject.prose, five_year_plans()
    for found in _PERIOD.finditer(text):
        if found[1] not in plans:
            continue
        first, last = plans[found[1]]
        clause = text[slice(*subject.clause(found.start()))]
        sentence = text[slice(*subject.sentence(found.start()))]
        if last < year and not (_OVER.search(clause) or looks_back(subject, found.start())):
            yield _stale(
                subject,
                *found.span(),
                f"“{found[1]}”时期（{first}—{last}年）已经结束，不适用于{year}年：请改正或删去。",
            )
        elif first > year + _LEAD or (first > year and not _COMING.search(sentence)):
            yield _stale(
                subject, *found.span(), f"“{found[1]}”时期（{first}—{last}年）尚未开始：请核对{year}年所处的规划期。"
            )


def _words(subject: Subject) -> Iterator[DraftCheck]:
    year, text, order = subject.order.year, subject.prose, subject.order
    spans = five_year_plans().values()
    for pattern, years, what in (
        (_OPENING, {first for first, _ in spans}, "开局"),
        (_CLOSING, {last for _, last in spans}, "收官"),
    ):
        for found in pattern.finditer(text):
            clause = text[slice(*subject.clause(found.start()))]
            if year not in years and re.search(r"五[”\"]|五年|规划", clause) and not looks_back(subject, found.start()):
                yield _stale(subject, *found.span(), f"{year}年不是五年规划的{what}之年：请改正。")
    if order.kind == "总结":
        return
    for found in _RELATIVE.finditer(text):
        yield _stale(subject, *found.span(), f"“{found[0]}”易误解为{year + 1}年：请写成“{year}年”。", "warning")
    for found in _DONE_SO_FAR.finditer(text):
        yield _stale(
            subject, *found.span(), f"{year}年计划里的“今年”指{year}年，这里说的是已做的事：请写明年份。", "warning"
        )
    if order.kind == "下半年工作安排":
        for found in re.finditer(r"上半年", text):
            if re.search(r"力争|确保|计划|目标|前完成", text[slice(*subject.clause(found.start()))]):
                yield _stale(subject, *found.span(), "下半年的安排不应再以上半年为目标：请改正。")


def _stale(subject: Subject, start: int, end: int, message: str, severity: str = "error") -> DraftCheck:
    return subject.found("stale_period", "warning" if severity == "warning" else "error", start, end, message)
