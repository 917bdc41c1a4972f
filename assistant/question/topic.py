"""What a question is about, once years, bodies and question words are taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

from assistant.question.data import table
from assistant.question.segment import cut, is_word
from assistant.question.types import Topic
from ingest.clean import normalise

_BREAK = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9+.%]+")
_PARTED = re.compile(
    r"([\u4e00-\u9fff])了?(?:多少|几)[个件份次起]?([^\W\d_人次户件起个家所张条份场例名元天年月位])(?![\u4e00-\u9fff])"
)
_MODAL = frozenset("要会能想还都就")
"""The segmenter glues them to the verb behind (要收, 想冲), which tells of the asking."""

_ACRONYM = re.compile(r"(?<![A-Za-z])(?:[a-z]{2,4}|pm2\.5|m2|r&d)(?![A-Za-z])")
_SINGLE_FUNCTION = frozenset(
    "的地得了着过和与及或跟同在于是为有到由从对把被让给向按以而并也都就才还又再很更最不没未要会能可应吗呢吧啊么几个些里年月"
)


@cache
def _stopwords() -> frozenset[str]:
    words = table("stopwords")
    return frozenset(words["function"]) | frozenset(words["role"])


@cache
def _longest_stop() -> tuple[str, ...]:
    return tuple(sorted((word for word in _stopwords() if len(word) > 1), key=lambda word: (-len(word), word)))


@cache
def _phrases() -> re.Pattern[str]:
    """Stop phrases long enough to be cut out before segmentation, which would tear them (下|一步)."""
    return re.compile("|".join(re.escape(word) for word in _longest_stop() if len(word) > 2))


def read_topic(text: str, read_spans: Sequence[tuple[int, int]] = ()) -> Topic:
    """The content words of `text` outside `read_spans`, as runs of adjacent words, with other wordings of each."""
    letters = list(text)
    for start, end in read_spans:
        letters[start:end] = [" "] * (end - start)
    runs: list[str] = []
    for piece in _BREAK.split(_phrases().sub(" ", _joined(_in_capitals(normalise("".join(letters)))))):
        current = ""
        for word in cut(piece) if piece else ():
            if (word in _ENDINGS and current) or word in _kept():
                current += word
            elif _says_nothing(word):
                if current:
                    runs.append(current)
                current = ""
            else:
                current += word
        if current:
            runs.append(current)
    runs = [trimmed for run in runs if (trimmed := _trim(run))]
    runs = [run for run in runs if len(run) > 1] or runs
    asked = "".join(letters)
    hinted = {name: tuple(words) for name, words in table("topics")["topics"].items() if name in asked}
    widened = _widen(" ".join(runs))
    return Topic(tuple(dict.fromkeys(runs)), widened, hinted, _unlike(asked, [*runs, *chain(*widened.values())]))


def _says_nothing(word: str) -> bool:
    if len(word) == 1:
        return word in _stopwords() or word in _SINGLE_FUNCTION or word.isdigit()
    return word in _stopwords() or (len(word) == 2 and word[0] in _MODAL and not is_word(word))


def _unlike(asked: str, topic: Sequence[str]) -> tuple[str, ...]:
    """Words that hold one that is asked for and mean another thing, unless they are asked for themselves.

    主题教育 where 教育 is asked for, 占地区生产总值 where that itself is.
    """
    found = [word for name, words in table("topics")["unlike"].items() if name in asked for word in words]
    return tuple(word for word in [*found, *(f"占{word}" for word in topic)] if word not in asked)


@cache
def _kept() -> frozenset[str]:
    """Names that look like question words and are none (免疫规划)."""
    return frozenset(word for word in table("cues")["not_cues"] if len(word) > 2) - _stopwords()


def _in_capitals(text: str) -> str:
    """gdp and pm2.5 as reports write them."""
    return _ACRONYM.sub(lambda found: found[0].upper(), text)


def _joined(text: str) -> str:
    """立了多少案 → 立案: a verb and its object that the question word has parted, when the dictionary knows the two."""

    def join(found: re.Match[str]) -> str:
        return f" {found[1]}{found[2]} " if is_word(found[1] + found[2]) else found[0]

    return _PARTED.sub(join, text)


def _trim(run: str) -> str:
    """Without a role or question word that the segmenter glued to either end (免费产前筛查任务数 → 免费产前筛查)."""
    changed = True
    while changed and len(run) > 2:
        changed = False
        for word in _longest_stop():
            if len(word) < len(run) - 1:
                if run.endswith(word) and not any(run.endswith(kept) for kept in _kept()):
                    run, changed = run[: -len(word)], True
                elif run.startswith(word) and word not in _HEADS:
                    run, changed = run[len(word) :], True
    return run


_ENDINGS = frozenset({"率"})
"""Single characters that belong to the indicator before them: 管理率 is another thing than 管理."""

_HEADS = frozenset(
    {"工作", "计划", "规划", "总结", "安排", "重点", "任务", "指标", "目标", "报告", "完成", "全部", "主要", "结果"}
)
"""Words that often begin an indicator's own name (计划生育, 重点人群): never cut from the front."""


def _widen(text: str) -> dict[str, tuple[str, ...]]:
    widened: dict[str, tuple[str, ...]] = {}
    words = table("synonyms")
    for word, others in words["shorthand"].items():
        if word in text:
            widened[word] = tuple(others)
    for word, others in words["pairs"].items():
        if word in text:
            widened[word] = (*widened.get(word, ()), *others)
        for other in others:
            if other in text:
                widened[other] = (*widened.get(other, ()), word)
    return widened
