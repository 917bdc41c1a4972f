"""Chooses the fastest kernels of this processor for a model's linear layers, in the precision that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ingest.embed.int8 import ENGINES, Int8Linear
from ingest.embed.packed import PackedLinear
from ingest.settings import EmbeddingPrecision

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PLAIN_ENCODERS = frozenset({"bert", "roberta", "xlm-roberta"})
"""Architectures whose code never reaches into a linear layer for its weight."""

_CLOSE = {"float32": 1e-5, "bfloat16": 0.01, "int8": 0.03}
"""Largest relative error of one layer; a kernel beyond it is broken."""

Kernel = Callable[[nn.Linear], nn.Module]


def is_plain_encoder(model: SentenceTransformer) -> bool:
    """Whether the model is of an architecture that is known to be safe to rebuild."""
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return getattr(config, "model_type", None) in _PLAIN_ENCODERS


def replace_linear_layers(model: SentenceTransformer, precision: EmbeddingPrecision) -> bool:
    """Put faster layers in place of the encoder's, where that is safe and measured to be faster; True if done.

    Where this processor has nothing faster in a lower precision, the best float32 serves: its vectors are closer to the
    lower precision's than those are among themselves.
    """
    kernel = fastest_kernel(precision) if is_plain_encoder(model) else None
    if kernel is None:
        return False
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear and child.weight.dtype == torch.float32 and child.weight.device.type == "cpu":
                setattr(parent, name, kernel(child))
    return True


@torch.inference_mode()
def fastest_kernel(precision: EmbeddingPrecision) -> Kernel | None:
    """Try all on one layer of the usual size, some tens of milliseconds in all; None if PyTorch's own is best."""
    layer = nn.Linear(384, 1536)
    inputs = torch.randn(256, 384, generator=torch.Generator().manual_seed(0))
    best, least = None, 0.9 * _best_seconds(layer, inputs)
    for allowed, kernel in _kernels(precision):
        seconds = _seconds(kernel, layer, inputs, _CLOSE[allowed])
        if seconds < least:
            best, least = kernel, seconds
    return best


def _kernels(precision: EmbeddingPrecision) -> Iterator[tuple[EmbeddingPrecision, Kernel]]:
    yield "float32", PackedLinear
    if precision == "bfloat16":
        yield "bfloat16", partial(PackedLinear, dtype=torch.bfloat16)
    if precision == "int8":
        for engine in ENGINES:
            if engine in torch.backends.quantized.supported_engines:
                yield "int8", partial(Int8Linear, engine=engine)


def _seconds(kernel: Kernel, layer: nn.Linear, inputs: Tensor, tolerance: float) -> float:
    """Seconds for one product; infinite where this build of PyTorch has no such kernel or it computes nonsense."""
    try:
        tried = kernel(layer)
        wanted = layer(inputs)
        if not (tried(inputs) - wanted).norm() <= tolerance * wanted.norm():
            return float("inf")
        return _best_seconds(tried, inputs)
    except (AttributeError, NotImplementedError, RuntimeError):
        return float("inf")


def _best_seconds(run: nn.Module, inputs: Tensor, times: int = 4) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run(inputs)
        best = min(best, time.perf_counter() - start)
    return best
