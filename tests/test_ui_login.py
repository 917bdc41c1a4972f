"""Signing in: who gets in, what a cookie is worth, and that nobody else gets anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assistant.accounts import Accounts
from ingest.settings import Settings
from tests.login_builders import COOKIE, HERE, OWN, PASSWORD, browser, sign_in
from ui.access import Access
from ui.app import create_app


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("home")
    accounts = Accounts(place)
    accounts.add("王馆长", PASSWORD, "keeper")
    accounts.add("李写手", PASSWORD, "writer")
    accounts.add("赵读者", PASSWORD, "reader")
    return place


@pytest.fixture(scope="module")
def app(home: Path) -> FastAPI:
    return create_app(Access(Settings(home=home)))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=HERE, follow_redirects=False) as opened:
        yield opened


GETS = (
    "/config",
    "/config/",
    "/theme.css",
    "/robots.txt",
    "/manifest.json",
    "/favicon.ico",
    "/static/img/logo.svg",
    "/assets/index.js",
    "/svelte/svelte.js",
    "/pwa_icon",
    "/monitoring",
    "/monitoring/summary",
    "/monitoring/x",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/user",
    "/gradio_api/login_check",
    "/gradio_api/token",
    "/gradio_api/app_id",
    "/gradio_api/startup-events",
    "/gradio_api/theme.css",
    "/gradio_api/heartbeat/abc",
    "/gradio_api/queue/data?session_hash=abc",
    "/gradio_api/queue/status",
    "/gradio_api/call/x/1",
    "/gradio_api/stream/abc/1/2/playlist.m3u8",
    "/gradio_api/file=/etc/hostname",
    "/gradio_api/file/etc/hostname",
    "/gradio_api/proxy=http://127.0.0.1/",
    "/gradio_api/upload_progress?upload_id=1",
    "/gradio_api/custom_component/x/client/component/index.js",
    "/gradio_api/run-history/records",
    "/gradio_api/runs",
    "/gradio_api/deep_link",
    "/gradio_api/dev/reload",
    "/gradio_api/vibe-code",
    "/en/config",
    "/en/gradio_api/info",
    "/conversations/abc.docx",
    "/drafts/abc.docx",
    "/whoami",
    "//config",
    "/login/../config",
    "/LOGIN",
)
POSTS = (
    "/gradio_api/queue/join",
    "/gradio_api/upload",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/run/predict",
    "/gradio_api/api/predict",
    "/gradio_api/call/x",
    "/gradio_api/call/v2/x",
    "/gradio_api/component_server",
    "/gradio_api/process_recording",
    "/gradio_api/stream/abc",
    "/gradio_api/stream/abc/close",
    "/gradio_api/vibe-edit",
    "/en/gradio_api/queue/join",
    "/logout",
    "/config",
)


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whoever_has_not_signed_in_gets_nothing(client: TestClient, method: str, path: str) -> None:
    answered = client.request(method, path)
    assert answered.status_code in (401, 404)
    assert "components" not in answered.text and "root" not in answered.text
    assert answered.status_code == 404 or answered.text in ("登录已过期，请重新登录。", "")


@pytest.mark.parametrize("path", POSTS)
def test_whoever_has_not_signed_in_can_do_nothing(client: TestClient, path: str) -> None:
    answered = client.post(path, json={"session_hash": "abc", "fn_index": 0, "data": []}, headers=OWN)
    assert answered.status_code in (401, 404)


@pytest.mark.parametrize("path", ["/", "/en", "/en/", "/config"])
def test_whoever_opens_a_page_is_led_to_the_form(client: TestClient, path: str) -> None:
    answered = client.get(path, headers={"accept": "text/html"})
    assert answered.status_code == 303
    assert answered.headers["location"].startswith("/login")
    assert answered.headers["cache-control"] == "no-store"


def test_no_websocket_is_opened(client: TestClient) -> None:
    headers = {"host": "127.0.0.1"}
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/gradio_api/queue/join", headers=headers),
    ):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("secret", ["", "x", "' OR 1=1 --", "中", "a" * 5000])
def test_an_invented_cookie_is_worth_nothing(client: TestClient, secret: str) -> None:
    header = {"cookie": f"{COOKIE}={secret}".encode()}
    assert client.get("/config", headers=header).status_code == 401


def test_the_form_needs_no_script_and_speaks_both_languages(client: TestClient) -> None:
    chinese, english = client.get("/login"), client.get("/login?next=/en")
    assert "<script" not in chinese.text
    assert 'lang="zh-CN"' in chinese.text and "用户名" in chinese.text
    assert 'lang="en"' in english.text and "User name" in english.text
    assert client.get("/login.css").status_code == 200


def test_the_right_password_opens_the_page_with_a_cookie_that_no_script_reads(client: TestClient) -> None:
    answered = client.post("/login", data={"name": "王馆长", "password": PASSWORD}, headers=OWN)
    assert (answered.status_code, answered.headers["location"]) == (303, "/")
    cookie = answered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "path=/" in cookie
    assert "secure" not in cookie
    assert client.get("/").status_code == 200
    assert client.get("/config").status_code == 200
    assert client.get("/config").headers["cache-control"] == "no-store"
    assert client.get("/whoami").json() == {
        "name": "王馆长",
        "role": "keeper",
        "lacks": [],
        "local": False,
    }


def test_over_https_the_cookie_is_for_https_alone(app: FastAPI) -> None:
    client = TestClient(app, base_url="https://127.0.0.1", follow_redirects=False)
    answered = client.post(
        "/login", data={"name": "王馆长", "password": PASSWORD}, headers={"origin": "https://127.0.0.1"}
    )
    assert answered.headers["set-cookie"].startswith("__Host-")
    assert "secure" in answered.headers["set-cookie"].lower()
    assert client.get("/config").status_code == 200
    assert '"root":"https://' in client.get("/config").text.replace(" ", "")


def test_a_client_cannot_pass_for_a_proxy(client: TestClient) -> None:
    told = {"x-forwarded-proto": "https", "x-forwarded-host": "evil.example", "x-gradio-server": "http://evil.example"}
    answered = client.post("/login", data={"name": "王馆长", "password": PASSWORD}, headers={**OWN, **told})
    assert "secure" not in answered.headers["set-cookie"].lower()
    page = client.get("/config", headers=told)
    assert "evil.example" not in page.text and "https://127" not in page.text


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/en", "/en"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\tevil", "/"),
        ("/login?x", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_lands_on_this_server_only(client: TestClient, wanted: str, place: str) -> None:
    fields = {"name": "王馆长", "password": PASSWORD, "next": wanted}
    assert client.post("/login", data=fields, headers=OWN).headers["location"] == place


def test_wrong_name_and_wrong_password_are_told_alike(app: FastAPI) -> None:
    client = browser(app, "10.0.0.1")
    answers = [
        client.post("/login", data={"name": n, "password": "错错错错错错错错"}, headers=OWN)
        for n in ("王馆长", "无此人")
    ]
    assert [one.status_code for one in answers] == [401, 401]
    told = [one.text.replace("王馆长", "").replace("无此人", "") for one in answers]
    assert told[0] == told[1]
    assert "用户名或密码不对" in told[0]
    assert not any("set-cookie" in one.headers for one in answers)


def test_a_name_with_markup_comes_back_as_text(app: FastAPI) -> None:
    client = browser(app, "10.0.0.2")
    hostile = '"><script>alert(1)</script>'
    assert "<script" not in client.post("/login", data={"name": hostile, "password": "x"}, headers=OWN).text


def test_after_five_wrong_passwords_the_client_waits_and_others_do_not(app: FastAPI) -> None:
    client = browser(app, "10.0.0.3")
    assert [sign_in(client, "李写手", "错错错错错错错错") for _ in range(5)] == [401] * 5
    barred = client.post("/login", data={"name": "李写手", "password": PASSWORD}, headers=OWN)
    assert barred.status_code == 429
    assert 0 < int(barred.headers["retry-after"]) <= 900
    assert "分钟后再试" in barred.text
    assert sign_in(client, "赵读者") == 303
    assert sign_in(browser(app, "10.0.0.4"), "李写手") == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {},
    ],
)
def test_another_site_can_sign_nobody_in_or_out(app: FastAPI, headers: dict[str, str]) -> None:
    client = browser(app)
    fields = {"name": "王馆长", "password": PASSWORD}
    refused = client.post("/login", data=fields, headers=headers)
    assert refused.status_code == 403 and "set-cookie" not in refused.headers
    assert sign_in(client, "王馆长") == 303
    assert client.post("/logout", headers=headers).status_code == 403
    assert client.get("/config").status_code == 200


def test_another_site_cannot_act_through_a_browser_that_is_signed_in(client: TestClient) -> None:
    sign_in(client, "王馆长")
    join = {"session_hash": "cross1", "fn_index": 0, "data": []}
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/gradio_api/queue/join", json=join, headers=headers).status_code == 403


def test_a_cookie_from_before_is_not_taken_over_at_sign_in(app: FastAPI) -> None:
    client = browser(app)
    planted = {**OWN, "cookie": f"{COOKIE}=planted-by-somebody"}
    client.post("/login", data={"name": "王馆长", "password": PASSWORD}, headers=planted)
    first = client.cookies[COOKIE]
    assert first != "planted-by-somebody"
    assert sign_in(client, "王馆长") == 303
    assert client.cookies[COOKIE] != first
    other = browser(app)
    for dead in ("planted-by-somebody", first):
        other.cookies.set(COOKIE, dead)
        assert other.get("/config").status_code == 401
        other.cookies.clear()


def test_signing_out_ends_the_session_and_not_only_the_cookie(app: FastAPI) -> None:
    client = browser(app)
    sign_in(client, "王馆长")
    secret = client.cookies[COOKIE]
    answered = client.post("/logout", headers=OWN)
    assert (answered.status_code, answered.headers["location"]) == (303, "/login?out=1")
    assert COOKIE not in client.cookies
    assert client.get("/config", headers={"cookie": f"{COOKIE}={secret}"}).status_code == 401
    assert "已退出登录" in client.get("/login?out=1").text
