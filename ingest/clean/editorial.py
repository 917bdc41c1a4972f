"""The editor's blurb that collections of model essays put around the reports (下面是小编为大家整理的…)."""

from __future__ import annotations

import re

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of, with_text
from ingest.types import Block, Furniture

_WHO = r"(?:小编|本站|本网|编辑|网友|我们?|笔者)"
_BLURB = re.compile(
    rf"(?:下面|以下|下文|接下来|这里|今天|那么|为此|本文|因此)?[^。！？!?]{{0,24}}{_WHO}[^。！？!?]{{0,12}}(?:给|为|帮|替|跟|和)(?:大家|您|你|各位)(?:们|读者)?"
    r"[^。！？!?]{0,12}(?:整理|收集|搜集|带来|分享|准备|精心|推荐|介绍|归纳)"
    r"[^。！？!?]{0,60}(?:范文|文章|资料|模板|小编|参考|借鉴|阅读|希望|帮助|欢迎|篇)"
    r"|希望(?:能够?|可以)?(?:对|给)(?:大家|您|你|各位)[^。！？!?]{0,12}(?:帮助|参考|借鉴|启发)[^。！？!?]{0,20}$"
    r"|(?:欢迎|供|以供|敬请)(?:大家|您|各位)[^。！？!?]{0,6}(?:参考|借鉴|阅读|查阅|下载)[^。！？!?]{0,30}(?:希望|帮助|喜欢|收藏)"
    r"|以上(?:就是|便是|是|为)[^。！？!?]{0,40}(?:全部内容|所有内容|小编)[^。！？!?]{0,40}"
)
_WORDS = ("大家", "小编", "各位")
_ALSO = ("小编", "希望", "参考", "借鉴", "欢迎", "范文", "文章", "资料", "模板", "阅读", "帮助", "篇", "内容", "下载")
"""One of these stands in every blurb: a quick look before the pattern, which is slow on long paragraphs."""
_PART_TITLE = re.compile(
    r".{0,40}(?:篇[一二三四五六七八九十\d]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*[:：]?.{0,30}|第[一二三四五六七八九十\d]{1,3}篇.{0,60}"
)
_HEAD = 8
_LONGEST = 500
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]?[”’」]?")


def drop_editorials(draft: Draft) -> Draft:
    """A blurb at the head of a file, before a 篇一 or at the end goes as a whole paragraph; elsewhere its sentence."""
    blocks: list[Block] = []
    gone: list[Furniture] = []
    for i, block in enumerate(draft.blocks):
        text = block.text
        if not _may_be_blurb(text.text) or not _BLURB.search(text.text):
            blocks.append(block)
        elif len(text) <= _LONGEST and _is_apart(draft.blocks, i):
            gone.append(furniture_of(text, reasons.EDITORIAL))
        else:
            spans = [
                sentence.span()
                for sentence in _SENTENCE.finditer(text.text)
                if "小编" in sentence[0] and _BLURB.search(sentence[0])
            ]
            gone += [furniture_of(text, reasons.EDITORIAL, start, end) for start, end in spans]
            rest = text.replace_spans((start, end, "") for start, end in spans).strip()
            if rest.text:
                blocks.append(with_text(block, rest))
    return draft.changed(blocks, gone) if gone else draft


def _may_be_blurb(text: str) -> bool:
    return any(word in text for word in _WORDS) and any(word in text for word in _ALSO)


def _is_apart(blocks: tuple[Block, ...], i: int) -> bool:
    """Whether block i stands outside the reports: at the head of the file, at its end, or before a part title."""
    at_end = i >= len(blocks) - 3
    before_part = i + 1 < len(blocks) and _PART_TITLE.fullmatch(blocks[i + 1].text.text) is not None
    return i < _HEAD or at_end or before_part
