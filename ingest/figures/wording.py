"""Targets and results in words: 保持合理水平, 只增不减, 居全省第三位. They are never made numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.figures.types import Value

_LEVEL = (
    r"(?:保持|维持|稳定|控制)(?:在)?(?:合理|平稳|稳定|较低|较高|现有|全[国省市]|基本|正常)[㐀-鿿]{0,6}?"
    r"(?:水平|区间|范围|平稳|稳定|前列|合理|状态)"
)
_STEADY = (
    r"(?:保持|维持)(?:基本|总体|大体|相对|持续|温和)*(?:平稳|稳定|不变|上涨|回升|增长|低位)|(?:总体|基本)(?:平稳|稳定)"
)
_ABOVE = (
    r"(?:继续|稳定|持续)?(?:高于|快于|跑赢|好于|优于)"
    r"(?:全国|全[省市区州县盟]|经济|城镇|农村|上年|地区|周边|[国省市]定|生产总值|GDP)"
    r"[㐀-鿿、]{0,12}?(?:平均水平|水平|平均|增长速度|增速|增幅|增长|目标|居民(?![㐀-鿿]))(?:、高于[㐀-鿿]{2,10}增速)?(?![约近]?\s?\d)"
)
_AS_TOLD = (
    r"(?<!额)完成(?:国家|上级|[省市县]|自治区)?(?:下达|定)(?:的)?(?:年度)?(?:目标)?任务"
    r"|控制在(?:国家|上级|[省市县]|自治区)(?:下达|定|要求|规定)?(?:的)?(?:目标|任务|范围|指标|水平)(?:以?内|之内)?"
)
_RANK = r"(?:稳居|位居|居|位列|列|排名|排|保持)全[国省市区](?:第[一二三四五六七八九十\d]+位?|首位|前列|前茅)"
_MOVING = (
    r"只增不减|稳中有[升降进]|持续(?:下降|提升|提高|改善|上升|增长|降低)|稳步(?:提升|提高|增长|下降)|(?:稳定|平稳|较快)增长"
    r"|不断(?:提高|提升|下降)|逐[步年](?:提高|提升|下降|降低|增加)"
)
_WITH = r"(?:与|和)(?:(?!与|和)[㐀-鿿A-Z]){2,12}?同步"
_WORDS = re.compile(
    r"(?=[保维稳控总基继持高快跑好优完位居列排只平较不逐与和动清应全])"  # how any of them begins: quick to rule out
    rf"(?:{_LEVEL}|{_STEADY}|{_ABOVE}|{_AS_TOLD}|{_RANK}|{_MOVING}|{_WITH}"
    r"|(?:动态)?清零|基本持平|不(?:下降|反弹|突破|降低|减少)|应[㐀-鿿]尽[㐀-鿿]|全覆盖)"
)


def worded(text: str, taken: list[Value]) -> Iterator[Value]:
    """Targets in words that touch no number of `taken`."""
    for found in _WORDS.finditer(text):
        if not any(value.start < found.end() and found.start() < value.end for value in taken):
            yield Value(found.start(), found.end(), None, None, "")
