"""The HTTP interface over a small archive: in this process, and listening on this machine for real clients."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from assistant.accounts import Accounts, Audit
from assistant.api.app import router
from assistant.api.listening import bind, url_of
from assistant.service import Assistant

QUESTION = "2022年青禾县两癌筛查完成多少人"
ANSWER = "全年完成两癌筛查10400人。"
BASE = "http://127.0.0.1:7861"


def made(opener: Callable[[], Assistant], accounts: Accounts | None = None, audit: Audit | None = None) -> FastAPI:
    """The interface as an application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router(opener, accounts, audit))
    return app


def client(opener: Callable[[], Assistant], accounts: Accounts | None = None, audit: Audit | None = None) -> TestClient:
    """A client of the interface on this machine; what is not told by the interface is raised here."""
    return TestClient(made(opener, accounts, audit), base_url=BASE)


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """The address where `app` is served."""
    with bind("127.0.0.1", 0, has_users=False) as socket:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, lifespan="off"))
        thread = threading.Thread(target=lambda: server.run(sockets=[socket]), daemon=True)
        thread.start()
        try:
            until = time.monotonic() + 10
            while not server.started and time.monotonic() < until:
                time.sleep(0.01)
            yield url_of(socket)
        finally:
            server.should_exit = True
            thread.join(10)


def refused(response: Response, status: int, kind: str, *words: str) -> str:
    """The one Chinese line of a refusal."""
    error = response.json()["error"]
    line = str(error["message"])
    assert (response.status_code, error["kind"]) == (status, kind), response.text
    assert line.endswith("。") and "\n" not in line and len(line) < 300, line
    assert all(word in line for word in words), line
    return line


def events(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, data); comments are left out."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            data = fields["data"]
            found.append((fields.get("event", ""), data if data == "[DONE]" else json.loads(data)))
    return found
