"""The report as a Markdown file, its drawings beside it."""

from __future__ import annotations

from collections.abc import Iterator

from eval.report.cells import (
    Table,
    causes,
    changed,
    compared_line,
    count_line,
    goals,
    lone,
    machine_line,
    matrix,
    run_line,
)
from eval.report.diff import Difference
from eval.report.told import Section, Told
from eval.report.words import ABOUT, INTERVALS, TITLE

PLOTS = "plots"
_ESCAPED = str.maketrans({"|": "\\|", "<": "&lt;", ">": "&gt;", "*": "\\*", "_": "\\_", "`": "\\`", "[": "\\["})


def markdown(told: Told, plots: dict[str, list[str]]) -> str:
    """The whole file. plots: the file names of each part's drawings in the folder PLOTS."""
    return "\n".join(_lines(told, plots)) + "\n"


def table(one: Table) -> Iterator[str]:
    """A GitHub table; numbers stand to the right."""
    numeric = [
        all(line[place].kind == "number" or not line[place].text for line in one.lines)
        for place in range(len(one.head))
    ]
    yield f"| {' | '.join(escaped(head) for head in one.head)} |"
    yield f"|{'|'.join('---:' if right else '---' for right in numeric)}|"
    for line in one.lines:
        yield f"| {' | '.join(escaped(cell.text) for cell in line)} |"
    yield ""


def escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    return text.replace("\\", "\\\\").translate(_ESCAPED).replace("\n", " ")


def _lines(told: Told, plots: dict[str, list[str]]) -> Iterator[str]:
    yield f"# {TITLE}"
    yield ""
    yield f"{ABOUT} The same as a page with everything in it: [index.html](index.html)."
    yield ""
    for number, what, _ in count_line(told):
        yield f"- **{number}** {what}"
    yield ""
    if runs := told.measured():
        yield f"Measured on {machine_line(runs[-1])}."
        yield ""
    yield "## Against the run before"
    yield ""
    yield from _difference(told.difference)
    yield "## Goals"
    yield ""
    yield from table(goals(told))
    for name, chinese, sections in told.groups():
        yield f"## {name} · {chinese}"
        yield ""
        for section in sections:
            yield from _section(section, plots.get(section.part.name, []))
    yield "## How to read it"
    yield ""
    yield from (f"- {line}" for line in INTERVALS)


def _difference(difference: Difference) -> Iterator[str]:
    for part, word in difference.failed:
        yield f"- **{escaped(part)} failed**: {escaped(word)}"
    if difference.failed:
        yield ""
    if not difference.compared:
        yield "Nothing was measured twice yet."
        yield ""
        return
    yield compared_line(difference)
    yield ""
    moved = changed(difference, ("worse", "gone", "better", "changed"))
    if moved.lines:
        yield from table(moved)
    for flips in difference.flips:
        lost, won = (escaped(", ".join(names) or "none") for names in (flips.lost, flips.won))
        yield f"- {escaped(flips.part)}: questions lost {lost}; won {won}"
    if difference.flips:
        yield ""


def _section(section: Section, plots: list[str]) -> Iterator[str]:
    part, last = section.part, section.last
    yield f"### {escaped(part.title)} · {escaped(part.chinese)}"
    yield ""
    if part.note:
        yield escaped(part.note)
        yield ""
    if section.saved.failure is not None:
        word = section.saved.failure
        older = "; the figures below are older" if last is not None else ""
        yield f"**Failed on {word.when}**: {escaped(word.word)}{older}."
        yield ""
    if last is None:
        if section.saved.failure is None:
            yield "Not measured yet."
            yield ""
        yield f"`{part_command(section)}`"
        yield ""
        return
    yield from (f"![{escaped(part.title)}]({PLOTS}/{name})" for name in plots)
    if plots:
        yield ""
    if (own := lone(section)) is not None:
        yield from table(own)
    for grid in section.tables():
        yield from table(matrix(grid))
    if last.causes:
        yield from table(causes(last.causes))
    yield from (f"- {escaped(line)}" for line in last.remarks)
    for missing in last.missing:
        yield f"- not measured: {escaped(missing)}"
    if last.missing or last.remarks:
        yield ""
    yield f"`{last.command}`  "
    yield run_line(last)
    yield ""


def part_command(section: Section) -> str:
    """The command of a part that never ran."""
    from eval.report.running import shown_command

    return shown_command(section.part)
