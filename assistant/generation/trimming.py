"""A sentence without the piece that makes it fail: an invented date or rate beside figures that are right.

A small model likes to complete a pattern (截至12月10日, 完成率100%). What is left is verified like any other sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.figures import bound_numbers_in

_AS_OF = re.compile(r"(?:截至|截止到?|到)(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?[，,]?")
_CLAUSE = re.compile(r"[^，,；;]+[，,；;。！？!?]?")


def trimmed(text: str) -> Iterator[str]:
    """The sentence without its date, then without one of its later clauses that holds a number; the last clause first.

    The first clause says what the sentence is about and stays; so does at least one number.
    """
    undated = _AS_OF.sub("", text)
    if undated != text and bound_numbers_in(undated):
        yield undated
    for base in dict.fromkeys((undated, text)):
        clauses = _CLAUSE.findall(base)
        for place in reversed(range(1, len(clauses))):
            if not bound_numbers_in(clauses[place]):
                continue
            kept = "".join([*clauses[:place], *clauses[place + 1 :]]).rstrip("，,；;。")
            if bound_numbers_in(kept):
                yield f"{kept}。"
