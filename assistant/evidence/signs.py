"""Signs in a sentence that speak for or against it: years, spans of years, targets, results, rates, other places."""

from __future__ import annotations

import re

from assistant.evidence.figures import fits, has_unit, mentions
from assistant.question.types import Question
from ingest.archive.records import PassageRecord

_YEAR = re.compile(r"(?:^|[，,；;：:。是]|截至|截止|到|至|在|与|比|较)\s*((?:19|20)\d\d)\s*年(?![^，,]{0,14}以来)")
"""A year that a clause is about; one in passing (为2020年改革以来最好) is left out."""

_MULTI = re.compile(
    r"“?十[一二三四]?五”?(?:时期|期间|以来|末)?|五年来|五年间|过去五年|年均|近[三五]年|三年来|[三五]年累计|年以来"
)
_ONE_YEAR = re.compile(r"去年|过去一年|一年来|今年|全年|本年|当年|(?:19|20)\d\d年(?!以来)")
_TARGET = re.compile(r"任务|目标|计划|下达|应|要求|力争|确保|达到|不低于|不少于|以上|预期|指标|努力|争取|左右")
_RESULT = re.compile(r"完成|实现|已|共|达|累计|为|增长|实际|办结|率")
_TASK = re.compile(r"任务|目标|应|计划|下达|指标|方案|拟|责任书")
_DONE = re.compile(r"完成|实际|已|实现|办结|超额|占|率")
_NUMBERING = re.compile(r"^\s*[(（]?\d{1,2}[)）.、．]")
_GROWTH_ASKED = re.compile(r"增长|增速|增幅|涨|快|慢")
_GROWTH = re.compile(r"(?:增长|下降|增)\s*\d")
_RATE_ASKED = re.compile(r"率|比例|占比|增速|增幅|百分|增长")
_WRITTEN_NUMBER = re.compile(r"\d|[xX×＊*]{2}")
_SUBPLACE = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:镇|乡|街道)(?:中心)?(?:卫生院|卫生服务中心)?"
    r"|[\u4e00-\u9fff]{2,6}(?:医院|卫生院|保健院|疾控中心)"
)
_ANY_SUBPLACE = re.compile(
    r"^[全各个两多的在向对和及县市区省乡镇村级建制\d一二三四五六七八九十]*"
    r"(?:乡镇|镇|乡|街道|医院|卫生院|保健院|疾控中心|中心卫生院)$"
    r"|公立医院|级医院|人民医院|中医医院|中医院|保健院|疾控|民营医院|乡镇卫生院"
)
"""Words for institutions in general, or for the county's own: they name no other place."""

_NAMES_ASKED = re.compile(
    r"哪[两二三四五六七八九十\d]|都有(?:哪些|啥|谁)|分别(?:叫|是)(?:什么|啥|哪|谁)|[家个项所座位名](?:公司|企业|项目|单位)?叫(?:什么|啥)|列出"
)
_CLAUSE = re.compile(r"[，,；;。]")
_COUNTED = re.compile(r"[\d一二三四五六七八九十两]+余?(?:[家个项所座名条位处大]|类)")
_NAMED = re.compile(r"[、“《：:]")
_DAY_ASKED = re.compile(r"几月几[号日]|几[号日]|哪一?天|哪年哪月|具体(?:时间|日期)|几月份?")
_DAY = re.compile(r"\d月|\d日|[一二三四五六七八九十]月|月底|年底|[上中下]旬|季度|半年|(?:19|20)\d\d")
_HAPPENED = re.compile("建成|竣工|投用|启用|开工|挂牌|通过|获|评为|入选|上线|开通|成立|开设|组建|创建|首")
_DATED = re.compile(r"[\d一二三四五六七八九十]+月|\d{4}年|年底|月底")


def for_and_against(question: Question, passage: PassageRecord, sentence: str) -> float:
    """Points for a sentence's score, on the scale of the topic's share (0..1); negative when they speak against."""
    points = 0.0
    if question.asks_figure:
        points += _figure_points(question, sentence)
    if question.role in ("target", "both") and _TARGET.search(sentence):
        points += 0.1
    if question.role in ("result", "both") and tells_result(sentence):
        points += 0.1
    if question.role == "both" and tells_both(sentence):
        points += 0.1
    if question.role is None and passage.part == "plan" and question.parts is None:
        points -= 0.1
    if other_year_only(question, sentence):
        points -= 0.5
    if _of_several_years(passage, sentence) != question.multi_year:
        points -= 0.35
    if question.multi_year and ("年均" in question.standalone) != ("年均" in sentence):
        points -= 0.2
    if _names_subplace(question, sentence):
        points -= 0.2
    if question.half is None and passage.period is not None and passage.period.half is not None:
        points -= 0.25
    return points


def _of_several_years(passage: PassageRecord, sentence: str) -> bool:
    """Whether a sentence tells of several years at once, by its own words or by those its paragraph goes on from
    (过去五年，… 城镇新增就业超过6400万人。).
    """
    if _MULTI.search(sentence):
        return True
    text = passage.text.text
    before = text[: max(0, text.find(sentence))].rsplit("\n", 1)[-1]
    several = max((found.end() for found in _MULTI.finditer(before)), default=-1)
    return several > max((found.end() for found in _ONE_YEAR.finditer(before)), default=-1)


def other_year_only(question: Question, sentence: str) -> bool:
    """Whether a sentence speaks of named years and none of them is asked for."""
    if not question.years:
        return False
    named = {int(year) for year in _YEAR.findall(sentence)}
    return bool(named) and not named & set(question.years)


def another_rate(question: Question, sentence: str) -> bool:
    """Whether a rate is asked for by name (控制率) and the sentence does not name it: 管理率 is another rate."""
    names = {run[-3:] for run in question.topic.runs if run.endswith("率") and len(run) >= 3}
    return bool(names) and not any(name in sentence for name in names)


def counts_only(question: Question, sentence: str) -> bool:
    """Whether the several things asked for by name (是哪三家) are counted in the sentence and not named (新增3家)."""
    if question.asks_figure or not _NAMES_ASKED.search(question.standalone):
        return False
    letters = "".join(question.topic.runs)
    pairs = {letters[i : i + 2] for i in range(len(letters) - 1)}
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause.strip()]
    about = max(range(len(clauses)), key=lambda i: sum(pair in clauses[i] for pair in pairs), default=0)
    named = "".join(clauses[about : about + 2])
    return bool(clauses) and bool(_COUNTED.search(clauses[about])) and not _NAMED.search(named)


def says_no_date(question: Question, sentence: str) -> bool:
    """Whether the day or month of something is asked for and the sentence has none."""
    return bool(_DAY_ASKED.search(question.standalone)) and not _DAY.search(sentence)


def wrong_half(question: Question, passage: PassageRecord, sentence: str) -> bool:
    """Whether a half-year was asked for and the sentence speaks of another span."""
    if question.half is None or passage.period is None or passage.period.half == question.half:
        return False
    return ("上半年" if question.half == 1 else "下半年") not in sentence


def half_for_whole(question: Question, passage: PassageRecord) -> bool:
    """Whether the outcome of a whole year was asked for and the passage reviews half of it: that is another figure."""
    if not question.years or question.half is not None or question.multi_year or not question.asks_figure:
        return False
    return passage.part != "plan" and passage.period is not None and passage.period.half is not None


def tells_task(sentence: str) -> bool:
    """Whether a sentence names a task or target with a figure."""
    return bool(mentions(sentence)) and bool(_TASK.search(sentence))


def tells_result(sentence: str) -> bool:
    """Whether a sentence has a word of outcome."""
    return _RESULT.search(sentence) is not None


def tells_both(sentence: str) -> bool:
    """Whether a sentence sets a task and says what came of it (任务数4380人，…完成4480人)."""
    return len(mentions(sentence)) >= 2 and bool(_TASK.search(sentence)) and bool(_DONE.search(sentence))


def concreteness(sentence: str) -> int:
    """How much a sentence commits itself (0..4): named things, dates, figures, events; boilerplate has none of them."""
    named = bool(re.search("[“《「]", sentence))
    return named + bool(_DATED.search(sentence)) + bool(mentions(sentence)) + bool(_HAPPENED.search(sentence))


def _figure_points(question: Question, sentence: str) -> float:
    written = _WRITTEN_NUMBER.search(sentence) is not None
    points = 0.15 if written else (0.0 if mentions(sentence) else -0.1)
    if question.unit:
        points += 0.2 if has_unit(sentence, question.unit) else -0.15
    elif not _RATE_ASKED.search(question.standalone) and _only_rates(sentence):
        points -= 0.2
    if _GROWTH_ASKED.search(question.standalone) and _GROWTH.search(sentence):
        points += 0.15
    return points


def _only_rates(sentence: str) -> bool:
    figures = mentions(_NUMBERING.sub("", sentence))
    counted = [figure for figure in figures if not figure.after.startswith(("年", "月", "日"))]
    return bool(figures) and all(fits(figure, "%") for figure in counted)


def _names_subplace(question: Question, sentence: str) -> bool:
    return any(
        not _ANY_SUBPLACE.search(found[0]) and found[0][-4:] not in question.standalone
        for found in _SUBPLACE.finditer(sentence)
    )
