"""Retrieval on a gold set: what counts as found, which questions are measured, and both retrievals at work."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval.cli import app
from eval.finding import GATHERED, SEARCH, Found, find_all, rankings, to_json
from eval.gold import Gold, parse_gold
from eval.opened import opened
from eval.product import Product, Relevance, product
from tests.assistant_builders import FILES, ingest
from tests.cli_builders import fake_encoder

SCREENED = "全年完成两癌筛查10400人"
QUESTION = "2022年青禾县两癌筛查完成了多少人？"


def gold(question: str = QUESTION, text: str = SCREENED, file: str = "青禾2022.txt", **more: Any) -> Gold:
    evidence = [{"file": file, "text": text}]
    return parse_gold({"id": "q", "kind": "fact", "question": question, "evidence": evidence, **more})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest(tmp_path_factory.mktemp("finding") / "home", FILES).home


@pytest.fixture
def asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Product]:
    monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)
    with opened(home) as archive, product(archive.settings) as made:
        yield made


def test_evidence_is_found_in_its_own_file_alone(asked: Product) -> None:
    relevance = Relevance(asked.archive, {})
    passages = asked.searched(QUESTION)
    assert any(relevance.held(passages, gold()))
    assert not any(relevance.held(passages, gold(file="临泽2022.txt")))
    assert not any(relevance.held(passages, gold(text="全年完成白内障手术3300例，比上年多出一成")))


def test_a_copy_of_the_file_will_do_and_so_will_a_place_that_says_the_very_same(asked: Product) -> None:
    passages = asked.searched(QUESTION)
    copies = {"青禾2022.txt": frozenset({"青禾2022.txt", "副本.txt"})}
    assert any(Relevance(asked.archive, copies).held(passages, gold(file="副本.txt")))
    same = gold(file="没有.txt", same=[{"file": "青禾2022.txt", "text": SCREENED}])
    assert any(Relevance(asked.archive, {}).held(passages, same))


def test_what_the_archive_lacks_is_told_from_what_was_not_retrieved(asked: Product) -> None:
    relevance = Relevance(asked.archive, {})
    assert relevance.anywhere(gold())
    assert not relevance.anywhere(gold(text="全年完成白内障手术3300例，比上年多出一成"))


def test_what_is_gathered_answers_and_what_was_read_for_it_is_more(asked: Product) -> None:
    gathered, read = asked.gathered(QUESTION)
    assert SCREENED in gathered[0].text.text
    assert {passage.id for passage in gathered} <= {passage.id for passage in read}
    nothing, looked_at = asked.gathered("2022年青禾县白内障手术做了多少例？")
    assert not nothing
    assert looked_at


def test_bodies_that_are_compared_take_turns(asked: Product) -> None:
    gathered, _ = asked.gathered("2022年青禾县和临泽市两癌筛查各完成多少人？")
    reports = [asked.archive.report(passage.report_id).org for passage in gathered[:2]]
    assert set(reports) == {"青禾县卫生健康局", "临泽市卫生健康委员会"}


def test_questions_without_evidence_are_left_out(asked: Product) -> None:
    absent = parse_gold({"id": "u", "kind": "unanswerable", "question": QUESTION, "answer": "档案中未找到"})
    told: list[tuple[int, int]] = []
    found = find_all([absent, gold()], asked, {}, lambda done, of: told.append((done, of)))
    assert [one.id for one in found] == ["q"]
    assert found[0].ranks[GATHERED] == (1,)
    assert told == [(1, 1)]


def test_groups_are_by_kind_and_in_all_with_an_interval_even_at_full_marks() -> None:
    found = [
        Found("a", "fact", {SEARCH: (1,), GATHERED: (1,)}),
        Found("b", "fact", {SEARCH: (2,), GATHERED: (1,)}),
        Found("c", "compare", {SEARCH: (1, None), GATHERED: (1, 2)}),
    ]
    groups = rankings(found, SEARCH)
    assert list(groups) == ["fact", "compare", "total"]
    assert (groups["fact"].n, groups["total"].n) == (2, 3)
    assert groups["fact"].measures["recall_at_1"].value == 0.5
    assert groups["total"].measures["recall_at_5"].value == pytest.approx(2.5 / 3)
    assert groups["total"].measures["all_at_5"].value == pytest.approx(2 / 3)
    sure = rankings(found, GATHERED)["total"].measures["recall_at_5"]
    assert sure.value == sure.within.high == 1
    assert sure.within.low < 0.5  # three questions prove little
    assert rankings([], SEARCH) == {}


def test_a_planted_wrong_ranking_lowers_every_measure() -> None:
    right, wrong = (Found("a", "fact", {SEARCH: ranks, GATHERED: ranks}) for ranks in ((1,), (12,)))
    good, bad = (to_json([one])["retrievals"][SEARCH]["total"] for one in (right, wrong))
    for name in set(good) - {"n"}:
        assert bad[name]["value"] < good[name]["value"], name


def test_the_command_prints_one_json_object(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)
    body = {"id": "q", "kind": "fact", "question": QUESTION, "evidence": [{"file": "青禾2022.txt", "text": SCREENED}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(body, ensure_ascii=False) + "\n", encoding="utf-8")
    command = ["retrieval-kinds", "--gold", str(path), "--archive", str(home)]
    result = CliRunner().invoke(app, [*command, "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["n"] == 1
    assert said["retrievals"][GATHERED]["total"]["recall_at_1"]["value"] == 1
    assert "nDCG@10" in CliRunner().invoke(app, command).stdout
