"""Linear layers in 8-bit integers: weights quantised once for each output channel, inputs anew for each batch.

The scheme is PyTorch's dynamic quantisation. Weights use 7 of their 8 bits: on processors without VNNI the instruction
adds two products in 16 bits, which full weights overflow. It costs nothing (measured: cosine to float32 .996 either
way), and all processors compute the same vectors.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

_LARGEST = 63
ENGINES = ("onednn", "fbgemm", "x86", "qnnpack")
"""PyTorch's implementations; which of them exist depends on the processor and on how it was built."""


class Int8Linear(nn.Module):
    """A linear layer for inference on a CPU with its weight quantised and packed by one of ENGINES.

    Raises RuntimeError where this build of PyTorch cannot do it.
    """

    def __init__(self, layer: nn.Linear, engine: str) -> None:
        super().__init__()
        weight = layer.weight.detach()
        scales = weight.abs().amax(dim=1).clamp(min=1e-12) / _LARGEST
        zeros = torch.zeros(len(scales), dtype=torch.int64)
        with _engine(engine), warnings.catch_warnings():
            # A notice to developers that later releases do this in another package; `kernels` copes with both.
            warnings.simplefilter("ignore", UserWarning)
            quantised = torch.quantize_per_channel(weight, scales.double(), zeros, 0, torch.qint8)
            self.packed = torch.ops.quantized.linear_prepack(quantised, layer.bias)

    def forward(self, inputs: Tensor) -> Tensor:
        """`inputs` (..., in_features) to (..., out_features), both float32."""
        # reduce_range would take the spare bit from the inputs too, where it is dear: cosine .98.
        result: Tensor = torch.ops.quantized.linear_dynamic(inputs, self.packed, reduce_range=False)
        return result


@contextmanager
def _engine(name: str) -> Iterator[None]:
    """Packing goes to PyTorch's current engine; a packed weight stays with the one that made it."""
    before = torch.backends.quantized.engine
    try:
        torch.backends.quantized.engine = name
        yield
    finally:
        torch.backends.quantized.engine = before
