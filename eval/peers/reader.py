"""The baseline reader, the same for every peer and ours, not any peer's: the sentence of the first passage that shares
most pairs of characters with the question is the answer.

The peers have no answers without a language model; this one makes their passages comparable by the metrics of answers.
It never refuses where a passage was found, since neither do they.
"""

from __future__ import annotations

import re
from typing import Any

from eval.gold import NOT_FOUND
from eval.peers.job import Asked

_END = re.compile(r"[^。！？；!?;]+[。！？；!?;]?")
_NOT_WORDS = re.compile(r"[\W_]+")


def sentences(text: str) -> list[str]:
    """The text cut after 。！？；, each piece without white space at its edges; lines do not end a sentence, because
    copied reports break them anywhere.
    """
    return [piece for found in _END.findall(text) if (piece := found.strip())]


def best_sentence(passage: str, question: str) -> str | None:
    """The sentence that shares most of the question's pairs of characters; of equals the shorter, then the first."""
    asked = _pairs(question)
    rated = [(-len(asked & _pairs(one)), len(one), n, one) for n, one in enumerate(sentences(passage))]
    return min(rated)[3] if rated else None


def _pairs(text: str) -> set[str]:
    dense = _NOT_WORDS.sub("", text).casefold()
    return {dense[at : at + 2] for at in range(len(dense) - 1)}


def answered(question: Asked, sentence: str | None, citation: dict[str, Any] | None) -> dict[str, Any]:
    """The contract's answer object: one sentence with one citation, or, where nothing was found, 档案中未找到."""
    silent = sentence is None or citation is None
    text = f"{NOT_FOUND}。" if sentence is None or citation is None else "".join(sentence.split())
    cited = [] if silent else [1]
    return {
        "question": question.question,
        "standalone_question": question.text,
        "abstained": silent,
        "answer": text + "".join(f"〔{n}〕" for n in cited),
        "sentences": [{"text": text, "citations": cited}],
        "citations": [] if silent else [citation],
        "warnings": [],
        "composer": "baseline",
        "seconds": 0.0,
    }
