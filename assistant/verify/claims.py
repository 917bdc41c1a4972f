"""What a sentence of a model's own claims beyond its figures: that it is done, that it rose, that it is the first.

Claims are read from lists of words in data; one that the quotes neither use nor, where it is a matter of arithmetic,
prove, is not shown. For the rest, the words of the sentence must be those of the quotes or of the question.
"""

from __future__ import annotations

import re

from assistant.question.segment import tagged
from assistant.question.types import Question
from assistant.verify.data import any_of, groups, words
from assistant.verify.ground import Ground
from assistant.verify.indicator import says
from assistant.verify.negation import denies
from assistant.verify.outcome import EXCEEDED, MISSED, judged_by_figures, misjudged
from ingest.clean import normalise

_HAN_RUN = re.compile(r"(?<=\d)[年月日]|[\u3400-\u9fff]+")
_STRANGE = 0.25
"""Most of a sentence's words that neither the quotes nor the question hold."""

_UNQUOTED = 0.55
"""Most of them that the quotes do not hold: words of the question alone prove nothing."""

_FEW, _SOME = 1, 3
"""Strange and unquoted words that any sentence may have: other wordings of what the quotes say."""

_THINGS = "nj"
"""Tags (ICTCLAS) of nouns, names and abbreviations."""

_DONE = re.compile(
    r"已经?(?![有知故定])|(?:完成|实现|建成|建立|组建|达到|取得|挂牌|开展|成为|培训|统一|启动|投入|落实|推广|创建|新建|改建|引进|实施|筛查|签约|建设)了"
    r"|取得|实际(?:完成|达到)|(?:得到|获得)了?"
)
_NOT_SO_MANY = re.compile(
    r"(?:未|没有?|未能)(?:完成|达到|实现|建成)(?:率|了|为|约)*\d[\d.,]*[^，。；\d]{0,3}(?![^，。；]*(?:任务|目标|计划))|未完成率"
)
"""未完成2.83万人: a count denied, where 未完成2.83万人的任务 judges a target."""

_WISHED = re.compile(r"要(?![求点素闻害紧件领])|将(?!近)")


def unsupported(text: str, question: Question, ground: Ground) -> str | None:
    """Why the sentence claims more than its quotes; None when it does not."""
    said, quoted = normalise(text), ground.quotes
    known = quoted + ground.about
    if fault := _of_another_tense(said, known, ground):
        return fault
    for name in ("superlative", "cause", "praise", "quantity"):
        if any(word in said and word not in known for word in words(name)):
            return "有一句的评价在出处中找不到"
    if any(any(word in said for word in same) and not any(word in known for word in same) for same in groups("time")):
        return "有一句的时间在出处中找不到"
    if fault := misjudged(said, known, ground):
        return fault
    rest = EXCEEDED.sub("", MISSED.sub("", said)) if judged_by_figures(ground) else said
    if any(any_of(name, rest) and not any_of(name, known) for name in ("up", "down")):
        return "有一句的升降与出处不一致"
    if denies(rest, quoted) or any(found[0] not in known for found in _NOT_SO_MANY.finditer(said)):
        return "有一句的否定与出处不一致"
    return _strange_words(ground.unnamed(said), question, known)


def _of_another_tense(said: str, known: str, ground: Ground) -> str | None:
    """A plan told as done, or what is done told as a plan."""
    promised = any_of("promise", said) or _WISHED.search(said) is not None
    if ground.parts == {"plan"}:
        done = [found[0] for found in _DONE.finditer(said)]
        weakly = any_of("intention", said) and not re.search(r"\d[^年月日]", said)
        if any(word not in known for word in done) or not (promised or weakly):
            return "有一句把计划说成了已有的事"
    if (
        "plan" not in ground.parts
        and any_of("future", said)
        and not (any_of("promise", known) or _WISHED.search(known) is not None)
    ):
        return "有一句把已有的事说成了计划"
    return None


def _strange_words(said: str, question: Question, known: str) -> str | None:
    """Words that neither quotes nor question hold: no thing may be one, and few of the others."""
    asked = question.standalone + question.text
    told = [(word, tag) for run in _HAN_RUN.findall(said) for word, tag in tagged(run) if _tells(word)]
    unquoted = [(word, tag) for word, tag in told if not says(known, word)]
    strange = [(word, tag) for word, tag in unquoted if not says(asked, word)]
    if any(tag[:1] in _THINGS for _, tag in strange):
        return "有一句的说法在出处中找不到"
    if len(strange) > max(_FEW, _STRANGE * len(told)) or len(unquoted) > max(_SOME, _UNQUOTED * len(told)):
        return "有一句的说法在出处中找不到"
    return None


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in words("fillers") and not any(word in phrase for phrase in words("phrases"))
