"""One way of embedding, as a child process: BACKEND MODEL TEXTS VECTORS RUNS as arguments.

TEXTS is a JSON list (prefixes in place), VECTORS the .npy file to write. Prints one JSON object {"load", "seconds"}:
the seconds of loading, imports excepted, and of the fastest of RUNS runs over all the texts.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from ingest.embed.batches import plan_batches
from ingest.settings import EmbeddingPrecision, load_settings

Vectors = NDArray[np.float32]
Embed = Callable[[list[str]], Vectors]

WARM_UP = 8
"""Texts embedded before the clock starts."""


def textbook(model: Path) -> Embed:
    """What LangChain's HuggingFaceEmbeddings calls."""
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(str(model), device="cpu", local_files_only=True)
    return lambda texts: np.asarray(loaded.encode(texts, normalize_embeddings=True), dtype=np.float32)


def torch_bfloat16(model: Path) -> Embed:
    """The textbook's call with the whole model in bfloat16."""
    import torch
    from sentence_transformers import SentenceTransformer

    kwargs = {"dtype": torch.bfloat16}
    loaded = SentenceTransformer(str(model), device="cpu", local_files_only=True, model_kwargs=kwargs)

    def embed(texts: list[str]) -> Vectors:
        found = loaded.encode(texts, convert_to_tensor=True)
        return np.asarray(torch.nn.functional.normalize(found.float(), dim=1).numpy(), dtype=np.float32)

    return embed


def ours(precision: EmbeddingPrecision) -> Callable[[Path], Embed]:
    """The product's encoder."""

    def load(model: Path) -> Embed:
        from ingest.embed import load_encoder

        settings = replace(load_settings(), embedding_model=str(model), embedding_precision=precision)
        return load_encoder(replace(settings, embedding_passage_prefix="")).encode_passages

    return load


def onnx(*, is_int8: bool) -> Callable[[Path], Embed]:
    """ONNX Runtime over the exported model, with the product's batches; int8 is its own dynamic quantisation."""

    def load(model: Path) -> Embed:
        from transformers import AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(str(model))
        with tempfile.TemporaryDirectory(prefix="report-assistant-onnx-") as folder:
            session = import_module("onnxruntime").InferenceSession(_exported(model, Path(folder), is_int8=is_int8))

        def run(batch: Sequence[Sequence[int]]) -> Vectors:
            ids = np.full((len(batch), max(map(len, batch))), tokenizer.pad_token_id, dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, one in enumerate(batch):
                ids[row, : len(one)], mask[row, : len(one)] = one, 1
            states = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            means = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype=np.float32)

        def embed(texts: list[str]) -> Vectors:
            ids = tokenizer(texts, truncation=True)["input_ids"]
            batches = plan_batches([len(one) for one in ids])
            found = np.concatenate([run([ids[i] for i in batch]) for batch in batches])
            return np.asarray(found[np.argsort([i for batch in batches for i in batch])])

        return embed

    return load


def _exported(model: Path, folder: Path, *, is_int8: bool) -> str:
    import torch
    from transformers import AutoModel

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = AutoModel.from_pretrained(str(model), attn_implementation="eager").eval()

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.inner(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            return found

    path = str(folder / "model.onnx")
    names = ["input_ids", "attention_mask"]
    example = (torch.ones((2, 8), dtype=torch.int64), torch.ones((2, 8), dtype=torch.int64))
    axes = {name: {0: "texts", 1: "tokens"} for name in names}
    torch.onnx.export(States(), example, path, input_names=names, dynamic_axes=axes, opset_version=17, dynamo=False)
    if not is_int8:
        return path
    quantization = import_module("onnxruntime.quantization")
    smaller = str(folder / "int8.onnx")
    quantization.quantize_dynamic(path, smaller, weight_type=quantization.QuantType.QInt8, per_channel=True)
    return smaller


BACKENDS: dict[str, Callable[[Path], Embed]] = {
    "textbook float32": textbook,
    "textbook bfloat16": torch_bfloat16,
    **{f"ours {precision}": ours(precision) for precision in get_args(EmbeddingPrecision)},
    "onnxruntime float32": onnx(is_int8=False),
    "onnxruntime int8": onnx(is_int8=True),
}


def main(backend: str, model: Path, texts: Path, vectors: Path, runs: int) -> dict[str, Any]:
    """Load, warm up, embed."""
    import sentence_transformers

    del sentence_transformers
    given: list[str] = json.loads(texts.read_text(encoding="utf-8"))
    started = time.perf_counter()
    embed = BACKENDS[backend](model)
    loaded = time.perf_counter() - started
    embed(given[:WARM_UP])
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        found = embed(given)
        best = min(best, time.perf_counter() - started)
        np.save(vectors, found)
    return {"load": loaded, "seconds": best}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))))
