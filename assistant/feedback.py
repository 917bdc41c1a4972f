"""What people say of answers, kept in app.db for whoever makes better questions and answers of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

from assistant.answer import Answer
from assistant.conversations import codec
from assistant.conversations.database import reading, writing

Verdict = Literal["good", "bad"]

MAX_NOTE = 1000
"""Characters of a note that are kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """What `owner` says of the answer at `place` (from 0) of a conversation.

    `generation` is that of the archive when it was said; `said` is aware (UTC).
    """

    owner: str
    conversation: str
    place: int
    verdict: Verdict
    note: str
    question: str
    history: tuple[str, ...]
    answer: Answer
    generation: int
    said: datetime

    def to_json(self) -> dict[str, Any]:
        """Everything, for a program to read."""
        return {
            "id": f"{self.conversation[:8]}-{self.place + 1}",
            "verdict": self.verdict,
            "note": self.note,
            "owner": self.owner,
            "said": self.said.isoformat(),
            "generation": self.generation,
            "question": self.question,
            "history": list(self.history),
            "answer": self.answer.to_json(),
        }

    def to_gold(self) -> dict[str, Any]:
        """A candidate in the form of a gold question. What is right is left empty: only a person who looks into the
        sources can say it; `shown` is what was answered.
        """
        return {
            "id": f"feedback-{self.conversation[:8]}-{self.place + 1}",
            "kind": "",
            "question": self.question,
            "history": list(self.history),
            "answer": "",
            "numbers": [],
            "must_include": [],
            "evidence": [],
            "note": self.note,
            "verdict": self.verdict,
            "shown": self.answer.answer,
        }


def _now() -> datetime:
    return datetime.now(UTC)


class Feedback:
    """What was said of the answers of one archive directory. Raises NotKept where app.db cannot be used."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = _now) -> None:
        self._home = home
        self._clock = clock

    def say(
        self,
        owner: str,
        conversation: str,
        place: int,
        verdict: Verdict,
        answer: Answer,
        *,
        note: str = "",
        history: Sequence[str] = (),
        generation: int = 0,
    ) -> Said:
        """Keep a verdict, in the place of an earlier one on the same answer."""
        cleaned = _storable(note.strip()[:MAX_NOTE])
        now, question = self._clock(), answer.question
        said = Said(owner, conversation, place, verdict, cleaned, question, tuple(history), answer, generation, now)
        with writing(self._home, _WHAT) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    owner,
                    conversation,
                    place,
                    verdict,
                    cleaned,
                    _storable(answer.question),
                    _storable(json.dumps(list(history), ensure_ascii=False)),
                    _storable(codec.encode(answer)),
                    generation,
                    said.said.isoformat(),
                ),
            )
        return said

    def take_back(self, owner: str, conversation: str, place: int) -> None:
        """Nothing is said of this answer any more."""
        with writing(self._home, _WHAT) as connection:
            connection.execute(
                "DELETE FROM feedback WHERE owner = ? AND conversation = ? AND place = ?", (owner, conversation, place)
            )

    def of(self, owner: str, conversation: str) -> dict[int, tuple[Verdict, str]]:
        """Verdict and note for each place of a conversation of which something was said."""
        sql = "SELECT place, verdict, note FROM feedback WHERE owner = ? AND conversation = ?"
        with reading(self._home) as connection:
            rows = [] if connection is None else connection.execute(sql, (owner, conversation)).fetchall()
        return {place: (cast("Verdict", verdict), note) for place, verdict, note in rows}

    def all(self, verdict: Verdict | None = None) -> list[Said]:
        """Everything that was said, by anyone, oldest first; what cannot be read any more is passed over."""
        sql = (
            "SELECT owner, conversation, place, verdict, note, question, history, answer, generation, said"
            " FROM feedback WHERE ?1 IS NULL OR verdict = ?1 ORDER BY said, place"
        )
        with reading(self._home) as connection:
            rows = [] if connection is None else connection.execute(sql, (verdict,)).fetchall()
        return [said for row in rows if (said := _read(row)) is not None]


_WHAT = "评价"


def _read(row: tuple[Any, ...]) -> Said | None:
    try:
        owner, conversation, place, verdict, note, question, history, answer, generation, said = row
        turns, shown = tuple(json.loads(history)), codec.decode(answer)
        when = datetime.fromisoformat(said)
        return Said(owner, conversation, place, verdict, note, question, turns, shown, generation, when)
    except (ValueError, codec.UnreadableAnswer):
        return None


def _storable(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
