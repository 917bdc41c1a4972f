"""Targets in words: 保持合理水平, 只增不减, 与经济增长同步. They are kept as such, never turned into numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.figures.types import Value

_WORDS = re.compile(
    r"(?:保持|维持|稳定|控制)(?:在)?(?:合理|平稳|稳定|较低|较高|现有|全[国省市]|基本|正常)[㐀-鿿]{0,6}?(?:水平|区间|范围|平稳|稳定|前列|合理|状态)|(?:保持|维持)(?:基本)?(?:平稳|稳定|不变)"
    r"|(?:继续|稳定)?(?:高于|快于|跑赢)(?:全国|全[省市区]|经济|城镇|农村|上年|地区|周边)[㐀-鿿]{0,8}?(?:平均水平|水平|平均|增长速度|增速|增幅|增长)(?:、高于[㐀-鿿]{2,10}增速)?"
    r"|完成国家下达(?:的)?(?:目标)?任务|(?:总体|基本)(?:平稳|稳定)"
    r"|只增不减|稳中有[升降进]|持续(?:下降|提升|提高|改善|上升|增长|降低)|稳步(?:提升|提高|增长|下降)|不断(?:提高|提升|下降)|逐[步年](?:提高|提升|下降|降低|增加)"
    r"|(?:与|和)[㐀-鿿]{2,12}(?:基本)?(?:保持)?同步|(?:动态)?清零|基本持平|不(?:下降|反弹|突破|降低|减少)|应[㐀-鿿]尽[㐀-鿿]|全覆盖"
)


def worded(text: str, taken: list[Value]) -> Iterator[Value]:
    """Targets in words that touch no number of `taken`."""
    for found in _WORDS.finditer(text):
        if not any(value.start < found.end() and found.start() < value.end for value in taken):
            yield Value(found.start(), found.end(), None, None, "")
