"""The report's tables as plain cells, which the page and the Markdown file both write out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eval.report.diff import Change, Difference
from eval.report.kept import Cause, Figure
from eval.report.measured import Measured
from eval.report.shown import NOTHING, change, demand, interval, shown
from eval.report.told import Grid, Section, Told

Kind = Literal["", "number", "kept", "missed", "open", "better", "worse"]
KEPT, MISSED, OPEN = "✓ kept", "✗ missed", "– not measured"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text and what it is; `link`: the name of the part that it leads to."""

    text: str
    kind: Kind = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A head and lines of as many cells."""

    head: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


def goals(told: Told) -> Table:
    """Every goal with what was measured of it."""
    lines = tuple(
        (_state(figure), Cell(words, link=section.part.name), _value(figure), Cell(demand(figure), "number"))
        for section, figure, words in told.demands()
    )
    return Table(("", "goal", "measured", "demanded"), lines)


def lone(section: Section) -> Table | None:
    """A part's figures that stand alone; columns that would be empty are left out."""
    figures = section.lone
    if not figures:
        return None
    columns = [
        ("", [Cell(one.label) for one in figures]),
        ("measured", [Cell(shown(one), "number") for one in figures]),
    ]
    if any(one.low is not None for one in figures):
        columns.append(("95 % interval", [Cell(interval(one), "number") for one in figures]))
    if any(one.n is not None for one in figures):
        columns.append(("of", [Cell("" if one.n is None else f"{one.n:,}", "number") for one in figures]))
    if any(one.bounded for one in figures):
        columns.append(("demanded", [Cell(demand(one), "number") for one in figures]))
        columns.append(("", [_state(one) if one.bounded else Cell("") for one in figures]))
    cells = [each for _, each in columns]
    return Table(tuple(head for head, _ in columns), tuple(zip(*cells, strict=True)))


def matrix(grid: Grid) -> Table:
    """Items beside each other; what misses its demand is marked."""
    lines = tuple((Cell(head), *(_of(figure) for figure in figures)) for head, figures in grid.lines)
    return Table((grid.corner, *grid.columns), lines)


def changed(difference: Difference, verdicts: Sequence[Literal["worse", "gone", "better", "changed"]]) -> Table:
    """The figures with these verdicts."""
    lines = [
        (Cell(one.label, link=one.part), Cell(one.part), Cell(_moved(one), "number"), _verdict(one), Cell(one.why))
        for one in difference.of(*verdicts)
    ]
    return Table(("figure", "part", "before → now", "", ""), tuple(lines))


def compared_line(difference: Difference) -> str:
    """How much was held against a run before."""
    same, elsewhere = len(difference.of("same")), len(difference.of("elsewhere"))
    line = f"Parts that were measured before: {difference.compared}; figures that are as they were: {same}."
    return line if not elsewhere else f"{line} Times of another machine, not compared: {elsewhere}."


def causes(found: Sequence[Cause]) -> Table:
    """Errors by cause with examples."""
    lines = [
        (Cell(one.cause), Cell(f"{one.n}", "number"), Cell(_example(one))) for one in sorted(found, key=lambda c: -c.n)
    ]
    return Table(("cause", "errors", "for example"), tuple(lines))


def run_line(run: Measured) -> str:
    """When and of what a part was measured."""
    words = [run.when, f"{run.seconds:,.0f} s"]
    if run.commit:
        words.append(f"commit {run.commit}")
    if busy(run):
        words.append(f"on a busy machine (load {run.load:g}): its times are hints")
    return " · ".join(words)


def busy(run: Measured) -> bool:
    """Whether others wanted the processors as it began."""
    return run.load is not None and run.load > 0.75 * float(run.machine.get("cores") or 1)


def machine_line(run: Measured) -> str:
    """What it ran on."""
    told = run.machine
    features = ", ".join(told.get("features", []))
    processor = " ".join(filter(None, [str(told.get("processor", "")), f"({features})" if features else ""]))
    return f"{told.get('cores')} cores, {told.get('memory_gb')} GB, {processor}, no GPU used"


def count_line(told: Told) -> list[tuple[str, str, Kind]]:
    """The report in four numbers: (number, what it counts, how it is)."""
    goals_of = [figure for _, figure, _ in told.demands()]
    kept = sum(figure.kept for figure in goals_of)
    missed = sum(figure.value is not None and not figure.kept for figure in goals_of)
    bounded = told.bounded()
    fine = sum(figure.kept for figure in bounded)
    worse, better = len(told.difference.of("worse", "gone")), len(told.difference.of("better"))
    failed = len(told.difference.failed)
    left = len(goals_of) - kept - missed
    return [
        (f"{kept} of {len(goals_of)}", f"goals kept · {missed} missed · {left} not measured", _tone(missed, kept)),
        (f"{fine} of {len(bounded)}", "demands on single figures kept", _tone(len(bounded) - fine, fine)),
        (f"{len(told.measured())} of {len(told.sections)}", f"parts measured · {failed} failed", _tone(failed, 0)),
        (f"{worse} worse", f"{better} better than the run before", _tone(worse, better)),
    ]


def _tone(bad: int, good: int) -> Kind:
    return "missed" if bad else "kept" if good else "open"


def _state(figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(OPEN, "open")
    return Cell(KEPT, "kept") if figure.kept else Cell(MISSED, "missed")


def _of(figure: Figure | None) -> Cell:
    if figure is None or figure.value is None:
        return Cell(NOTHING, "number")
    cell = _value(figure)
    return cell if figure.kept else Cell(f"{cell.text} ✗ {demand(figure)}", "missed")


def _value(figure: Figure) -> Cell:
    return Cell(" ".join(filter(None, [shown(figure), _bracket(figure)])), "number")


def _bracket(figure: Figure) -> str:
    within = interval(figure)
    return f"[{within}]" if within else ""


def _moved(one: Change) -> str:
    if one.before is None:
        return NOTHING if one.after is None else shown(one.after)
    return f"{shown(one.before)} → {NOTHING}" if one.after is None else change(one.before, one.after)


def _verdict(one: Change) -> Cell:
    words: dict[str, tuple[str, Kind]] = {
        "worse": ("▼ worse", "worse"),
        "gone": ("▼ no longer measured", "worse"),
        "better": ("▲ better", "better"),
    }
    return Cell(*words.get(one.verdict, (one.verdict, "open")))


def _example(one: Cause) -> str:
    return " · ".join(f"{question}（{note}）" if note else question for _, question, note in one.examples)
