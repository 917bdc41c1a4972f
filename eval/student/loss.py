"""How far a student's states are from its teacher's.

Token states as in TinyBERT (Jiao et al. 2020), sentence vectors by cosine, and the ranking of other texts by
similarity as in RKD and embedding distillation: retrieval uses nothing but that ranking.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor
from torch.nn import functional

from eval.student.teacher import pooled

TEMPERATURE = 0.02
"""Cosines of e5's vectors lie between .7 and 1: this spreads them over as many units as other models' have."""

_SENTENCE_WEIGHT = 10.0


@dataclass(frozen=True, slots=True)
class Loss:
    """tokens: squared error over the teacher's variance; sentence: one less the cosine; ranking: KL in nats."""

    tokens: Tensor
    sentence: Tensor
    ranking: Tensor

    def total(self, progress: float) -> Tensor:
        """The sum to go down; single tokens count less and less as `progress` goes from 0 to 1."""
        return (1 - 0.8 * progress) * self.tokens + _SENTENCE_WEIGHT * self.sentence + self.ranking


def distillation_loss(states: Tensor, wanted: Tensor, vectors: Tensor, bank: Tensor) -> Loss:
    """states, wanted (n, length, width): the student's and the teacher's; vectors (n, width), bank (m, width): the
    teacher's unit vectors of these and of other pieces.
    """
    ours = pooled(states)
    wanted = wanted.float()
    return Loss(
        tokens=functional.mse_loss(states.float(), wanted) / wanted.var(),
        sentence=(1 - (ours * vectors).sum(dim=-1)).mean(),
        ranking=functional.kl_div(
            functional.log_softmax(ours @ bank.T / TEMPERATURE, dim=-1),
            functional.log_softmax(vectors @ bank.T / TEMPERATURE, dim=-1),
            reduction="batchmean",
            log_target=True,
        ),
    )
