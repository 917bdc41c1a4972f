"""The guest writes, the house checks: what comes of every sort of model, and nothing shown is ever taken back."""

from __future__ import annotations

import time
from collections.abc import Generator

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from assistant.abstain import NOT_FOUND
from assistant.answer import Sentence
from assistant.compose.draft import Draft
from assistant.events import Progress, Shown
from assistant.generation.writer import Outcome, write
from assistant.models import Model
from assistant.verify import Verifier
from ingest.archive.records import PassageRecord
from tests.assistant_builders import question
from tests.builders import passage
from tests.generation_builders import SCREENED, SIGNED, Piece, Scripted, given, model, pause, quoting
from tests.verify_builders import PLACES, cite

ASKED = question("2022年青禾县产前筛查任务数多少，完成了吗")
GOOD = "2022年青禾县产前筛查任务数4480人，实际完成4380人，没有完成任务。〔1〕"
WRONG = "2022年青禾县产前筛查任务数5000人，超额完成。〔1〕"
QUOTE = SCREENED.text.text


class Written:
    """What came of one call of `write`."""

    def __init__(self, writer: Model, *records: PassageRecord, quoted: Draft | None = None) -> None:
        records = records or (SCREENED,)
        verifier = Verifier(ASKED, cite, PLACES)
        events = list(write(ASKED, given(*records), quoted or quoting(*records), writer, verifier))
        last = events[-1]
        assert isinstance(last, Outcome) and not any(isinstance(one, Outcome) for one in events[:-1])
        self.outcome = last
        self.shown: list[Sentence] = [one.sentence for one in events if isinstance(one, Shown)]
        self.brought = [citation.n for one in events if isinstance(one, Shown) for citation in one.citations]
        self.steps = [one.text for one in events if isinstance(one, Progress)]
        self.verified = verifier.verified()
        assert tuple(self.shown) == self.verified.sentences, "nothing shown is taken back, nothing is shown unseen"
        assert self.brought == [citation.n for citation in self.verified.citations]

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.shown]

    @property
    def verdicts(self) -> list[str]:
        return [one.verdict for one in self.verified.checks]


def test_a_good_answer_is_shown_as_it_is() -> None:
    written = Written(model(GOOD))
    assert written.texts == [GOOD.removesuffix("〔1〕")]
    assert written.outcome == Outcome(True, "") and written.verdicts == ["checked"]
    assert written.steps == ["试用模型 正在作答…"]


def test_a_sentence_without_a_key_is_attributed() -> None:
    written = Written(model(GOOD.removesuffix("〔1〕")))
    assert written.shown[0].citations == (1,) and written.outcome.wrote


def test_what_is_wrong_at_first_may_be_mended_once() -> None:
    writer = model(WRONG, GOOD)
    written = Written(writer)
    assert written.texts == [GOOD.removesuffix("〔1〕")] and "mended" in written.verdicts
    assert isinstance(writer.chat, Scripted) and len(writer.chat.asked) == 2
    last = str(writer.chat.asked[1][-1].content)
    assert "4480人" in last and "4380人" in last and "没有通过核对" in last


def test_wrong_twice_is_told_in_the_archives_own_words() -> None:
    writer = model(WRONG)
    written = Written(writer)
    assert written.texts == [QUOTE] and written.verdicts[0] == "quoted"
    assert not written.outcome.wrote and "没有通过核对" in written.outcome.note
    assert isinstance(writer.chat, Scripted) and len(writer.chat.asked) == 2


def test_what_is_left_out_is_added_and_said() -> None:
    written = Written(model(GOOD), SCREENED, SIGNED)
    assert written.texts == [GOOD.removesuffix("〔1〕"), SIGNED.text.text]
    assert written.outcome.wrote and "不完整" in written.outcome.note


def test_an_invented_rate_beside_right_figures_is_left_out() -> None:
    written = Written(model("2022年青禾县产前筛查任务数4480人，实际完成4380人，完成率99%。〔1〕"))
    assert written.texts == ["2022年青禾县产前筛查任务数4480人，实际完成4380人。"]
    assert written.verdicts == ["mended"] and written.outcome.wrote


def test_a_model_that_finds_nothing_is_not_asked_again() -> None:
    writer = model(f"{NOT_FOUND}。")
    written = Written(writer)
    assert written.texts == [QUOTE] and "最相关的原文" in written.outcome.note and not written.outcome.wrote
    assert isinstance(writer.chat, Scripted) and len(writer.chat.asked) == 1


def test_the_abstention_phrase_is_never_shown_as_an_answer() -> None:
    written = Written(model(f"{NOT_FOUND}。{GOOD}"))
    assert written.texts == [GOOD.removesuffix("〔1〕")]


def test_a_sentence_said_again_is_shown_once() -> None:
    assert len(Written(model(GOOD * 3)).shown) == 1


def test_a_label_copied_with_its_evidence_is_left_out() -> None:
    written = Written(model(f"（青禾县卫生健康局2022年总结）{QUOTE}〔1〕"))
    assert written.texts == [QUOTE] and written.outcome.wrote


def test_a_source_of_unknown_year_is_said_to_be_one() -> None:
    dateless = passage(8, 2, QUOTE, period=None)
    written = Written(model(GOOD), dateless)
    assert written.texts == [f"{GOOD.removesuffix('。〔1〕')}（年份不详）。"]


@pytest.mark.parametrize("script", [[ConnectionError("no route")], [pause(5)], [""], [ValueError("bad")]])
def test_a_model_that_does_not_answer_leaves_the_quotes(script: list[Piece]) -> None:
    started = time.monotonic()
    written = Written(model(script, seconds=0.5))
    assert written.texts == [QUOTE] and not written.outcome.wrote and "原文摘录" in written.outcome.note
    assert time.monotonic() - started < 2


def test_a_model_that_breaks_off_keeps_what_stands() -> None:
    written = Written(model([GOOD, "另外签约居", ConnectionError("cut")]), SCREENED, SIGNED)
    assert written.texts == [GOOD.removesuffix("〔1〕"), SIGNED.text.text]
    assert written.outcome.wrote and "其余改用原文摘录" in written.outcome.note


def test_the_time_limit_holds_for_both_tries_together() -> None:
    started = time.monotonic()
    written = Written(model([WRONG, pause(0.2)], [pause(0.2)] * 20 + [GOOD], seconds=1.0))
    assert written.texts == [QUOTE] and time.monotonic() - started < 2


def test_little_time_left_is_not_spent_on_a_second_try() -> None:
    writer = model([pause(0.8), WRONG], seconds=1.0)
    assert Written(writer).texts == [QUOTE]
    assert isinstance(writer.chat, Scripted) and len(writer.chat.asked) == 1


def test_a_model_that_does_not_end_is_left() -> None:
    endless: list[Piece] = ["任务全部完成，位居全国第一。〔1〕"] * 5000
    writer = model(endless)
    assert Written(writer).texts == [QUOTE]
    assert isinstance(writer.chat, Scripted) and writer.chat.closed.wait(2)


def test_the_reader_is_told_why_but_not_what() -> None:
    written = Written(model(WRONG))
    told = " ".join(one.reason for one in written.verified.checks) + written.outcome.note
    assert "数字" in told and "5000" not in told


def test_a_first_sentence_is_shown_before_the_model_has_ended() -> None:
    verifier = Verifier(ASKED, cite, PLACES)
    events = write(ASKED, given(SCREENED), quoting(SCREENED), model([GOOD, "另外", pause(5)]), verifier)
    started = time.monotonic()
    assert any(isinstance(event, Shown) for event in (next(events), next(events)))
    assert time.monotonic() - started < 2
    assert isinstance(events, Generator)
    events.close()


@settings(max_examples=60, deadline=None)
@hypothesis_given(
    st.lists(
        st.sampled_from(
            [GOOD, WRONG, QUOTE, "〔9〕", "完成率97.8%。", "\ud83d", "<b>", "\n", "。", "甲" * 300, f"{NOT_FOUND}。"]
        ),
        max_size=8,
    )
)
def test_whatever_a_model_writes_only_what_stands_is_shown(pieces: list[str]) -> None:
    written = Written(model(list(pieces) or [""]))
    assert written.shown
    assert not any("5000" in text or "<" in text or "\ud83d" in text for text in written.texts)
