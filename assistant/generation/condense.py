"""Makes a follow-up self-contained with a language model, where the rules could make nothing of it.

The model may only put together what the user has said: a rewriting with a number or a word of its own is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.evidence.figures import numbers_in
from assistant.models import Model
from assistant.models.stream import stream_text
from ingest.errors import ModelUnreachable
from prompts import load

_MOST = 120
"""Characters of a rewritten question."""

_SECONDS = 20.0
_TURNS = 4
_STRANGE = 0.2
"""Most of the rewriting's bigrams that no turn holds."""

_BETWEEN = frozenset("的了是为呢吗么在和与多少什有没几")
"""Characters that stand between the user's words and say nothing by themselves."""

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LEAD = re.compile(r"^(?:改写|问题|完整问题)?[：:\s]*")


def condense(question: str, history: Sequence[str], model: Model) -> str | None:
    """The rewritten question; None where the model gives none that the turns bear out."""
    from langchain_core.messages import HumanMessage

    turns = list(history)[-_TURNS:]
    prompt = load("condense").render(history="\n".join(turns), question=question)
    try:
        pieces = stream_text(model.chat, [HumanMessage(prompt)], seconds=min(_SECONDS, model.seconds), most=_MOST)
        said = "".join(pieces)
    except ModelUnreachable:
        return None
    rewritten = _LEAD.sub("", said.strip()).split("\n")[0].strip()
    return rewritten if rewritten and borne_out(rewritten, [*turns, question]) else None


def borne_out(rewritten: str, turns: Sequence[str]) -> bool:
    """Whether a rewriting consists of what the turns say: every number, nearly every pair of characters."""
    said = " ".join(turns)
    if not numbers_in(rewritten) <= numbers_in(said):
        return False
    grams = {a + b for run in _HAN_RUN.findall(rewritten) for a, b in pairwise(run) if not {a, b} & _BETWEEN}
    known = {a + b for run in _HAN_RUN.findall(said) for a, b in pairwise(run)}
    return bool(grams) and len(grams - known) <= max(2, _STRANGE * len(grams))
