"""`bench demo`: a clean clone is started twice, and nothing keeps running."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psutil
import pytest

from eval.bench.children import BenchError
from eval.bench.demo import bench_demo

MAKEFILE = """

installed:
\tsleep 1.5
\ttouch installed
demo: installed
\tHOME_OF=x python3 -m http.server $(PORT) --bind 127.0.0.1 --directory MARK
"""


def test_the_first_start_makes_what_the_second_finds(tmp_path: Path) -> None:
    mark = str(tmp_path)
    (tmp_path / "Makefile").write_text(MAKEFILE.replace("MARK", mark), encoding="utf-8")
    for command in (["init", "-q"], ["add", "Makefile"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y.z", *command], cwd=tmp_path, check=True)
    (tmp_path / "installed").touch()
    found = bench_demo(tmp_path, patience=30)
    assert found.first > 1.5 > found.second > 0
    assert not [one for one in psutil.process_iter(["cmdline"]) if mark in (one.info["cmdline"] or [])]


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="git"):
        bench_demo(tmp_path)
