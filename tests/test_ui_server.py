"""Where the page may listen, and what it costs to import."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.accounts import Accounts
from assistant.api.listening import bind
from ingest.errors import BadSettings
from ingest.settings import Settings, load_settings
from ui.access import Access
from ui.app import create_app, serve
from ui.guard import Hosts


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
    with bind(host, 0, has_users=False) as listening:
        assert listening.getsockname()[0].startswith("127.0.0.")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org", ""])
def test_any_other_address_is_refused_in_one_line(host: str) -> None:
    with pytest.raises(BadSettings, match=r"用户和密码.*users add") as refused:
        bind(host, 0, has_users=False)
    assert "\n" not in str(refused.value)


def test_with_users_it_listens_on_every_address_of_the_machine() -> None:
    with bind("0.0.0.0", 0, has_users=True) as listening:
        assert listening.getsockname()[0] == "0.0.0.0"
    with pytest.raises(BadSettings, match="page_hosts"):
        bind("example.org", 0, has_users=True)


def test_users_are_what_it_takes_to_be_served_openly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, str | None]] = []
    monkeypatch.setattr("ui.app.create_app", lambda access, address: address)
    monkeypatch.setattr(
        "ui.server.run", lambda app, listening, *, proxies, **more: served.append((app, proxies)) or listening.close()
    )
    settings = Settings(home=tmp_path, page_proxy="10.0.0.7")
    with pytest.raises(BadSettings, match="users add"):
        serve(settings, host="0.0.0.0", port=free_port(), open_browser=False)
    Accounts(tmp_path).add("甲", "一个够长的密码啊", "keeper")
    serve(settings, host="0.0.0.0", port=free_port(), open_browser=False)
    assert served == [("0.0.0.0", "10.0.0.7")]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


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


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("127.0.0.1", "localhost:7860", 200),
        ("127.0.0.1", "192.168.1.5:7860", 400),
        ("127.0.0.1", "evil.example", 400),
        ("0.0.0.0", "192.168.1.5:7860", 200),
        ("0.0.0.0", "[fe80::1]:7860", 200),
        ("0.0.0.0", "evil.example", 400),
        ("0.0.0.0", "192.168.1.5.evil.example", 400),
        ("0.0.0.0", "BGZS.example.cn", 200),
        ("127.0.0.1", "bgzs.example.cn.", 200),
        ("127.0.0.1", "bgzs.example.cn:443", 200),
        ("127.0.0.1", "x.bgzs.example.cn", 400),
        ("127.0.0.1", "bgzs.example.cn@evil.example", 400),
        ("127.0.0.1", "[", 400),
    ],
)
def test_it_answers_to_the_names_it_was_given_and_openly_to_addresses_in_digits(
    address: str, host: str, status: int
) -> None:
    client = TestClient(Hosts(_answer, address, ["bgzs.example.cn"]), base_url="http://127.0.0.1")
    assert client.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"PAGE_HOSTS": "https://bgzs.example.cn"}, "page_hosts"),
        ({"PAGE_HOSTS": "a.cn:443"}, "page_hosts"),
        ({"PAGE_HOSTS": "*"}, "page_hosts"),
        ({"PAGE_PROXY": "*"}, "page_proxy"),
        ({"PAGE_PROXY": "proxy.example.cn"}, "page_proxy"),
    ],
)
def test_names_and_proxies_that_would_let_everybody_pass_are_refused(
    values: dict[str, str], fault: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSettings, match=fault):
        load_settings(tmp_path, {f"REPORT_ASSISTANT_{name}": value for name, value in values.items()})


def test_names_and_proxies_are_taken_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'page_hosts = "BGZS.example.cn, bgzs"\npage_proxy = "127.0.0.1,10.0.0.0/8"\n', encoding="utf-8"
    )
    settings = load_settings(tmp_path, {})
    assert (settings.page_hosts, settings.page_proxy) == ("bgzs.example.cn,bgzs", "127.0.0.1,10.0.0.0/8")


@pytest.mark.parametrize(("address", "host"), [("127.0.0.2", "127.0.0.2:7860"), ("::1", "[::1]:7860")])
def test_the_page_answers_to_the_address_it_listens_on(address: str, host: str, tmp_path: Path) -> None:
    client = TestClient(create_app(Access(Settings(home=tmp_path)), address), base_url=f"http://{host}")
    assert client.get("/").status_code == 200
