"""Where the page may listen, and what it costs to import."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ingest.errors import BadSettings
from ingest.settings import Settings
from ui.access import Access
from ui.app import create_app, serve
from ui.server import bind


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    app = create_app(Access(Settings(home=tmp_path_factory.mktemp("none"))))
    return TestClient(app, base_url="http://127.0.0.1")


def test_importing_the_page_does_not_import_the_heavy_libraries() -> None:
    heavy = "{'torch', 'gradio', 'sentence_transformers', 'chromadb', 'langchain_core'}"
    code = f"import sys, ui.app; print(sorted({heavy} & set(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_the_page_listens_on_loopback(host: str) -> None:
    with bind(host, 0) as listening:
        assert listening.getsockname()[0].startswith("127.0.0.")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_any_other_address_is_refused_in_one_line(host: str) -> None:
    with pytest.raises(BadSettings, match="用户和密码") as refused:
        bind(host, 0)
    assert "\n" not in str(refused.value)


def test_a_taken_port_is_refused_in_one_line_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadSettings, match=f"端口 {port} 已被占用，请换一个端口"):
            serve(Settings(home=tmp_path), host="127.0.0.1", port=port, open_browser=False)


def test_the_page_is_served_with_a_policy_that_allows_no_other_host(client: TestClient) -> None:
    answered = client.get("/")
    assert answered.status_code == 200
    policy = answered.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert answered.headers["x-frame-options"] == "DENY"


def test_another_host_name_that_points_here_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example:7860"}).status_code == 400


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/gradio_api/docs"])
def test_there_are_no_api_pages(client: TestClient, path: str) -> None:
    assert "swagger" not in client.get(path).text.lower()


def test_no_event_is_offered_to_api_clients(client: TestClient) -> None:
    described = client.get("/gradio_api/info").json()
    assert described["named_endpoints"] == {}
    assert described["unnamed_endpoints"] == {}


def test_a_page_without_an_archive_says_how_to_make_one(client: TestClient) -> None:
    assert "report-assistant ingest" in client.get("/config").text


@pytest.mark.parametrize(("address", "host"), [("127.0.0.2", "127.0.0.2:7860"), ("::1", "[::1]:7860")])
def test_the_page_answers_to_the_address_it_listens_on(address: str, host: str, tmp_path: Path) -> None:
    client = TestClient(create_app(Access(Settings(home=tmp_path)), address), base_url=f"http://{host}")
    assert client.get("/").status_code == 200
