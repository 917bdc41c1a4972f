"""Whether a sentence denies what its quotes say, or says what they deny."""

from __future__ import annotations

import re

from assistant.verify.data import words

_DENIAL = re.compile(
    r"(?:尚未|从未|并未|未曾|未能|未有|没有|没能|不再|不会|不能|不予|无法|不存在|并非|不是|不曾|尚待|有待|取消|停止|暂停|撤销|拒绝|未|没|不|无|非)"
    r"(?P<what>[\u3400-\u9fff]{0,2})"
)
_CAN = re.compile(r"([\u3400-\u9fff])不([\u3400-\u9fff])")
_NEAR = 4
"""Characters before a word in which a denial of it may stand."""


def denies(said: str, quotes: str) -> bool:
    """Whether one side denies what the other affirms. Words in which 不 or 未 denies nothing are left out first."""
    told, meant = _plain(said), _plain(quotes)
    denied, quoted = _denied(told), _denied(meant)
    if _DENIAL.search(told) and not _DENIAL.search(meant):
        return True
    if any(what in meant and what not in quoted and not _denied_near(what, meant) for what in denied):
        return True
    if any(f"{can[1]}得{can[2]}" in told for can in _CAN.finditer(meant)):
        return True
    return any(what in told and not _denied_near(what, told) and not _affirmed(what, meant) for what in quoted)


def _plain(text: str) -> str:
    for word in words("no_denial"):
        text = text.replace(word, "　")
    return text


def _denied(text: str) -> set[str]:
    """The first two characters of what is denied."""
    return {found["what"] for found in _DENIAL.finditer(text) if len(found["what"]) == 2}


def _denied_near(what: str, text: str) -> bool:
    """Whether every place of the word has a denial close before it."""
    places = [found.start() for found in re.finditer(re.escape(what), text)]
    return bool(places) and all(_DENIAL.search(text[max(0, at - _NEAR) : at]) for at in places)


def _affirmed(what: str, text: str) -> bool:
    """Whether the word stands anywhere in the text without a denial."""
    places = [found.start() for found in re.finditer(re.escape(what), text)]
    return any(not _DENIAL.search(text[max(0, at - _NEAR) : at]) for at in places)
