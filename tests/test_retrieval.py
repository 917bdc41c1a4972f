"""Full text and vectors fused over a real archive, and the same retriever as LangChain knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever

from assistant.retrieval import Retriever, ScoredPassage
from assistant.retrieval.langchain import ReportRetriever
from ingest.archive import Archive
from ingest.archive.records import Scope
from tests.assistant_builders import FILES, ingest
from tests.cli_builders import fake_encoder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = ingest(tmp_path_factory.mktemp("retrieval") / "home", FILES)
    with Archive.create_or_open(settings.home) as opened:
        yield opened


@pytest.fixture(params=["vectors and text", "text alone"])
def retriever(request: pytest.FixtureRequest, archive: Archive, tmp_path: Path) -> Retriever:
    from ingest.settings import Settings

    return Retriever(archive, fake_encoder(Settings(tmp_path)) if request.param == "vectors and text" else None)


def texts(found: list[ScoredPassage]) -> list[str]:
    return [item.passage.text.text for item in found]


class TestRetriever:
    def test_the_best_passage_holds_the_words(self, retriever: Retriever) -> None:
        assert "双向转诊" in texts(retriever.retrieve("双向转诊平台"))[0]

    def test_scores_fall_from_at_most_one_to_at_least_none(self, retriever: Retriever) -> None:
        scores = [item.score for item in retriever.retrieve("两癌筛查", k=50)]
        assert scores == sorted(scores, reverse=True) and 1 >= scores[0] > scores[-1] >= 0

    def test_no_more_than_asked_for_and_none_twice(self, retriever: Retriever) -> None:
        found = [item.passage.id for item in retriever.retrieve("两癌筛查", k=3)]
        assert len(found) == len(set(found)) == 3

    def test_the_same_question_gets_the_same_order(self, retriever: Retriever) -> None:
        assert retriever.retrieve("签约居民") == retriever.retrieve("签约居民")

    def test_nothing_outside_the_scope_is_found(self, retriever: Retriever) -> None:
        scope = Scope(years=frozenset({2022}), parts=frozenset({"review"}))
        found = retriever.retrieve("两癌筛查", scope, 50)
        assert found and {str(item.passage.period) for item in found} == {"2022"}
        assert {item.passage.part for item in found} == {"review"}

    def test_a_scope_without_reports_holds_nothing(self, retriever: Retriever) -> None:
        assert retriever.retrieve("两癌筛查", Scope(reports=frozenset())) == []

    def test_other_wordings_are_looked_for_as_well(self, retriever: Retriever) -> None:
        assert "免费产前筛查" in texts(retriever.retrieve("产筛", also=["产前筛查"]))[0]

    def test_several_questions_at_once_are_each_answered_alone(self, retriever: Retriever) -> None:
        many = retriever.retrieve_many(["医共体", "救护车"], k=3)
        assert many == [retriever.retrieve("医共体", k=3), retriever.retrieve("救护车", k=3)]

    @pytest.mark.parametrize("query", ["", "？", "zzz", "%_*\"'"])
    def test_a_query_without_words_does_no_harm(self, retriever: Retriever, query: str) -> None:
        assert isinstance(retriever.retrieve(query), list)


def test_text_alone_finds_nothing_where_no_word_is_shared(archive: Archive) -> None:
    assert Retriever(archive, None).retrieve("zzz") == []


class TestLangChain:
    def test_it_is_a_langchain_retriever_and_is_invoked_as_one(self, archive: Archive) -> None:
        chained: BaseRetriever = ReportRetriever(retriever=Retriever(archive, None), k=3)
        documents = chained.invoke("两癌筛查")
        assert len(documents) == 3 and all("两癌筛查" in document.page_content for document in documents)

    def test_its_metadata_lead_back_to_the_source(self, archive: Archive) -> None:
        (document, *_) = ReportRetriever(retriever=Retriever(archive, None)).invoke("双向转诊平台")
        told = document.metadata
        assert (told["org"], told["year"], told["part"], told["period"]) == ("青禾县卫生健康局", 2022, "plan", "2023")
        assert told["source_file"] == "青禾2022.txt" and told["section"][-1] == "（二）推进紧密型医共体建设"
        assert FILES["青禾2022.txt"][told["start"] : told["end"]] == document.page_content
        assert document.id == str(told["passage_id"]) and 0 <= told["score"] <= 1

    def test_its_scope_restricts_it(self, archive: Archive) -> None:
        scope = Scope(years=frozenset({2021}))
        documents = ReportRetriever(retriever=Retriever(archive, None), scope=scope, k=50).invoke("两癌筛查")
        assert documents and {document.metadata["period"] for document in documents} == {"2021"}
