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
"""Least cosine between question and sentence. Set, as the two below, on questions that were asked in the words of
others and on such as have no answer; see `eval` for what they do on questions that they were not set on.
"""

_OWN = 0.33
"""Least share of the topic that the sentence itself holds."""

_PRIOR = 0.9
"""Least score of its passage in the search: first, or nearly."""

_MOST = 24
"""How many of the best sentences are compared."""


def nearest(question: Question, found: Sequence[Candidate], retriever: Retriever) -> Candidate | None:
    """The first of `found` (what nothing rules out, best first) if it is also the one most similar in meaning."""
    if not found or retriever.encoder is None or not _may_be(found[0]):
        return None
    texts = list(dict.fromkeys(candidate.text for candidate in found[:_MOST]))
    asked = retriever.encoder.encode_queries([question.standalone])[0]
    similar = retriever.encoder.encode_passages(texts) @ asked
    best = int(np.argmax(similar))
    return found[0] if texts[best] == found[0].text and similar[best] >= _SIMILAR else None


def _may_be(candidate: Candidate) -> bool:
    return candidate.own >= _OWN and candidate.prior >= _PRIOR
