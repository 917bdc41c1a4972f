"""The skeleton of a section: official form, every line with its source, figures from facts or left to fill in."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest

from assistant.drafting.checks.overlap import MOST
from assistant.drafting.composed import PLACEHOLDER, Composed
from assistant.drafting.outline import propose
from assistant.drafting.overlap import overlap, texts_by_report
from assistant.drafting.skeleton import compose
from assistant.drafting.targets import contradictory, same_indicator, unit_of, worded
from assistant.drafting.types import Fact, Order, Topic
from ingest.archive import Archive
from ingest.figures.lexer import values
from tests.manuscript_builders import archive_of, drafted, order


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("skeleton") / "home") as opened:
        yield opened


def topic(archive: Archive, word: str, wanted: Order) -> Topic:
    return next(one for one in propose(archive, wanted) if word in one.heading)


def section(archive: Archive, word: str, wanted: Order) -> Composed:
    return compose(wanted, topic(archive, word, wanted), (), archive)


def test_a_fact_gives_its_figure_and_the_others_are_left_to_fill_in(archive: Archive) -> None:
    made = section(archive, "妇幼", order())
    assert "完成两癌筛查12000人" in made.text
    assert "孕产妇系统管理率达到【待填：孕产妇系统管理率，%】" in made.text
    source = next(one for one in made.drawn if one.kind == "fact" and "12000人" in made.text[one.start : one.end])
    assert source.fact == 0


def test_no_figure_of_an_exemplar_comes_over(archive: Archive) -> None:
    for one in propose(archive, order(facts=())):
        bare = PLACEHOLDER.sub("", compose(order(facts=()), one, (), archive).text)
        assert not values(bare) and not re.search(r"\d", bare)


def test_every_measure_has_its_source(archive: Archive) -> None:
    made = section(archive, "中医药", order())
    held = [made.text[one.start : one.end] for one in made.drawn]
    items = re.findall(r"[一二三四五]是(.+?)[；。]", made.text)
    assert items and all(item in held for item in items)
    assert all(one.stretch is not None for one in made.drawn if one.kind == "exemplar")


def test_the_length_of_the_order_sets_the_number_of_measures(archive: Archive) -> None:
    short, long = (section(archive, "中医药", order(length=length, facts=())) for length in ("短", "长"))
    assert len(re.findall(r"[一二三四五六七八]是", short.text)) == 3
    assert len(re.findall(r"[一二三四五六七八]是", long.text)) > 3


def test_a_single_block_has_no_number(archive: Archive) -> None:
    made = section(archive, "中医药", order(facts=()))
    assert ("（一）" in made.text) == ("（二）" in made.text)


def test_contradictory_facts_both_stay_out(archive: Archive) -> None:
    facts = (Fact("两癌筛查目标12000人", "两癌筛查", "12000人"), Fact("两癌筛查13000人", "两癌筛查", "13000人"))
    made = section(archive, "妇幼", order(facts=facts))
    assert "【待填：两癌筛查，人】" in made.text
    assert "12000" not in made.text and "13000" not in made.text
    assert any("矛盾" in note for note in made.notes)


def test_no_exemplar_leaves_a_place_to_fill_and_no_filler(archive: Archive) -> None:
    made = compose(order(facts=()), Topic("海洋渔业"), (), archive)
    assert made.text == "【待填：海洋渔业的主要举措，简述】。"
    assert any("没有可参照" in note for note in made.notes)


def test_a_text_of_the_writers_stands_word_for_word(archive: Archive) -> None:
    wanted = order()
    made = compose(wanted, topic(archive, "中医药", wanted), (), archive, [1])
    found = next(one for one in made.drawn if one.fact == 1)
    assert made.text[found.start : found.end] == wanted.facts[1].text


def test_a_problem_of_the_last_review_is_taken_up(archive: Archive) -> None:
    made = drafted(archive, order())
    text = "".join(one.text for one in made.sections)
    assert "针对基层人才短缺的问题" in text


def test_the_skeleton_keeps_its_distance_from_each_exemplar(archive: Archive) -> None:
    for one in drafted(archive, order(length="长")).sections:
        for texts in texts_by_report(one.exemplars).values():
            found = overlap(one.text, texts)
            assert found.run <= 40 and found.share <= MOST["skeleton"]


def test_a_section_is_done_in_under_a_second(archive: Archive) -> None:
    wanted = order()
    one = topic(archive, "妇幼", wanted)
    compose(wanted, one, (), archive)
    started = time.perf_counter()
    compose(wanted, one, (), archive)
    assert time.perf_counter() - started < 1.0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("两癌筛查", "12000人", "完成两癌筛查12000人"),
        ("孕产妇系统管理率", "93%以上", "孕产妇系统管理率达到93%以上"),
        ("孕产妇系统管理率", "不低于93%", "孕产妇系统管理率不低于93%"),
        ("婴儿死亡率", "3‰", "婴儿死亡率控制在3‰"),
        ("新建中医馆", "8个", "新建中医馆8个"),
        ("民间投资增速", "5%", "民间投资增速达到5%"),
    ],
)
def test_an_indicator_is_told_as_a_plan_tells_it(name: str, value: str, said: str) -> None:
    assert worded(name, value, rate="%" in value) == said


def test_which_facts_contradict_each_other() -> None:
    one, same, other = (Fact("f", "两癌筛查", value) for value in ("12000人", "12000 人", "13000人"))
    assert contradictory((one, same)) == frozenset()
    assert contradictory((one, other)) == {0, 1}
    assert same_indicator("两癌筛查人数", "两癌筛查") and not same_indicator("两癌筛查率", "两癌筛查")


def test_the_unit_of_a_value() -> None:
    assert [unit_of(one) for one in ("10000人", "92%以上", "约3.5万户", "若干")] == ["人", "%", "户", ""]


def test_a_review_tells_last_years_result_only_as_such(archive: Archive) -> None:
    made = drafted(archive, order(kind="总结", year=2024, facts=()))
    told = [
        (one.text[source.start : source.end], made.citations[(source.citation or 1) - 1].quote)
        for one in made.sections
        for source in one.sources
        if source.kind == "figure"
    ]
    assert told
    for said, quote in told:
        assert said.startswith("（上年")
        assert all(number in quote for number in re.findall(r"\d[\d.]*", said))
