"""Candidate sentences: every sentence of the retrieved passages, scored for one question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.coverage import Gram, coverage, noun_phrases
from assistant.evidence.figures import fits, has_unit, mentions
from assistant.question.types import Question
from assistant.retrieval import ScoredPassage
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.structure.sentences import sentence_spans

_YEAR = re.compile(r"(?:^|[，,；;：:。是]|截至|截止|到|至|在|与|比|较)\s*((?:19|20)\d\d)\s*年(?![^，,]{0,14}以来)")
_LAST_YEAR = re.compile(r"去年|上年(?!度末)|上一年|同比")
_MULTI = re.compile(
    r"“?十[一二三四]?五”?(?:时期|期间|以来|末)?|五年来|五年间|过去五年|年均|近[三五]年|三年来|[三五]年累计|年以来"
)
_TARGET = re.compile(r"任务|目标|计划|下达|应|要求|力争|确保|达到|不低于|不少于|以上|预期|指标|努力|争取|左右")
_RESULT = re.compile(r"完成|实现|已|共|达|累计|为|增长|实际|办结|率")
_LEAD_IN = re.compile(r"(?:如下|主要(?:是|有|表现在)|差距|不足|问题|困难)[：:。]?$|清醒|总结成绩")
_HELD = 0.3
"""Least share of a noun phrase that the sentence whose figure is shown (or its heading) must hold."""

_NUMBERING = re.compile(r"^\s*[(（]?\d{1,2}[)）.、．]")
_NAMED = 0.6
"""Share of the topic from which on a sentence names it."""

_GROWTH_ASKED = re.compile(r"增长|增速|增幅|涨|快|慢")
_GROWTH = re.compile(r"(?:增长|下降|增)\s*\d")
_RATE_ASKED = re.compile(r"率|比例|占比|增速|增幅|百分|增长")
_TASK = re.compile(r"任务|目标|应|计划|下达|指标|方案|拟|责任书")
_DONE = re.compile(r"完成|实际|已|实现|办结|超额|占|率")
_SUBPLACE = re.compile(
    r"[\u4e00-\u9fff]{1,4}(?:镇|乡|街道)(?:中心)?(?:卫生院|卫生服务中心)?|[\u4e00-\u9fff]{2,6}(?:医院|卫生院|保健院|疾控中心)"
)
_GENERIC_SUBPLACE = re.compile(
    r"^(?:[全各个两多的在向对和及县市区省乡镇村级建制\d一二三四五六七八九十]*)(?:乡镇|镇|乡|街道|医院|卫生院|保健院|疾控中心|中心卫生院)$|公立医院|级医院|人民医院|中医医院|中医院|保健院|疾控|民营医院|乡镇卫生院"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage with the reasons for and against it.

    `gaps`: how many noun phrases of the topic neither it nor its surroundings mention at all. `start:end` is its span in the passage's cleaned text. `own` is the topic's share in the sentence alone, `coverage`
    with headings and neighbours; `prior` is the passage's retrieval score; `score` is what it is ranked by.
    """

    passage: PassageRecord
    report: ReportRecord
    start: int
    end: int
    text: str
    own: float
    coverage: float
    prior: float
    score: float
    holds_number: bool
    fits_unit: bool
    holds_both: bool
    gaps: int = 0


def candidates(
    question: Question,
    found: Sequence[ScoredPassage],
    reports: Mapping[int, ReportRecord],
    grams: tuple[Gram, ...],
    background: tuple[Gram, ...],
    leading: Mapping[int, str],
) -> list[Candidate]:
    """Every sentence of the passages in `found`, best first.

    `leading`: by passage id, what stands before it in its section (the 五是…工作。 that its sentences belong to).
    """
    phrases = noun_phrases(question.topic, grams)
    asks_figure = question.wants_number or question.unit is not None
    least = _HELD if asks_figure else 1e-9
    scored = []
    for item in found:
        passage, report = item.passage, reports[item.passage.report_id]
        text = passage.text.text
        spans = sentence_spans(text)
        if asks_figure:
            spans = _with_their_figures(text, spans, grams)
        leaf = passage.path[-1] if passage.path else ""
        path = " ".join(passage.path)
        about = f"{report.title} {report.org or ''} {report.region or ''}"
        for i, (start, end) in enumerate(spans):
            sentence = text[start:end]
            before = text[: spans[i - 1][1]] if i else ""
            lead = leading.get(passage.id, "")
            own = coverage(grams, [(sentence, 1.0)])
            near = [(sentence, 1.0), (leaf, 0.8), (path, 0.7), (before, 0.5), (lead, 0.4), (about, 0.4)]
            previous = text[slice(*spans[i - 1])] if i else ""
            local = [(sentence, 1.0), (leaf, 0.8), (previous, 0.5), (about, 0.4)]
            covered = coverage(grams, near)
            context = coverage(background, [(sentence, 1.0), (path, 0.8), (text, 0.6)]) if background else 0.0
            score = covered + 0.3 * own + 0.3 * item.score + 0.3 * context
            score += _for_and_against(question, passage, sentence)
            scored.append(
                Candidate(
                    passage=passage,
                    report=report,
                    start=start,
                    end=end,
                    text=sentence,
                    own=own,
                    coverage=covered,
                    prior=item.score,
                    score=score,
                    holds_number=bool(mentions(sentence)),
                    fits_unit=question.unit is None or has_unit(sentence, question.unit),
                    holds_both=_tells_both(sentence),
                    gaps=sum(coverage(group, local if asks_figure else near) < least for group in phrases),
                )
            )
    return sorted(scored, key=lambda candidate: -candidate.score)


def concreteness(sentence: str) -> int:
    """How much a sentence commits itself: named things, figures, dates; boilerplate of the trade has none."""
    named = bool(re.search("[“《「]", sentence))
    dated = bool(re.search(r"[\d一二三四五六七八九十]+月|\d{4}年|年底|月底", sentence))
    counted = len(mentions(sentence)) > 0
    happened = bool(
        re.search("建成|竣工|投用|启用|开工|挂牌|通过|获|评为|入选|上线|开通|成立|开设|组建|创建|首", sentence)
    )
    return named + dated + counted + happened


def whole(passages: Sequence[PassageRecord], reports: Mapping[int, ReportRecord]) -> list[Candidate]:
    """Every sentence of the passages as a candidate, in order: for questions that ask for a part as such."""
    return [
        Candidate(
            passage, reports[passage.report_id], start, end, text, 1.0, 1.0, 1.0, 1.0, bool(mentions(text)), True, False
        )
        for passage in passages
        for start, end in sentence_spans(passage.text.text)
        if (text := passage.text.text[start:end]) and not _LEAD_IN.search(text)
    ]


def other_year_only(question: Question, sentence: str) -> bool:
    """Whether a sentence speaks of named years and none of them is asked for."""
    if not question.years:
        return False
    named = {int(year) for year in _YEAR.findall(sentence)}
    return bool(named) and not named & set(question.years)


def _for_and_against(question: Question, passage: PassageRecord, sentence: str) -> float:
    points = 0.0
    if question.wants_number or question.unit:
        points += 0.15 if re.search(r"\d|[xX×＊*]{2}", sentence) else (0.0 if mentions(sentence) else -0.1)
        if question.unit:
            points += 0.2 if has_unit(sentence, question.unit) else -0.15
        elif not _RATE_ASKED.search(question.standalone) and _only_rates(sentence):
            points -= 0.2
        if _GROWTH_ASKED.search(question.standalone) and _GROWTH.search(sentence):
            points += 0.15
    if question.role in ("target", "both") and _TARGET.search(sentence):
        points += 0.1
    if question.role in ("result", "both") and _RESULT.search(sentence):
        points += 0.1
    if question.role == "both" and _tells_both(sentence):
        points += 0.1
    if question.role is None and passage.part == "plan" and question.parts is None:
        points -= 0.1
    if other_year_only(question, sentence):
        points -= 0.5
    if bool(_MULTI.search(sentence)) != question.multi_year:
        points -= 0.35
    if ("年均" in question.standalone) != ("年均" in sentence):
        points -= 0.2 if question.multi_year else 0.0
    if _names_subplace(question, sentence):
        points -= 0.2
    if question.half is None and passage.period is not None and passage.period.half is not None:
        points -= 0.25
    return points


def another_rate(question: Question, sentence: str) -> bool:
    """Whether a rate is asked for by name (控制率) and the sentence does not name it: 管理率 is another rate."""
    names = {run[-3:] for run in question.topic.runs if run.endswith("率") and len(run) >= 3}
    return bool(names) and not any(name in sentence for name in names)


def wrong_half(question: Question, passage: PassageRecord, sentence: str) -> bool:
    """Whether a half-year was asked for and the sentence speaks of another span."""
    if question.half is None or passage.period is None or passage.period.half == question.half:
        return False
    return ("上半年" if question.half == 1 else "下半年") not in sentence


def _with_their_figures(
    text: str, spans: list[tuple[int, int]], grams: tuple[Gram, ...]
) -> list[tuple[int, int]]:
    """A sentence that names the topic and leaves its figure to the next one (开展两癌检查。按年初部署需完成…) is joined
    with it, as one unbroken piece of the source.
    """
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _leaves_figure(text[slice(*joined[-1])], grams) and _only_figures(text[start:end], grams):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _leaves_figure(sentence: str, grams: tuple[Gram, ...]) -> bool:
    return not mentions(sentence) and coverage(grams, [(sentence, 1.0)]) >= _NAMED


def _only_figures(sentence: str, grams: tuple[Gram, ...]) -> bool:
    return bool(mentions(sentence)) and _RESULT.search(sentence) is not None and coverage(grams, [(sentence, 1.0)]) < _HELD


def _only_rates(sentence: str) -> bool:
    figures = mentions(_NUMBERING.sub("", sentence))
    return bool(figures) and all(fits(figure, "%") for figure in figures if not figure.after.startswith(("年", "月", "日")))


def tells_task(sentence: str) -> bool:
    """Whether a sentence names a task or target with a figure."""
    return bool(mentions(sentence)) and bool(_TASK.search(sentence))


def _tells_both(sentence: str) -> bool:
    """Whether a sentence sets a task and says what came of it (任务数4380人，…完成4480人)."""
    return len(mentions(sentence)) >= 2 and bool(_TASK.search(sentence)) and bool(_DONE.search(sentence))


def _names_subplace(question: Question, sentence: str) -> bool:
    for found in _SUBPLACE.finditer(sentence):
        if not _GENERIC_SUBPLACE.search(found[0]) and found[0][-4:] not in question.standalone:
            return True
    return False
