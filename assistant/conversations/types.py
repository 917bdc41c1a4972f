"""A conversation and its turns as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.answer import Answer
from ingest.errors import ReportAssistantError

TITLE_LENGTH = 24
"""Characters of the first question that make the title."""


class NotKept(ReportAssistantError):
    """Conversations can be neither kept nor read just now; questions are answered all the same."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, or the one Chinese line that says why there is none.

    `asked_at` is aware (UTC); None as long as the turn has not been kept.
    """

    question: str
    answer: Answer | None = None
    fault: str | None = None
    asked_at: datetime | None = None

    @property
    def understood(self) -> bool:
        """Whether a follow-up may build on it: it was read as a question, whatever the answer."""
        return self.answer is not None and bool(self.answer.standalone_question)


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a list of conversations shows. `id` is opaque and cannot be guessed; `owner` is "" while there are no users.

    `turns` counts them; `created` and `updated` are aware (UTC); `deleted` says since when it awaits its removal.
    """

    id: str
    title: str
    owner: str
    created: datetime
    updated: datetime
    turns: int
    deleted: datetime | None = None


def title_of(question: str) -> str:
    """The first question on one line, shortened."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


def history_of(turns: tuple[Turn, ...] | list[Turn]) -> list[str]:
    """The earlier questions that a follow-up is read in the light of."""
    return [turn.question for turn in turns if turn.understood]
