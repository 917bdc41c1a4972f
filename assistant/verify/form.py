"""The form of a sentence that a language model wrote: one plain Chinese sentence, nothing that a page could run."""

from __future__ import annotations

import re
import unicodedata

from assistant.verify.ground import Ground

LONGEST = 220
"""Characters of a sentence; a longer one tells more than anybody can check against its quotes."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(
    r"[<>{}\\`|~]|!?\[[^\]]*\]\(|https?:|www\.|[\x00-\x08\x0b-\x1f\x7f\ufffd\u200b-\u200f\u202a-\u202e]"
)
_PLAIN = re.compile(
    r"[\u3400-\u9fff\w\s，。、；：？！“”‘’《》〈〉（）〔〕【】—…·,.;:?!%％‰℃㎡()\"'+\-/×=＝～&°０-９]", re.ASCII
)
"""What a sentence is written in; any other sign must be the quotes' own."""

_OPENING = re.compile(r"[\w“‘《（(\"]")
_ASKS = re.compile(r"[?？]|多少|是否|什么|哪[些个里]|怎[么样]|[吗呢](?=[，。]|$)|几(?=[个所家名人])")
"""Words of a question, which an answer has no use for unless its quote has."""

_MOSTLY = 0.6


def misshapen(text: str, ground: Ground, question: str) -> str | None:
    """Why a sentence's form does not do; None when it does. Latin words must stand in the quotes or the question."""
    letters = _LETTER.findall(text)
    if not letters or len(text) > LONGEST or not _OPENING.match(text) or _MARKUP.search(text):
        return "有一句的形式不合要求"
    if any(not _PLAIN.fullmatch(sign) and sign not in ground.quotes for sign in unicodedata.normalize("NFC", text)):
        return "有一句的形式不合要求"
    if any(word not in ground.quotes for word in _ASKS.findall(text)):
        return "有一句没有作答，只是重复提问"
    known = f"{ground.quotes} {ground.about} {question}".lower()
    if any(word.lower() not in known for word in _WORD.findall(text)):
        return "有一句含有出处中没有的外文"
    if len(_HAN.findall(text)) < _MOSTLY * len(letters):
        return "有一句不是中文"
    return None
