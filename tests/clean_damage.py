"""Generated reports and the damage that copying does to them, for property tests of cleaning."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hypothesis import strategies as st

_SUBJECTS = ("全县", "各乡镇卫生院", "县疾控中心", "医共体成员单位", "妇幼保健机构", "基层医疗机构", "卫生监督部门")
_DEEDS = (
    "开展健康教育讲座{a}场",
    "免费体检{b}万人次",
    "规范管理高血压患者{a}人",
    "建档率达到{c}%",
    "投入资金{a}万元",
    "组织业务培训{a}期",
    "疫苗接种率保持在{c}%以上",
    "认真落实各项防控措施",
    "持续改善就医环境",
    "不断提高服务能力",
    "完成家庭医生签约{b}万户",
    "新增床位{a}张",
)

figures = st.tuples(st.integers(11, 9876), st.integers(11, 987), st.integers(101, 999))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """One sentence of a report, with figures that are neither years nor spoilt."""
    a, b, c = draw(figures)
    deeds = draw(st.lists(st.sampled_from(_DEEDS), min_size=2, max_size=5, unique=True))
    filled = (deed.format(a=_no_year(a), b=f"{b / 10:.1f}", c=f"{c / 10:.1f}") for deed in deeds)
    return f"{draw(st.sampled_from(_SUBJECTS))}{'，'.join(filled)}。"


def _no_year(number: int) -> int:
    return number + 1000 if 2000 <= number <= 2039 else number


paragraphs = st.lists(sentences(), min_size=3, max_size=8).map("".join)
unlike = st.lists(paragraphs, min_size=2, max_size=6, unique=True)
"""The paragraphs of a report, no two of them equal."""


def long_text(seed: int, size: int = 1800) -> str:
    """One running text of at least `size` characters, the same for the same seed."""
    chance = random.Random(seed)
    text = ""
    while len(text) < size:
        deeds = chance.sample(_DEEDS, chance.randint(2, 5))
        a, b, c = _no_year(chance.randint(11, 9876)), chance.randint(11, 987), chance.randint(101, 999)
        filled = (deed.format(a=a, b=f"{b / 10:.1f}", c=f"{c / 10:.1f}") for deed in deeds)
        text += f"{chance.choice(_SUBJECTS)}{'，'.join(filled)}。"
    return text


def paged(text: str, length: int, separator: str) -> tuple[str, list[int]]:
    """`text` as a preview prints it, pages of `length` characters, numbered 1、 2、 …; and where each cut fell.

    `separator` stands before each number: line ends, or nothing where the pages ran together.
    """
    cuts = list(range(length, len(text) - length // 2, length))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return separator.join(f"{n}、{piece}" for n, piece in enumerate(pieces, 1)), cuts


def figure_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the figures in `text`, decimal point included."""
    return [match.span() for match in re.finditer(r"\d+(?:\.\d+)?", text)]


def bracketed(text: str, pinyin: Sequence[str], places: set[int]) -> str:
    """`text` with a bracket of pinyin behind each Han character at one of the places."""
    return "".join(
        f"{char}({pinyin[i % len(pinyin)]})" if i in places and "\u4e00" <= char <= "\u9fff" else char
        for i, char in enumerate(text)
    )
