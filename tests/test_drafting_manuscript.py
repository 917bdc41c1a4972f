"""A manuscript: sections as they are done, citations that lead to the sources, placeholders in place, checks clean."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.manuscript import draft, redraft_section
from assistant.drafting.mending import mend, replaced
from assistant.drafting.placing import place_facts
from assistant.drafting.titles import title_of
from assistant.drafting.types import DraftCheck, DraftSection, Fact, Manuscript, Source, Topic
from assistant.service import Assistant
from eval.guests import Guest, as_model
from ingest.archive import Archive
from ingest.settings import Settings
from tests.builders import report
from tests.manuscript_builders import ORG, archive_of, drafted, obedient, order


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("manuscript") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def made(archive: Archive) -> Manuscript:
    return drafted(archive, order())


def test_sections_come_as_they_are_done_and_the_whole_last(archive: Archive) -> None:
    items = list(draft(archive, order(), None))
    assert all(isinstance(one, DraftSection) for one in items[:-1])
    whole = items[-1]
    assert isinstance(whole, Manuscript)
    assert [one.heading for one in items[:-1] if isinstance(one, DraftSection)] == list(whole.outline)


def test_every_citation_is_named_and_quotes_its_source(archive: Archive, made: Manuscript) -> None:
    assert [one.n for one in made.citations] == list(range(1, len(made.citations) + 1))
    named = {source.citation for one in made.sections for source in one.sources if source.citation is not None}
    assert named == set(range(1, len(made.citations) + 1))
    texts = {record.name: archive.file_text(record.id) for record in archive.files()}
    for one in made.citations:
        assert texts[one.source_file][one.start : one.end] == one.quote


def test_sources_lie_within_the_text(made: Manuscript) -> None:
    for one in made.sections:
        assert all(0 <= source.start < source.end <= len(one.text) for source in one.sources)


def test_every_placeholder_is_listed_with_its_place(made: Manuscript) -> None:
    assert made.placeholders
    for one in made.placeholders:
        assert made.sections[one.section].text[one.start : one.end] == f"【待填：{one.indicator}，{one.unit}】"
    assert sum(section.text.count("【待填") for section in made.sections) == len(made.placeholders)


def test_no_check_finds_an_error(made: Manuscript) -> None:
    assert not [one for one in made.checks if one.severity == "error"]


def test_nothing_is_promised_twice(made: Manuscript) -> None:
    said = [one.text[s.start : s.end] for one in made.sections for s in one.sources]
    assert len(said) == len(set(said))


def test_nothing_later_than_the_order_allows_is_cited(archive: Archive) -> None:
    early = drafted(archive, order(year=2024, facts=()))
    assert early.citations
    assert all(one.period is None or one.period <= "2023" for one in early.citations)


def test_a_body_that_the_archive_lacks_gets_a_draft_and_a_note(archive: Archive) -> None:
    other = drafted(archive, order(org="红石县卫生健康局"))
    assert other.title.startswith("红石县卫生健康局2025")
    assert any("没有“红石县卫生健康局”的报告" in note for note in other.notes)
    assert not [one for one in other.checks if one.kind == "leaked_name"]


def test_a_topic_without_exemplar_is_a_place_to_fill_in(archive: Archive) -> None:
    made = drafted(archive, order(sections=("海洋渔业",), facts=()))
    assert made.sections[0].text == "【待填：海洋渔业的主要举措，简述】。"
    assert any("海洋渔业" in note for note in made.notes)


def test_every_fact_stands_in_the_draft_once(made: Manuscript) -> None:
    numbers = [source.fact for one in made.sections for source in one.sources if source.fact is not None]
    assert sorted(numbers) == [0, 1]


def test_one_section_anew_leaves_the_others_untouched(archive: Archive, made: Manuscript) -> None:
    again = redraft_section(archive, made, 0, None, "更简短")
    assert again.sections[1:] == made.sections[1:]
    assert len(again.sections[0].text) <= len(made.sections[0].text)
    for one in again.sections:
        for source in one.sources:
            if source.citation is not None:
                assert again.citations[source.citation - 1].n == source.citation
    assert not [one for one in again.checks if one.severity == "error"]


def test_a_section_can_be_told_to_stress_something(archive: Archive, made: Manuscript) -> None:
    place = next(i for i, one in enumerate(made.sections) if "中医药" in one.heading)
    again = redraft_section(archive, made, place, None, "更简短，突出护理技能")
    assert "护理技能" in again.sections[place].text


def test_a_model_writes_and_is_heard_as_it_writes(archive: Archive) -> None:
    heard: list[tuple[str, str]] = []
    model = as_model("测试模型", Guest(obedient))
    *_, made = draft(
        archive, order(composer="llm"), None, model=model, told=lambda heading, text: heard.append((heading, text))
    )
    assert isinstance(made, Manuscript)
    assert "llm" in {one.composer for one in made.sections}
    assert heard and {heading for heading, _ in heard} <= set(made.outline)
    assert not [one for one in made.checks if one.severity == "error"]


def test_without_a_model_the_skeleton_stands_in_and_says_so(archive: Archive) -> None:
    made = drafted(archive, order(composer="llm"))
    assert any("没有可用的语言模型" in note for note in made.notes)


def test_the_archive_is_not_held_while_a_model_writes(archive: Archive) -> None:
    lock = threading.Lock()
    free: list[bool] = []

    def says(asked: str) -> str:
        free.append(not lock.locked())
        return obedient(asked)

    list(draft(archive, order(composer="llm"), None, model=as_model("测试", Guest(says)), lock=threading.RLock()))
    assert free and all(free)


def test_a_figure_without_source_is_replaced_and_sources_move_along() -> None:
    text = "（一）做好筛查。完成两癌筛查8888人；推广适宜技术。"
    start = text.index("推广")
    section = DraftSection("筛查", text, (Source(start, start + 6, "exemplar", None, 1),))
    at = text.index("8888人")
    found = DraftCheck("figure_without_source", "error", 0, at, at + 5, "没有出处")
    mended = mend(section, [found])
    assert mended.text == "（一）做好筛查。完成两癌筛查【待填：两癌筛查，人】；推广适宜技术。"
    assert [mended.text[one.start : one.end] for one in mended.sources] == ["推广适宜技术"]


def test_a_source_that_held_only_what_was_replaced_is_gone() -> None:
    section = DraftSection("标题", "甲乙丙丁", (Source(1, 2, "fact", 0), Source(0, 4, "fact", 0)))
    assert replaced(section, 1, 2, "【】").sources == (Source(0, 5, "fact", 0),)


def test_titles_follow_the_bodys_own_habit() -> None:
    own = replace(report(1, ORG, "青禾县", "县", 2023), title=f"{ORG}2023年度卫生健康工作计划")
    assert title_of(order(), [own]) == f"{ORG}2025年度卫生健康工作计划"
    assert title_of(order(), []) == f"{ORG}2025年工作计划"
    assert title_of(order(kind="工作要点"), []) == f"{ORG}2025年工作要点"


def test_facts_go_where_they_belong() -> None:
    topics = [Topic("抓好妇幼健康服务"), Topic("促进中医药传承创新发展")]
    facts = (Fact("两癌筛查目标10000人", "两癌筛查", "10000人"), Fact("县中医院迁建封顶"), Fact("完成年度审计整改"))
    assert place_facts(order(facts=facts), topics, "health") == [[0, 2], [1]]


def test_the_service_gives_draft_outline_and_offers(tmp_path: Path) -> None:
    with archive_of(tmp_path / "home"):
        pass
    with Assistant.open(Settings(tmp_path / "home")) as assistant:
        *_, made = assistant.drafting.draft(order())
        assert isinstance(made, Manuscript)
        assert [one.heading for one in assistant.drafting.outline(order())] == list(made.outline)
        assert all(one.fact.target is None for one in assistant.drafting.offers(order(facts=())))
        again = assistant.drafting.redraft(made, 1, "更简短")
        assert again.sections[0] == made.sections[0]
