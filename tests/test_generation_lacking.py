"""What a model's answer leaves out of what was asked."""

from __future__ import annotations

from assistant.generation.lacking import lacking
from assistant.question.types import Question
from tests.assistant_builders import question
from tests.builders import passage
from tests.generation_builders import SCREENED, SIGNED, own, quote, quoting, texts

BOTH = question("2022年青禾县产前筛查任务数多少，完成了吗")
TARGET = question("2022年青禾县产前筛查任务数是多少人")
COUNT = question("2022年青禾县产前筛查完成多少人")
RATE = question("2022年青禾县签约率是多少")
QUALITY = question("2022年青禾县基层人才情况怎么样")


def left(asked: Question, *said: str) -> list[str]:
    return texts(lacking(asked, quoting(SCREENED), [own(text, SCREENED) for text in said]))


def test_an_answer_that_says_nothing_lacks_everything() -> None:
    assert texts(lacking(BOTH, quoting(SCREENED, SIGNED), [])) == [SCREENED.text.text, SIGNED.text.text]


def test_target_and_result_are_both_needed_where_both_are_asked() -> None:
    assert left(BOTH, "任务数4480人，实际完成4380人。") == []
    assert left(BOTH, "任务数4480人。", "完成率97.8%。") == []
    assert left(BOTH, "任务数4480人。") == [SCREENED.text.text]
    assert left(BOTH, "实际完成4380人。") == [SCREENED.text.text]


def test_the_role_asked_for_is_enough() -> None:
    assert left(TARGET, "任务数为4480人。") == []
    assert left(COUNT, "实际完成4380人。") == []


def test_a_rate_is_no_count() -> None:
    assert left(COUNT, "完成率97.8%。") == [SCREENED.text.text]


def test_a_rate_that_is_asked_for_must_be_told() -> None:
    said = [own("签约居民12.3万人。", SIGNED)]
    assert texts(lacking(RATE, quoting(SIGNED), said)) == [SIGNED.text.text]
    assert lacking(RATE, quoting(SIGNED), [own("签约率为41.5%。", SIGNED)]) == []


def test_the_same_number_out_of_another_passage_does_not_count() -> None:
    assert texts(lacking(COUNT, quoting(SCREENED), [own("完成4380人。", SIGNED)])) == [SCREENED.text.text]


def test_where_no_figure_is_asked_for_citing_the_passage_is_enough() -> None:
    short = passage(3, 2, "基层人才短缺，乡镇卫生院招不到人、留不住人。", part="problem")
    assert lacking(QUALITY, quoting(short), [own("基层人才短缺。", short)]) == []


def test_a_quote_of_another_piece_of_the_same_passage_is_not_told() -> None:
    text = SIGNED.text.text
    quoted = quoting()
    first, second = quote(SIGNED, 0, 12), quote(SIGNED, 12, len(text))
    assert quoted.sentences == ()
    assert lacking(QUALITY, type(quoted)((second,)), [first]) == [second]
