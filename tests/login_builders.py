"""People who sign in to the page, each with a browser of his own."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.gate import cookie_name

HERE = "http://127.0.0.1"
OWN = {"origin": HERE}
COOKIE = cookie_name("http")
PASSWORD = "正确的马电池订书钉"


def browser(app: FastAPI, address: str = "testclient") -> TestClient:
    """A client without cookies yet, at `address`."""
    return TestClient(app, base_url=HERE, follow_redirects=False, client=(address, 50000))


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """The status of what signing in is answered."""
    return client.post("/login", data={"name": name, "password": password}, headers=OWN).status_code
