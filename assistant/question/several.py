"""Several questions in one message: where one ends and the next begins."""

from __future__ import annotations

import re

from assistant.question.bodies import BodyIndex
from assistant.question.followup import read_turn
from ingest.clean import normalise

MOST = 5
"""Questions that are answered one by one; a longer list is rather a text that was pasted."""

_END = re.compile(r"(?<=[？?；;])|\n+")
_ASKS = re.compile(r"[？?]|多少|几|哪|什么|啥|怎|如何|咋|吗|呢|是否|有没有|列出|列举|介绍|说说|讲讲")


def split_questions(text: str, bodies: BodyIndex) -> tuple[str, ...]:
    """The questions of one message in order, in its own words; the whole message where it holds one.

    A piece that names no time, no body and no topic (完成了吗？) belongs to the question before it, which then asks for
    both.
    """
    pieces = [piece.strip() for piece in _END.split(text) if piece and piece.strip()]
    if len(pieces) < 2 or not all(_ASKS.search(piece) for piece in pieces):
        return (text,)
    found = pieces[:1]
    for piece in pieces[1:]:
        if _stands(piece, bodies):
            found.append(piece)
        else:
            found[-1] += piece
    return tuple(found) if 1 < len(found) <= MOST else (text,)


def _stands(piece: str, bodies: BodyIndex) -> bool:
    turn = read_turn(normalise(piece), bodies)
    named = turn.found.bodies or turn.found.missing or not turn.years.silent
    return bool(named) or any(len(run) > 1 for run in turn.topic.runs)
