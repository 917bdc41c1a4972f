"""Whether a stretch of a draft looks back or ahead, and whether it speaks of a target."""

from __future__ import annotations

import re

from assistant.drafting.checks.subject import Subject

_COMPARED = re.compile(r"(?:比|较|同)(?:上年|去年|往年|前年|(?:19|20)\d\d年)|同比|上年同期")
_BACK = re.compile(
    r"去年|上年|前年|往年|历年|近年来|已(?!有)|完成了|实现了|达到了|取得了|建成了|累计完成|以来|过去|回顾|截至|收官|此前|曾|原有|基数|上一年"
)
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_AHEAD = re.compile(
    r"力争|争取|确保|目标|计划|任务|拟|预期|预计|将|要(?!求)|达到(?!了)|提高到|提升到|提升至|提高至|降至|降到|控制在|不低于|不少于|不超过|不高于|今年|明年|本年|新增|再"
)
_TARGET = re.compile(r"目标|任务|计划|力争|确保|争取|拟|预期")
_RESULT = re.compile(r"完成(?!率)|实现|达到|达|为|实际|结果|建成")


def looks_back(subject: Subject, at: int) -> bool:
    """Whether what stands at `at` is told of a time before the order's year.

    The nearest word before it in its clause decides, else the clause itself, else the clauses before it; a plan that
    says nothing looks ahead. 比上年 compares and tells no time.
    """
    start, _ = subject.sentence(at)
    clause_start, clause_end = subject.clause(at)
    text = subject.prose
    for piece in (text[clause_start:at], text[clause_start:clause_end], text[start:clause_start]):
        cues = _cues(piece, subject.order.year)
        if cues:
            return cues[-1]
    return False


def _cues(piece: str, year: int) -> list[bool]:
    plain = _COMPARED.sub(lambda found: " " * len(found[0]), piece)
    cues = [(found.start(), True) for found in _BACK.finditer(plain)]
    cues += [(found.start(), int(found[1]) < year) for found in _YEAR.finditer(plain)]
    cues += [(found.start(), False) for found in _AHEAD.finditer(plain)]
    # 已 and 去年 outweigh 达到 behind them: 去年达到85%
    back = [one for one in cues if one[1]]
    last_back = max((at for at, _ in back), default=-1)
    ahead = [at for at, is_back in cues if not is_back and at > last_back and not _weak(plain, at)]
    if last_back >= 0 and not ahead:
        return [True]
    return [is_back for _, is_back in sorted(cues)]


def _weak(text: str, at: int) -> bool:
    """Words that tell a result as well as a target."""
    return text.startswith(("达到", "任务", "目标", "计划", "新增", "不低于", "不少于", "控制在", "再"), at)


def says_target(subject: Subject, at: int) -> bool:
    """Whether the clause calls what stands at `at` a target or a task; the nearest word before it decides."""
    start, end = subject.clause(at)
    before = [
        (found.start(), kind)
        for kind, pattern in ((True, _TARGET), (False, _RESULT))
        for found in pattern.finditer(subject.prose, start, at)
    ]
    if before:
        return max(before)[1]
    return _TARGET.search(subject.prose, at, end) is not None


def years_named(subject: Subject, at: int) -> set[int]:
    """The years in digits of the clause around `at`, else of its sentence up to it; 去年 is the year before."""
    clause = subject.prose[slice(*subject.clause(at))]
    start, _ = subject.sentence(at)
    for piece in (clause, subject.prose[start:at]):
        plain = _COMPARED.sub(" ", piece)
        years = {int(found[1]) for found in _YEAR.finditer(plain)}
        if re.search(r"去年|上年|上一年", plain):
            years.add(subject.order.year - 1)
        if years:
            return years
    return set()
