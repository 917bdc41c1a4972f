"""A figure as the archive keeps it: with the report, section and passage that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from ingest.figures.types import Figure, Role


class FigureChanges(TypedDict, total=False):
    """What a user says of a figure instead of what was read from its sentence; `period` None says that it is unknown.

    The number itself cannot be changed, only struck out: what is shown as a figure must stand in the source.
    """

    indicator: str
    role: Role
    period: str | None


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A figure and where it stands. `in_plan` says whether its section looks ahead, `edited` that a user changed it."""

    id: int
    report_id: int
    file_id: int
    section_id: int
    passage_id: int
    in_plan: bool
    figure: Figure
    edited: bool = False
