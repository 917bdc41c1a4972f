"""Turns texts into unit vectors with a sentence-transformers model."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.embed.batches import estimate_tokens, plan_batches
from ingest.errors import BadSettings
from ingest.settings import BUNDLED_MODEL, EmbeddingPrecision, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from ingest.embed.source import ModelSource


class Encoder:
    """A loaded embedding model. One may be shared by several threads; they take turns batch by batch.

    name: the stable identity that an archive stores beside its vectors. dimensions: the length of a vector.
    """

    def __init__(self, model: SentenceTransformer, name: str, query_prefix: str = "", passage_prefix: str = "") -> None:
        from ingest.embed.forward import forward_of

        self.name = name
        self.dimensions = int(model.get_embedding_dimension() or 0)
        self._model = model
        self._forward = forward_of(model)
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        # A fast tokeniser must not be used by two threads at once ("Already borrowed").
        self._turn = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, (len(texts), dimensions), L2-normalised."""
        return self._encode([self._query_prefix + text for text in texts], None)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], object] | None = None
    ) -> NDArray[np.float32]:
        """Vectors of passages, (len(texts), dimensions), L2-normalised, in the order of `texts`.

        `progress` is called after each batch with the number of passages in it. Text beyond the model's length
        (512 tokens, some 750 Chinese characters, for the bundled model) does not enter the vector.
        """
        return self._encode([self._passage_prefix + text for text in texts], progress)

    def _encode(self, texts: list[str], progress: Callable[[int], object] | None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        texts = [_well_formed(text) for text in texts]
        run, lengths = self._prepared(texts)
        for batch in plan_batches(lengths):
            with self._turn:
                vectors[batch] = run(batch)
            if progress is not None:
                progress(len(batch))
        return vectors

    def _prepared(self, texts: list[str]) -> tuple[Callable[[list[int]], NDArray[np.float32]], list[int]]:
        """What makes vectors of the texts at some positions, and each text's length in tokens (an estimate wastes a
        tenth on padding).
        """
        if self._forward is None or not texts:
            return lambda batch: self._by_model([texts[i] for i in batch]), self._lengths(texts)
        forward = self._forward
        with self._turn:
            ids = forward.token_ids(texts)
        return lambda batch: forward.vectors([ids[i] for i in batch]), [len(one) for one in ids]

    def _lengths(self, texts: list[str]) -> list[int]:
        tokenizer = self._model.tokenizer
        if len(texts) < 2 or not callable(tokenizer):
            return [estimate_tokens(text) for text in texts]
        with self._turn:
            return [len(ids) for ids in tokenizer(texts, truncation=True)["input_ids"]]

    def _by_model(self, texts: list[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(
            texts,
            prompt="",  # ours are in the text already; None would let a model add its own
            batch_size=len(texts),
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return vectors


def load_encoder(settings: Settings) -> Encoder:
    """Load the model that the settings name; takes seconds, and may be called in a background thread.

    Nothing is fetched from a network unless the settings give a hub name of which there is no local copy.
    Raises BadSettings, with one Chinese line, where the model is missing or cannot be loaded.
    """
    from ingest.embed.imports import collection_paused, import_sentence_transformer, set_runtime_environment
    from ingest.embed.source import find_model

    set_runtime_environment()
    source = find_model(settings)
    # Libraries ask the hub for small things even when they load a folder; this stands before they are imported.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    with collection_paused():
        import_sentence_transformer()
        model = _load(source, settings.embedding_precision, is_bundled=settings.embedding_model == BUNDLED_MODEL)
    return Encoder(model, source.name, settings.embedding_query_prefix, settings.embedding_passage_prefix)


def _load(source: ModelSource, precision: EmbeddingPrecision, *, is_bundled: bool) -> SentenceTransformer:
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    from ingest.embed.kernels import is_plain_encoder, replace_linear_layers
    from ingest.embed.paging import page_out

    try:
        model = SentenceTransformer(str(source.folder), device="cpu", local_files_only=True)
        model.eval()
        if precision != "float32" and not is_plain_encoder(model):
            raise BadSettings(
                f"嵌入模型 {source.folder} 的结构不支持 {precision} 计算",
                "请删去 embedding_precision 设置，或改用内置模型",
            )
        if replace_linear_layers(model, precision):
            page_out(source.folder / "model.safetensors")
        model.encode(["热身"], show_progress_bar=False)  # the first run sets up kernels and buffers
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
        ImportError,
        SafetensorError,
    ) as error:
        reason = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        remedy = f"请删去文件夹 {source.folder} 后重试" if is_bundled else "请检查 embedding_model 所指的模型是否完整"
        raise BadSettings(f"嵌入模型 {source.folder} 加载失败（{reason}）", remedy) from error
    return model


def _well_formed(text: str) -> str:
    """`text` without lone surrogates, which a JSON file may hold and no tokeniser takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
