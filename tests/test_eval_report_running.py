"""`python -m eval report` over tiny commands: run, save, compare, fail, skip."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.report import parts as table
from eval.report import running
from eval.report.children import nameless, run_child
from eval.report.machine import cpu_features, machine
from eval.report.measured import Store
from eval.report.parts import Part, Row

CHILD = """
import json, pathlib, sys
place, sort = pathlib.Path(sys.argv[1]), sys.argv[2]
assert sys.argv[-1] == "--json"
print("working", file=sys.stderr)
if sort == "broken":
    sys.exit("错误：" + str(place / "deep" / "file.txt") + " 读不了")
if sort == "late":
    print(json.dumps({"right": 0.9, "n": 10}))
    sys.exit("one measure fell short")
if sort == "words":
    print("no object")
else:
    print(json.dumps(json.loads((place / "answer.json").read_text())))
"""
GOOD = Row("right", "right", "right", n="n", least=0.8, goal="four of five")


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of tiny parts; the answer of the good one is in answer.json."""
    child = tmp_path / "child.py"
    child.write_text(CHILD, encoding="utf-8")
    monkeypatch.setattr(running, "PROGRAM", (sys.executable, str(child), str(tmp_path)))
    made = [Part(sort, "quality", sort, "标题", (sort,), rows=(GOOD,)) for sort in ("good", "broken", "late", "words")]
    made.append(Part("far", "speed", "far", "标题", ("good",), needs=("shared",), rows=(GOOD,)))
    monkeypatch.setattr(table, "all_parts", lambda: tuple(made))
    monkeypatch.chdir(tmp_path)
    answer(tmp_path, 0.9)
    return tmp_path


def answer(folder: Path, right: float, n: int = 1000) -> None:
    (folder / "answer.json").write_text(json.dumps({"right": right, "n": n}), encoding="utf-8")


def report(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["report", "--out", "out", "--data", "nowhere", *arguments])
    return done.exit_code, done.output


def test_a_part_is_run_saved_and_shown(tried: Path) -> None:
    assert report("--only", "good")[0] == 0
    saved = Store(tried / "out" / "measured").load("good").last
    assert saved is not None
    assert saved.by_key()["right"].n == 1000
    assert saved.command == "python -m eval good"
    assert saved.machine == machine() and 0 <= saved.seconds < 60
    page = (tried / "out" / "index.html").read_text(encoding="utf-8")
    assert "four of five" in page and "✓ kept" in page
    assert str(tried) not in page + (tried / "out" / "measured" / "good.json").read_text(encoding="utf-8")


def test_a_planted_regression_is_seen_and_strict_ends_with_1(tried: Path) -> None:
    report("--only", "good")
    answer(tried, 0.85)
    code, output = report("--only", "good", "--strict")
    assert code == 1
    assert "1 worse" in output and "90.0 % → 85.0 %" in output
    assert "▼ worse" in (tried / "out" / "README.md").read_text(encoding="utf-8")


def test_a_change_within_chance_is_no_regression(tried: Path) -> None:
    report("--only", "good")
    answer(tried, 0.899)
    assert report("--only", "good", "--strict")[0] == 0


def test_reuse_runs_nothing_and_renders_the_same_again(tried: Path) -> None:
    report("--only", "good")
    before = (tried / "out" / "index.html").read_text(encoding="utf-8")
    answer(tried, 0.1)
    assert report("--reuse", "--strict")[0] == 0
    assert (tried / "out" / "index.html").read_text(encoding="utf-8") == before


def test_a_broken_command_is_shown_with_its_one_line_and_without_the_machines_folders(tried: Path) -> None:
    code, _ = report("--only", "broken", "--strict")
    assert code == 1
    page = (tried / "out" / "index.html").read_text(encoding="utf-8")
    assert "exit code 1: 错误：" in page and "file.txt 读不了" in page
    assert str(tried) not in page


def test_after_a_failure_the_older_figures_stay_and_a_later_success_clears_it(tried: Path) -> None:
    report("--only", "good")
    (tried / "answer.json").write_text("{}", encoding="utf-8")
    assert report("--only", "good", "--strict")[0] == 1
    saved = Store(tried / "out" / "measured").load("good")
    assert saved.failure is not None and "nothing at right" in saved.failure.word
    assert saved.last is not None and saved.last.by_key()["right"].value == 0.9
    answer(tried, 0.9)
    assert report("--only", "good", "--strict")[0] == 0


def test_a_command_that_fails_after_it_measured_has_measured(tried: Path) -> None:
    report("--only", "late")
    saved = Store(tried / "out" / "measured").load("late").last
    assert saved is not None
    assert saved.by_key()["right"].value == 0.9
    assert saved.missing == ("exit code 1: one measure fell short",)


def test_output_that_is_no_object_is_a_failure(tried: Path) -> None:
    report("--only", "words")
    failure = Store(tried / "out" / "measured").load("words").failure
    assert failure is not None and failure.word.startswith("exit code 0")


def test_what_needs_data_that_is_not_there_is_skipped_with_a_word(tried: Path) -> None:
    code, output = report("--group", "speed")
    assert code == 0
    assert "跳过" in output and "not there" in output
    assert Store(tried / "out" / "measured").load("far").last is None
    assert "Not measured yet." in (tried / "out" / "README.md").read_text(encoding="utf-8")


def test_another_report_is_compared_with(tried: Path) -> None:
    report("--only", "good")
    (tried / "out" / "measured").rename(tried / "older")
    answer(tried, 0.5)
    assert report("--only", "good", "--strict")[0] == 0
    assert report("--reuse", "--strict", "--compare", "older")[0] == 1
    assert report("--reuse", "--strict", "--compare", "older/good.json")[0] == 1


def test_a_command_that_does_not_end_is_ended_with_its_children(tmp_path: Path) -> None:
    sleeper = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    started = time.monotonic()
    ended = run_child([sys.executable, "-c", f"{sleeper} time.sleep(60)"], 1.0)
    assert ended.status is None
    assert time.monotonic() - started < 20


def test_the_machine_is_described_without_naming_it(tmp_path: Path) -> None:
    import platform

    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("model name\t: X\nflags\t\t: fpu avx2 fma amx_int8\n\nflags\t: other\n", encoding="utf-8")
    assert cpu_features(cpuinfo) == ["avx2", "fma", "amx_int8"]
    assert cpu_features(tmp_path / "none") == []
    assert platform.node() not in json.dumps(machine())


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("cannot open /home/someone/data/a.db now", "cannot open …/a.db now"),
        ("http://127.0.0.1:8000/a/b", "http://127.0.0.1:8000/a/b"),
        ("3/4 done", "3/4 done"),
    ],
)
def test_folders_are_taken_out_of_a_word(word: str, wanted: str) -> None:
    assert nameless(word) == wanted
