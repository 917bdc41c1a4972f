"""The sentence that a cell's figure stands in."""

from __future__ import annotations

import pytest

from assistant.ledger.citing import sentence_around
from ingest.archive.records import PassageRecord
from ingest.mapped import MappedText
from ingest.period import Period

_TEXT = "全县完成两癌筛查4480人。家庭医生签约25万人；建档率为91%。"


def passage(start: int) -> PassageRecord:
    text = MappedText.identity(_TEXT, start)
    return PassageRecord(1, 1, 1, 1, 0, text, ("一、工作",), "review", Period.year(2022), None)


@pytest.mark.parametrize("start", [0, 700])
@pytest.mark.parametrize("number", ["4480人", "25万人", "91%"])
def test_the_sentence_around_a_figure_holds_it(number: str, start: int) -> None:
    first, last = sentence_around(passage(start), start + _TEXT.index(number))
    assert number in _TEXT[first:last]
    assert len(_TEXT[first:last]) < len(_TEXT) / 2 + 4


def test_outside_every_sentence_the_whole_passage_is_cited() -> None:
    assert sentence_around(passage(0), 9999) == (0, len(_TEXT))
