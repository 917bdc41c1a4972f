"""What a stretch of a sentence names."""

from __future__ import annotations

import time

import pytest

from ingest.figures.phrase import core


@pytest.mark.parametrize("word", ["去年", "完成率", "全市", "目标任务"])
@pytest.mark.parametrize("ending", ["", "山", "，山水"])
def test_a_word_said_over_and_over_takes_no_time(word: str, ending: str) -> None:
    text = word * 20_000 + ending
    began = time.process_time()
    core(text, 0, len(text))
    assert time.process_time() - began < 1


def test_a_name_behind_much_else_is_still_found() -> None:
    text = "各地认真落实，" * 60 + "两癌筛查目标"
    found = core(text, len(text) - 6, len(text))
    assert found is not None
    assert (found.text, text[found.start : found.end]) == ("两癌筛查", "两癌筛查")
