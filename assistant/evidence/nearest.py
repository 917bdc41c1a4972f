"""The one sentence that answers in other words than those of the question, where full text and vectors agree on it.

A clerk asks what became of the old pillar industries, and the report speaks of traditional ones: hardly a word of the
topic is there, and still nothing else in the report comes near. Taken alone, neither sign tells an answer from a
neighbour: of what is asked in vain, too, something is the most similar. Together they do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.evidence.candidates import Candidate
from assistant.question.types import Question
from assistant.retrieval import Retriever

_SIMILAR = 0.88
"""Least cosine between question and sentence. Set, as those below, on questions that people asked who had only read the
reports, and on such as have no answer.
"""

_OWN = 0.33
"""Share of the topic from which on the sentence itself holds enough of it."""

_OWN_ALONE = 0.15
_AHEAD = 0.12
"""The same where its score is so far ahead of the next sentence's."""

_PRIOR = 0.9
"""Least score of its passage in the search: first, or nearly."""

_MOST = 6
"""How many of the best sentences are compared; more change nothing and hold up those who ask at the same time."""


def nearest(question: Question, found: Sequence[Candidate], retriever: Retriever) -> Candidate | None:
    """The first of `found` (what nothing rules out, best first) if it is also the one most similar in meaning."""
    if not found or retriever.encoder is None or not _stands_out(found):
        return None
    texts = list(dict.fromkeys(candidate.text for candidate in found[:_MOST]))
    asked = retriever.encoder.encode_queries([question.standalone])[0]
    similar = retriever.encoder.encode_passages(texts) @ asked
    best = int(np.argmax(similar))
    return found[0] if texts[best] == found[0].text and similar[best] >= _SIMILAR else None


def _stands_out(found: Sequence[Candidate]) -> bool:
    best = found[0]
    if best.prior < _PRIOR or best.own < _OWN_ALONE:
        return False
    following = next((other.score for other in found[1:] if other.text != best.text), 0.0)
    return best.own >= _OWN or best.score - following >= _AHEAD
