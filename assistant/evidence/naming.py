"""Whether a sentence is of the very indicator that is asked for, where the archive itself calls it so.

技改投资增长21% says nothing of 工业投资, though half of the words are the same. Where the archive uses the words of the
question as they stand, a figure that is given without them is another one; where it does not, its wording is its own.
Held to names of two words, what is counted and of what: longer ones are descriptions, put in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.candidates import Candidate
from assistant.question.segment import cut, pieces
from assistant.question.types import Question

_BEHIND = re.compile(
    r"(?:同比|累计|共|实际|全年|总共)?(?:增长|增速|增幅|降幅|下降|提高|完成|达到|目标|任务|情况|增加)+$"
)
"""What is said of an indicator and is no part of its name."""
_SHORTEST, _LONGEST = 4, 9
_BETWEEN = 8
"""Characters that may stand between two words of a name (高血压患者规范管理)."""
_BACK = 80
"""Characters before a sentence in which its subject may have been named."""


@dataclass(frozen=True, slots=True)
class UsedName:
    """A name of two words: the two in order with little between them, and each alone, in any of its wordings."""

    whole: re.Pattern[str]
    first: re.Pattern[str]
    last: re.Pattern[str]

    def stands(self, text: str, headings: Sequence[str]) -> bool:
        """Whether it stands in a text or a heading, or its first word in a heading and its last in the text."""
        if self.whole.search(text) or any(self.whole.search(heading) for heading in headings):
            return True
        return any(self.first.search(heading) for heading in headings) and self.last.search(text) is not None


def used_names(question: Question, frequency: Callable[[list[str]], Mapping[str, int]]) -> tuple[UsedName, ...]:
    """What is counted, where that is a name of two words that the archive uses as it stands."""
    last = question.topic.runs[-1:]  # what is counted stands before the question word; before that, whose or where
    names = [core for run in last if _SHORTEST <= len(core := _BEHIND.sub("", run)) <= _LONGEST]
    words = {name: cut(name) if name in question.topic.widened else _words(name) for name in names}
    several = [name for name in names if len(words[name]) == 2 and all(len(word) > 1 for word in words[name])]
    counts = frequency(several) if several else {}
    return tuple(_used(words[name], question) for name in several if counts.get(name, 0))


def is_named(candidate: Candidate, named: tuple[UsedName, ...]) -> bool:
    """Whether each of the names stands in the sentence, shortly before it, or in the headings above."""
    near = candidate.passage.text.text[max(0, candidate.start - _BACK) : candidate.end]
    return all(name.stands(near, candidate.passage.path) for name in named)


def _words(name: str) -> list[str]:
    found = cut(name)
    return pieces(name) if len(found) == 1 else found


def _used(words: list[str], question: Question) -> UsedName:
    first, last = (
        "(?:" + "|".join(map(re.escape, (word, *question.topic.widened.get(word, ())))) + ")" for word in words
    )
    whole = rf"{first}[^。；\n]{{0,{_BETWEEN}}}?{last}"
    return UsedName(re.compile(whole), re.compile(first), re.compile(last))
