"""The README's table comes from what is saved, line by line; each figure of its wording is one that a part measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.report.making import made
from eval.report.measured import Measured, Saved, Store
from eval.report.parts import Part, PartsError, all_parts
from eval.report.readme import BEGIN, END, HEAD, Line, Place, block, block_of, matching, read_lines, renewed, told
from eval.report.told import tell
from tests.eval_report_builders import figure, measured

ROOT = Path(__file__).parents[1]
SAVED = ROOT / "docs" / "report" / "measured"
LINE = Line(
    "sample, {n} questions", "{right} right", "`run`", {"n": Place("run", "right", "n"), "right": Place("run", "right")}
)
OTHER = Line("speed", "{p95}", "`ask`", {"p95": Place("ask", "p95")})
RUN = measured(figure(value=0.942, n=326))
BY_HAND = f"# x\n\n{HEAD}\n| sample, 12 questions | 90 % right | `run` |\n| speed | 3 s | `ask` |\n\nAfter.\n"


def saved() -> dict[str, Measured]:
    store = Store(SAVED)
    loaded: dict[str, Saved] = {part.name: store.load(part.name) for part in all_parts()}
    return {name: one.last for name, one in loaded.items() if one.last is not None}


def test_the_readme_says_what_is_saved() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = read_lines()
    assert block_of(readme) == block(lines, saved()), "python -m eval report --reuse --readme"
    below = readme.partition(END)[2].splitlines()
    twice = [row for row in below for line in lines if told(line, saved()) is not None and line.is_told_by(row)]
    assert twice == []


def test_every_figure_of_the_wording_is_one_that_a_part_measures() -> None:
    parts = {part.name: part for part in all_parts()}
    now = saved()
    for line in read_lines():
        for place in line.figures.values():
            assert place.part in parts, f"{line.what}: no part {place.part}"
            assert _known(place, parts[place.part], now.get(place.part)), f"{line.what}: no figure {place}"


def _known(place: Place, part: Part, run: Measured | None) -> bool:
    if run is not None and matching(place.key, run.figures):
        return True
    # What brings its own names can only be held against what it once measured.
    brings = bool(part.measures) or part.matrix is not None
    return place.key.rpartition("/")[2] in {row.key for row in part.specs()} or (brings and run is None)


def test_a_line_has_its_figures_and_none_where_one_is_not_measured() -> None:
    assert told(LINE, {"run": RUN}) == "| sample, 326 questions | 94.2 % right | `run` |"
    assert told(OTHER, {"run": RUN}) is None
    assert told(LINE, {"run": measured(figure(value=None))}) is None


def test_a_table_by_hand_moves_over_line_by_line() -> None:
    first = renewed(BY_HAND, (LINE, OTHER), {"run": RUN})
    assert first.index(BEGIN) < first.index("326 questions") < first.index(END) < first.index("| speed | 3 s |")
    assert "12 questions" not in first and first.count(HEAD) == 2
    ask = measured(figure("p95", 0.1, unit="seconds", better="lower"))
    second = renewed(first, (LINE, OTHER), {"run": RUN, "ask": ask})
    assert "| speed | 0.1 s | `ask` |" in second and "3 s" not in second
    assert second.count(HEAD) == 1 and second.endswith("\n\nAfter.\n")
    assert renewed(second, (LINE, OTHER), {"run": RUN, "ask": ask}) == second


def test_a_paragraph_stands_below_the_table_in_the_place_of_the_one_by_hand() -> None:
    note = Line("", "Weak: {right} right.", "", LINE.figures, "Weak:", paragraph=True)
    note = replace(note, figures={"right": LINE.figures["right"]})
    readme = BY_HAND.replace("After.", "Weak: 90 %\nand more.\n\nAfter.")
    made = renewed(readme, (LINE, note), {"run": RUN})
    assert "| `run` |\n\nWeak: 94.2 % right.\n<!-- measured:end -->" in made
    assert "90 %" not in made and "and more" not in made and made.endswith("\n\nAfter.\n")
    assert "Weak: 90 %\nand more." in renewed(readme, (OTHER, note), {})


def test_a_readme_without_a_table_is_an_error_in_one_line() -> None:
    with pytest.raises(PartsError, match="README"):
        renewed("# x\n", (LINE,), {"run": RUN})


def test_forms_count_and_look_over_all_items() -> None:
    cells = [
        figure(f"{item}/run", value, unit="count", item=item, field="run") for item, value in (("a", 3.0), ("b", 5.0))
    ]
    run = measured(*cells, figure(value=0.75, n=8))
    forms = {"sum": "8", "max": "5", "min": "3"}
    for form, wanted in forms.items():
        line = Line("x", "{y}", "c", {"y": Place("p", "*/run", form)})
        assert told(line, {"p": run}) == f"| x | {wanted} | c |"
    for key, form, wanted in (
        ("@1/run", "shown", "5"),
        ("right", "wrong", "2"),
        ("right", "right", "6"),
        ("right", ".2f", "0.75"),
    ):
        assert told(Line("x", "{y}", "c", {"y": Place("p", key, form)}), {"p": run}) == f"| x | {wanted} | c |"


@pytest.mark.parametrize("name", ["README.md", "index.html"])
def test_the_report_in_the_repository_is_what_is_saved(name: str) -> None:
    files = made(tell(all_parts(), Store(SAVED)))
    there = (SAVED.parent / name).read_text(encoding="utf-8")
    assert there == files[name], "python -m eval report --reuse"
