"""Packed matrix products: the same float32 arithmetic, up to twice as fast where the processor's best kernels idle.

PyTorch hands float32 products to MKL, which keeps processors of other makers than Intel on AVX2 code. oneDNN, which
comes with PyTorch too, uses AVX-512 wherever it exists and reads weights that were laid out for it once. Results differ
in the last bit only (measured: 1e-7 in a unit vector).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PLAIN_ENCODERS = frozenset({"bert", "roberta", "xlm-roberta"})
"""Architectures whose code never reaches into a linear layer for its weight."""


class PackedLinear(nn.Module):
    """A linear layer for inference on a CPU, its weight in oneDNN's own layout."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.bias = layer.bias
        self.packed = torch.ops.mkldnn._reorder_linear_weight(layer.weight.detach(), None)

    def forward(self, inputs: Tensor) -> Tensor:
        """`inputs` (..., in_features) to (..., out_features)."""
        result: Tensor = torch.ops.mkldnn._linear_pointwise(inputs, self.packed, self.bias, "none", [], "")
        return result


def pack_linear_layers(model: SentenceTransformer) -> bool:
    """Replace the encoder's linear layers where that is known to be safe and measured to be faster; True if done."""
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    if getattr(config, "model_type", None) not in _PLAIN_ENCODERS or not _is_faster_here():
        return False
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Linear and child.weight.dtype == torch.float32 and child.weight.device.type == "cpu":
                setattr(parent, name, PackedLinear(child))
    return True


@torch.inference_mode()
def _is_faster_here() -> bool:
    """Try both ways on one layer of the usual size, some ten milliseconds in all."""
    layer = nn.Linear(384, 1536)
    inputs = torch.randn(256, 384, generator=torch.Generator().manual_seed(0))
    try:
        packed = PackedLinear(layer)
        if not torch.allclose(packed(inputs), layer(inputs), atol=1e-4):
            return False
    except (AttributeError, NotImplementedError, RuntimeError):
        return False  # This build of PyTorch has no such kernel: its ordinary path serves.
    return _best_seconds(lambda: packed(inputs)) < 0.9 * _best_seconds(lambda: layer(inputs))


def _best_seconds(run: Callable[[], object], times: int = 4) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best
