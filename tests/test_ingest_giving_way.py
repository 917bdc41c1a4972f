"""Reading in gives way to whoever asks, with all the programs that it starts."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ingest.giving_way import PRIORITY

PROGRAM = """
import os, subprocess, sys
from ingest.giving_way import give_way
give_way(); give_way()
child = "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"
print(os.getpriority(os.PRIO_PROCESS, 0), subprocess.check_output([sys.executable, "-c", child], text=True).strip())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="priorities are told otherwise on Windows")
def test_a_program_that_reads_in_and_what_it_starts_give_way_once() -> None:
    told = subprocess.check_output([sys.executable, "-c", PROGRAM], text=True)
    own, childs = map(int, told.split())
    assert own == childs >= PRIORITY
