"""Both composers side by side: what counts as better or worse, as a model's own, and what it costs."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from eval.composers import Side, compare, stratified
from eval.composers_table import beyond, show_sides
from eval.counting import Counter, counted
from eval.gold import Gold, parse_gold
from eval.guests import Adversarial, Guest, Truthful, as_model
from eval.opened import Opened, opened
from ingest.structure.tokens import count_tokens
from tests.assistant_builders import FILES, ingest
from tests.generation_builders import model

ANSWERED = "全年免费产前筛查任务数4200人，实际完成4350人，完成率103.6%。"
GOOD = "2022年青禾县免费产前筛查任务数4200人，实际完成4350人，完成率103.6%。〔1〕"
SHORTER = "2022年青禾县免费产前筛查任务数4200人，实际完成4350人，超额完成任务。〔1〕"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    home = ingest(tmp_path_factory.mktemp("composers") / "home", FILES, embed=False).home
    with opened(home) as ready:
        yield ready


def gold(**fields: object) -> Gold:
    return parse_gold(
        {
            "id": "q1",
            "kind": "target_vs_result",
            "question": "2022年青禾县产前筛查任务数多少，完成了吗",
            "answer": "任务数4200人，实际完成4350人，超额完成任务。",
            "numbers": ["4200", "4350"],
            "evidence": [{"file": "青禾2022.txt", "text": ANSWERED}],
            **fields,
        }
    )


def side(archive: Opened, said: str, *asked: Gold) -> Side:
    """The model's column."""
    quotes, written = compare(asked, archive, {"一": model(said)})
    assert (quotes.name, quotes.better, quotes.worse, quotes.calls) == ("extractive", 0, 0, 0)
    return written


class TestCompleteness:
    def test_an_answer_with_all_that_is_expected_is_as_good(self, archive: Opened) -> None:
        written = side(archive, GOOD, gold())
        assert (written.better, written.equal, written.worse, written.own) == (0, 1, 0, 1.0)

    def test_one_that_drops_a_number_is_worse(self, archive: Opened) -> None:
        written = side(archive, SHORTER, gold(numbers=["4200", "4350", "103.6%"]))
        assert (written.better, written.equal, written.worse) == (0, 0, 1)
        assert any("不如摘录完整" in fault for fault in beyond([written, written], own=0.5))

    def test_one_that_says_what_the_quotes_leave_unsaid_is_better(self, archive: Opened) -> None:
        written = side(archive, SHORTER, gold(must_include=["超额完成"]))
        assert (written.better, written.equal, written.worse) == (1, 0, 0)

    def test_questions_without_an_answer_count_for_neither(self, archive: Opened) -> None:
        nothing = gold(kind="unanswerable", question="2019年青禾县产前筛查完成多少人", numbers=[], evidence=[])
        written = side(archive, GOOD, nothing)
        assert (written.better, written.equal, written.worse, written.own) == (0, 0, 0, None)


class TestOwn:
    def test_a_model_that_is_not_heard_has_no_answer_of_its_own(self, archive: Opened) -> None:
        written = side(archive, "完成9999人。〔1〕", gold())
        assert written.own == 0.0 and any("没有通过核对" in note for note in written.notes)
        assert any("由模型作答" in fault for fault in beyond([written, written], own=0.5))

    def test_the_truthful_guest_is_heard(self, archive: Opened) -> None:
        _, written = compare([gold()], archive, {"truthful": as_model("truthful", Guest(Truthful()))})
        assert written.own == 1.0 and written.summary.right == 1.0

    def test_of_the_adversary_nothing_is_demanded_but_that_nothing_false_is_shown(self, archive: Opened) -> None:
        sides = compare([gold(), gold(id="q2")], archive, {"adversarial": as_model("x", Guest(Adversarial()))})
        assert sides[1].summary.figures_traced == 1.0 and sides[1].summary.leaks == 0
        assert not any("由模型作答" in fault for fault in beyond(sides))


class TestCost:
    def test_the_tokens_of_prompts_and_answers_are_counted(self, archive: Opened) -> None:
        written = side(archive, GOOD, gold(), gold(id="q2"))
        assert written.calls == 2 and written.written_tokens == count_tokens(GOOD)
        assert written.prompt_tokens > count_tokens(ANSWERED)
        assert 0 < written.first_p50 <= written.first_p95

    def test_a_second_try_is_a_call_as_well(self, archive: Opened) -> None:
        assert side(archive, "完成9999人。〔1〕", gold()).calls == 2

    def test_what_is_counted_is_what_is_sent(self) -> None:
        counter = Counter()
        chat = counted(model("完成5600人。"), counter).chat
        chat.invoke("完成多少人")
        assert (counter.calls, counter.read, counter.written) == (
            1,
            count_tokens("完成多少人"),
            count_tokens("完成5600人。"),
        )
        counter.reset()
        assert (counter.mean_read, counter.mean_written) == (0.0, 0.0)


class TestSampling:
    GOLD = tuple(gold(id=f"{kind}{n}", kind=kind) for kind, count in (("fact", 30), ("list", 3)) for n in range(count))

    def test_every_kind_has_its_share_and_the_same_seed_the_same_questions(self) -> None:
        chosen = stratified(self.GOLD, 11)
        assert [one.kind for one in chosen].count("list") == 1 and len(chosen) == 11
        assert chosen == stratified(self.GOLD, 11) != stratified(self.GOLD, 11, seed=1)

    def test_all_are_asked_where_no_number_is_given(self) -> None:
        assert stratified(self.GOLD, None) == list(self.GOLD) == stratified(self.GOLD, 500)


def test_the_table_has_a_column_for_each_and_says_why_a_model_was_not_heard(archive: Opened) -> None:
    sides = compare([gold()], archive, {"一": model("完成9999人。〔1〕")})
    out = io.StringIO()
    show_sides(Console(file=out, width=120), sides)
    assert "extractive" in out.getvalue() and "没有通过核对" in out.getvalue() and "每次读入词元" in out.getvalue()
    assert sides[1].to_json()["own"] == 0.0 and "answers" not in sides[1].to_json()
