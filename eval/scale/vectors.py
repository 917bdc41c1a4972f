"""Vectors that cost nothing: neighbours in topic, different in detail, the same ones for the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.scale.words import TOPICS

DIMENSIONS = 384
_CLUSTERS = 256
_NOISE = 0.9
"""How far a text lies from the centre of its cluster, against 1 for the centre itself; a question halves it."""


class SyntheticEncoder:
    """Stands in for an embedding model where only speed and size count.

    A text's vector is the centre of one of 256 clusters (by its first words and topic) plus a direction of its own, so
    that an index finds neighbourhoods as uneven as real ones. It says nothing about meaning.
    """

    def __init__(self, name: str = "synthetic", dimensions: int = DIMENSIONS) -> None:
        self.name = name
        self.dimensions = dimensions
        self._centres = np.random.default_rng(7).standard_normal((_CLUSTERS, dimensions)).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (n, d), L2-normalised."""
        return self._encode(texts, _NOISE)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (n, d), L2-normalised."""
        return self._encode(texts, _NOISE / 2)

    def _encode(self, texts: Sequence[str], noise: float) -> NDArray[np.float32]:
        made = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
            own = np.random.default_rng(seed).standard_normal(self.dimensions, dtype=np.float32)
            made[row] = self._centres[self._cluster(text, seed)] + noise * own
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        return made

    def _cluster(self, text: str, seed: int) -> int:
        topic = next((number for number, topic in enumerate(TOPICS) if topic in text), len(TOPICS))
        return (topic * 19 + seed % 19) % _CLUSTERS
