"""From a command's JSON to figures: paths, intervals, measures, and what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from eval.report.parts import PartsError, all_parts, chosen, read_parts
from eval.report.paths import PathError, look_up, numbers
from eval.report.picked import pick

RUN = {
    "summary": {"fact": {"right": 1.0, "n": 2}, "total": {"right": 0.75, "n": 4}},
    "questions": [
        {"id": "a", "right": True, "hits": {"found": 2, "of": 2}},
        {"id": "b", "right": False, "hits": {"found": 0, "of": 2}},
        {"id": "c", "right": True, "hits": None},
        {"id": "d", "right": True, "hits": {"found": 1, "of": 1}},
    ],
}
PARTS = """
[[part]]
name = "run"
title = "Run"
chinese = "作答"
command = ["run"]
questions = "questions"
rows = [
  { key = "right", label = "right", path = "summary/total/right", n = "summary/total/n", least = 0.9, goal = "most" },
  { key = "hit", label = "hit", path = "summary/total/n", parts = "questions/*/hits/found", wholes = "{of}" },
  { key = "lost", label = "lost", path = "summary/total/lost" },
]
each = [{ path = "summary", rows = [{ key = "kind", label = "right", path = "right", n = "n" }] }]
""".replace("{of}", "questions/*/hits/of")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("summary/total/right", 0.75),
        ("questions/0/id", "a"),
        ("questions/-1/id", "d"),
        ("questions/[id=b]/right", False),
        ("questions/#", 4),
        ("summary/@1/n", 4),
        ("questions/*/id", ["a", "b", "c", "d"]),
        ("questions/*/hits/of", [2, 2, None, 1]),
    ],
)
def test_a_path_leads_to_its_value(path: str, wanted: object) -> None:
    assert look_up(RUN, path) == wanted


@pytest.mark.parametrize("path", ["summary/none", "questions/9/id", "questions/[id=z]/right", "summary/@7", "x/*/y"])
def test_a_path_to_nothing_says_so(path: str) -> None:
    with pytest.raises(PathError):
        look_up(RUN, path)


def test_numbers_leave_out_what_is_not_there_and_count_truth_as_one() -> None:
    assert numbers(RUN, "questions/*/hits/found") == [2, 0, 1]
    assert sum(numbers(RUN, "questions/*/right")) == 3


def test_rows_are_picked_with_their_intervals_and_a_missing_one_is_named() -> None:
    (part,) = read_parts(PARTS, "quality")
    picked = pick(part, RUN)
    found = {figure.key: figure for figure in picked.figures}
    assert list(found) == ["right", "hit", "fact/kind", "total/kind"]
    right = found["right"]
    assert (right.value, right.n, right.kept, right.goal) == (0.75, 4, False, "most")
    assert right.low is not None and right.high is not None and right.low < 0.75 < right.high
    hit = found["hit"]
    assert hit.low is not None and hit.high is not None and 0 <= hit.low < hit.high <= 1
    assert picked.missing == ("summary/total/lost: nothing at lost",)
    assert (picked.asked, picked.wrong) == (4, ("b",))


def test_measures_bring_their_demands_and_a_skipped_topic_is_named() -> None:
    (part,) = read_parts(PARTS.split("questions =")[0] + 'measures = ["*"]\nbeside = true', "quality")
    share = {"name": "sections", "value": 0.9, "unit": "share", "right": 9, "total": 10, "least": 0.95, "most": None}
    count = {"name": "leaks", "value": 0, "unit": "count", "right": 0, "total": 0, "least": None, "most": 0}
    picked = pick(part, {"sample, fake, 3 of 5 manuscripts": [share, count], "real": "skipped: not there"})
    found = {figure.key: figure for figure in picked.figures}
    assert found["sample, fake/manuscripts"].value == 3
    assert not found["sample, fake/sections"].kept
    assert found["sample, fake/leaks"].kept and found["sample, fake/leaks"].better == "lower"
    assert picked.missing == ("skipped: not there",)


def test_characters_of_a_text_are_no_draws_and_have_no_interval() -> None:
    (part,) = read_parts(PARTS.split("questions =")[0] + 'measures = ["t"]', "quality")
    measure = {"unit": "share", "value": 0.5, "right": 500, "total": 1000, "least": None, "most": None}
    picked = pick(part, {"t": [{**measure, "name": "x: characters, part"}, {**measure, "name": "x: F1 of value"}]})
    characters, f1 = picked.figures
    assert (characters.low, characters.n) == (None, None)
    assert f1.n == 500


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (PARTS.replace('title = "Run"\n', ""), "title"),
        (PARTS.replace("title =", "titel ="), "titel"),
        (PARTS.replace("least = 0.9", 'unit = "miles"'), "unit"),
        (PARTS.replace('key = "lost"', 'key = "right"'), "right"),
        (PARTS + 'plots = [{ kind = "dots", title = "t", fields = ["nowhere"] }]', "nowhere"),
        (PARTS + 'needs = ["moon"]', "moon"),
        ("[[part", "TOML"),
    ],
)
def test_a_wrong_table_of_parts_is_one_line(wrong: str, word: str) -> None:
    with pytest.raises(PartsError, match=word):
        read_parts(wrong, "quality")


def test_the_projects_own_table_reads_and_its_commands_exist() -> None:
    import typer.main

    from eval.cli import app

    commands = typer.main.get_command(app)
    parts = all_parts()
    for part in parts:
        options = _options(commands, part.command)
        assert options is not None, f"{part.name}: no such command"
        assert "--json" in options, f"{part.name}: {part.command} prints no JSON"
        asked = {argument for argument in part.command if argument.startswith("--")}
        assert asked <= options, f"{part.name}: {asked - options}"
    assert {part.name for part in chosen(parts, ["run-sample"], ["memory"])} == {"run-sample", "memory"}
    with pytest.raises(PartsError, match="run-sample"):
        chosen(parts, ["run-sampel"], [])


def _options(command: Any, arguments: Sequence[str]) -> set[str] | None:
    """The options of the command that the arguments name; None where there is none."""
    for argument in arguments:
        if not hasattr(command, "commands"):
            break
        if argument not in command.commands:
            return None
        command = command.commands[argument]
    return {option for parameter in command.params for option in parameter.opts}
