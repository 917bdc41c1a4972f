"""From words to a question: topic, role, intent, parts, relative years, follow-ups."""

import pytest

from assistant.question.bodies import BodyIndex
from assistant.question.types import Question
from assistant.question.understand import understand
from tests.builders import report

REPORTS = [
    report(1, "青禾县卫生健康局", "青禾县", "县", 2021),
    report(2, "青禾县卫生健康局", "青禾县", "县", 2022),
    report(3, "临泽市卫生健康委员会", "临泽市", "市", 2022),
]
BODIES = BodyIndex(REPORTS)


def read(text: str, *history: str, today: int | None = None) -> Question:
    return understand(text, history, BODIES, REPORTS, today_year=today)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("2022年青禾县免费产前筛查的任务数和完成情况", ("免费产前筛查",)),
        ("青禾县明年医共体打算怎么做", ("医共体",)),
        ("请问青禾2022年建档率是多少", ("建档率",)),
        ("青禾县建档率的变化趋势", ("建档率",)),
        ("青禾县建档率走势如何", ("建档率",)),
    ],
)
def test_the_topic_is_what_remains(text: str, runs: tuple[str, ...]) -> None:
    assert read(text).topic.runs == runs


def test_trade_shorthand_is_widened() -> None:
    assert "产前筛查" in read("22年产筛做了多少").topic.widened["产筛"]


def test_a_rewriters_word_is_widened_both_ways() -> None:
    assert "效劳" in read("基本公共卫生服务").topic.widened["服务"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("2022年青禾县两癌筛查做了多少人", "fact"),
        ("青禾县明年医共体打算怎么做", "plan"),
        ("2022年青禾县两癌筛查任务数多少，完成了吗", "target_vs_result"),
        ("青禾和临泽2022年建档率哪个高", "compare"),
        ("青禾县近三年建档率变化", "trend"),
        ("青禾县2022年创建了哪些示范点", "list"),
    ],
)
def test_the_shape_of_the_answer(text: str, intent: str) -> None:
    assert read(text).intent == intent


def test_next_year_counts_from_the_bodys_latest_report() -> None:
    assert read("青禾县明年医共体打算怎么做").years == (2023,)


def test_a_configured_date_decides_what_this_year_is() -> None:
    assert read("青禾县今年建档率", today=2026).years == (2026,)


def test_next_steps_of_a_years_report_are_the_next_years() -> None:
    assert read("青禾县2022年总结里下一步怎么安排中医药").years == (2023,)


def test_plans_are_looked_for_in_plans_and_results_in_reviews() -> None:
    assert read("青禾县明年医共体打算怎么做").parts == {"plan"}
    assert read("2022年青禾县两癌筛查做了多少人").parts == {"review", "problem"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("签约了多少人", "人"),
        ("立案几起", "起"),
        ("管理率多少", "%"),
        ("罚了多少钱", "元"),
        ("是几月份过的", "月"),
        ("怎么样", None),
    ],
)
def test_the_measure_word_asked_for(text: str, unit: str | None) -> None:
    assert read(text).unit == unit


FIRST = "2022年青禾县两癌筛查任务数多少"


def test_an_elliptic_role_keeps_topic_year_and_body() -> None:
    question = read("那完成率呢？", FIRST)
    assert (question.topic.runs, question.years, question.unit) == (("两癌筛查",), (2022,), "%")
    assert question.bodies[0].label == "青禾县"


def test_an_elliptic_year_replaces_the_year_only() -> None:
    question = read("前一年呢？", FIRST)
    assert (question.topic.runs, question.years) == (("两癌筛查",), (2021,))


def test_an_elliptic_body_replaces_the_body_only() -> None:
    question = read("换成市里呢？", FIRST)
    assert (question.topic.runs, question.years) == (("两癌筛查",), (2022,))
    assert question.bodies[0].reports == {3}


def test_a_new_topic_inherits_year_and_body() -> None:
    question = read("产前筛查呢", FIRST)
    assert (question.topic.runs, question.years) == (("产前筛查",), (2022,))
    assert question.bodies[0].label == "青禾县"


def test_a_pronoun_brings_the_topic_along() -> None:
    assert "两癌筛查" in read("这项工作今后有什么打算", FIRST).topic.text
