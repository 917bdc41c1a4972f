"""How much of a topic a sentence holds."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence.coverage import Gram, coverage, noun_phrases, topic_grams
from assistant.question.topic import read_topic


def everywhere(pieces: list[str]) -> Mapping[str, int]:
    """An archive in which every piece occurs a few times."""
    return dict.fromkeys(pieces, 3)


def grams_of(topic: str) -> tuple[Gram, ...]:
    return topic_grams(read_topic(topic), everywhere, 100)


def share(topic: str, sentence: str) -> float:
    return coverage(grams_of(topic), [(sentence, 1.0)])


def test_the_whole_topic_is_one_and_none_of_it_is_nothing() -> None:
    assert share("免费产前筛查", "全年免费产前筛查4350人。") == pytest.approx(1.0)
    assert share("免费产前筛查", "改善道路照明。") == 0.0


def test_a_topic_without_words_is_covered_by_nothing() -> None:
    assert coverage((), [("全年完成4350人。", 1.0)]) == 0.0


def test_another_wording_counts_like_the_word_itself() -> None:
    assert share("产筛", "免费产前筛查4350人。") == pytest.approx(1.0)


def test_a_hint_counts_and_counts_less_than_the_word() -> None:
    grams = (Gram("中医", 1.0, (), hints=("针灸",)),)
    assert 0 < coverage(grams, [("推广针灸技术。", 1.0)]) < coverage(grams, [("推广中医技术。", 1.0)])


def test_the_trade_hints_at_a_topic_by_its_parts() -> None:
    assert 0.3 < share("中医药", "推广针灸、推拿等适宜技术。") < 1


@pytest.mark.parametrize("lost", ["\ufffd", "\ue01a"])
def test_an_unreadable_character_stands_for_half_a_word(lost: str) -> None:
    assert share("血站", f"建成中心血{lost}一座。") == share("血站", "建成中心血站一座。")
    assert share("血站", f"建成学校{lost}一座。") == 0.0


def test_an_unreadable_character_far_away_stands_for_nothing() -> None:
    assert share("血站", "建成学校一座，绿化\ufffd处。") == 0.0


def test_leftovers_of_how_the_question_was_put_weigh_little() -> None:
    assert share("五道防线", "筑牢防线。") > 3 * share("五道防线", "五道题目。")


def test_a_pair_of_words_that_the_archive_never_has_together_is_not_demanded() -> None:
    topic = read_topic("县级医院药品")
    across = {gram.text for gram in topic_grams(topic, everywhere, 100)}
    assert "院药" in across
    assert across - {gram.text for gram in topic_grams(topic, lambda _: {}, 100)} == {"级医", "院药"}


def test_rare_words_tell_more_than_common_ones() -> None:
    def frequency(pieces: list[str]) -> Mapping[str, int]:
        return {piece: 90 if piece == "医疗" else 1 for piece in pieces}

    weight = {gram.text: gram.weight for gram in topic_grams(read_topic("医疗血站"), frequency, 100)}
    assert weight["血站"] > 2 * weight["医疗"]


def test_headings_count_with_less_weight_and_only_the_best_place_counts() -> None:
    grams = grams_of("免费产前筛查")
    heading = coverage(grams, [("免费产前筛查", 0.8)])
    assert heading == pytest.approx(0.8)
    assert coverage(grams, [("免费产前筛查", 0.8), ("免费产前筛查", 0.5)]) == heading


def things(topic: str) -> list[set[str]]:
    """The pieces of each thing that the topic names."""
    read = read_topic(topic)
    return [{gram.text for gram in group} for group in noun_phrases(read, topic_grams(read, everywhere, 100))]


def test_each_thing_named_is_a_noun_phrase_of_its_own() -> None:
    assert len(things("血站和救护车")) == 2


def test_a_long_noun_within_a_phrase_is_a_thing_of_its_own() -> None:
    assert {"肺结", "结核"} in things("肺结核规范管理率")


@given(
    st.text(alphabet="免费产前筛查中医馆，全县\ufffd12", max_size=30),
    st.text(alphabet="免费产前筛查中医馆", max_size=10),
)
def test_a_share_lies_between_none_and_all_and_grows_with_the_text(left: str, right: str) -> None:
    grams = grams_of("免费产前筛查中医馆")
    part = coverage(grams, [(left, 1.0)])
    assert 0.0 <= part <= coverage(grams, [(left + right, 1.0)]) <= 1.0 + 1e-9


def test_a_general_word_beside_a_topic_of_the_trade_is_not_what_a_sentence_must_say() -> None:
    assert share("托育服务", "十月举办托育开放日。") > 0.5 > share("托育服务", "扩大优生优育服务覆盖面。")
