"""How sure a fact about a report is, judged by where it came from; and what the file's name says against it."""

from __future__ import annotations

from ingest.types import Certainty

GIVEN = "用户更正"
_HIGH = ("标题", "标题行", "小标题", "落款", "落款日期", "发布日期", "原文年份已隐去", "落款日期已隐去")
_LOW = ("文件名", "文件夹名", "未写明", "未见", "原文无标题")


def certainty_of(reason: str) -> Certainty:
    """`high` for what a title, a heading or a signature says in so many words, `low` for what only the file's place
    says or nothing does, `medium` for all that is concluded from the text.
    """
    if reason == GIVEN:
        return "given"
    bare = reason.partition("（")[0]
    if bare in _HIGH:
        return "high"
    return "low" if bare.startswith(_LOW) else "medium"


def not_followed(reason: str, where: str, says: str) -> str:
    """The reason with what was found elsewhere and not believed: 标题（文件名写作2021年，未采用）."""
    return f"{reason}（{where}写作{says}，未采用）"
