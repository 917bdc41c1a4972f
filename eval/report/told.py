"""All that a report shows, gathered once for every form that it is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from eval.report.diff import Difference, compare
from eval.report.kept import Figure
from eval.report.measured import Measured, Saved, Store
from eval.report.parts import GROUPS, Part
from eval.report.picked import described
from eval.report.shapes import BEHIND

GROUP_NAMES = {
    "quality": ("Answers and retrieval", "作答与检索"),
    "reading": ("Reading", "读入"),
    "figures": ("Figures and ledger", "指标与台账"),
    "drafting": ("Drafting", "起草"),
    "peers": ("Peers: what one would use instead", "与同类并列"),
    "speed": ("Speed", "速度"),
    "scale": ("Scale", "规模"),
    "failure": ("Failure", "故障"),
    "memory": ("Memory", "内存"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part with what is saved of it, its figures in today's words. `lone`: those that stand alone; `tables`: the
    items of each table with their figures by field.
    """

    part: Part
    saved: Saved
    figures: tuple[Figure, ...] = ()

    @property
    def last(self) -> Measured | None:
        """The last run that measured."""
        return self.saved.last

    @property
    def lone(self) -> list[Figure]:
        """Figures that are a line of their own."""
        return [figure for figure in self.figures if not figure.item]

    def tables(self) -> Iterator[Grid]:
        """A grid for each list of items; measures side by side are one as well."""
        for each in self.part.each:
            own = {row.key for row in each.rows}
            if found := [one for one in self.figures if one.item and one.field in own]:
                yield grid(found, each.item)
        beside = self.part.beside or self.part.matrix is not None
        repeated = {row.key for each in self.part.each for row in each.rows}
        if beside and (found := [one for one in self.figures if one.item and one.field not in repeated]):
            yield grid(found, "", across=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """Figures in lines and columns: `lines` holds (head of the line, a figure or None for each column)."""

    corner: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Figure | None, ...]], ...]


def grid(figures: Sequence[Figure], corner: str, across: bool = True) -> Grid:
    """Items down and fields across, or the other way round where there are more fields than items."""
    items = tuple(dict.fromkeys(one.item for one in figures))
    fields = tuple(dict.fromkeys(one.field for one in figures))
    cell = {(one.item, one.field): one for one in figures}
    names = {one.field: one.label for one in figures}
    if across:
        # What only says the item's own number once more is there for the drawings.
        fields = tuple(name for name in fields if any(_says_more(one) for one in figures if one.field == name))
        lines = tuple((_counted(item), tuple(cell.get((item, name)) for name in fields)) for item in items)
        return Grid(corner, tuple(names[name] for name in fields), lines)
    lines = tuple((names[name], tuple(cell.get((item, name)) for item in items)) for name in fields)
    return Grid(corner, items, lines)


def _says_more(figure: Figure) -> bool:
    return not figure.item.isdigit() or figure.value != float(figure.item)


def _counted(item: str) -> str:
    return f"{int(item):,}" if item.isdigit() else item


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report. left: why parts were skipped this time, by name."""

    sections: tuple[Section, ...]
    difference: Difference
    left: dict[str, str] = field(default_factory=dict)

    def groups(self) -> Iterator[tuple[str, str, list[Section]]]:
        """(English name, Chinese name, sections) of each group that has any."""
        for group in GROUPS:
            if sections := [one for one in self.sections if one.part.group == group]:
                yield *GROUP_NAMES[group], sections

    def demands(self) -> list[tuple[Section, Figure, str]]:
        """Every goal: its section, the figure (without a value where it was not measured), its words."""
        return [(section, figure, words) for section in self.sections for words, figure in _goals(section)]

    def bounded(self) -> list[Figure]:
        """Every figure of which anything is demanded."""
        return [figure for section in self.sections for figure in section.figures if figure.bounded]

    def measured(self) -> list[Measured]:
        """The runs that the report shows."""
        return [section.last for section in self.sections if section.last is not None]


def tell(
    parts: Sequence[Part], store: Store, others: dict[str, Saved] | None = None, left: dict[str, str] | None = None
) -> Told:
    """Gather what is saved. others: held against these instead of each part's run before. Raises MeasuredError."""
    saved = {part.name: store.load(part.name) for part in parts}
    sections = tuple(Section(part, saved[part.name], _figures(part, saved[part.name])) for part in parts)
    return Told(sections, compare(parts, saved, others), left or {})


def _figures(part: Part, saved: Saved) -> tuple[Figure, ...]:
    return () if saved.last is None else tuple(described(figure, part) for figure in saved.last.figures)


def _goals(section: Section) -> Iterable[tuple[str, Figure]]:
    for row in section.part.specs():
        if row.goal:
            found = [one for one in section.figures if (one.field or one.key) == row.key and one.value is not None]
            # Of a row that is repeated the worst stands for all.
            unmeasured = Figure(row.key, row.label, None, row.unit, row.better, least=row.least, most=row.most)
            yield row.goal, min(found, key=lambda one: (one.kept, one.value or 0.0), default=unmeasured)
    if section.part.goal:
        missed = sum(not one.kept for one in section.figures if one.bounded)
        value = None if section.last is None else float(missed)
        yield section.part.goal, Figure("missed", "demands missed", value, "count", "lower", most=0)
    if (matrix := section.part.matrix) is not None and matrix.goal:
        behind = next((one for one in section.figures if one.key == BEHIND), None)
        yield matrix.goal, behind or Figure(BEHIND, "", None, "count", "lower", most=0)
