"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import re

from assistant.question.bodies import BodyIndex
from assistant.question.followup import asks_which, read_turn
from assistant.question.intent import asks_whole_part, has_cue, wants_number
from assistant.question.years import without_comparison
from ingest.clean import normalise

MOST = 5
"""Questions that are answered one by one; a longer list is rather a text that was pasted."""

_END = re.compile(r"(?<=[？?；;])|\n+")
_ASKS = re.compile(r"[？?]|多少|几|哪|什么|啥|怎|如何|咋|吗|呢|是否|有没有|列出|列举|介绍|说说|讲讲")
_TALK = re.compile(
    r"^(?:[^？?]*(?:几|多|下)个?(?:问题|数|数字|方面|事|指标|情况)[：:，,]?|[^？?]*[：:]"
    r"|(?:好的?|谢谢|多谢|感谢|麻烦|辛苦|你好|您好)[^？?]{0,8})$"
)
"""What stands before and behind questions and asks nothing."""

_NAME = re.compile(r"^(?:.{4,}|.{2}[率量])$")
_ABOUT_IT = re.compile(
    r"达|出处|来源|数据|合计|相比|相差|最[高低多少大小]|上级|要求|能否|原因|谢|[两几三](?:家|年|个|者)"
)
"""A run of words that can be a topic of its own, and what may be said of the topic before."""


def split_questions(text: str, bodies: BodyIndex) -> tuple[str, ...]:
    """The questions of one message in order, in its own words; the whole message where it holds one.

    A piece that may be about the question before it (完成了吗？比上年增长多少？) belongs to that one.
    """
    pieces = [piece.strip() for piece in _END.split(text) if piece and piece.strip()]
    asked = [piece for piece in pieces if not _TALK.match(piece)]
    if len(asked) < 2 or not all(_ASKS.search(piece) for piece in asked):
        return (text,)
    found = asked[:1]
    for piece in asked[1:]:
        if _stands(piece, bodies):
            found.append(piece)
        else:
            found[-1] += piece
    return tuple(found) if 1 < len(found) <= MOST else (text,)


def _stands(piece: str, bodies: BodyIndex) -> bool:
    """Whether a piece names a year, a body or a topic, or asks for another part of a report, or which has more."""
    plain = without_comparison(normalise(piece))
    turn = read_turn(plain, bodies)
    if turn.found.bodies or turn.found.missing or turn.years.years or asks_which(plain):
        return True
    other_part = has_cue(plain, "plan") or asks_whole_part(plain)
    return (other_part and not wants_number(plain)) or any(
        _NAME.match(run) and not _ABOUT_IT.search(run) for run in turn.topic.runs
    )
