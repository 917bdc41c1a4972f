"""The page and the Markdown file: what is missed or failed is shown, text stays text, drawings are sound."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from eval.report.kept import Cause, Figure
from eval.report.making import made, write_report
from eval.report.measured import Failure, MeasuredError, Saved, Store
from eval.report.parts import Each, Part, Plot, Row
from eval.report.shown import written
from eval.report.svg import Curve, growth, standalone
from eval.report.told import tell
from tests.eval_report_builders import figure, measured, part, store

EVIL = '<script>alert(1)</script> | "x" & `y` *z*'
GOAL = Row("right", "right", "right", least=0.95, goal="Right nineteen times of twenty")


def files_of(folder: Path, one: Part, saved: Saved) -> dict[str, str]:
    return made(tell([one], store(folder, **{one.name: saved})))


def test_a_missed_goal_is_shown_as_missed_with_its_figure(tmp_path: Path) -> None:
    files = files_of(tmp_path, part("one", GOAL), Saved(measured(figure(value=0.94, n=50, low=0.84, high=0.98))))
    for text in (files["README.md"], files["index.html"]):
        assert "Right nineteen times of twenty" in text
        assert "✗ missed" in text and "✓ kept" not in text
        assert "94.0 %" in text and "≥ 95 %" in text and "84.0–98.0 %" in text
        assert "0 of 1" in text


def test_a_goal_that_was_not_measured_is_not_kept(tmp_path: Path) -> None:
    files = files_of(tmp_path, part("one", GOAL), Saved())
    assert "– not measured" in files["index.html"] and "✓ kept" not in files["index.html"]
    assert "≥ 95 %" in files["README.md"] and "Not measured yet." in files["README.md"]


@pytest.mark.parametrize("older", [None, measured(figure())])
def test_a_failed_part_is_shown_as_failed(tmp_path: Path, older: object) -> None:
    failure = Failure("2026-03-02", "python -m eval x", "exit code 1: it broke")
    files = files_of(tmp_path, part(), replace(Saved(), last=older, failure=failure))
    for text in (files["README.md"], files["index.html"]):
        assert "exit code 1: it broke" in text
        assert ("figures below are older" in text) == (older is not None)


def test_rows_that_the_command_did_not_print_are_named(tmp_path: Path) -> None:
    files = files_of(tmp_path, part(), Saved(measured(figure(), missing=("summary/lost: nothing at lost",))))
    assert all("summary/lost: nothing at lost" in files[name] for name in ("README.md", "index.html"))


def test_text_stays_text_in_both_forms(tmp_path: Path) -> None:
    cause = Cause(EVIL, 3, (("id", EVIL, EVIL),))
    run = measured(Figure("k", EVIL, 0.5, "share", "higher"), causes=(cause,), missing=(EVIL,), command=EVIL)
    one = part("one", plots=(Plot("dots", EVIL),), note=EVIL, title=EVIL)
    files = files_of(tmp_path, one, Saved(run, run, Failure("2026-03-02", EVIL, EVIL)))
    assert "<script" not in files["index.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | &quot;x&quot; &amp; `y` *z*" in files["index.html"]
    tables = [line for line in files["README.md"].splitlines() if line.startswith("|")]
    assert not any("<script" in line for line in tables)
    bars = [len(re.findall(r"(?<!\\)\|", line)) for line in tables]
    assert sorted(set(bars)) == [3, 4, 5]  # two, three and four columns: what is in a cell made none
    assert all("<script" not in line for line in files["README.md"].splitlines() if not line.startswith("`"))
    ElementTree.fromstring(files["plots/one-1.svg"])


def test_the_page_needs_no_script_and_fetches_nothing(tmp_path: Path) -> None:
    files = files_of(tmp_path, part("one", plots=(Plot("dots", "t"),)), Saved(measured(figure())))
    page = files["index.html"]
    assert not re.search(r"<script|<link|src=|url\(|@import|https?://", page)
    assert "prefers-color-scheme:dark" in page and "<svg" in page
    assert set(re.findall(r'href="([^"]+)"', page)) <= {f"#{name}" for name in re.findall(r'id="([^"]+)"', page)}


def test_items_stand_beside_each_other_with_what_misses_marked(tmp_path: Path) -> None:
    rows = (Row("r5", "R@5", "r5", "score"), Row("p95", "p95", "p95", "ms", "lower", most=60))
    each = Each("sizes", rows, "name", "passages")
    cells = [
        Figure(f"{item}/{row.key}", row.label, value, row.unit, row.better, item, row.key, most=row.most)
        for item, values in (("1k", (0.9, 4.0)), ("1M", (0.8, 300.0)))
        for row, value in zip(rows, values, strict=True)
    ]
    plots = (Plot("panels", "Found", ("r5", "p95")),)
    files = files_of(tmp_path, part("one", each=(each,), plots=plots), Saved(measured(*cells)))
    assert "| passages | R@5 | p95 |" in files["README.md"]
    assert "| 1M | 0.800 | 300 ms ✗ ≤ 60 ms |" in files["README.md"]
    assert {"plots/one-1.svg", "plots/one-2.svg"} <= files.keys()


def test_growth_lies_on_a_straight_line_where_it_is_proportional() -> None:
    drawing = growth("t", [Curve("a", ((1e3, 2.0), (1e4, 20.0), (1e5, 200.0)))], "passages", "ms")
    path = re.search(r'points="([^"]+)"', drawing)
    assert path is not None
    (x1, y1), (x2, y2), (x3, y3) = (tuple(map(float, point.split(","))) for point in path[1].split())
    assert (x2 - x1, y2 - y1) == pytest.approx((x3 - x2, y3 - y2), abs=0.2)
    assert y3 < y1
    ElementTree.fromstring(standalone(drawing))


@pytest.mark.parametrize(
    ("value", "unit", "wanted"),
    [
        (1.0, "share", "100 %"),
        (0.99996, "share", "99.996 %"),
        (0.81, "share", "81.0 %"),
        (0.00004, "share", "0.004 %"),
        (0.942, "share", "94.2 %"),
        (0.9839, "score", "0.984"),
        (0.0394, "seconds", "0.0394 s"),
        (2.2384, "times", "2.24×"),
        (3200.4, "times", "3,200×"),
        (1234.0, "mb", "1.23 GB"),
        (0.0, "count", "0"),
        (3219.0, "count", "3,219"),
    ],
)
def test_figures_are_written_so_that_almost_all_is_not_all(value: float, unit: str, wanted: str) -> None:
    assert written(value, unit) == wanted


def test_drawings_of_a_part_that_has_none_any_more_are_dropped(tmp_path: Path) -> None:
    kept = store(tmp_path / "measured", one=Saved(measured(figure())))
    write_report(tell([part("one", plots=(Plot("dots", "t"),))], kept), tmp_path)
    assert (tmp_path / "plots" / "one-1.svg").is_file()
    write_report(tell([part("one")], kept), tmp_path)
    assert not (tmp_path / "plots" / "one-1.svg").exists()


def test_what_is_saved_comes_back_as_it_was_and_garbage_is_one_line(tmp_path: Path) -> None:
    run = measured(
        figure(n=3, low=0.1, high=0.9),
        asked=3,
        wrong=("a",),
        causes=(Cause("c", 1, (("i", "q", "n"),)),),
        missing=("m",),
    )
    saved = Saved(run, measured(figure(value=None)), Failure("2026-03-02", "x", "y"))
    assert store(tmp_path, one=saved).load("one") == saved
    (tmp_path / "one.json").write_text("{", encoding="utf-8")
    with pytest.raises(MeasuredError, match="重新测量"):
        Store(tmp_path).load("one")
