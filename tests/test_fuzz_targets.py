"""The fuzzer itself, and a short run of every target: `python -m eval fuzz` makes long ones."""

from __future__ import annotations

import sys
import time
from array import array

import pytest

from eval.fuzz.broken import Broken, check_mapped
from eval.fuzz.engine import fuzz
from eval.fuzz.target import Target, plain
from eval.fuzz.targets import all_targets, chosen
from ingest.errors import BadOrder, NotFound
from ingest.mapped import MappedText

_INPUTS = {"whole": 4, "cleaning": 25, "print": 25, "zip": 25, "api": 12}
"""Inputs of a short run of what takes longer for one."""


@pytest.mark.parametrize("target", all_targets(), ids=lambda target: target.name)
def test_it_answers_or_refuses_in_one_line_and_in_time(target: Target) -> None:
    outcome = fuzz(target, seconds=20, most=_INPUTS.get(target.name, 60))
    assert outcome.tried and outcome.answered and outcome.faults == ()


def planted(data: bytes) -> bool:
    if b"bad" in data:
        raise ValueError("planted")
    if data.startswith(b"refuse"):
        raise BadOrder("两行\n的拒绝", "请改正")
    return True


class TestTheFuzzer:
    def test_a_fault_is_found_and_its_input_made_small(self) -> None:
        outcome = fuzz(
            plain("planted", planted, lambda: [b"a long input that holds ba and bd", b"d bad d" * 9]), 5, most=400
        )
        (fault,) = outcome.faults
        assert fault.where.startswith("ValueError") and fault.input == b"bad"

    @pytest.mark.skipif(sys.platform == "win32", reason="no clock of processor time that interrupts on Windows")
    def test_an_input_that_takes_too_long_is_left_and_told(self) -> None:
        def endless(data: bytes) -> bool:
            while data == b"loop":
                pass
            return True

        started = time.monotonic()
        outcome = fuzz(plain("slow", endless, lambda: [b"x", b"loop", b"y"], seconds=0.2), 10, most=3)
        assert [fault.where.split()[0] for fault in outcome.faults] == ["TooSlow"] and outcome.tried == 3
        assert time.monotonic() - started < 8

    def test_the_same_seed_tries_the_same_inputs(self) -> None:
        def tried(seed: int) -> list[bytes]:
            found: list[bytes] = []
            fuzz(
                plain("same", lambda data: found.append(data) is None, lambda: ["两癌筛查".encode()]), 5, seed, most=40
            )
            return found

        assert tried(1) == tried(1) != tried(2)

    def test_a_target_that_is_none_is_refused(self) -> None:
        with pytest.raises(NotFound, match="可选的有"):
            chosen(["nonsense"])

    def test_a_place_outside_the_source_is_seen(self) -> None:
        check_mapped(MappedText.identity("两癌"), 2)
        with pytest.raises(Broken):
            check_mapped(MappedText("癌", array("l", [1]), array("l", [3])), 2)
