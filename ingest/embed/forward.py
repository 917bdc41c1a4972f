"""Runs a plain text encoder on texts that are cut into tokens once: `SentenceTransformer.encode` would do it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.embed.kernels import is_plain_encoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class Forward:
    """Token ids of texts, and unit vectors of token ids; the same as `model.encode(…, normalize_embeddings=True)`."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        self._tokenizer = model.tokenizer
        self._most = model.max_seq_length

    def token_ids(self, texts: list[str]) -> list[list[int]]:
        """The ids of each text, special tokens included, cut to the model's length."""
        found: list[list[int]] = self._tokenizer(texts, truncation=True, max_length=self._most)["input_ids"]
        return found

    @torch.inference_mode()
    def vectors(self, batch: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(len(batch), dimensions), L2-normalised."""
        longest = max(len(ids) for ids in batch)
        ids = np.full((len(batch), longest), self._tokenizer.pad_token_id, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        features = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        embedded = self._model(features)["sentence_embedding"]
        found: NDArray[np.float32] = torch.nn.functional.normalize(embedded.float(), dim=1).numpy()
        return found


def forward_of(model: SentenceTransformer) -> Forward | None:
    """None for a model that wants more than token ids, or whose vectors are cut."""
    tokenizer = model.tokenizer
    is_usual = getattr(tokenizer, "is_fast", False) and tokenizer.pad_token_id is not None
    is_usual = is_usual and tokenizer.padding_side == "right" and model.truncate_dim is None
    return Forward(model) if is_usual and is_plain_encoder(model) else None
