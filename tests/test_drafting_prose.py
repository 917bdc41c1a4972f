"""A model's prose: heard where it restates what it was given, otherwise the skeleton, and always a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.drafting.composed import Composed
from assistant.drafting.outline import propose
from assistant.drafting.overlap import overlap, texts_by_report
from assistant.drafting.prose import compose, messages
from assistant.drafting.skeleton import material_for
from assistant.drafting.types import Manuscript, Topic
from assistant.models import Model
from eval.guests import WRONG, Adversarial, Guest, Says, as_model
from ingest.archive import Archive
from tests.manuscript_builders import archive_of, drafted, given_facts, obedient, order, points


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("prose") / "home") as opened:
        yield opened


ORDER = order(composer="llm")


def model(says: Says) -> Model:
    return as_model("测试模型", Guest(says))


def topic(archive: Archive, word: str) -> Topic:
    return next(one for one in propose(archive, ORDER) if word in one.heading)


def heard(archive: Archive, says: Says, word: str = "医共体") -> tuple[list[str], Composed]:
    """The sentences as they come, and the section."""
    about = topic(archive, word)
    *told, made = compose(ORDER, about, material_for(ORDER, about, (), archive), archive, model(says))
    assert isinstance(made, Composed)
    return [one for one in told if isinstance(one, str)], made


def section(archive: Archive, says: Says, word: str = "医共体") -> Composed:
    return heard(archive, says, word)[1]


def test_sentences_that_restate_the_measures_stand_and_come_one_by_one(archive: Archive) -> None:
    told, made = heard(archive, obedient)
    assert made.composer == "llm"
    assert len(told) >= 2
    assert all(one in made.text for one in told)


def test_each_sentence_rests_on_the_measure_that_it_restates(archive: Archive) -> None:
    made = section(archive, obedient)
    sentence = next(one for one in made.drawn if "完善双向转诊和结算办法" in made.text[one.start : one.end])
    assert sentence.stretch is not None
    assert "双向转诊" in sentence.stretch.text


def test_figures_come_from_facts_and_placeholders_are_set_by_code(archive: Archive) -> None:
    made = section(archive, obedient, "妇幼")
    assert "12000人" in made.text
    assert "【待填：孕产妇系统管理率，%】" in made.text
    held = [made.text[one.start : one.end] for one in made.drawn if one.kind == "fact"]
    assert any("12000人" in one for one in held)


def with_each_sentence(tail: str) -> Says:
    return lambda asked: obedient(asked).replace("定期调度工作进展", tail)


@pytest.mark.parametrize(
    "tail",
    [
        "今年完成9999人",
        "完成率达到百分之九十五",
        "覆盖三分之二的乡镇",
        "与平沙县共同推进",
        "由王家河国医堂牵头",
        "学习临泽市经验",
        "打造“健康明珠”品牌",
        "依据《全国健康促进纲要》执行",
        "上年已经全面完成",
        "位居全省第一",
        "按照“十三五”规划执行",
        "按照【待填：签约率，%】执行",
        "see http://198.51.100.7",
    ],
)
def test_a_sentence_with_anything_of_its_own_does_not_stand(archive: Archive, tail: str) -> None:
    made = section(archive, with_each_sentence(tail))
    assert tail not in made.text
    assert made.composer == "skeleton"
    assert any("没有通过核对" in note for note in made.notes)


@pytest.mark.parametrize("character", sorted(WRONG))
def test_no_wrong_character_is_heard(archive: Archive, character: str) -> None:
    made = section(archive, WRONG[character])
    assert made.composer == "skeleton"
    assert made.notes


def test_a_model_that_fails_leaves_the_skeleton_and_a_reason(archive: Archive) -> None:
    def fails(asked: str) -> str:
        raise ConnectionError("gone")

    made = section(archive, fails)
    assert made.composer == "skeleton"
    assert any("改用骨架稿" in note for note in made.notes)


def test_a_model_that_copies_an_exemplar_is_not_heard(archive: Archive) -> None:
    copied = topic(archive, "妇幼").exemplars[0].text
    made = section(archive, lambda asked: copied, "妇幼")
    for texts in texts_by_report(topic(archive, "妇幼").exemplars).values():
        found = overlap(made.text, texts)
        assert found.run <= 40
        assert found.share <= (0.10 if made.composer == "llm" else 0.25)


def test_a_prompt_holds_no_exemplar_text(archive: Archive) -> None:
    about = topic(archive, "妇幼")
    material = material_for(ORDER, about, (), archive)
    lines = [line for group in material.groups for line in group.lines]
    asked = "\n".join(str(one.content) for one in messages(ORDER, about, lines, material.targets, "更简短"))
    assert "更简短" in asked
    for texts in texts_by_report(about.exemplars).values():
        assert overlap(asked, texts).run < 24


def test_the_fixed_part_of_a_prompt_comes_first_and_never_changes(archive: Archive) -> None:
    firsts = {
        str(messages(ORDER, one, (), (), wish)[0].content) for one in propose(archive, ORDER) for wish in ("", "更简短")
    }
    assert len(firsts) == 1


def test_a_fact_told_with_a_measure_in_one_sentence_keeps_its_figure_and_its_source(archive: Archive) -> None:
    def both(asked: str) -> str:
        first, *rest = points(asked)
        return f"{first}，{'，'.join(given_facts(asked))}。" + "".join(f"{one}，明确责任科室。" for one in rest)

    made = section(archive, both, "妇幼")
    assert "12000人" in made.text
    held = [made.text[one.start : one.end] for one in made.drawn if one.kind == "fact"]
    assert any("12000人" in one for one in held)


def test_a_fact_told_by_half_is_still_said_whole(archive: Archive) -> None:
    def half(asked: str) -> str:
        return obedient(asked).replace("12000人", "").replace("九月底前封顶", "建设")

    for word, fact in (("妇幼", "12000人"), ("中医药", "九月底前封顶")):
        about = topic(archive, word)
        number = 0 if word == "妇幼" else 1
        material = material_for(ORDER, about, (), archive, [number])
        *_, made = compose(ORDER, about, material, archive, model(half))
        assert isinstance(made, Composed)
        assert fact in made.text
        assert any(fact in made.text[one.start : one.end] for one in made.drawn if one.fact == number)


def test_a_whole_draft_by_an_adversary_has_no_error(archive: Archive) -> None:
    made = drafted(archive, ORDER, model(Adversarial()))
    assert isinstance(made, Manuscript)
    assert not [one for one in made.checks if one.severity == "error"]
    assert all(one.composer == "skeleton" for one in made.sections)


def test_a_long_tail_about_other_things_is_cut_and_nothing_of_the_models_own_is_left(archive: Archive) -> None:
    def wandering(asked: str) -> str:
        return "".join(
            f"{point}，同时扎实开展春季校园绿化并邀请文艺团体下乡巡回演出丰富群众文化生活。" for point in points(asked)
        )

    told, made = heard(archive, wandering)
    assert not any("绿化" in text for text in told) and made.composer == "skeleton"
    assert "没有通过核对" in "".join(made.notes)


def test_a_placeholder_that_lost_its_brackets_takes_the_sentence_with_it(archive: Archive) -> None:
    def careless(asked: str) -> str:
        return obedient(asked).replace("【待填：", "").replace("】", "")

    told, _ = heard(archive, careless)
    assert not any("，人" in text or "，月" in text for text in told)
