"""Whether a sentence is of the very indicator that is asked for, where the archive itself calls it so.

技改投资增长21% says nothing of 工业投资, though half of the words are the same. Where the archive uses the words of the
question as they stand, a figure that is given without them is another one; where it does not, its wording is its own.
Held to names of two words, what is counted and of what: longer ones are descriptions, put in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assistant.evidence.candidates import Candidate
from assistant.question.segment import cut
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


def used_names(question: Question, frequency: Callable[[list[str]], Mapping[str, int]]) -> tuple[re.Pattern[str], ...]:
    """What is counted, where that is a name of two words that the archive uses as it stands; as patterns."""
    last = question.topic.runs[-1:]  # what is counted stands before the question word; before that, whose or where
    names = [core for run in last if _SHORTEST <= len(core := _BEHIND.sub("", run)) <= _LONGEST]
    words = {name: cut(name) for name in names}
    several = [name for name in names if len(words[name]) == 2 and all(len(word) > 1 for word in words[name])]
    counts = frequency(several) if several else {}
    return tuple(_pattern(words[name], question) for name in several if counts.get(name, 0))


def is_named(candidate: Candidate, named: tuple[re.Pattern[str], ...]) -> bool:
    """Whether each of the names stands in the sentence, shortly before it, or in a heading above."""
    if not named:
        return True
    text = candidate.passage.text.text
    near = (text[max(0, candidate.start - _BACK) : candidate.end], *candidate.passage.path)
    return all(any(name.search(one) for one in near) for name in named)


def _pattern(words: list[str], question: Question) -> re.Pattern[str]:
    """The words in order, each in any of its wordings, with little between them."""
    said = ("(?:" + "|".join(map(re.escape, (word, *question.topic.widened.get(word, ())))) + ")" for word in words)
    return re.compile(rf"[^。；\n]{{0,{_BETWEEN}}}?".join(said))
