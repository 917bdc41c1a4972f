"""What is kept of a measurement: figures, causes of errors, questions, remarks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from eval.report.parts import Better, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. key: unique within its part; item: the line of the table it stands in, empty where it stands
    alone; field: its column. low, high: its 95 % interval. least, most: the demand.
    """

    key: str
    label: str
    value: float | None
    unit: Unit
    better: Better
    item: str = ""
    field: str = ""
    n: int | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    goal: str = ""
    noise: float | None = None

    @property
    def bounded(self) -> bool:
        """Whether anything is demanded of it."""
        return self.least is not None or self.most is not None

    @property
    def kept(self) -> bool:
        """Whether it is what is demanded; what was not measured keeps no demand."""
        if self.value is None:
            return not self.bounded
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def to_json(self) -> dict[str, Any]:
        """What is kept of it: fields that say nothing are left out."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")} | {"value": self.value}


@dataclass(frozen=True, slots=True)
class Cause:
    """A group of errors with the same cause; an example is (id, question, note)."""

    cause: str
    n: int
    examples: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """All that is kept of a command's JSON. missing: rows that it does not have. wrong: ids of questions not right."""

    figures: tuple[Figure, ...]
    missing: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    asked: int = 0
    wrong: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
