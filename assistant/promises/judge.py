"""Why a clause with the right words may still not answer a measure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from assistant.promises.review import Clause
from assistant.promises.wording import openings, words
from assistant.question.segment import tagged
from ingest.figures.lexer import values
from ingest.figures.types import Value

_SHARED = 4
"""Characters of a common stretch that may be the name of a sort of thing (物流中心, 人民医院)."""
_LEVEL = re.compile(
    r"(?:达|达到|突破|保持在|控制在|提高到|提升到|增加到|增至|升至|降至|降到|稳定在|总量|总数|规模|率)(?:约|超|近)?$"
)
_IN_PART = re.compile(r"(?:其中)?[㐀-鿿]{2,3}?(?:镇|乡|街道)(?!村|卫生院)")
_ONE_PLACE = "原文说的只是其中一地"
_BUILDS = re.compile(
    r"(?:加快|高标准|高质量|高水平|基本|着力|持续|统筹|推进|推动|支持|谋划|启动|开工){0,2}(?:建设|建成|新建|打造|创建|争创|设立|组建|成立|开设|筹建)"
)
_MEASURES = (
    "元",
    "亩",
    "公里",
    "平方公里",
    "平方米",
    "立方米",
    "吨",
    "斤",
    "公斤",
    "千瓦",
    "千瓦时",
    "人",
    "人次",
    "户",
    "张",
    "公顷",
)
_SEVERAL = "原文说的是多年合计或年均，不是这一年"
_OTHER_FIGURE = "原文给出的是另一种数字"
_NO_FIGURE = "原文没有给出数字"


def other_object(phrase: str, clause: str) -> bool:
    """Whether both speak of a thing of the same sort, but each puts another name before it (甲县医院, 乙县医院)."""
    match = SequenceMatcher(None, phrase, clause, autojunk=False).find_longest_match()
    if match.size < _SHARED:
        return False
    ours, theirs = _name_before(phrase[: match.a]), _name_before(clause[: match.b])
    if not ours or not theirs or ours in clause or theirs in phrase:
        return False
    return not any(word in clause for word in _words(ours))


def shared_name(phrase: str, clause: str) -> str:
    """The longest stretch that both have in common where it is long enough to be a name and not all plain words."""
    match = SequenceMatcher(None, phrase, clause, autojunk=False).find_longest_match()
    stretch = phrase[match.a : match.a + match.size].strip("“”《》、")
    said = [word for word in _words(stretch) if word not in words("plain")]
    return stretch if len(stretch) >= _SHARED and sum(map(len, said)) >= _SHARED - 1 else ""


def _name_before(front: str) -> str:
    """The telling words that end `front`, back to a verb, a plain word or a stop."""
    name = ""
    for word, tag in reversed(tagged(front)):
        if tag[0] in "nsjzib" and word not in words("plain") and len(word) > 1:
            name = word + name
        else:
            break
    return name


def _words(text: str) -> list[str]:
    return [word for word, _ in tagged(text)]


def shortfall(phrase: str, clause: Clause) -> str:
    """Why a clause answers a measure in part only, in Chinese; empty where it does not fall short."""
    thing = _built(phrase)
    if thing and thing not in clause.sentence:
        return f"原文没有说到“{thing}”"
    wanted, said = values(phrase), values(clause.text)
    if not wanted:
        return ""
    if not said:
        return _NO_FIGURE
    if not any(_same_sort(one, other) for one in wanted for other in said):
        return _OTHER_FIGURE
    if _IN_PART.match(clause.text) and not _IN_PART.search(phrase):
        return _ONE_PLACE
    level = any(_LEVEL.search(phrase[: value.start].rstrip("不低于少超过")) for value in wanted)
    return _SEVERAL if clause.several and not level else ""


def _same_sort(one: Value, other: Value) -> bool:
    """Whether both count or measure alike: rates with rates, 亩 with 亩; 项, 个 and 家 are one."""
    if one.is_rate or other.is_rate:
        return one.is_rate and other.is_rate
    return one.unit == other.unit or not (one.unit in _MEASURES or other.unit in _MEASURES)


def _built(phrase: str) -> str:
    """What is to be built or set up: the last two characters of 建设…先行区, 新建…中心50个; else empty."""
    found = _BUILDS.match(phrase)
    if not found:
        return ""
    rest = phrase[found.end() :]
    for value in reversed(values(rest)):
        rest = rest[: value.start] + rest[value.end :]
    rest = re.sub(r"等.*$|[^㐀-鿿]+$", "", rest)
    return rest[-2:] if rest.endswith(openings("concrete")) else ""


def same_figures(phrase: str, clause: str) -> float:
    """How well the figures of a clause fit those of a measure, 0…1: the same number 1, the same unit ½."""
    best = 0.0
    for one in values(phrase):
        for other in values(clause):
            if one.unit == other.unit and one.low is not None:
                best = max(best, 1.0 if one.low == other.low else 0.5)
    return best
