"""The facade: what the archive holds, filters, refreshing, pending vectors, threads, reading a citation in place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.abstain import NOT_FOUND
from assistant.service import Assistant
from ingest.archive import Archive
from ingest.errors import BadSettings, NotFound
from ingest.settings import Settings
from tests.assistant_builders import CITY_2022, COUNTY_2022, FILES, assistant_over, ingest, said
from tests.cli_builders import QueryEncoder, fake_encoder

QUESTION = "2022年青禾县两癌筛查完成多少人"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(tmp_path_factory.mktemp("service") / "home", FILES, embed=True) as opened:
        yield opened


class TestHoldings:
    def test_bodies_most_reports_first_and_years_latest_first(self, assistant: Assistant) -> None:
        assert assistant.orgs() == ["青禾县卫生健康局", "临泽市卫生健康委员会"]
        assert assistant.years() == [2022, 2021]
        assert {report.sources[0] for report in assistant.reports()} == set(FILES)

    def test_every_example_can_be_answered(self, assistant: Assistant) -> None:
        examples = assistant.examples()
        assert len(examples) == len(set(examples)) >= 2
        assert not any(assistant.ask(example).abstained for example in examples)

    def test_without_an_archive_there_is_nothing_to_open(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound):
            Assistant.open(Settings(tmp_path / "nowhere"))

    def test_an_empty_archive_says_that_it_is_empty(self, tmp_path: Path) -> None:
        Archive.create_or_open(tmp_path / "home", write=True).close()
        with Assistant.open(Settings(tmp_path / "home")) as empty:
            answer = empty.ask(QUESTION)
            assert answer.abstained and said(answer).startswith(NOT_FOUND) and "请先导入" in said(answer)
            assert (empty.examples(), empty.orgs(), empty.years(), empty.search("筛查")) == ([], [], [], [])


class TestFilters:
    def test_a_question_without_year_and_body_takes_the_filters(self, assistant: Assistant) -> None:
        asked = "两癌筛查完成多少人"
        assert "9100人" in said(assistant.ask(asked, year=2021, org="青禾县卫生健康局"))
        assert "68000人" in said(assistant.ask(asked, year=2022, org="临泽市卫生健康委员会"))

    def test_a_filter_on_what_is_not_held_abstains(self, assistant: Assistant) -> None:
        assert assistant.ask("两癌筛查完成多少人", year=2021, org="临泽市卫生健康委员会").abstained

    def test_a_question_for_what_a_filter_rules_out_abstains_and_names_both(self, assistant: Assistant) -> None:
        answer = assistant.ask(QUESTION, year=2021)
        assert answer.abstained and not answer.citations
        assert "（年度 2021年）" in said(answer) and "问题问的是2022年" in said(answer)
        other = assistant.ask(QUESTION, org="临泽市卫生健康委员会")
        assert other.abstained and "（单位 临泽市卫生健康委员会）" in said(other)

    def test_a_part_or_a_kind_set_by_hand_is_the_only_one_cited(self, assistant: Assistant) -> None:
        asked = "青禾县2022年妇幼健康工作怎么样"
        for citation in assistant.ask(asked, part="review").citations:
            assert citation.part == "review"
        silent = assistant.ask(QUESTION, kind="政府工作报告")
        assert silent.abstained and "文种 政府工作报告" in said(silent)

    def test_the_answer_tells_what_was_understood_and_what_was_set_by_hand(self, assistant: Assistant) -> None:
        told = assistant.ask("青禾县2022年两癌筛查完成多少人", part="review").understood
        assert told is not None
        assert (told.years, told.orgs, told.parts) == ((2022,), ("青禾县卫生健康局",), ("review",))
        assert told.by_hand == ("part",)
        assert assistant.ask("  ").understood is None

    def test_a_follow_up_takes_the_filter_rather_than_the_year_before(self, assistant: Assistant) -> None:
        follow = assistant.ask("那任务数呢？", ["青禾县2022年两癌筛查完成多少人？"], year=2021)
        assert follow.understood is not None and follow.understood.years == (2021,)

    def test_the_whole_county_means_the_filters_county(self, tmp_path: Path) -> None:
        neighbour = COUNTY_2022.replace("青禾县", "双溪县").replace("91.4%", "95.8%")
        files = {"青禾.txt": COUNTY_2022, "双溪.txt": neighbour}
        with assistant_over(tmp_path / "home", files) as both:
            told = said(both.ask("2022年全县建档率是多少", org="青禾县卫生健康局"))
            assert "91.4%" in told and "95.8%" not in told
            assert {one.org for one in both.ask("2022年全县建档率是多少").citations} == set(both.orgs())

    def test_a_configured_date_decides_what_last_year_is(self, tmp_path: Path) -> None:
        with assistant_over(tmp_path / "home", FILES, today="2022-06-30") as dated:
            assert "9100人" in said(dated.ask("青禾县去年两癌筛查完成多少人"))

    def test_an_unknown_composer_is_refused(self, assistant: Assistant) -> None:
        with pytest.raises(BadSettings):
            assistant.ask(QUESTION, composer="没有")


class TestSearch:
    def test_passages_come_best_first_as_citations(self, assistant: Assistant) -> None:
        found = assistant.search("双向转诊平台", k=4)
        scores = [score for _, score in found]
        assert "双向转诊" in found[0][0].quote and scores == sorted(scores, reverse=True)
        assert [citation.n for citation, _ in found] == [1, 2, 3, 4]

    def test_filters_leave_out_everything_else(self, assistant: Assistant) -> None:
        plans = assistant.search("两癌筛查", k=50, year=2022, part="plan")
        assert plans and {(citation.part, citation.period) for citation, _ in plans} == {("plan", "2022")}
        county = assistant.search("两癌筛查", k=50, org="青禾县卫生健康局")
        assert county and {citation.org for citation, _ in county} == {"青禾县卫生健康局"}

    def test_what_the_words_name_comes_first_and_the_rest_behind_it(self, assistant: Assistant) -> None:
        found = [citation for citation, _ in assistant.search("临泽市两癌筛查", k=50)]
        own = [citation.org == "临泽市卫生健康委员会" for citation in found]
        assert own[0] and not all(own) and own == sorted(own, reverse=True)
        found = [citation for citation, _ in assistant.search("青禾县2021年两癌筛查完成多少", k=50)]
        assert (found[0].period, found[0].org) == ("2021", "青禾县卫生健康局")
        assert len({citation.passage_id for citation in found}) == len(found)

    def test_the_words_do_not_lead_out_of_the_limits(self, assistant: Assistant) -> None:
        found = assistant.search("临泽市2021年两癌筛查", k=50, org="青禾县卫生健康局", year=2022)
        assert found and {(citation.org, citation.period) for citation, _ in found} == {("青禾县卫生健康局", "2022")}

    def test_a_body_may_be_named_for_short(self, assistant: Assistant) -> None:
        assert (
            assistant.search("两癌筛查", org="临泽") == assistant.search("两癌筛查", org="临泽市卫生健康委员会") != []
        )

    def test_a_body_that_is_not_held_finds_nothing(self, assistant: Assistant) -> None:
        assert assistant.search("两癌筛查", org="红枫县卫生健康局") == []


def test_a_citation_is_read_in_its_place(assistant: Assistant) -> None:
    (citation,) = assistant.ask(QUESTION).citations
    shown = assistant.context(citation)
    (current,) = [paragraph for paragraph in shown.paragraphs if paragraph.current]
    ((start, end),) = current.highlight
    assert current.text[start:end] == citation.quote == "全年完成两癌筛查10400人。"
    assert shown.report.sources == ("青禾2022.txt",)


def test_an_answer_is_plain_json(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    told = json.loads(json.dumps(answer.to_json(), ensure_ascii=False))
    assert told["answer"] == answer.answer and told["composer"] == "extractive"
    assert told["citations"][0]["quote"] == answer.citations[0].quote


class TestRefresh:
    def test_what_another_writer_ingests_is_answered_from_without_reopening(self, tmp_path: Path) -> None:
        with assistant_over(tmp_path / "home", {"青禾.txt": COUNTY_2022}) as opened:
            asked = "2022年临泽市两癌筛查完成多少人"
            assert opened.ask(asked).abstained and not opened.refresh()
            ingest(tmp_path / "home", {"临泽.txt": CITY_2022}, embed=False)
            assert opened.refresh() and not opened.refresh()
            assert "临泽市卫生健康委员会" in opened.orgs()
            assert "68000人" in said(opened.ask(asked))

    def test_a_question_refreshes_by_itself(self, tmp_path: Path) -> None:
        with assistant_over(tmp_path / "home", {"青禾.txt": COUNTY_2022}) as opened:
            ingest(tmp_path / "home", {"临泽.txt": CITY_2022}, embed=False)
            assert "68000人" in said(opened.ask("2022年临泽市两癌筛查完成多少人"))

    def test_what_is_forgotten_is_answered_from_no_more(self, tmp_path: Path) -> None:
        with assistant_over(tmp_path / "home", FILES) as opened:
            assert not opened.ask(QUESTION).abstained
            with Archive.create_or_open(tmp_path / "home", write=True) as writer:
                writer.forget("青禾2022.txt")
            answer = opened.ask(QUESTION)
            assert answer.abstained and "2021年" in said(answer)


def test_pending_vectors_are_done_without_until_they_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[QueryEncoder] = []

    def load(settings: Settings) -> QueryEncoder:
        loaded.append(fake_encoder(settings))
        return loaded[-1]

    home = tmp_path / "home"
    with assistant_over(home, FILES) as opened:
        monkeypatch.setattr("ingest.embed.load_encoder", load)
        first = opened.ask(QUESTION)
        assert "10400人" in said(first) and not loaded
        with Archive.create_or_open(home, write=True) as writer:
            writer.embed_pending(fake_encoder(Settings(home)))
        assert said(opened.ask(QUESTION)) == said(first)
        assert len(loaded) == 1 and loaded[0].encoded


def test_two_threads_may_ask_at_once(assistant: Assistant) -> None:
    questions = [QUESTION, "2022年临泽市两癌筛查完成多少人", "青禾县2023年医共体建设有什么打算", "红枫县建档率"] * 4
    alone = [assistant.ask(question).answer for question in questions]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda question: assistant.ask(question).answer, questions)) == alone
