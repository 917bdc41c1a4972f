"""What an edit leaves of a section's sources: a figure rests on a fact only as long as it stands as it stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.editing import adopted, moved, rest_on_facts, sentences, with_facts
from assistant.drafting.types import DraftSection, Fact, Source, SourceKind

TEXT = "抓好宣传和随访。完成两癌筛查6000人；高血压患者规范管理率达到88%。"


def section(text: str = TEXT) -> DraftSection:
    spans: list[tuple[str, SourceKind]] = [("抓好宣传和随访", "exemplar"), ("6000人", "fact"), ("88%", "figure")]
    places = [(text.index(said), text.index(said) + len(said), kind) for said, kind in spans]
    return DraftSection("标题", text, tuple(Source(a, b, kind) for a, b, kind in places))


def told(sources: tuple[Source, ...], text: str) -> list[str]:
    return [text[one.start : one.end] for one in sources]


def test_sources_move_with_their_words() -> None:
    text = "首先，" + TEXT.replace("完成", "全年完成")
    assert told(moved(section(), text), text) == ["抓好宣传和随访", "6000人", "88%"]


def test_a_changed_figure_loses_its_source_and_the_others_keep_theirs() -> None:
    text = TEXT.replace("6000人", "6500人")
    assert told(moved(section(), text), text) == ["抓好宣传和随访", "88%"]


def test_a_measure_keeps_its_exemplar_while_half_of_it_stands() -> None:
    text = TEXT.replace("抓好宣传", "抓实宣传")
    assert told(moved(section(), text), text)[0] == "抓实宣传和随访"
    assert moved(section(), TEXT.replace("抓好宣传和随访", "另写一件事"))[0].kind != "exemplar"


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text("完成6800人%。；新", max_size=12))
def test_whatever_is_edited_facts_and_figures_rest_on_their_own_words_only(a: int, b: int, put: str) -> None:
    text = TEXT[: min(a, b)] + put + TEXT[max(a, b) :]
    before = {one.kind: TEXT[one.start : one.end] for one in section().sources}
    for one in moved(section(), text):
        assert 0 <= one.start < one.end <= len(text)
        if one.kind != "exemplar":
            assert text[one.start : one.end] == before[one.kind]


def test_a_sentence_is_the_writers_own_only_where_it_was_not_composed_and_rests_on_nothing() -> None:
    text = TEXT + "这句是我写的。"
    changed = DraftSection("标题", text, section().sources)
    assert [one.own for one in sentences(changed, TEXT)] == [False, False, False, True]
    assert not any(one.own for one in sentences(changed))


def test_a_typed_figure_rests_on_a_fact_of_the_same_indicator_and_value_alone() -> None:
    facts = (Fact("托位目标300个", "托位", "300个"), Fact("床位目标300张", "床位", "300张"))
    bare = DraftSection("标题", "新增托位300个。新增床位200张，其余300个。", ())
    assert told(rest_on_facts(bare, facts).sources, bare.text) == ["300个"]
    assert rest_on_facts(bare, facts).sources[0].fact == 0
    assert rest_on_facts(section(), (Fact("两癌筛查6000人", "两癌筛查", "6000人"),)) == section()


def test_a_fact_that_was_taken_out_goes_unless_a_sentence_rests_on_it() -> None:
    beds, places, signed = Fact("床位300张"), Fact("托位200个"), Fact("签约9万人")
    text = "新增托位200个。"
    resting = DraftSection("标题", text, (Source(2, 8, "fact", fact=1),))
    (left,), facts = with_facts((resting,), (beds, places), (signed,))
    assert facts == (places, signed) and [one.fact for one in left.sources] == [0]
    assert with_facts((resting,), (beds, places), (beds, places)) == ((resting,), (beds, places))


def test_a_section_made_for_other_facts_names_its_own_again() -> None:
    beds, places, signed = Fact("床位300张"), Fact("托位200个"), Fact("签约9万人")
    made = DraftSection(
        "标题", "新增托位200个，床位300张。", (Source(2, 8, "fact", fact=1), Source(9, 15, "fact", fact=0))
    )
    section, facts = adopted(made, (beds, places), (signed, beds))
    assert facts == (signed, beds, places) and [one.fact for one in section.sources] == [2, 1]
