"""What a number counts: the phrase before it, else the noun behind its unit, else what the sentence spoke of last."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.figures.clauses import Mention
from ingest.figures.phrase import Phrase, core, ends_like_one, is_weak, words

_NOUN = re.compile(r"^(?:以上|以下|以内|左右|之内)?(?:的)?(?P<noun>[㐀-鿿A-Za-z0-9“”\"·+—-]{1,24})")
_ENJOYED = re.compile(
    r"^(?:以上|左右)?(?:已|都)?(?:享受|接受|参加|参与|获得|得到|领取)(?:了|到)?(?P<noun>[㐀-鿿A-Za-z0-9“”\"·+—-]{1,24})"
)
_PLACE = re.compile(
    r"^[㐀-鿿]{1,7}(?:镇|乡|街道|县|市|区|州|旗|村|社区|省|卫生院|医院|中心)$"
    r"|^(?:城镇|农村|城乡|农业|男性|女性|儿童|居民|城区|市区|市本级|县级|乡镇|村级)$"
)
_DIGIT = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)(?!\d{1,2}[月日])\d[\d.,]*(?![\d.岁型])")
_CLAUSE_END = re.compile(r"[，,；;。：:（）()]")


def before(sentence: str, mention: Mention) -> Phrase | None:
    """The phrase in front of the number: 开展两癌筛查 | 4480人 → 两癌筛查; None where only a verb stands there."""
    return core(sentence, mention.before, mention.value.start)


def behind(sentence: str, mention: Mention) -> Phrase | None:
    """The noun behind the unit: 300名 | 医务人员; None where none stands there."""
    raw = sentence[mention.value.end : mention.after]
    found = _ENJOYED.match(raw) or _NOUN.match(raw)
    if found is None:
        return None
    noun = found["noun"]
    stop = words().noun_ends.search(noun)
    text = noun[: stop.start()] if stop is not None else noun
    if len(text) < 2 or is_weak(text):
        return None
    start = mention.value.end + found.start("noun")
    return Phrase(text, start, start + len(text))


def topic(sentence: str, end: int) -> Phrase | None:
    """What the clauses before `end` are about: 家庭医生签约服务工作有序推进， → 家庭医生签约服务."""
    return _best([_spoken(sentence, *clause) for clause in _clauses(sentence, 0, end)])


def ahead(sentence: str, end: int) -> Phrase | None:
    """What follows a number that has no phrase of its own: 对照91%以上的要求，| 孕产妇系统管理率 | 为…"""
    return _best([_spoken(sentence, *clause) for clause in _clauses(sentence, end, len(sentence))[1:]])


def is_scope(phrase: Phrase, pre: str) -> bool:
    """Whether a phrase names a place or group within what was spoken of (其中石桥镇1386人)."""
    if words().verb.match(phrase.text):  # 新建卫生院 | 2所 is no place
        return False
    return _PLACE.match(phrase.text) is not None and ("其中" in pre or len(pre) <= len(phrase.text) + 2)


def says_itself(unit: str) -> bool:
    """Whether the unit needs no noun behind it."""
    return unit in words().naming_units


def _clauses(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *(cut.end() for cut in _CLAUSE_END.finditer(sentence[:end]) if cut.end() > start), end]
    return [(first, last) for first, last in pairwise(cuts) if last > first]


def _spoken(sentence: str, start: int, end: int) -> Phrase | None:
    """The phrase of a clause up to its number, or without its predicate."""
    clause = sentence[start:end].rstrip("，,；;。：:（）()")
    number = _DIGIT.search(clause)
    if number is not None:
        return core(sentence, start, start + number.start())
    stop = words().predicate.search(clause)
    return core(sentence, start, start + (stop.start() if stop is not None and stop.start() > 1 else len(clause)))


def _best(phrases: list[Phrase | None]) -> Phrase | None:
    """The first phrase that ends like an indicator (…率, …筛查, …服务), else the last one."""
    known = [phrase for phrase in phrases if phrase is not None]
    named = [phrase for phrase in known if ends_like_one(phrase)]
    return named[0] if named else known[-1] if known else None
