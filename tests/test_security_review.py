"""The security review names its proofs: each must be a test that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REVIEW = (ROOT / "docs" / "security.zh-CN.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(test_\w+)::(test_\w+)`")
_HEADINGS = {"威胁", "说法"}


def rows() -> Iterator[list[str]]:
    """The rows of tables that name tests."""
    within = False
    for line in REVIEW.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            within = False
        elif cells[0] in _HEADINGS:
            within = True
        elif within and not cells[0].startswith("---"):
            yield cells


def defined(file: str) -> set[str]:
    """The names of a file's tests, those in classes included."""
    path = ROOT / "tests" / f"{file}.py"
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("named", sorted(set(_NAMED.findall(REVIEW))), ids="::".join)
def test_every_test_that_the_review_names_is_there(named: tuple[str, str]) -> None:
    file, test = named
    assert test in defined(file), f"docs/security.zh-CN.md names {file}::{test}"


def test_every_threat_has_a_proof() -> None:
    table = list(rows())
    assert len(table) > 30
    assert [cells[0] for cells in table if len(cells) != 3 or not _NAMED.search(cells[2])] == []


def test_what_is_not_there_is_noticed() -> None:
    assert defined("test_of_nothing") == set() and "test_nothing_of_the_kind" not in defined("test_security_review")
