"""The vectors of the latest queries: one question is looked for in several scopes, and asked again by others."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

KEPT = 512
"""Queries remembered; at 384 numbers each they take under a megabyte."""


class QueryEncoder(Protocol):
    """All that retrieval asks of an embedding model (see `ingest.embed.Encoder`)."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (len(texts), dimensions), L2-normalised."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts as those of passages, (len(texts), dimensions), L2-normalised."""


class RememberedQueries:
    """An encoder that does not compute the vector of a query twice. Safe to use from several threads."""

    def __init__(self, encoder: QueryEncoder, kept: int = KEPT) -> None:
        self._encoder = encoder
        self._kept = kept
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._turn = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (len(texts), dimensions), L2-normalised; those not known are computed in one batch."""
        if not texts:
            return self._encoder.encode_queries(texts)
        with self._turn:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= zip(missing, self._encoder.encode_queries(missing), strict=True)
        with self._turn:
            for text in texts:
                self._vectors[text] = known[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > self._kept:
                self._vectors.popitem(last=False)
        return np.stack([known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts as those of passages, (len(texts), dimensions), L2-normalised; not remembered."""
        return self._encoder.encode_passages(texts)
