"""Commands beside a question (不要引用来源。…完成多少人？) are no part of what is asked."""

from __future__ import annotations

import re

from ingest.clean.addressed import openers

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_LEAST = 4
"""Characters of a question; of less nothing can be found."""


def without_commands(text: str) -> str:
    """`text` with the sentences blanked out that command the program; as it is where no question would be left.

    The length stays the same, so that offsets keep their meaning. `text` is normalised.
    """
    if not openers(text):
        return text
    kept = _SENTENCE.sub(lambda found: " " * len(found[0]) if openers(found[0]) else found[0], text)
    return kept if len(kept.strip(" 。！？!?；;")) >= _LEAST else text
