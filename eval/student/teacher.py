"""What the teacher makes of the training pieces, computed once: its last hidden state for every token.

Every token is an example. The sentence vector alone, one for a whole piece, teaches far more slowly.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from eval.student.texts import Tokenize, cut

if TYPE_CHECKING:
    from transformers import BertModel

BATCH_TOKENS = 2048
_READ_AHEAD = 4096


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pieces of one length and the teacher's states: ids (n, length), states (n, length, width), vectors (n, width)."""

    ids: Tensor
    states: Tensor
    vectors: Tensor


def pooled(states: Tensor) -> Tensor:
    """Unit sentence vectors (n, width) of states (n, length, width): the mean over the tokens, as in the model."""
    return nn.functional.normalize(states.float().mean(dim=1), dim=-1)


def half_precision() -> torch.autocast:
    """Matrix products in bfloat16, twice as fast where the processor has them; the rest stays float32."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())


def lessons(
    teacher: BertModel, texts: Sequence[str], tokenize: Tokenize, seconds: float, told: Callable[[int], object]
) -> list[Lesson]:
    """As many lessons as the teacher computes within `seconds`; `told` gets the number of tokens so far."""
    ends, tokens = time.monotonic() + seconds, 0
    made: list[Lesson] = []
    for batch in _batches(texts, tokenize):
        with torch.inference_mode(), half_precision():
            ids = torch.tensor(batch)
            states = teacher(ids).last_hidden_state.float()
        made.append(Lesson(ids.clone(), states.half().clone(), pooled(states).clone()))
        tokens += ids.numel()
        told(tokens)
        if time.monotonic() > ends:
            break
    return made


def _batches(texts: Sequence[str], tokenize: Tokenize) -> Iterator[list[list[int]]]:
    """Batches of one length each, in mixed order."""
    chance = random.Random(len(texts))
    waiting: dict[int, list[list[int]]] = defaultdict(list)
    for at in range(0, len(texts), _READ_AHEAD):
        for ids in tokenize(list(texts[at : at + _READ_AHEAD])):
            if (piece := cut(ids)) is not None:
                waiting[len(piece)].append(piece)
        ready: list[list[list[int]]] = []
        for length, found in waiting.items():
            size = BATCH_TOKENS // length
            while len(found) >= size:
                ready.append([found.pop() for _ in range(size)])
        chance.shuffle(ready)
        yield from ready
    yield from (found for found in waiting.values() if len(found) > 1)
