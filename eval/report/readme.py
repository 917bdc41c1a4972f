"""The README's table of measurements: wording from a data file, figures from what is saved, between two marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.report.kept import Figure
from eval.report.measured import Measured
from eval.report.parts import PartsError
from eval.report.shown import shown, written
from eval.writing import writing

BEGIN, END = "<!-- measured:begin -->", "<!-- measured:end -->"
HEAD = "| what | measured | command |\n|---|---|---|"
_OVER_ITEMS: dict[str, Callable[[list[float]], float]] = {"sum": sum, "max": max, "min": min}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a part and how it is written.

    form: `shown`, `n` (how many it is of), `right` or `wrong` (how many of these), a format of Python's; or `sum`,
    `max` or `min` over all items where the key begins with "*/". A key that begins with "@1/" is the second item's.
    """

    part: str
    key: str
    form: str = "shown"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `figures`: what stands at each {name} of `what` and `measured`. `replaces`: how a line
    written by hand begins that this one is in the place of, where the words differ. `paragraph`: text below the table.
    """

    what: str
    measured: str
    command: str
    figures: Mapping[str, Place]
    replaces: str = ""
    paragraph: bool = False

    def is_told_by(self, row: str) -> bool:
        """Whether a line of a README is this one, with whatever figures."""
        if self.replaces and row.removeprefix("| ").startswith(self.replaces):
            return True
        if self.paragraph:
            return False
        pattern = "".join(
            r".+?" if place % 2 else re.escape(piece) for place, piece in enumerate(_PLACE.split(self.what))
        )
        return re.match(rf"\|\s*{pattern}\s*\|", row) is not None


def read_lines() -> tuple[Line, ...]:
    """The lines in their order. Raises PartsError where a {name} stands for nothing, or nothing for a name."""
    body = tomllib.loads((files(__package__) / "readme.toml").read_text(encoding="utf-8"))
    lines = tuple(
        Line(
            one.get("what", ""),
            one["measured"],
            one.get("command", ""),
            {name: Place(*place) for name, place in one["figures"].items()},
            one.get("replaces", ""),
            one.get("paragraph", False),
        )
        for one in body["line"]
    )
    for line in lines:
        named = set(_PLACE.findall(line.what + line.measured))
        if wrong := named ^ set(line.figures):
            raise PartsError(f"readme.toml：{line.what} 里 {'、'.join(sorted(wrong))} 对不上", "请补上或删去")
    return lines


def told(line: Line, measured: Mapping[str, Measured]) -> str | None:
    """The line with its figures; None where one of them was not measured yet."""
    values: dict[str, str] = {}
    for name, place in line.figures.items():
        run = measured.get(place.part)
        value = None if run is None else _at(place, run)
        if value is None:
            return None
        values[name] = value

    def fill(text: str) -> str:
        return _PLACE.sub(lambda found: values[found[1]], text)

    if line.paragraph:
        return fill(line.measured)
    return f"| {fill(line.what)} | {fill(line.measured)} | {line.command} |"


def block(lines: Sequence[Line], measured: Mapping[str, Measured]) -> str:
    """What stands between the marks: the lines all of whose figures are measured, then such paragraphs."""
    made = [(line, row) for line in lines if (row := told(line, measured)) is not None]
    rows = [row for line, row in made if not line.paragraph]
    paragraphs = [f"\n{row}" for line, row in made if line.paragraph]
    return "\n".join((BEGIN, HEAD, *rows, *paragraphs, END))


def block_of(readme: str) -> str | None:
    """The marks and what stands between them; None where there are none."""
    found = re.search(f"{re.escape(BEGIN)}.*?{re.escape(END)}", readme, re.DOTALL)
    return None if found is None else found[0]


def renewed(readme: str, lines: Sequence[Line], measured: Mapping[str, Measured]) -> str:
    """The README with its block as measured. A line written by hand that the block now has is taken out, so that the
    table moves over line by line; where there is no block yet, it goes before the table that it replaces.
    """
    made = block(lines, measured)
    within = [line for line in lines if told(line, measured) is not None]
    old = block_of(readme)
    if old is None:
        if HEAD not in readme:
            raise PartsError("README 里没有测量结果的表格", f"请写上 {BEGIN} 和 {END}")
        readme = readme.replace(HEAD, f"{made}\n\n{HEAD}", 1)
    else:
        readme = readme.replace(old, made, 1)
    before, _, after = readme.partition(END)
    kept: list[str] = []
    leaving = False
    for row in after.split("\n"):
        replaced = next((line for line in within if line.is_told_by(row)), None)
        # A paragraph goes on to the next empty line, a line of a table does not.
        leaving = bool(row) and (leaving or (replaced is not None and replaced.paragraph))
        if replaced is None and not leaving:
            kept.append(row)
    rest = re.sub(r"\n{3,}", "\n\n", "\n".join(kept))
    # A head without lines is all that is left of a table that has moved over.
    rest = re.sub(rf"\n*{re.escape(HEAD)}(?!\n\|)", "", rest)
    return before + END + rest


def renew(path: Path, lines: Sequence[Line], measured: Mapping[str, Measured]) -> list[str]:
    """Write the README's block; the lines that are not measured yet. Raises OutputError, PartsError."""
    with writing(path):
        path.write_text(renewed(path.read_text(encoding="utf-8"), lines, measured), encoding="utf-8")
    return [line.what or line.replaces for line in lines if told(line, measured) is None]


def _at(place: Place, run: Measured) -> str | None:
    """What stands at a place; None where the run has no such figure."""
    found = [one for one in matching(place.key, run.figures) if one.value is not None]
    if not found:
        return None
    if place.form in _OVER_ITEMS:
        over = _OVER_ITEMS[place.form]([one.value or 0.0 for one in found])
        return written(over, found[0].unit)
    return _written(found[0], place.form)


def matching(key: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that a key of a place means."""
    head, _, field = key.partition("/")
    if head == "*":
        return [one for one in figures if one.field == field]
    if head.startswith("@"):
        items = list(dict.fromkeys(one.item for one in figures if one.item))
        head = items[int(head[1:])] if int(head[1:]) < len(items) else ""
        return [one for one in figures if one.item == head and one.field == field]
    return [one for one in figures if one.key == key]


def _written(figure: Figure, form: str) -> str:
    value = figure.value or 0.0
    if form in ("n", "right", "wrong"):
        n = figure.n or 0
        right = round(value * n)
        return format({"n": n, "right": right, "wrong": n - right}[form], ",")
    return shown(figure) if form == "shown" else format(value, form)
