"""The HTTP interface gives the contracts' JSON, in whole and as it comes, and refuses in one Chinese line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from assistant.api import shapes
from assistant.service import Assistant
from ingest.settings import Settings
from tests.api_builders import ANSWER, QUESTION, client, events, refused
from tests.assistant_builders import FILES, ingest
from tests.cli_builders import Shell
from tests.generation_builders import model

ORDER = {"org": "青禾县卫生健康局", "year": 2024, "facts": [{"indicator": "两癌筛查", "target": "12000人"}]}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return ingest(tmp_path_factory.mktemp("api") / "home", FILES, embed=False)


@pytest.fixture(scope="module")
def api(settings: Settings) -> Iterator[TestClient]:
    with Assistant.open(settings) as assistant:
        yield client(lambda: assistant)


@pytest.fixture
def shell(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(settings.home, monkeypatch, capsys)


def untimed(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "seconds"}


def fits(shape: Any, value: object) -> None:
    """`value` is what the description promises."""
    TypeAdapter(shape).validate_python(value)


class TestSameAsTheCommands:
    def test_ask(self, api: TestClient, shell: Shell) -> None:
        told = api.post("/api/ask", json={"question": QUESTION}).json()
        assert untimed(told) == untimed(shell("ask", QUESTION, "--json").json)
        fits(shapes.AnswerShape, told)

    def test_search(self, api: TestClient, shell: Shell) -> None:
        told = api.get("/api/search", params={"q": "两癌筛查", "k": 3, "year": 2022, "part": "review"}).json()
        assert told == shell("search", "两癌筛查", "-k", "3", "--year", "2022", "--part", "review", "--json").json
        fits(list[shapes.FoundShape], told)

    def test_figures(self, api: TestClient, shell: Shell) -> None:
        told = api.get("/api/figures", params={"org": "青禾", "role": "target"}).json()
        assert told == shell("figures", "--org", "青禾", "--role", "target", "--json").json != []
        fits(list[shapes.RowShape], told)

    def test_reports(self, api: TestClient, shell: Shell) -> None:
        told = api.get("/api/reports").json()
        assert told == shell("reports", "--json").json
        fits(list[shapes.ReportShape], told)

    def test_draft(self, api: TestClient, shell: Shell, tmp_path: Path) -> None:
        spec = tmp_path / "spec.yaml"
        spec.write_text(json.dumps(ORDER, ensure_ascii=False), encoding="utf-8")
        told = api.post("/api/draft", json=ORDER).json()
        assert told == shell("draft", spec, "--json").json
        fits(shapes.DraftShape, told)


class TestCalls:
    def test_a_question_may_be_asked_by_address_or_by_body(self, api: TestClient) -> None:
        call: dict[str, Any] = {"question": "前一年呢？", "history": [QUESTION], "id": "七"}
        by_address, by_body = api.get("/api/ask", params=call).json(), api.post("/api/ask", json=call).json()
        assert untimed(by_address) == untimed(by_body)
        assert "9100人" in by_body["answer"] and by_body["id"] == "七"

    def test_filters_hold(self, api: TestClient) -> None:
        call = {"question": "两癌筛查完成多少人", "org": "临泽市卫生健康委员会", "year": 2022}
        assert "68000人" in api.post("/api/ask", json=call).json()["answer"]

    def test_what_is_not_there_is_an_answer_and_no_error(self, api: TestClient) -> None:
        told = api.post("/api/ask", json={"question": "2019年青禾县两癌筛查完成多少人"})
        assert told.status_code == 200 and told.json()["abstained"]

    def test_rows_may_be_fetched_in_parts(self, api: TestClient) -> None:
        whole = api.get("/api/figures").json()
        assert api.get("/api/figures", params={"offset": 2, "limit": 3}).json() == whole[2:5]

    def test_nothing_of_it_is_kept_by_a_cache(self, api: TestClient) -> None:
        assert api.get("/api/ask", params={"question": QUESTION}).headers["cache-control"] == "no-store"

    def test_health_tells_nothing_of_the_archive(self, api: TestClient) -> None:
        told = api.get("/api/health").json()
        assert told.keys() == {"status", "version", "needs_token"} and told["status"] == "ok"
        fits(shapes.HealthShape, told)


class TestAsItComes:
    def test_sentences_first_and_the_whole_last(self, api: TestClient) -> None:
        answered = api.post("/api/ask", json={"question": QUESTION, "stream": True})
        assert answered.headers["content-type"].startswith("text/event-stream")
        (*before, (name, whole)) = events(answered.text)
        shown = [data for event, data in before if event == "sentence"]
        assert name == "finished" and [one["sentence"] for one in shown] == whole["sentences"]
        assert [citation for one in shown for citation in one["citations"]] == whole["citations"]
        assert untimed(whole) == untimed(api.post("/api/ask", json={"question": QUESTION}).json())

    def test_what_does_not_pass_the_checks_is_never_sent(self, settings: Settings) -> None:
        with Assistant.open(settings, model("2022年青禾县产前筛查完成9999人。〔1〕")) as assistant:
            call = {"question": "2022年青禾县产前筛查完成多少人", "stream": True}
            told = client(lambda: assistant).post("/api/ask", json=call).text
        assert "9999" not in told and "4350人" in told
        assert next(name for name, _ in events(told)) == "progress"

    def test_a_draft_comes_in_sections(self, api: TestClient) -> None:
        (*sections, (name, whole)) = events(api.post("/api/draft", json={**ORDER, "stream": True}).text)
        assert name == "finished" and [data["heading"] for _, data in sections] == whole["outline"]
        assert [data["number"] for _, data in sections] == list(range(len(whole["outline"])))

    def test_what_fails_before_the_first_event_has_its_status(self, api: TestClient) -> None:
        call = {"question": QUESTION, "composer": "llm", "stream": True}
        refused(api.post("/api/ask", json=call), 503, "unavailable", "还没有配置语言模型")


class TestRefusals:
    @pytest.mark.parametrize(
        ("call", "words"),
        [
            ({}, "question 没有写"),
            ({"question": ""}, "question 是空的"),
            ({"question": " \n"}, "question 是空的"),
            ({"question": "问" * 2001}, "最多 2000 字"),
            ({"question": QUESTION, "history": ["问"] * 51}, "最多 50 项"),
            ({"question": QUESTION, "history": "问"}, "history 应是一个清单"),
            ({"question": QUESTION, "history": [1]}, "history 第1项"),
            ({"question": QUESTION, "year": "去年"}, "year 应是整数"),
            ({"question": QUESTION, "year": 20222}, "year 不能大于 2100"),
            ({"question": QUESTION, "composer": "gpt"}, "'extractive' 或 'llm'"),
            ({"question": QUESTION, "jahr": 2022}, "jahr 不是已知的参数"),
            ({"question": "\ud800"}, "不成字"),
            ([], "JSON 对象"),
            ("问", "JSON 对象"),
            (None, "请"),
        ],
    )
    def test_a_wrong_call_is_told_in_one_line(self, api: TestClient, call: object, words: str) -> None:
        sent = json.dumps(call).encode()
        answered = api.post("/api/ask", content=sent, headers={"content-type": "application/json"})
        refused(answered, 422, "invalid", words)

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"question": NaN,}', b"[" * 100_000])
    def test_what_is_no_json_is_told(self, api: TestClient, body: bytes) -> None:
        answered = api.post("/api/ask", content=body, headers={"content-type": "application/json"})
        refused(answered, 400, "bad_request")

    def test_too_many_passages_are_refused(self, api: TestClient) -> None:
        refused(api.get("/api/search", params={"q": "筛查", "k": 101}), 422, "invalid", "k 不能大于 100")

    def test_a_body_that_has_no_report_is_told_with_those_that_have(self, api: TestClient) -> None:
        refused(api.get("/api/figures", params={"org": "红枫县"}), 404, "not_found", "红枫县", "青禾县卫生健康局")

    def test_too_large_a_request_is_refused_whatever_it_says_of_its_length(self, api: TestClient) -> None:
        headers = {"content-type": "application/json"}
        refused(api.post("/api/ask", content=b" " * 1_000_001, headers=headers), 413, "too_large")
        pieces = (b" " * 100_000 for _ in range(11))
        refused(api.post("/api/ask", content=pieces, headers=headers), 413, "too_large")

    def test_addresses_that_are_not_there(self, api: TestClient) -> None:
        refused(api.get("/api/nothing"), 404, "not_found", "/api/docs")
        refused(api.get("/v1/embeddings"), 404, "not_found")
        refused(api.get("/api/draft"), 405, "method_not_allowed", "POST")
        refused(api.delete("/api/ask", headers={"content-type": "application/json"}), 405, "method_not_allowed")

    def test_orders_are_read_as_the_command_reads_them(self, api: TestClient) -> None:
        refused(api.post("/api/draft", json={"org": "青禾县卫生健康局"}), 422, "invalid", "没有写年份")
        refused(api.post("/api/draft", json={**ORDER, "yaer": 1}), 422, "invalid", "yaer", "year")
        refused(api.post("/api/draft", json={**ORDER, "sections": [f"第{n}" for n in range(61)]}), 422, "invalid")

    @pytest.mark.parametrize(
        "facts", [[{"file": "/etc/passwd"}], {"file": "facts.xlsx"}, [{"text": "好", "file": "x"}]]
    )
    def test_no_file_of_the_server_is_read(self, api: TestClient, facts: object) -> None:
        refused(api.post("/api/draft", json={**ORDER, "facts": facts}), 422, "invalid", "不读取服务器上的文件")

    def test_without_an_archive_it_is_unavailable(self, tmp_path: Path) -> None:
        api = client(lambda: Assistant.open(Settings(tmp_path / "nowhere")))
        refused(api.post("/api/ask", json={"question": QUESTION}), 503, "unavailable", "还没有档案")
        refused(api.get("/api/search", params={"q": "筛查"}), 503, "unavailable", "还没有档案")
        assert api.get("/api/health").json()["status"] == "no_archive"

    def test_what_nobody_foresaw_is_told_without_its_details(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail() -> Assistant:
            raise RuntimeError("geheim")

        api = client(fail)
        for stream in (False, True):
            answered = api.post("/api/ask", json={"question": QUESTION, "stream": stream})
            assert "geheim" not in refused(answered, 500, "internal")
        assert "geheim" in caplog.text


def test_text_of_the_answer_is_the_archives(api: TestClient) -> None:
    assert api.get("/api/ask", params={"question": QUESTION}).json()["sentences"][0]["text"] == ANSWER
