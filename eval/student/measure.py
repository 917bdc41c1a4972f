"""A student beside its teacher: how fast it embeds, and what retrieval loses, by vectors alone and in the product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench.children import BenchError, module_result
from eval.retrieval import Ranking, ranking
from eval.squad import Squad, first_questions, load_squad
from eval.student.texts import Prefixes
from ingest.settings import PREFIX


@dataclass(frozen=True, slots=True)
class Side:
    """A model in one way of computing. speed: characters a second over the paragraphs. dense: by vectors alone.

    fused, sample: R@1, R@5 and MRR of the product's own retrieval over the paragraphs, and over the sample archive's
    gold questions by kind; None for the textbook's call, which is not the product.
    """

    name: str
    characters_per_second: float
    dense: Ranking
    fused: dict[str, Any] | None
    sample: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """All sides over the same paragraphs and questions; the first is the textbook's, the second the teacher's."""

    sides: tuple[Side, ...]

    def ratio(self, side: Side, to: int) -> float:
        """How many times as fast as the side at place `to`."""
        return side.characters_per_second / self.sides[to].characters_per_second

    def lost(self, side: Side) -> float | None:
        """Points of fused R@5 that the side loses against the teacher in float32."""
        teacher = self.sides[1].fused
        if side.fused is None or teacher is None:
            return None
        return 100 * float(teacher["recall_at_5"] - side.fused["recall_at_5"])

    def to_json(self) -> dict[str, Any]:
        """A row for each side."""
        return {
            "sides": [
                {
                    **asdict(side),
                    "ratio_to_textbook": self.ratio(side, 0),
                    "ratio_to_teacher": self.ratio(side, 1),
                    "fused_r5_points_lost": self.lost(side),
                }
                for side in self.sides
            ]
        }

    def lines(self) -> tuple[str, ...]:
        """For people."""
        return tuple(
            f"{side.name:16} {side.characters_per_second:6.0f} characters/s {self.ratio(side, 1):5.2f}x the teacher"
            f" {self.ratio(side, 0):5.2f}x the textbook  dense {side.dense.line()}"
            + (
                f"  fused R@1 {side.fused['recall_at_1']:.3f} R@5 {side.fused['recall_at_5']:.3f}"
                f" MRR {side.fused['mrr']:.3f}"
                if side.fused
                else ""
            )
            for side in self.sides
        )


def measure(
    student: Path, teacher: Path, squad: Path, limit: int | None, prefixes: Prefixes, told: Callable[[str], None]
) -> Compared:
    """Every side in fresh processes, one after the other."""
    loaded = load_squad(squad)
    sides = (
        ("textbook", teacher, "textbook float32"),
        ("teacher float32", teacher, "ours float32"),
        ("teacher int8", teacher, "ours int8"),
        ("student float32", student, "ours float32"),
        ("student int8", student, "ours int8"),
    )
    made: list[Side] = []
    for name, folder, backend in sides:
        told(name)
        speed, dense = _dense(loaded, limit, folder, backend, prefixes)
        fused = sample = None
        if backend.startswith("ours"):
            environment = {
                f"{PREFIX}EMBEDDING_MODEL": str(folder),
                f"{PREFIX}EMBEDDING_PRECISION": backend.removeprefix("ours "),
            }
            asked = ["retrieval", "--squad", str(squad), *(["--limit", str(limit)] if limit else [])]
            fused = _figures(asked, environment, ("recall_at_1", "recall_at_5", "mrr", "n"))
            sample = _figures(["retrieval-kinds"], environment, ("retrievals",))
        made.append(Side(name, speed, dense, fused, sample))
    return Compared(tuple(made))


def _dense(squad: Squad, limit: int | None, folder: Path, backend: str, prefixes: Prefixes) -> tuple[float, Ranking]:
    questions = first_questions(squad, limit)
    with tempfile.TemporaryDirectory(prefix="report-assistant-student-") as temporary:
        place = Path(temporary)
        passages, seconds = _vectors([prefixes.passage + text for text in squad.paragraphs], folder, backend, place)
        asked, _ = _vectors([prefixes.query + text for text, _ in questions], folder, backend, place)
    ranks = dense_ranks(asked, passages, [wanted for _, wanted in questions])
    return sum(map(len, squad.paragraphs)) / seconds, ranking(ranks)


def dense_ranks(
    questions: NDArray[np.float32], passages: NDArray[np.float32], wanted: Sequence[int]
) -> list[int | None]:
    """The place of each question's passage among all by cosine, from 1."""
    scores = questions @ passages.T
    of_wanted = scores[np.arange(len(wanted)), list(wanted)]
    return [int(place) for place in 1 + (scores > of_wanted[:, None]).sum(axis=1)]


def _vectors(texts: list[str], folder: Path, backend: str, place: Path) -> tuple[NDArray[np.float32], float]:
    given, found = place / "texts.json", place / "vectors.npy"
    given.write_text(json.dumps(texts), encoding="utf-8")
    timed = module_result("eval.bench.one_backend", [backend, str(folder), str(given), str(found), "1"])
    vectors: NDArray[np.float32] = np.load(found)
    return vectors, float(timed["seconds"])


def _figures(arguments: list[str], environment: dict[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    """Some of what `python -m eval arguments --json` says. Raises BenchError."""
    command = [sys.executable, "-m", "eval", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip() or "没有说明").splitlines()[-1]
        raise BenchError(f"eval {arguments[0]} 失败（{last}）", "请单独运行它查看原因")
    body: dict[str, Any] = json.loads(done.stdout)
    return {name: body[name] for name in names}
