"""Long sentences are cut to the clauses that answer, in one unbroken piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose.clauses import LONG, clip
from assistant.evidence.coverage import Gram, topic_grams
from assistant.evidence.figures import has_unit, mentions
from assistant.question.topic import read_topic

FILLER = "各单位高度重视并结合实际抓好各项工作的贯彻落实，进一步健全了长效机制，不断优化服务流程，有效改善了就医体验，"
PAIRS = ("“”", "（）", "《》")


def grams_of(topic: str) -> tuple[Gram, ...]:
    return topic_grams(read_topic(topic), lambda pieces: dict.fromkeys(pieces, 3), 100)


def shown(text: str, topic: str, unit: str | None = None) -> str:
    start, end = clip(text, grams_of(topic), unit)
    return text[start:end]


def test_a_short_sentence_is_shown_whole() -> None:
    text = "全县签约居民12.3万人，完成两癌筛查10400人。"
    assert shown(text, "两癌筛查") == text


def test_a_long_sentence_is_cut_to_the_clause_that_tells() -> None:
    text = f"{FILLER}{FILLER}全年两癌筛查10400人，{FILLER}群众满意。"
    assert shown(text, "两癌筛查", "人") == "全年两癌筛查10400人，"


def test_clauses_that_go_on_about_the_same_thing_come_along() -> None:
    text = f"{FILLER}{FILLER}两癌筛查任务数10000人，实际完成10400人，完成率104%，{FILLER}群众满意。"
    assert shown(text, "两癌筛查", "人") == "两癌筛查任务数10000人，实际完成10400人，完成率104%，"


def test_the_day_that_a_figure_is_of_comes_along() -> None:
    text = f"{FILLER}{FILLER}截至12月底，两癌筛查10400人，{FILLER}群众满意。"
    assert shown(text, "两癌筛查", "人") == "截至12月底，两癌筛查10400人，"


@pytest.mark.parametrize("order", [("{topic}", "{figure}"), ("{figure}", "{topic}")])
def test_the_figure_comes_along_on_whichever_side_it_stands(order: tuple[str, str]) -> None:
    parts = "".join(order).format(topic="深入开展两癌筛查，", figure="惠及妇女10400人，")
    text = f"{FILLER}{FILLER}{parts}{FILLER}{FILLER}群众满意。"
    assert shown(text, "两癌筛查", "人") == parts


def test_a_figure_of_another_kind_does_not_do() -> None:
    text = f"{FILLER}{FILLER}两癌筛查投入350万元，共为10400人服务，{FILLER}{FILLER}群众满意。"
    assert "10400人" in shown(text, "两癌筛查", "人")


def test_a_quotation_is_not_cut_in_two() -> None:
    text = f"{FILLER}{FILLER}以“两癌筛查10400人，覆盖全县，惠及妇女”为目标，{FILLER}群众满意。"
    piece = shown(text, "两癌筛查", "人")
    assert "两癌筛查" in piece and piece.count("“") == piece.count("”") == 1


def test_a_topic_that_the_sentence_does_not_hold_cuts_nothing() -> None:
    text = f"{FILLER}{FILLER}{FILLER}群众满意。"
    assert shown(text, "两癌筛查") == text


_CLAUSES = st.lists(
    st.sampled_from(
        [
            "完成两癌筛查",
            "共为10400人服务",
            "完成率104%",
            "投入350万元",
            "其中“两纲",
            "两规”落实到位",
            "（含民营机构",
            "乡镇卫生院）",
            "各单位高度重视并认真抓好各项工作落实",
            "不断优化服务流程改善群众就医体验",
            "截至12月底",
        ]
    ),
    min_size=1,
    max_size=24,
)


@given(_CLAUSES, st.sampled_from([None, "人", "%", "元"]))
def test_what_is_shown_is_a_piece_of_the_sentence_that_keeps_its_figure(clauses: list[str], unit: str | None) -> None:
    text = "，".join(clauses) + "。"
    start, end = clip(text, grams_of("两癌筛查"), unit)
    assert 0 <= start < end <= len(text)
    assert bool(mentions(text[start:end])) == bool(mentions(text))
    if unit is not None:
        assert has_unit(text[start:end], unit) == has_unit(text, unit)
    if (start, end) != (0, len(text)):
        assert len(text) >= LONG
        assert all(text[start:end].count(pair[0]) == text[start:end].count(pair[1]) for pair in PAIRS)
