"""Each ablation takes its part away and nothing else: seen at the mechanism, on a small archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.ablation.headings import headings_outside_the_index, without_headings
from eval.ablation.parts import FULL, LIAR, VARIANTS, Trusting, Variant, WithoutScope, WithoutText, WithoutVectors
from eval.ablation.run import Ablated, NoSuchPart, ablate, chosen, to_json
from eval.cli import app
from eval.finding import Found
from eval.gold import parse_gold
from eval.guests import Guest, as_model
from eval.metrics.score import score_answer
from eval.opened import opened
from eval.product import product
from ingest.archive import Archive, fulltext
from ingest.archive.reader import ArchiveReader
from ingest.archive.records import Scope
from ingest.settings import Settings
from tests.assistant_builders import COUNTY_2021, FILES, ingest, said
from tests.cli_builders import fake_encoder
from tests.eval_builders import TEXTS, gold, says, silence

QUESTION = "2021年青禾县两癌筛查完成了多少人？"
HEADED = """白石县卫生健康局2022年工作总结

一、主要工作

（一）妇幼保健

全年完成两癌筛查5800人，随访3100人。

（二）健康扶贫

全年家庭病床建床420张，上门服务1900次。
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return ingest(tmp_path_factory.mktemp("ablation") / "home", {**FILES, "白石2022.txt": HEADED})


@pytest.fixture(autouse=True)
def _small_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[Scope]]]:
    """The scopes with which words and vectors were really searched."""
    calls: dict[str, list[Scope]] = {"words": [], "vectors": []}
    by_words, by_vectors = fulltext.search, ArchiveReader.search_vectors

    def words(connection: Any, counts: Any, texts: Any, scope: Scope, *more: Any) -> Any:
        calls["words"].append(scope)
        return by_words(connection, counts, texts, scope, *more)

    def vectors(self: ArchiveReader, vector: Any, scope: Scope | None = None, limit: int = 10) -> Any:
        calls["vectors"].append(scope or Scope())
        return by_vectors(self, vector, scope, limit)

    monkeypatch.setattr(fulltext, "search", words)
    monkeypatch.setattr(ArchiveReader, "search_vectors", vectors)
    yield calls


def looked(settings: Settings, archive: type[Archive] = Archive) -> tuple[list[int], list[int]]:
    """What is searched and gathered, by passage id."""
    with product(settings, archive) as asked:
        return [one.id for one in asked.searched(QUESTION)], [one.id for one in asked.gathered(QUESTION)[0]]


def test_the_full_product_searches_both_indexes_within_what_the_question_names(
    settings: Settings, heard: dict[str, list[Scope]]
) -> None:
    looked(settings)
    assert heard["words"] and heard["vectors"]
    for scopes in heard.values():
        assert any(scope.years == frozenset({2021}) and scope.reports for scope in scopes)


def test_without_bm25_words_are_never_searched_and_vectors_alone_find(
    settings: Settings, heard: dict[str, list[Scope]]
) -> None:
    searched, _ = looked(settings, WithoutText)
    assert not heard["words"]
    assert heard["vectors"]
    assert searched
    with WithoutText.create_or_open(settings.home) as archive:
        assert archive.text_scores(["两癌筛查"], searched) == {}
        assert archive.document_frequencies(["筛查"])["筛查"] > 0


def test_without_dense_vectors_are_never_searched_and_words_alone_find(
    settings: Settings, heard: dict[str, list[Scope]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the encoder was loaded")

    monkeypatch.setattr("ingest.embed.load_encoder", never)
    searched, gathered = looked(settings, WithoutVectors)
    assert not heard["vectors"]
    assert heard["words"]
    assert searched and gathered


def test_without_filters_every_search_is_everywhere(settings: Settings, heard: dict[str, list[Scope]]) -> None:
    looked(settings, WithoutScope)
    assert set(heard["words"]) | set(heard["vectors"]) == {Scope()}


def test_without_filters_other_years_come_into_the_evidence(settings: Settings) -> None:
    years = []
    for archive in (Archive, WithoutScope):
        with product(settings, archive) as asked:
            years.append({asked.archive.report(one.report_id).year for one in asked.gathered(QUESTION)[1]})
    assert years[0] == {2021}
    assert years[1] > {2021}


def test_without_verification_an_invented_figure_is_shown(settings: Settings) -> None:
    def lies(_: str) -> str:
        return "2021年青禾县完成两癌筛查87654人〔1〕。"

    shown = []
    for verifier in (Variant("", "").verifier_of, Trusting):
        with product(settings, model=as_model("liar", Guest(lies)), verifier_of=verifier) as asked:
            shown.append(said(asked.ask(QUESTION, composer="llm")))
    assert ["87654" in text for text in shown] == [False, True]
    assert "9100" in shown[0]


def test_headings_leave_indexes_vectors_and_sections(settings: Settings, tmp_path: Path) -> None:
    encoder = fake_encoder(settings)
    bare = without_headings(settings, tmp_path / "bare", encoder)
    found = [texts_found(home, "妇幼保健") for home in (settings.home, bare.home)]
    assert any("5800人" in text for text in found[0])
    assert not any("5800人" in text for text in found[1])
    assert any(text.startswith("全年完成两癌筛查5800人") for text in encoder.encoded)
    with Archive.create_or_open(bare.home) as archive:
        records = [one for report in archive.reports() for one in archive.report_passages(report.id)]
        assert {one.path for one in records} == {()}
        assert archive.counts().pending == 0
        near = archive.search_vectors(encoder.vector("全年完成两癌筛查5800人，随访3100人。"), None, 1)
        assert "5800人" in archive.passages([near[0].passage_id])[0].text.text
        assert near[0].score == pytest.approx(1, abs=1e-4)
    with Archive.create_or_open(settings.home) as archive:
        near = archive.search_vectors(encoder.vector("全年完成两癌筛查5800人，随访3100人。"), None, 1)
        assert near[0].score < 0.999  # there its heading is part of what was embedded


def test_headings_may_be_out_of_the_index_alone(settings: Settings, tmp_path: Path) -> None:
    bare = without_headings(settings, tmp_path / "bare", fake_encoder(settings))
    half = headings_outside_the_index(settings, bare, tmp_path / "half")
    assert not any("5800人" in text for text in texts_found(half.home, "妇幼保健"))
    assert paths(half.home) == paths(settings.home) != paths(bare.home)
    with Archive.create_or_open(half.home) as archive:
        assert not archive.unfinished


def texts_found(home: Path, query: str) -> list[str]:
    with Archive.create_or_open(home) as archive:
        return [one.text.text for one in archive.passages([hit.passage_id for hit in archive.search_text([query])])]


def paths(home: Path) -> list[tuple[str, ...]]:
    with Archive.create_or_open(home) as archive:
        return [one.path for report in archive.reports() for one in archive.report_passages(report.id)]


def test_the_archive_that_is_measured_stays_as_it_was(settings: Settings, tmp_path: Path) -> None:
    before = (settings.home / "archive.db").read_bytes()
    without_headings(settings, tmp_path / "bare", fake_encoder(settings))
    assert (settings.home / "archive.db").read_bytes() == before


def test_names_choose_variants_with_what_they_are_held_against() -> None:
    assert [one.name for one in chosen(["no-dense"])] == [FULL, "no-dense"]
    assert [one.name for one in chosen([f"{LIAR}-no-verification"])] == [FULL, LIAR, f"{LIAR}-no-verification"]
    assert chosen([]) == VARIANTS
    with pytest.raises(NoSuchPart, match="是否想写 no-dense"):
        chosen(["no-denes"])


def test_what_a_part_is_worth_is_counted_question_by_question() -> None:
    right, wrong = (score_answer(answer, gold(), TEXTS, {}) for answer in (says("完成5600人。"), silence()))
    ranks = (Found("q1", "fact", {"search": (1,), "gathered": (2,)}),)
    full = Ablated(VARIANTS[0], (right, right, wrong), ranks)
    less = Ablated(chosen(["no-dense"])[1], (wrong, right, right), ranks)
    told = {one["name"]: one for one in to_json([full, less])["variants"]}
    assert "lost" not in told[FULL]
    assert (told["no-dense"]["against"], told["no-dense"]["lost"], told["no-dense"]["gained"]) == (FULL, 1, 1)
    assert told[FULL]["right"] == pytest.approx(2 / 3)
    assert told[FULL]["right_low"] < 2 / 3 < told[FULL]["right_high"]
    assert told[FULL]["gathered"]["mrr"]["value"] == 0.5


def test_every_variant_is_asked_the_same(settings: Settings) -> None:
    questions = [
        parse_gold(
            {
                "id": "a",
                "question": QUESTION,
                "numbers": ["9100"],
                "evidence": [{"file": "青禾2021.txt", "text": "全年完成两癌筛查9100人"}],
            }
        ),
        parse_gold({"id": "b", "kind": "unanswerable", "question": "2018年青禾县两癌筛查完成多少人？"}),
    ]
    assert "9100人" in COUNTY_2021
    told: list[str] = []
    with opened(settings.home) as archive:
        done = list(ablate(questions, archive, [], lambda what, *_: told.append(what)))
    assert [one.variant for one in done] == list(VARIANTS)
    assert list(dict.fromkeys(told)) == [one.said for one in VARIANTS]
    result = to_json(done)
    assert result["n"] == 2
    assert result["variants"][0]["right"] == 1
    assert all(one["n"] == 2 for one in result["variants"])
    assert [one["name"] for one in result["variants"] if "search" not in one] == [LIAR, f"{LIAR}-no-verification"]


def test_the_command_prints_one_json_object_or_a_table(settings: Settings, tmp_path: Path) -> None:
    body = {"id": "b", "kind": "unanswerable", "question": "2018年青禾县两癌筛查完成多少人？"}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(body, ensure_ascii=False) + "\n", encoding="utf-8")
    command = ["ablate", "--gold", str(path), "--archive", str(settings.home), "--only", "no-dense"]
    result = CliRunner().invoke(app, [*command, "--json"])
    assert result.exit_code == 0, result.output
    assert [one["name"] for one in json.loads(result.stdout)["variants"]] == [FULL, "no-dense"]
    assert "不用向量" in CliRunner().invoke(app, command).stdout
    with pytest.raises(NoSuchPart):
        CliRunner().invoke(app, [*command[:-1], "x"], catch_exceptions=False)
