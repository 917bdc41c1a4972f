"""What a clause adds: words that are borne out and have not been said; all else a small model's filler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.drafting.adding import hangs, once, repeating, said_again, trimmed
from assistant.drafting.assembling import Told, assembled
from assistant.drafting.outline import propose
from assistant.drafting.pieces import Group, Line, Material
from assistant.drafting.prose import compose, messages, tellable
from assistant.drafting.skeleton import material_for
from assistant.drafting.types import Topic
from eval.drafting.repeats import said_twice
from eval.guests import Guest, as_model
from ingest.archive import Archive
from tests.manuscript_builders import archive_of, order, points

TRANSFER = Line("完善双向转诊和结算办法", "exemplar")
CATALOGUE = Line("推行药品统一目录管理", "exemplar")
FACT = Line("两癌筛查目标12000人", "fact", 0)
ORDER = order(composer="llm")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("adding") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def topic(archive: Archive) -> Topic:
    return next(one for one in propose(archive, ORDER) if "医共体" in one.heading)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("完善双向转诊和结算办法，明确牵头科室，逐月调度进展", "完善双向转诊和结算办法，明确牵头科室，逐月调度进展"),
        ("完善双向转诊和结算办法，提高转诊效率，降低就医成本", "完善双向转诊和结算办法"),
        ("完善双向转诊和结算办法，聘请专家团队，按月通报", "完善双向转诊和结算办法，按月通报"),
        ("完善双向转诊和结算办法，由护理部和麻醉科共同负责", "完善双向转诊和结算办法"),
        ("完善双向转诊和结算办法，由专人负责", "完善双向转诊和结算办法，由专人负责"),
        ("完善双向转诊和结算办法，通过问卷调查，提高患者满意度", "完善双向转诊和结算办法"),
        ("完善双向转诊和结算办法，强化双向转诊和结算办法", "完善双向转诊和结算办法"),
        ("完善双向转诊和结算办法，通过双向转诊和结算，提高患者满意度", "完善双向转诊和结算办法"),
        ("同时，完善双向转诊和结算办法，由专人负责", "完善双向转诊和结算办法，由专人负责"),
        ("提高双向转诊和结算办法的水平", ""),
    ],
)
def test_a_clause_that_nothing_bears_out_or_that_says_it_again_is_cut(topic: Topic, written: str, left: str) -> None:
    assert trimmed(written, ORDER, topic, [TRANSFER], []) == left


def test_measures_of_two_subjects_are_not_one_sentence(topic: Topic) -> None:
    both = "完善双向转诊和结算办法，推行药品统一目录管理，按月通报"
    assert trimmed(both, ORDER, topic, [TRANSFER, CATALOGUE], []) == "完善双向转诊和结算办法"


def test_a_fact_may_stand_with_any_measure(topic: Topic) -> None:
    both = "完善双向转诊和结算办法，两癌筛查目标12000人"
    assert trimmed(both, ORDER, topic, [TRANSFER, FACT], []) == both


def test_what_another_sentence_said_is_not_said_again(topic: Topic) -> None:
    written = "完善双向转诊和结算办法，明确牵头科室"
    assert trimmed(written, ORDER, topic, [TRANSFER], ["明确牵头科室"]) == "完善双向转诊和结算办法"
    assert trimmed(written, ORDER, topic, [TRANSFER], [TRANSFER.text]) != written


@pytest.mark.parametrize(
    "written",
    [
        "完善双向转诊和结算办法：",
        "项目一：完善双向转诊和结算办法",
        "措施二完善双向转诊和结算办法",
        "办法如下",
        "完善办法，（二）签约服务",
    ],
)
def test_what_only_announces_or_counts_hangs(written: str) -> None:
    assert hangs(written, [TRANSFER])


@pytest.mark.parametrize("written", ["完善双向转诊和结算办法", "工作一律公开", "项目一次验收"])
def test_what_is_whole_does_not_hang(written: str) -> None:
    assert not hangs(written, [TRANSFER])


def test_a_colon_of_the_measure_itself_may_stand() -> None:
    assert not hangs("落实一项制度：首诊负责", [Line("落实一项制度：首诊负责", "exemplar")])


@pytest.mark.parametrize(
    "text",
    [
        "加大健康科普力度，提高健康科普力度。",
        "完成项目人员全员轮训。（二）全员轮训，六月前完成项目人员全员轮训。",
        "推行目录管理，由医改科牵头；完善结算办法，由医改科牵头。",
        "抓好落实，抓好落实。",
    ],
)
def test_the_composer_and_the_judge_agree_on_what_is_said_twice(text: str) -> None:
    assert len(repeating(text)) == len(list(said_twice(text)))


def test_short_words_may_come_again() -> None:
    assert not said_again("抓好落实", ["抓好落实"])


def test_a_line_that_another_says_goes_and_a_fact_stays() -> None:
    material = Material(
        (Group("重点推进以下工作", (Line("开展两癌筛查目标12000人", "exemplar"), TRANSFER)),),
        (FACT, Line("完善双向转诊和结算办法【待填：完善，项】", "exemplar")),
        None,
        False,
    )
    left = once(material)
    assert [line for group in left.groups for line in group.lines] == [TRANSFER]
    assert left.targets == (FACT,)


@pytest.mark.parametrize(
    "tail", ["进一步提高思想认识", "加大工作力度，提高工作力度，加强工作力度", "推动绿色低碳发展，加强环境监管和执法"]
)
@pytest.mark.parametrize("word", ["医共体", "妇幼", "中医药"])
def test_no_section_says_a_clause_twice_whatever_a_model_writes(archive: Archive, word: str, tail: str) -> None:
    about = next(one for one in propose(archive, ORDER) if word in one.heading)
    material = material_for(ORDER, about, (), archive)
    says = as_model("测试模型", Guest(lambda asked: "".join(f"{one}，{tail}。" for one in points(asked) * 2)))
    *_, made = compose(ORDER, about, material, archive, says)
    assert not isinstance(made, str)
    assert list(said_twice(made.text)) == []


def test_what_is_left_out_is_said_in_the_skeletons_words(archive: Archive, topic: Topic) -> None:
    material = material_for(ORDER, topic, (), archive)
    first, *others = tellable(material)
    told = Told(f"{first.text}，明确牵头科室", (first,))
    made = assembled(ORDER, replace(topic, exemplars=()), material, [told], {})
    assert made is not None and made.composer == "llm"
    assert told.text in made.text and all(f"{line.whole}。" in made.text for line in others)


def test_a_model_sees_no_mark_to_be_filled_in(archive: Archive) -> None:
    about = next(one for one in propose(archive, ORDER) if "中医药" in one.heading)
    material = material_for(ORDER, about, (), archive)
    assert any("【待填" in line.whole for group in material.groups for line in group.lines)
    asked = messages(ORDER, about, tellable(material), material.targets, "")
    assert "待填" not in "\n".join(str(one.content) for one in asked)
