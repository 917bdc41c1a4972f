"""The crowd that asks the page at once: an answer that fails, or comes late, is seen in the figures."""

from __future__ import annotations

import pytest

from eval.bench.children import BenchError
from eval.bench.page_client import Asked, asking_event, questions_for
from eval.bench.users import Crowd, Wait, wait_of


def _component(number: int, kind: str, **props: object) -> dict[str, object]:
    return {"id": number, "type": kind, "props": props}


CONFIG = {
    "components": [
        _component(1, "textbox", elem_id="question", value=""),
        _component(2, "dropdown", elem_id="year", value=0),
        _component(3, "state"),
        _component(4, "textbox", elem_id="find-talk", value=""),
    ],
    "dependencies": [
        {"id": 0, "inputs": [4], "targets": [[4, "submit"]]},
        {"id": 7, "inputs": [2, 1, 3], "targets": [[1, "submit"], [9, "click"]]},
    ],
}


def test_the_event_that_asks_is_found_with_the_values_of_the_page() -> None:
    event = asking_event(CONFIG)
    assert (event.number, event.inputs, event.question) == (7, (0, "", None), 1)


def test_a_page_without_a_question_field_is_an_error() -> None:
    with pytest.raises(BenchError):
        asking_event({"components": CONFIG["components"], "dependencies": []})


def test_every_user_asks_other_questions_first() -> None:
    asked = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    assert questions_for(0, asked, 3) == ["a", "b", "c"]
    assert questions_for(1, asked, 3) == ["h", "i", "a"]


def test_an_answer_that_came_to_nothing_is_a_fault_and_keeps_its_time() -> None:
    good = [Asked(0.1, 0.2, True)] * 18
    wait = wait_of([*good, Asked(0.0, 9.0, False), Asked(0.0, 9.0, False)])
    assert (wait.n, wait.faults, wait.p50, wait.p95, wait.slowest) == (20, 2, 0.2, 9.0, 9.0)
    assert wait.first_p95 == 0.1


def test_faults_beside_an_ingest_count_as_well() -> None:
    quiet, beside = Wait(10, 0, 1, 1, 1, 1), Wait(10, 3, 1, 2, 2, 1)
    figures = Crowd(5, quiet, beside, 4.0, 5.0, 100.0, 130.0, 1000).to_json()
    assert (figures["faults"], figures["p95_beside"], figures["memory_growth"]) == (3, 2, 30.0)
