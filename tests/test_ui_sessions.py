"""What the page keeps of each visitor: little, and nothing for long after he has gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.sessions import Sessions, keep_little


@pytest.fixture
def app() -> FastAPI:
    """A page that counts in a value of its own how often it was asked."""
    with gr.Blocks() as page:
        said, count, shown = gr.Textbox(), gr.State(0), gr.HTML()
        said.submit(
            lambda said, count: (count + 1, f"<p>{said}{count + 1}</p>"), [said, count], [count, shown], api_name="say"
        )
    app = FastAPI()
    gr.mount_gradio_app(app, page, path="/")
    keep_little(app)
    return app


def _sessions(app: FastAPI) -> Sessions:
    found: object = app.routes[-1].app.state_holder  # type: ignore[attr-defined]
    assert isinstance(found, Sessions)
    return found


def _ask(client: TestClient, session: str, said: str) -> str:
    body = {"data": [said, None], "fn_index": 0, "session_hash": session}
    answer = client.post("/gradio_api/run/predict", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"][1])


def test_values_of_open_pages_are_kept_apart(app: FastAPI) -> None:
    with TestClient(app) as client:
        assert _ask(client, "one", "a") == "<p>a1</p>"
        assert _ask(client, "two", "b") == "<p>b1</p>"
        assert _ask(client, "one", "c") == "<p>c2</p>"


def test_no_copy_of_the_components_is_kept(app: FastAPI) -> None:
    with TestClient(app) as client:
        _ask(client, "one", "a")
        assert _sessions(app).session_data["one"].config_values == {}


def test_a_closed_page_is_forgotten_after_an_hour_and_an_open_one_is_not(app: FastAPI) -> None:
    with TestClient(app) as client:
        _ask(client, "closed", "a")
        _ask(client, "open", "a")
        sessions = _sessions(app)
        sessions.session_data["closed"].is_closed = True
        sessions.forget_gone(datetime.now() + timedelta(minutes=50))
        assert set(sessions.session_data) == {"closed", "open"}
        sessions.forget_gone(datetime.now() + timedelta(minutes=70))
        assert set(sessions.session_data) == set(sessions.time_last_used) == {"open"}


def test_a_page_that_never_said_goodbye_is_forgotten_after_two_weeks(app: FastAPI) -> None:
    with TestClient(app) as client:
        _ask(client, "open", "a")
        sessions = _sessions(app)
        sessions.forget_gone(datetime.now() + timedelta(days=13))
        assert set(sessions.session_data) == {"open"}
        sessions.forget_gone(datetime.now() + timedelta(days=15))
        assert not sessions.session_data


def test_who_comes_back_after_that_begins_anew(app: FastAPI) -> None:
    with TestClient(app) as client:
        _ask(client, "one", "a")
        _sessions(app).forget_gone(datetime.now() + timedelta(days=15))
        assert _ask(client, "one", "b") == "<p>b1</p>"
