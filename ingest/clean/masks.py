"""Marks on what a report's publisher hid: X万袋, xx%, 20xx年, 202_年, ××县, 张某."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.clean.draft import Draft
from ingest.types import Mark

NUMBER_HIDDEN = "原文此处数字已隐去"
NUMBER_BLANK = "原文此处数字空缺，未填写"
NAME_HIDDEN = "原文此处名称已隐去"

_ANY = re.compile(r"[xXｘＸ×✕*＊_＿○〇△▲□某]|[（(【\[][ \u3000]*[)）】\]]")
_M = "xXｘＸ×✕*＊_＿"
# Possessive: a run is taken whole or not at all, so that 4440×1840mm is not cut short before its unit.
_MASK = re.compile(rf"(?<![A-Za-z0-9.{_M}])(?:\d*\.?\d*[{_M}]++(?:[.,]?[{_M}\d]++)*+)(?:G(?![A-Za-z]))?(?![A-Za-z])")
_CIRCLES = re.compile(r"(?<![一二三四五六七八九十零〇○])\d{0,2}[○〇△▲□]{2,}(?![一二三四五六七八九十零])")
_SOMEBODY = re.compile(
    r"某{2,}"
    r"|某(?=[省市县区乡镇村州][\u4e00-\u9fff]{0,2}(?:卫|局|委|府|医|院|中心|人民|疾控))"
    r"|(?<=[王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])"
    r"某(?![些种个一项类人年月日地方])"
)
_UNIT = re.compile(
    r"\s?(?:[余多]?[万亿千百]*(?:[%％‰‱㎡℃元例岁周倍期度]"
    r"|人次|人(?![民大社口员事才])|家(?![庭属长园])|个|名(?![称单录]|医(?![护务生师]))|次|项(?!目)|条(?![例件])|年|月|日(?![报常])|号|天|时(?!间|代)"
    r"|分(?![院局所行部公级类]|中心)|小时|支(?![部持])|所(?!长)|座|台(?!账)|辆|份|场次|场(?!所|镇)|户次|户(?!籍)|起|件|亩|平方|公[里斤顷]|千[米克]|米|吨|升|克|批(?![准复示])"
    r"|届|篇|部(?![门队])|种(?!植)|类|季|套(?!路)|间(?!断)|床|张|袋|盒|剂|针(?!对)|对(?![口接标])|头(?!条)|株|块|组(?!织|建|长)|层|级|大(?=类|项|国)|余|多|成(?=左右|以))|[万亿])"
)
_PLACE = re.compile(r"\s?(?:[省市县区乡镇村州旗局](?![场民政域长容内])|街道|社区)")
_NOT_A_MASK = re.compile(r"[-\s]?(?:光|线|射线|染色体|轴|刀|档|片(?!区)|综合征|连锁|世代|因子|展架)")
_EMPTY = re.compile(r"[（(【\[][ \u3000]*[)）】\]]")
_URL = re.compile(r"(?:https?://|www\.)[\w./?=&%#~*+-]+|[\w.*+-]+@[\w.*-]+")
_BOLD = re.compile(r"\*\*(?=[^*\s])[^*]{1,80}\*\*")
_SYMBOLS = "+-/=＋－／＝"


@dataclass(frozen=True, slots=True)
class _Found:
    """A mask in block `block`; a lone letter (健康x考核) is not `sure`, it might be a name such as 平台X."""

    block: int
    start: int
    end: int
    reason: str
    sure: bool = True


def mark_masks(draft: Draft) -> Draft:
    """Masked figures (with the unit they count) and masked names. Lone letters count where other masks are sure."""
    found = [
        mask
        for i, block in enumerate(draft.blocks)
        if _ANY.search(block.text.text)
        for mask in _masks(i, block.text.text)
    ]
    evidence = any(mask.sure for mask in found)
    marks = [
        Mark(*draft.blocks[mask.block].text.span(mask.start, mask.end), "masked", mask.reason)
        for mask in found
        if mask.sure or evidence
    ]
    return draft.changed(draft.blocks, marks=marks) if marks else draft


def _masks(block: int, text: str) -> Iterator[_Found]:
    foreign = _foreign_spans(text)
    for match in _MASK.finditer(text):
        start, end = match.span()
        if any(left < end and start < right for left, right in foreign):
            continue
        unit = _UNIT.match(text, end)
        if _is_mask(text, start, end, unit is not None):
            sure = unit is not None or len(match[0]) > 1 or _PLACE.match(text, end) is not None
            yield _Found(block, start, unit.end() if unit else end, _reason(text, start, end, unit is not None), sure)
    for match in _CIRCLES.finditer(text):
        unit = _UNIT.match(text, match.end())
        reason = NUMBER_HIDDEN if unit else NAME_HIDDEN
        yield _Found(block, match.start(), unit.end() if unit else match.end(), reason)
    for match in _EMPTY.finditer(text):
        if unit := _UNIT.match(text, match.end()):
            yield _Found(block, match.start(), unit.end(), NUMBER_BLANK)
    for match in _SOMEBODY.finditer(text):
        yield _Found(block, *match.span(), NAME_HIDDEN)


def _foreign_spans(text: str) -> list[tuple[int, int]]:
    """Where an x or a star is no mask: in addresses, and in the stars of Markdown's bold type."""
    spans = [match.span() for match in _URL.finditer(text)]
    for match in _BOLD.finditer(text):
        if not _UNIT.match(text, match.start() + 2) and not _PLACE.match(text, match.start() + 2):
            spans += [(match.start(), match.start() + 2), (match.end() - 2, match.end())]
    return spans


def _is_mask(text: str, start: int, end: int, counted: bool) -> bool:
    core = text[start:end]
    letters = core.strip("0123456789.,G")
    kinds = set(letters) - set("0123456789.,")
    if _is_product(core):
        return False
    if kinds <= set("_＿"):
        open_end = text[end : end + 1] in ("〕", "]", "］", "）", ")", "-", "—", "~", "至", "、", "，")
        return counted or (core[0].isdigit() and open_end)
    if kinds <= set("*＊"):
        return counted or core[0].isdigit() or _PLACE.match(text, end) is not None
    if len(letters) > 1:
        return True
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    if _is_latin(before) or (_is_latin(after) and not counted):
        return False  # Pro X, X Corp
    if counted:
        return core[-1] in _M
    if core.isalpha() and before and before in _SYMBOLS:
        return False  # 1+X
    alone = core.rstrip("G") in _M and not (after and after in _SYMBOLS) and not _NOT_A_MASK.match(text, end)
    return alone and (core not in "×✕" or _PLACE.match(text, end) is not None)


def _is_product(core: str) -> bool:
    """7x24, 3×5, 1200×800×600: single crosses between numbers. Also 2023_01."""
    return re.fullmatch(rf"\d+(?:\.\d+)?(?:[{_M}]\d+(?:\.\d+)?)+", core) is not None


def _is_latin(char: str) -> bool:
    return char.isalpha() and char < "\u2e80" and char not in "xXｘＸ"


def _reason(text: str, start: int, end: int, counted: bool) -> str:
    core = text[start:end]
    if counted or any(char.isdigit() or char in ".G" for char in core):
        return NUMBER_HIDDEN
    followed_by_word = re.match(r"\s?[\u3400-\u9fff]", text[end:]) is not None
    return NAME_HIDDEN if followed_by_word or len(core) > 1 else NUMBER_HIDDEN
