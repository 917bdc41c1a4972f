"""Peers: the cheapest of them for real, the judge on planted passages, the table, and what a failing peer leaves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.gold import Gold, parse_gold
from eval.opened import Opened
from eval.peers.children import Ran, run_child
from eval.peers.environments import PeerError, interpreter
from eval.peers.figures import Gauge, answer_values, evidence, paragraphs
from eval.peers.fts5 import pieces, terms
from eval.peers.job import Asked, Found, Job, read_job
from eval.peers.judge import baseline_answer, judged
from eval.peers.locate import Sources
from eval.peers.reader import best_sentence
from eval.peers.registry import HERE, PEERS, Entry, UnknownPeer, chosen, pins, pins_of
from eval.peers.run import Study, run_peers
from eval.peers.table import MISSING, Reason, Row, known_keys, lines, load_reasons, reasons_for, rows_of, to_json
from ingest.embed.source import find_model
from ingest.settings import load_settings
from tests.eval_builders import ARCHIVED, FILE, SCREENED, SOURCE, citation

FTS5 = next(entry for entry in PEERS if entry.name == "fts5-trigram")
QUESTION = "2022年松溪县两癌筛查完成多少人？"


def a_gold(**fields: object) -> Gold:
    body = {"id": "q1", "kind": "fact", "question": QUESTION, "numbers": ["5600"], "org": "松溪县卫生健康局"}
    return parse_gold({**body, "year": 2022, "evidence": [{"file": FILE, "text": SCREENED}], **fields})


def sources(**changed: object) -> Sources:
    """Of the builders' report, whose last sentence is of another year."""
    plan = citation("2023年完成两癌筛查6000人以上。", part="plan", period="2023")
    known = [citation(SCREENED), citation(ARCHIVED), plan]
    return Sources({FILE: (SOURCE,)}, {FILE: frozenset({FILE})}, {FILE: known})


def a_job(tmp_path: Path, *questions: str, option: str = "trigram") -> Job:
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(SOURCE, encoding="utf-8")
    (folder / "other.html").write_text("<html><p>临泽市的春季植树活动</p></html>", encoding="utf-8")
    asked = tuple(Asked(question) for question in questions)
    return Job(folder, tmp_path / "run" / "store", tmp_path, sys.executable, asked, 5, option=option)


@pytest.mark.parametrize("option", ["trigram", "unicode61"])
def test_plain_full_text_runs_as_a_child_and_finds_by_shared_characters(tmp_path: Path, option: str) -> None:
    job = a_job(tmp_path, "两癌筛查完成率是多少", "春季植树活动，临泽市的春季植树活动", option=option)
    ran = run_child(FTS5, Path(sys.executable), job, tmp_path / "run")
    first, second = ran.told.found
    assert second[0].files == ("other.html",)
    assert "植树" in second[0].text
    assert ran.told.pieces == 2
    assert len(ran.told.seconds) == 2
    assert ran.disk > 0
    assert ran.memory > 1_000_000
    # A run of Chinese between two marks is one word to unicode61: it finds nothing by a part of one.
    assert [one.files for one in first] == ([(FILE,)] if option == "trigram" else [])


def test_a_job_comes_back_as_it_was_written(tmp_path: Path) -> None:
    job = a_job(tmp_path, QUESTION)
    job.write(tmp_path / "job.json")
    assert read_job(tmp_path / "job.json") == job
    assert Asked("那2023年呢", ("两癌筛查多少",)).text == "两癌筛查多少\n那2023年呢"


def test_a_child_that_fails_is_an_error_that_ends_with_its_last_line(tmp_path: Path) -> None:
    broken = a_job(tmp_path, QUESTION, option="no_such_tokenizer")
    with pytest.raises(PeerError, match="no such tokenizer: no_such_tokenizer"):
        run_child(FTS5, Path(sys.executable), broken, tmp_path / "run")


def test_a_peer_that_cannot_be_installed_says_so_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = HERE / "fts5.txt"
    assert interpreter(PEERS[0], tmp_path, print) == Path(sys.executable)
    monkeypatch.setattr("eval.peers.environments.HERE", tmp_path)
    monkeypatch.setattr("eval.peers.registry.HERE", tmp_path)
    (tmp_path / wanted.name).write_text("# python >= 3.99\nnothing==1.0\n", encoding="utf-8")
    with pytest.raises(PeerError, match=r"3\.99") as error:
        interpreter(FTS5, tmp_path, lambda _: None)
    assert "\n" not in str(error.value)


@given(st.text(alphabet="卫生健康局2022年\n 。，《》ab\"'*", max_size=1500))
def test_pieces_hold_every_character_but_line_ends(text: str) -> None:
    packed = pieces(text)
    assert all(len(piece) <= 500 for piece in packed)
    assert "".join("".join(packed).split()) == "".join(text.split())


@given(st.text(max_size=60), st.sampled_from(["trigram", "unicode61"]))
def test_no_question_breaks_the_query_syntax(question: str, tokenizer: str) -> None:
    assert all(term.replace("_", "a").isalnum() and '"' not in term for term in terms(question, tokenizer))


def test_the_baseline_reader_takes_the_sentence_that_shares_most_with_the_question() -> None:
    passage = "全年工作有序推进。两癌筛查完成5600\n人，任务数5500人；两癌筛查知晓率提高。"
    assert best_sentence(passage, "两癌筛查完成多少人") == "两癌筛查完成5600\n人，任务数5500人；"
    assert best_sentence("", "两癌筛查") is None


def test_a_passage_is_located_without_regard_to_line_ends_and_tags() -> None:
    page = "<p>全年<b>完成</b>筛查\n5600人</p>"
    found = Found(("a.html",), "全年完成筛查5600人")
    place = Sources({"a.html": (page,)}, {}).locate(found)
    assert place is not None
    assert page[place.start : place.end] == place.quote == "全年<b>完成</b>筛查\n5600人"
    assert Sources({"a.html": (page,)}, {}).locate(Found(("a.html",), "别处的话")) is None
    copies = {"b.txt": frozenset({"a.html", "b.txt"})}
    copy = Sources({"a.html": (page,)}, copies).locate(Found(("b.txt",), found.text))
    assert copy is not None
    assert copy.file == "a.html"


def test_evidence_and_passages_of_another_year_are_counted() -> None:
    right, wrong = Found((FILE,), SCREENED), Found((FILE,), "2023年完成两癌筛查6000人以上。")
    told = judged(a_gold(), [wrong, right], sources())
    assert (told.evidence, told.hit) == (1, 1)
    assert told.years == (True, False)
    assert told.bodies == (False, False)
    assert judged(a_gold(), [wrong], sources()).hit == 0
    assert judged(a_gold(), [Found((FILE,), SOURCE)], sources()).years == (False,), "one that reaches over both is not"


def test_a_passage_of_another_body_is_told_and_one_nowhere_to_be_found_is_counted() -> None:
    gold = a_gold(question="2022年青禾县两癌筛查完成多少人？", org="青禾县卫生健康局", evidence=[])
    told = judged(gold, [Found((FILE,), SCREENED), Found((FILE,), "谁也没有写过这一句话")], sources())
    assert told.bodies[0] is True
    assert told.unlocated == 1


def test_only_so_many_characters_are_read() -> None:
    long = Found((FILE,), "无关的话。" * 500)
    told = judged(a_gold(), [long, Found((FILE,), SCREENED)], sources())
    assert (told.hit, told.hit_shown) == (1, 0)


@pytest.fixture
def gauge(tmp_path: Path) -> Callable[..., Gauge]:
    def made(*golds: Gold) -> Gauge:
        known = sources()
        opened = Opened(load_settings(tmp_path), {FILE: (SOURCE,)}, {FILE: frozenset({FILE})})
        return Gauge(golds, tuple(Asked(gold.question, gold.history) for gold in golds), opened, known)

    return made


def test_baseline_answers_are_scored_like_any_other(gauge: Callable[..., Gauge]) -> None:
    silent = a_gold(id="q2", kind="unanswerable", evidence=[], numbers=[], question="2022年疫苗接种多少人？")
    held = gauge(a_gold(), silent)
    found = [[Found((FILE,), SOURCE)], [Found((FILE,), ARCHIVED)]]
    answers = [baseline_answer(g, a, f, held.sources) for g, a, f in zip(held.gold, held.asked, found, strict=True)]
    told = answer_values(held, answers, [0.1, 0.2])
    assert told["answers.right_answerable"] == 1.0
    assert told["answers.right"] == 0.5, "it never refuses"
    assert told["answers.refused"] == 0.0
    assert told["answers.quotes_verbatim"] == 1.0
    assert told["answers.leaks"] == 0.0
    assert evidence(found, held, "sample")["sample.evidence.fact"] == 1.0
    nothing = baseline_answer(silent, held.asked[1], [], held.sources)
    assert nothing["abstained"], "who finds nothing has nothing to say"


def test_a_wrong_first_passage_makes_a_wrong_answer_and_a_leak(gauge: Callable[..., Gauge]) -> None:
    held = gauge(a_gold())
    answer = baseline_answer(
        held.gold[0], held.asked[0], [Found((FILE,), "2023年完成两癌筛查6000人以上。")], held.sources
    )
    told = answer_values(held, [answer], [0.1])
    assert told["answers.right"] == 0.0
    assert told["answers.leaks"] == 1.0


def test_paragraphs_are_ranked_by_their_files() -> None:
    found = [[Found(("1.txt",), "…"), Found(("0.txt",), "…")], [Found(("1.txt",), "…")]]
    told = paragraphs(found, ["0.txt", "1.txt"])
    assert told == {"squad.recall_at_1": 0.5, "squad.recall_at_5": 1.0, "squad.mrr": 0.75}


PEOPLE = {
    "ours": {"sample.p50_ms": 20.0, "sample.evidence": 0.9, "sample.disk_mb": 3.0},
    "a": {"sample.p50_ms": 4.0, "sample.evidence": 0.7, "sample.disk_mb": 3.01},
    "b": {"sample.p50_ms": 40.0, "sample.evidence": 0.95, "sample.disk_mb": None},
}


def test_the_table_marks_rows_behind_and_gives_reasons_only_there() -> None:
    rows = {row.key: row for row in rows_of(PEOPLE)}
    assert rows["sample.p50_ms"].verdicts == {"a": "behind", "b": "ahead"}
    assert rows["sample.evidence"].behind == ("b",)
    assert rows["sample.disk_mb"].verdicts == {"a": "equal", "b": "unknown"}, "as printed"
    reasons = [Reason("sample.*", "慢在嵌入问题"), Reason("*.p50_ms", "它不嵌入问题", ("a",))]
    assert reasons_for(rows["sample.p50_ms"], reasons) == ("a: 它不嵌入问题",)
    assert reasons_for(rows["sample.evidence"], ()) == (f"b: {MISSING}",)
    assert reasons_for(rows["sample.disk_mb"], reasons) == ()
    by_key = {one["key"]: one for one in to_json(list(rows.values()), reasons)}
    assert by_key["sample.disk_mb"]["behind"] == []
    head, *body = lines(list(rows.values()), reasons)
    assert head == ["", "ours", "a", "b", "ours", "reason"]
    told = next(line for line in body if "p50" in line[0])
    assert told[1:5] == ["20.0", "4.0 ▲", "40.0", "behind"]
    assert rows["sample.disk_mb"].state == "equal"
    assert Row("sample.evidence", "", "higher", 3, {"ours": 0.9, "a": 0.5, "b": None}).state == "ahead"


def test_what_is_neither_good_nor_bad_is_never_behind() -> None:
    assert Row("sample.pieces", "pieces", "neither", 0, {"ours": 1.0, "a": 9.0}).behind == ()


def test_every_reason_names_a_row_and_peers_that_there_are() -> None:
    names = {entry.name for entry in PEERS}
    for reason in load_reasons():
        assert any(fnmatchcase(key, reason.row) for key in known_keys()), reason.row
        assert set(reason.peers) <= names | {"ours+baseline"}
        assert reason.text.strip()


def test_every_requirement_is_an_exact_release_and_torch_is_the_tested_one() -> None:
    constraints = (HERE.parents[1] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    for entry in PEERS[1:]:
        found = pins_of(entry).releases
        assert found, entry.name
        assert all("==" in release for release in found)
        assert [release for release in found if release.startswith("torch=")] in ([], ["torch==2.13.0"])
    assert "torch==2.13.0" in constraints
    for wrong in ("chromadb>=1.5", "chromadb", "-r other.txt", "chromadb==1.*"):
        with pytest.raises(ValueError, match="not an exact release"):
            pins(wrong)


def test_every_peer_says_what_it_was_not_made_for() -> None:
    assert all(entry.not_made_for.startswith("Not made for: ") for entry in PEERS)


def test_ours_is_always_there_and_an_unknown_peer_is_the_users_mistake() -> None:
    assert [entry.name for entry in chosen(["langchain"])] == ["ours", "langchain"]
    assert chosen([]) == PEERS
    with pytest.raises(UnknownPeer, match="lanchain"):
        chosen(["lanchain"])


@pytest.mark.model
def test_ours_and_a_peer_run_on_the_same_files_and_a_failing_one_is_a_line(tmp_path: Path) -> None:
    folder = a_job(tmp_path).folder
    entries = chosen(["fts5-trigram", "haiku-rag"])

    def runner(entry: Entry, job: Job, place: Path) -> Ran:
        if entry.name == "haiku-rag":
            raise PeerError("haiku-rag 没有装上（无此版本）", "其余对照照常进行")
        return run_child(entry, Path(sys.executable), job, place)

    model = find_model(load_settings(tmp_path / "none")).folder
    study = Study(folder, (a_gold(),), None, model, tmp_path / "work")
    result = run_peers(study, entries, lambda _: None, runner)
    body = result.to_json(entries, ())
    assert result.failed == {"haiku-rag": "haiku-rag 没有装上（无此版本），其余对照照常进行。"}
    assert list(body["peers"]) == ["ours", "ours+baseline", "fts5-trigram"]
    assert body["peers"]["ours"]["answers"]["right"] == 1.0
    assert body["peers"]["fts5-trigram"]["sample"]["evidence_by_kind"] == {"fact": 1.0}
    assert next(row for row in body["rows"] if row["key"] == "sample.p50_ms")["values"].keys() == body["peers"].keys()
