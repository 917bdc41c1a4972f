"""Trains a student for a given time and writes it, every few minutes too, as a sentence-transformers folder."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from eval.student.loss import Loss, distillation_loss
from eval.student.shrink import keep_layers, write_folder
from eval.student.teacher import Lesson, half_precision, lessons

if TYPE_CHECKING:
    from transformers import BertModel

TEACHER_SHARE = 0.22
"""Of the whole time; the pieces are then gone through some three times."""

_RATE, _WARM_UP = 4e-4, 0.03
_BANK = 2048
_HELD_OUT = 0.01
_CHECKPOINT_SECONDS = 240.0
_TOLD_EVERY = 100

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run did: steps, tokens gone through, tokens of the teacher's, and the loss on held-out pieces."""

    steps: int
    tokens: int
    teacher_tokens: int
    held_out: dict[str, float]


def train(
    teacher_folder: Path,
    texts: Sequence[str],
    layers: Sequence[int],
    minutes: float,
    out: Path,
    told: Told,
    start: Path | None = None,
) -> Trained:
    """Teach a student of these `layers` of the teacher, or of the student in `start`, on `texts` (prefixes in place)
    and leave it in `out`.
    """
    from transformers import AutoTokenizer, BertModel

    ends = time.monotonic() + 60 * minutes
    tokenizer = AutoTokenizer.from_pretrained(str(teacher_folder))
    teacher = BertModel.from_pretrained(str(teacher_folder), add_pooling_layer=False)

    def tokenize(batch: list[str]) -> list[list[int]]:
        found: list[list[int]] = tokenizer(batch, truncation=True)["input_ids"]
        return found

    def teacher_told(tokens: int) -> None:
        if tokens % (100 * 2048) < 2048:
            told(f"teacher: {tokens} tokens")

    made = lessons(teacher, texts, tokenize, 60 * minutes * TEACHER_SHARE, teacher_told)
    whole = copy.deepcopy(teacher) if start is None else BertModel.from_pretrained(str(start), add_pooling_layer=False)
    student = keep_layers(whole, layers)
    del teacher

    def save() -> None:
        write_folder(teacher_folder, student.state_dict(), len(layers), out)

    return _train(student, made, ends, told, save)


def _train(student: BertModel, made: list[Lesson], ends: float, told: Told, save: Callable[[], None]) -> Trained:
    chance = random.Random(0)
    held = max(1, round(_HELD_OUT * len(made)))
    held_out, made = made[:held], made[held:] or made
    vectors = torch.cat([lesson.vectors for lesson in made])
    optimizer = optimizer_of(student)
    began = saved = time.monotonic()
    order: list[Lesson] = []
    steps = tokens = 0
    while (now := time.monotonic()) < ends:
        order = order or chance.sample(made, len(made))
        lesson = order.pop()
        progress = (now - began) / (ends - began)
        loss = step(student, optimizer, lesson, _bank(vectors), progress)
        steps, tokens = steps + 1, tokens + lesson.ids.numel()
        if steps % _TOLD_EVERY == 1:
            told(f"{progress:4.0%} step {steps} tokens {tokens} {_shown(loss)}")
        if now - saved > _CHECKPOINT_SECONDS:
            save()
            saved = now
            told(f"held out: {_judged(student, held_out, vectors)}")
    save()
    return Trained(steps, tokens, sum(one.ids.numel() for one in made), _judged(student, held_out, vectors))


def optimizer_of(student: BertModel) -> torch.optim.Optimizer:
    """Trains the layers; the embeddings are the teacher's and stay."""
    student.embeddings.requires_grad_(False)
    return torch.optim.AdamW(student.encoder.parameters(), lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)


def step(student: BertModel, optimizer: torch.optim.Optimizer, lesson: Lesson, bank: Tensor, progress: float) -> Loss:
    """One lesson; the loss before it."""
    for group in optimizer.param_groups:
        group["lr"] = _RATE * min(progress / _WARM_UP, 1, 0.5 + 0.5 * math.cos(math.pi * progress))
    loss = _loss(student, lesson, bank)
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss.total(progress))
    torch.nn.utils.clip_grad_norm_(student.encoder.parameters(), 1.0)
    optimizer.step()
    return loss


def _loss(student: BertModel, lesson: Lesson, bank: Tensor) -> Loss:
    with half_precision():
        states = student(lesson.ids).last_hidden_state
    return distillation_loss(states, lesson.states, lesson.vectors, bank)


def _bank(vectors: Tensor) -> Tensor:
    return vectors[torch.randint(len(vectors), (min(_BANK, len(vectors)),))]


@torch.no_grad()
def _judged(student: BertModel, held_out: Sequence[Lesson], vectors: Tensor) -> dict[str, float]:
    losses = [_loss(student, lesson, vectors[:_BANK]) for lesson in held_out]
    return {
        name: round(sum(getattr(loss, name).item() for loss in losses) / len(losses), 4)
        for name in ("tokens", "sentence", "ranking")
    }


def _shown(loss: Loss) -> str:
    return f"tokens {loss.tokens.item():.3f} sentence {loss.sentence.item():.4f} ranking {loss.ranking.item():.3f}"
