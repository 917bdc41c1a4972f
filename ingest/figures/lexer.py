"""Numbers with their units in a cleaned text: Arabic, Chinese, masked, ranges, 万 and 亿; dates and names left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ingest.figures.numerals import chinese_number
from ingest.figures.types import Value

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?![\d,，])(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦米克伏])|百(?!分)"
_HAN = "一二两三四五六七八九十百千万亿零〇"
_MASK = r"(?:\d{0,3}(?:[xXＸｘ×✕*＊]{2,8}\d{1,3}|(?:[xXＸｘ×✕*＊]{1,8}|_+)(?:\.[xXＸｘ×✕*＊_]+)?))"
"""Masked digits, some of them left at either end (1xx5); one × between digits is 7×24 and none."""

_BARE_MASK = re.compile(r"(?<=[㐀-鿿])[xXＸｘ×]{1,4}(?=\s?[，,；;。：:])")
"""A masked number whose unit is gone as well: 检查X例，发现X，…"""

_DASH = r"\s?(?:[-—–~～－]{1,2}|至|到)\s?"
_STEPS = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_BEFORE = re.compile(
    r"(不低于|不少于|不高于|不超过|不超|不多于|不大于|不小于|至少|最多|高于|低于|多于|少于|大于|小于|超过|突破|逾|超|接近|将近|近|(?<![签节预违合解条公特])约为|大约|(?<![签节预违合解条公特])约|控制在|≥|≤|>|<|＞|＜)(?:了)?\s?$"
)
_AFTER = re.compile(r"\s?(以上|以下|以内|之内|左右|上下|开外)")
_WORDS = re.compile(r"翻(?P<n>[一两])?番")
_FRACTION = re.compile(
    r"(?P<of>[二三四五六七八九十])分之(?P<n>[一二三四五六七八九])|(?:一|过|近|超)半(?![年天小月夜生导途径封挂])|半数"
)
_PARTS = re.compile(rf"(?P<of>[百千])分之(?P<n>{_NUMBER}|[{_HAN}]+(?:点[{_HAN}]+)?)")
_SKIP = re.compile(
    r"(?:19|20)\d\d\s?(?:[-—–~～－/至到]+\s?(?:19|20)?\d\d\s?)?年(?!内|均)|(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
    r"|\d{1,2}\s?月(?:份|底|末|初|中旬|上旬|下旬)?(?:\s?\d{1,2}\s?[日号])?|\d{1,2}[日号](?![^，。；]{0,3}床)"
    r"|《[^》]{1,60}》|[〔\[(（]\d{4}[〕\])）]\s?第?\d+\s?号|第\s?\d+|\d{1,2}[:：]\d\d"
    r"|(?:PM|PM_)\s?2\.5|PM10|(?<![A-Za-z])(?![xX]{2,8}\d)[A-Za-z]+[-+]?\d+(?:\.\d+)?[A-Za-z]*|(?<!\d)\d+(?:[+＋][\dXxN]+|G(?![A-Za-z])|[A-Z](?=级))"
    r"|(?<!\d)\d+(?:\s?[-—–~～至]\s?\d+)?\s?(?:周岁|岁)(?:及)?(?:以上|以下|以内|之内)?(?=[㐀-鿿（(])"
    r"|每\s?(?:\d+|[一十百千万]+)\s?[万千百]?(?:名|位|人|户|个|张|元)?|(?<![\d.百千万])(?:千|万|十万)人(?:口)?(?=[^的，。；\d]{0,8}(?:床|医|护|数|率|拥有))"
    r"|(?:110|119|120|122|12\d{3})(?=急救|指挥|报警|热线|平台|电话|调度|便民|服务热线)|24小时(?=服务|值班|值守|不间断|在线|营业|自助)"
    r"|(?<![\d.])\d{1,2}(?=[.、．]\s?[㐀-鿿（])(?!、\s?[㐀-鿿]{0,3}\d)"
)
_PLACES = ("村", "镇", "乡", "县", "街道", "社区", "路", "线")
"""Behind x these are the masked name of a place (xx县), behind a Chinese numeral mostly part of one."""

_SPAN_OF_TIME = re.compile(r"\s?(?:年|周年|月(?!亮)|日(?!间|均)|号|时(?!间|代)|点)")
_BARE = re.compile(
    r"(?:数|量|率|值|指数|评分|总分|为|达|达到|是|[:：]|共|计|至|到|近|超|超过|突破|完成|实现|\|)\s?(?:了|约)?\s?$"
)
_ENDS = re.compile(r"\s?(?:$|[，。；、,;|）)：:（(]|以上|左右|以内|以下|和|与|及|，)")
_NAMED = re.compile(
    r"八项规定|[一二三四五六七八九十]+期(?!间)|五位|四个(?:意识|自信|全面)|两个(?:维护|确立|毫不动摇|一公里)|三个(?:务必|年)|[三四五六七八九十]大(?![型])|千万(?!元)|两(?:手|岸|会|癌|节|学|委|不)|百千万|百年|千年|十字|万家|千家|百家"
)
_IDIOMS = re.compile(
    r"一(?:个|种|批|系列|条|次|类|名|项|件|张|份|支|座|处|家|部|期|场|套|位|户|人|所|片|块|体|揽子|把|道|级|线|路|层|对|刻|流|门|校|村|镇|县|企|店|字|单|届|组|轮|岁|分|天|成)"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(files("ingest.figures").joinpath("units.toml").read_text(encoding="utf-8"))
    another = table["another_word"]
    units = _either([*table["countable"], *table["physical"], *table["rates"]], another)
    things = [word for word in table["countable"] if word not in ("届", "期", *_PLACES)]
    spoken = _either(
        ["个月", *things, "元", "亩", "公里", "平方米", "吨", "倍", "成", "个百分点", "小时", "天"], another
    )
    tail = rf"(?P<more>余|多(?!级|元|种|样|方|功|层次)|几)?(?P<scale>{_SCALE})?(?P<some>余|多(?!级|元|样|方|功|层次))?"
    arabic = re.compile(
        rf"(?<![A-Za-z\d.,_#])(?P<n1>{_NUMBER})(?P<s1>{_SCALE})?(?P<u1>%|‰)?"
        rf"(?:{_DASH}(?P<n2>{_NUMBER})(?![月日年]))?{tail}\s?(?P<unit>(?:{units})(?:/(?:月|人|年|天|日|亩|次|吨|户|人月|人年|公里))?)?"
    )
    han = re.compile(rf"(?<![第{_HAN}\d“‘])(?P<n1>[{_HAN}]+){tail}(?P<unit>{spoken})")
    masked = re.compile(
        rf"(?<![A-Za-z\d])(?P<n1>{_MASK}){tail}\s?(?P<unit>(?!{_either(list(_PLACES), {})})(?:{units}))"
    )
    return arabic, han, masked


def _either(words: list[str], another: dict[str, str]) -> str:
    return "|".join(_unless(word, another.get(word, "")) for word in sorted(words, key=len, reverse=True))


def _unless(word: str, following: str) -> str:
    return re.escape(word) + (f"(?![{following}])" if following else "")


def values(text: str) -> list[Value]:
    """Every number of a normalised text that counts or measures something, in order, without overlaps.

    `text`: half-width digits and simplified characters (`ingest.clean.normalise`). Dates, numbers of documents and
    items, and numbers that are part of a name (PM2.5, 120急救, 5G) are none.
    """
    arabic, han, masked = _patterns()
    read = (
        *_in_words(text),
        *_fractions(text),
        *_arabic(text, arabic),
        *_masked(text, masked),
        *_chinese(text, han),
    )
    if not read:
        return []
    taken = [found.span() for found in _SKIP.finditer(text)]
    found: list[Value] = []
    for value in read:
        span = (value.start, value.end)
        if not any(start < span[1] and span[0] < end for start, end in taken):
            found.append(_compared(text, value))
            taken.append(span)
    return sorted(found, key=lambda value: value.start)


def _arabic(text: str, pattern: re.Pattern[str]) -> Iterator[Value]:
    for found in pattern.finditer(text):
        unit = found["unit"] or found["u1"] or ""
        scale = found["scale"] or found["s1"]
        if not unit and (_SPAN_OF_TIME.match(text, found.end()) or not _stands_bare(text, found, scale)):
            continue
        low = _number(found["n1"]) * _factor(found["s1"] or (scale if not found["u1"] else None))
        high = low
        if found["n2"]:
            high = _number(found["n2"]) * _factor(scale)
            if high < low:  # 5-3: no range
                continue
        yield Value(found.start(), _end(found), low, high, _unit(unit), _some(found))


def _stands_bare(text: str, found: re.Match[str], scale: str | None) -> bool:
    """A number without a unit is a figure where a word announces it, or where 万 and 亿 make it a quantity."""
    return bool(scale) or bool(
        _BARE.search(text[max(0, found.start() - 8) : found.start()]) and _ENDS.match(text, found.end())
    )


def _masked(text: str, pattern: re.Pattern[str]) -> Iterator[Value]:
    sure = False
    for found in pattern.finditer(text):
        sure = True
        yield Value(found.start(), found.end(), None, None, _unit(found["unit"]), _some(found), masked=True)
    if sure:  # only beside one with its unit: by itself an X may be anything
        for found in _BARE_MASK.finditer(text):
            yield Value(found.start(), found.end(), None, None, "", "", masked=True)


def _chinese(text: str, pattern: re.Pattern[str]) -> Iterator[Value]:
    for found in pattern.finditer(text):
        if _IDIOMS.match(text, found.start()) and len(found["n1"]) == 1:
            continue
        number = chinese_number(found["n1"])
        if not number or _NAMED.match(text, found.start()) or not set(found["n1"]) - set("万亿"):
            continue  # 零部件, 八项规定, 过亿元项目
        value = Decimal(number) * _factor(found["scale"])
        yield Value(found.start(), found.end(), value, value, _unit(found["unit"]), _some(found))


def _in_words(text: str) -> Iterator[Value]:
    if "番" not in text and "分之" not in text:
        return
    for found in _WORDS.finditer(text):
        times = Decimal(2 if found["n"] == "两" else 1)
        yield Value(found.start(), found.end(), times, times, "番")
    for found in _PARTS.finditer(text):
        number = _spoken(found["n"])
        if number is not None:
            yield Value(found.start(), found.end(), number, number, "%" if found["of"] == "百" else "‰")


def _fractions(text: str) -> Iterator[Value]:
    if "半" not in text and "分之" not in text:
        return
    for found in _FRACTION.finditer(text):
        share = Decimal("0.5")
        if found["of"]:
            share = Decimal(chinese_number(found["n"]) or 0) / Decimal(chinese_number(found["of"]) or 1)
        start = found.end() - 1 if found[0][0] in "过近超" else found.start()
        yield Value(start, found.end(), share, share, "")


def _spoken(text: str) -> Decimal | None:
    if text[0].isdigit():
        return _number(text)
    whole, _, rest = text.partition("点")
    left, right = chinese_number(whole), chinese_number(rest) if rest else None
    return None if left is None else Decimal(f"{left}.{right}" if right is not None else left)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _factor(scale: str | None) -> int:
    """万亿 is 万 times 亿, and so on."""
    factor = 1
    for char in scale or "":
        factor *= 10 if char == "十" else _STEPS[char]
    return factor


def _unit(written: str) -> str:
    return {"个百分点": "百分点", "平米": "平方米", "㎡": "平方米", "千米": "公里"}.get(written, written)


def _some(found: re.Match[str]) -> str:
    return found["more"] or found["some"] or ""


def _end(found: re.Match[str]) -> int:
    return found.end() if found["unit"] or not found[0].endswith(" ") else found.end() - 1


def _compared(text: str, value: Value) -> Value:
    """The value with the words around it that say more, less or about."""
    if value.comparator:
        return value
    after = _AFTER.match(text, value.end)
    if after is not None:
        return replace(value, comparator=after[1])
    before = _BEFORE.search(text[max(0, value.start - 6) : value.start])
    return replace(value, comparator=before[1]) if before is not None else value
