"""Latencies of a running program: the gold questions, one after another, the model loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.gold import Gold
from eval.metrics.summary import percentile
from eval.opened import opened
from eval.run import ask_all


@dataclass(frozen=True, slots=True)
class Latency:
    """Nearest-rank percentiles of wall-clock seconds over n questions."""

    n: int
    p50: float
    p95: float
    slowest: float

    def to_json(self) -> dict[str, float | int]:
        """All figures, for `--json`."""
        return asdict(self)

    def line(self) -> str:
        """For people."""
        return f"p50 {self.p50:.3f}s  p95 {self.p95:.3f}s  max {self.slowest:.3f}s  n={self.n}"


def bench_ask(
    gold: Sequence[Gold], place: Path, composer: str, home: Path | None, told: Callable[[int, int], None] | None
) -> Latency:
    """Ask every question of `gold` over `place` (a folder of reports or an archive home)."""
    from assistant.service import Assistant

    with opened(place, home) as archive, Assistant.open(archive.settings) as assistant:
        _, seconds = ask_all(gold, assistant, composer, told)
    return Latency(len(seconds), percentile(seconds, 50), percentile(seconds, 95), max(seconds, default=0.0))
