"""Questions whose passage is there but whose figure is hidden or hurt."""

from __future__ import annotations

from collections.abc import Iterator

from eval.sample.archive import Placed
from eval.sample.facts import HIDDEN_YEAR, Fact
from eval.sample.gold.figures import words
from eval.sample.gold.index import Index, period
from eval.sample.gold.question import Question
from eval.sample.phrases import pick

HIDDEN_WORDS = ("隐去", "隐藏", "遮盖", "遮挡", "打码", "脱敏", "未公开", "未显示", "看不到", "没有写明", "代替")
DOUBTFUL_WORDS = ("存疑", "疑似", "可能有误", "异常", "损坏", "错误", "不可靠", "待核实", "请核对", "核实", "原文如此")

_ASK = ("{who}{year}年{half}{ask}{how}？", "{year}年{half}{who}{ask}{how}", "{who}的{ask}{yy}年{half}{how}")
_ASK_TARGET = (
    "{who}{year}年{half}{ask}任务数是多少？",
    "{year}年{half}{who}{ask}的任务数",
    "{who}{yy}年{half}{ask}定了多少任务",
)
_ASK_UNDATED = ("{who}那份20xx年的总结，{ask}{how}？", "{who}{ask}{how}", "{who}总结里写的{ask}{how}？")


def masked(index: Index) -> Iterator[Question]:
    """Figures that the source hides, and a year that it hides."""
    for fact in index.table.facts:
        for role in ("target", "result"):
            places = index.says(fact, role, "review")
            if fact.mask(role) and places:
                yield _masked(index, fact, role, places[0])
    title = next(report for report in index.table.reports.values() if report.year == HIDDEN_YEAR)
    for text in ("XX区卫健局那份总结是哪一年的？", "XX区卫生健康局的工作总结写的是哪年的情况"):
        yield Question(
            kind="masked",
            question=text,
            answer="原文年份写作“20xx年”，已隐去。",
            must_include_any=(*HIDDEN_WORDS, "20xx", "年份不详"),
            evidence=((_file_of(index, title.id), title.title),),
            org=index.org(title.body),
            note="年份整体隐去",
        )


def corrupt(index: Index) -> Iterator[Question]:
    """Figures hurt by a global replacement (raw form must be shown) or by a page mark inside."""
    for fact in index.table.facts:
        for role in ("target", "result"):
            hurt = [
                one for one in index.says(fact, role, "review") if index.printed(one, role) != one.said.stated[role]
            ]
            if hurt and not index.sound(fact, role, part="review"):
                yield _replaced(index, fact, role, hurt[0])
        cut = [one for one in index.says(fact, "result", "review") if "cut" in fact.flags and len(one.texts) > 1]
        if cut:
            yield _cut(index, fact, cut[0])


def _masked(index: Index, fact: Fact, role: str, one: Placed) -> Question:
    shown = fact.shown(role)
    evidence = index.evidence(one, [shown])
    patterns = _ASK_UNDATED if fact.year == HIDDEN_YEAR else _ASK if role == "result" else _ASK_TARGET
    text = words(index, fact, patterns, f"masked {role}")
    if fact.year == HIDDEN_YEAR and role == "target":
        text = f"{index.who(fact.body)}{index.ask(fact)}的任务数是多少？"
    true_value = fact.target if role == "target" else fact.result
    held = any(true_value in index.text[file] for file, _ in evidence)
    return Question(
        kind="masked",
        question=text,
        answer=f"原文写作“{shown}”，数字已隐去。",
        must_include_any=(*HIDDEN_WORDS, shown),
        must_not_include=() if held or len(true_value) < 4 else (true_value,),
        evidence=tuple(evidence),
        also=tuple(index.elsewhere(fact, ["target", "result"], evidence)),
        org=index.org(fact.body),
        year=None if fact.year == HIDDEN_YEAR else fact.year,
        part="review",
        period=None if fact.year == HIDDEN_YEAR else period(fact),
        phrasing=one.said.hand,
    )


def _replaced(index: Index, fact: Fact, role: str, one: Placed) -> Question:
    raw, true_value = index.printed(one, role), one.said.stated[role]
    evidence = index.evidence(one, [raw])
    return Question(
        kind="corrupt",
        question=words(index, fact, _ASK if role == "result" else _ASK_TARGET, f"corrupt {role}"),
        answer=f"原文写作“{raw}”，存疑。",
        must_include=(raw,),
        must_include_any=DOUBTFUL_WORDS,
        must_not_include=(true_value,),
        evidence=tuple(evidence),
        also=tuple(index.elsewhere(fact, ["target", "result"], evidence)),
        org=index.org(fact.body),
        year=fact.year,
        part="review",
        period=period(fact),
        phrasing=one.said.hand,
        note="原文中的10被整体替换成年份",
    )


def _cut(index: Index, fact: Fact, one: Placed) -> Question:
    parts = [piece for piece in one.texts if piece]
    return Question(
        kind="corrupt",
        question=words(index, fact, _ASK, "cut"),
        answer=f"原文该处夹有页码：“{' '.join(parts)}”，数字存疑。",
        must_include_any=DOUBTFUL_WORDS,
        evidence=tuple((one.file, piece.strip()) for piece in parts if len(piece.strip()) >= 4),
        also=tuple(index.elsewhere(fact, ["target"], ())),
        org=index.org(fact.body),
        year=fact.year,
        part="review",
        period=period(fact),
        phrasing=one.said.hand,
        note="预览页码落在数字中间",
    )


def _file_of(index: Index, report: str) -> str:
    return pick([one.file for one in index.placed if one.report == report])
