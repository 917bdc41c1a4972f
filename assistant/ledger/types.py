"""The ledger as plain data: cells that lead back to their passages, rows, statuses, and the user's joins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Computed
from ingest.figures.record import FigureRecord
from ingest.period import Period

Measure = Literal["level", "share", "growth", "words"]
"""What sort of number a row holds: a count or amount, a share of a whole, a rate of change, a target in words only.

Numbers of different sorts are never compared.
"""

RowStatus = Literal[
    "met",
    "near",
    "missed",
    "under_way",
    "not_reported",
    "awaiting",
    "no_target",
    "masked",
    "doubtful",
    "conflict",
    "mixed",
    "worded",
    "unclear",
]

STATUS_NAMES: dict[RowStatus, str] = {
    "met": "已达到",
    "near": "接近目标",
    "missed": "未达到",
    "under_way": "进行中",
    "not_reported": "未见结果",
    "awaiting": "档案中无该期总结",
    "no_target": "未见目标",
    "masked": "原文隐去",
    "doubtful": "存疑",
    "conflict": "不一致",
    "mixed": "多种口径",
    "worded": "文字目标",
    "unclear": "方向不明",
}
"""What a clerk reads. `awaiting`: the archive holds no review of that period by that body; `not_reported`: it does, and
the indicator is not in it. `under_way`: below the target before the period ends. `near`: short of a target said with
左右 or 约. `mixed`: several values of a run of years, which may be totals and averages. `unclear`: it is not known
whether more or less is better."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: a figure with its report. `same` are other places that state the same value.

    `report_title`, `org` and `year` are those of the report that the figure stands in. `superseded`: a later value of
    the same year is known.
    """

    record: FigureRecord
    report_title: str
    org: str | None
    year: int | None
    same: tuple[Cell, ...] = ()
    superseded: bool = False

    @property
    def text(self) -> str:
        """The value in the source's form, with the word that says more, less or about (不低于90%, 110万人以上)."""
        figure = self.record.figure
        sign = self.sign
        if not sign or sign in figure.text:
            return figure.text
        return figure.text + sign if sign in _BEHIND else sign + figure.text

    @property
    def sign(self) -> str:
        """The word that says more, less or about. 低于 before the target in a review (完成32万人，低于目标33万人) tells
        how the result stands to it and is none.
        """
        sign = self.record.figure.value.comparator
        told = self.record.figure.role == "target" and not self.record.in_plan and sign in _STANDS_TO
        return "" if told else sign

    @property
    def status(self) -> str:
        """ok, masked or doubtful; see `ingest.figures.types.Status`."""
        return self.record.figure.status

    @property
    def reason(self) -> str:
        """Why it is masked or doubtful, in Chinese."""
        return self.record.figure.reason

    @property
    def as_of(self) -> str | None:
        """The date up to which the value counts."""
        return self.record.figure.as_of

    @property
    def passage_id(self) -> int:
        """The passage it stands in."""
        return self.record.passage_id

    @property
    def report_id(self) -> int:
        """The report it stands in."""
        return self.record.report_id


_STANDS_TO = frozenset({"低于", "少于", "小于", "高于", "多于", "大于", "超过", "突破", "超", "逾", "接近", "将近"})
_BEHIND = frozenset({"以上", "以下", "以内", "之内", "左右", "上下", "开外"})


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One indicator of one body in one period.

    `id` is stable as long as body, name, period, sort of number, unit and scope are. `key` names the indicator
    whatever its wording; `name` is what is shown. `scope`: the place or group that the row is limited to, empty for
    the whole. `results` are latest first. `details` are numbers without a phrase of their own behind a named one.
    `computed` and `gap` were calculated by code from the first target and the first result; `computed` only where no
    completion rate is stated. `phrases` are the wordings joined here. `named`: the name is one of an
    indicator as far as can be told, not a piece of a sentence.
    """

    id: str
    name: str
    key: str
    org: str | None
    body: str
    region: str | None
    period: Period | None
    unit: str
    measure: Measure
    scope: str
    targets: tuple[Cell, ...]
    results: tuple[Cell, ...]
    completions: tuple[Cell, ...]
    changes: tuple[Cell, ...]
    baselines: tuple[Cell, ...]
    details: tuple[Cell, ...]
    computed: Computed | None
    gap: Computed | None
    status: RowStatus
    reason: str
    phrases: tuple[str, ...]
    named: bool = True

    @property
    def status_name(self) -> str:
        """The status in Chinese."""
        return STATUS_NAMES[self.status]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the row."""
        return (*self.targets, *self.results, *self.completions, *self.changes, *self.baselines, *self.details)

    @property
    def places(self) -> tuple[Cell, ...]:
        """Every cell, and every other place that states the same value."""
        return tuple(one for cell in self.cells for one in (cell, *cell.same))

    def place(self, figure: object) -> Cell | None:
        """The cell of the figure with this number, None where the row has none."""
        return next((cell for cell in self.places if cell.record.id == figure), None)


@dataclass(frozen=True, slots=True)
class Joins:
    """What the user says of names: phrases of each `equal` group are one indicator, each `apart` pair is two.

    `apart` wins over `equal` and over the alias table.
    """

    equal: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, bool]]) -> Joins:
        """From (first, second, whether they are the same), as the archive keeps them; groups grow by shared names."""
        groups: list[frozenset[str]] = []
        apart: list[frozenset[str]] = []
        for first, second, same in pairs:
            pair = frozenset((first, second))
            if not same:
                apart.append(pair)
                continue
            touching = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair]
            groups.append(pair.union(*touching))
        return cls(tuple(groups), tuple(apart))
