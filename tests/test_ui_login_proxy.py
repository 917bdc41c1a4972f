"""Behind a proxy: what it says of the client counts, as long as it is the configured one that says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.accounts import Accounts, Audit
from ingest.settings import Settings
from ui.access import Access
from ui.app import create_app

NAME, PROXY = "bgzs.example.cn", "10.0.0.7"
PASSWORD = "正确的马电池订书钉"
# What the nginx and Caddy configurations of docs/team.zh-CN.md send.
SENT = {"host": NAME, "origin": f"https://{NAME}", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.9"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("home")
    Accounts(place).add("甲", PASSWORD, "keeper")
    return place


@pytest.fixture(scope="module")
def app(home: Path) -> FastAPI:
    return create_app(Access(Settings(home=home, page_hosts=NAME, page_proxy=PROXY)))


def coming_from(app: FastAPI, address: str) -> TestClient:
    """As `ui.server.run` has uvicorn believe the proxy."""
    believed: Any = ProxyHeadersMiddleware(app, PROXY)  # type: ignore[arg-type]
    return TestClient(believed, base_url="http://127.0.0.1", follow_redirects=False, client=(address, 50000))


def test_by_https_through_the_proxy_the_cookie_is_for_https_and_the_page_too(app: FastAPI, home: Path) -> None:
    client = coming_from(app, PROXY)
    signed = client.post("/login", data={"name": "甲", "password": PASSWORD}, headers=SENT)
    assert signed.status_code == 303
    cookie = signed.headers["set-cookie"]
    assert cookie.startswith("__Host-") and "secure" in cookie.lower()
    page = client.get("/config", headers={**SENT, "cookie": cookie.partition(";")[0]})
    assert page.status_code == 200
    assert f"https://{NAME}" in page.text and f"http://{NAME}" not in page.text
    assert Audit(home).lines()[0].what == "192.0.2.9"


def test_from_elsewhere_the_same_words_are_not_believed(app: FastAPI, home: Path) -> None:
    signed = coming_from(app, "10.0.0.8").post("/login", data={"name": "甲", "password": PASSWORD}, headers=SENT)
    assert "secure" not in signed.headers["set-cookie"].lower()
    assert Audit(home).lines()[0].what == "10.0.0.8"


def test_one_client_behind_the_proxy_does_not_bar_the_others(app: FastAPI) -> None:
    client = coming_from(app, PROXY)
    for expected in [401] * 5 + [429]:
        told = client.post(
            "/login", data={"name": "甲", "password": "错"}, headers={**SENT, "x-forwarded-for": "192.0.2.66"}
        )
        assert told.status_code == expected
    assert client.post("/login", data={"name": "甲", "password": PASSWORD}, headers=SENT).status_code == 303


def test_a_name_that_was_not_configured_is_not_answered(app: FastAPI) -> None:
    assert coming_from(app, PROXY).get("/login", headers={**SENT, "host": "evil.example"}).status_code == 400
