"""What can be done with an answer in the page: say what one thinks of it, ask it again of something else."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from assistant.conversations import Turn
from assistant.conversations.types import history_of
from assistant.feedback import Feedback
from assistant.question.bodies import BodyIndex
from assistant.rewording import of_body, of_year
from ingest.errors import ReportAssistantError
from ui.access import Access
from ui.answer_filters import given_filters
from ui.answer_judged import Judged

logger = logging.getLogger(__name__)


def judged(access: Access, owner: str, key: str) -> Judged:
    """What was said of the answers of a conversation; nothing where that cannot be read."""
    try:
        return Feedback(access.home).of(owner, key) if key else {}
    except ReportAssistantError as fault:
        logger.warning("%s", fault)
        return {}


def judge(access: Access, owner: str, action: object, turns: Sequence[Turn], key: str) -> bool:
    """Keep a verdict as the browser sends it, take it back where it is the same again; whether a note was kept.

    Raises NotKept and whatever keeps the archive from being read.
    """
    wanted = action if isinstance(action, dict) else {}
    place, verdict, note = wanted.get("turn"), wanted.get("verdict"), wanted.get("note")
    turn = _turn(turns, place)
    if turn is None or turn.answer is None or not isinstance(place, int) or verdict not in ("good", "bad") or not key:
        return False
    feedback = Feedback(access.home)
    before = feedback.of(owner, key).get(place)
    if note is None and before is not None and before[0] == verdict:
        feedback.take_back(owner, key, place)
        return False
    feedback.say(
        owner,
        key,
        place,
        "good" if verdict == "good" else "bad",
        turn.answer,
        note=(before[1] if before is not None else "") if note is None else str(note),
        history=history_of(list(turns[:place])),
        generation=access.assistant().generation,
    )
    return note is not None


def reworded(access: Access, turns: Sequence[Turn], again: object) -> str:
    """The question of an earlier turn with another year or body in it; empty where there is none."""
    wanted = again if isinstance(again, dict) else {}
    turn = _turn(turns, wanted.get("turn"))
    if turn is None or turn.answer is None:
        return ""
    asked = turn.answer.standalone_question or turn.question
    name = str(wanted.get("name"))
    chosen = given_filters({name: wanted.get("value")})
    if name == "year":
        return of_year(asked, chosen.year)
    if name == "org":
        return of_body(asked, chosen.org, BodyIndex(access.assistant().reports()))
    return asked


def _turn(turns: Sequence[Turn], place: object) -> Turn | None:
    return turns[place] if isinstance(place, int) and 0 <= place < len(turns) else None
