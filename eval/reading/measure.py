"""One figure with what it demands and what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["share", "count", "seconds"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`right` of `total` (`share`), a number of things (`count`) or `seconds`; `faults` name what was wrong.

    `least` and `most` are what is demanded of `value`; None where nothing is.
    """

    name: str
    value: float
    unit: Unit = "share"
    right: int = 0
    total: int = 0
    least: float | None = None
    most: float | None = None
    faults: tuple[str, ...] = ()

    @classmethod
    def share(
        cls, name: str, right: int, total: int, least: float | None = None, faults: tuple[str, ...] = ()
    ) -> Measure:
        """`right` of `total`; a share of nothing is 0, for nothing was shown."""
        return cls(name, right / total if total else 0.0, "share", right, total, least=least, faults=faults)

    @property
    def kept(self) -> bool:
        """Whether the value is what is demanded."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def shown(self) -> str:
        """The figure for people."""
        return {
            "share": f"{self.value:.2%} ({self.right}/{self.total})",
            "count": f"{self.value:g}",
            "seconds": f"{self.value:.2f} s",
        }[self.unit]

    @property
    def demand(self) -> str:
        """What is demanded, empty where nothing is."""
        return "  ".join(
            f"{sign} {bound:g}" for sign, bound in (("≥", self.least), ("≤", self.most)) if bound is not None
        )

    def line(self) -> str:
        """The figure, the demand, and a mark where it falls short."""
        value, _, rest = self.shown.partition(" ")
        figure = f"{value:>7} {rest}"
        return f"{self.name:<52}{figure:<28}{self.demand}{'' if self.kept else '  ✗'}".rstrip()

    def to_json(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "right": self.right,
            "total": self.total,
            "least": self.least,
            "most": self.most,
            "kept": self.kept,
            "faults": list(self.faults),
        }
