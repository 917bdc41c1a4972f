"""The HTTP interface as a target: any request is answered or refused in one line, and every quote is verbatim."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.fuzz.broken import Broken
from eval.fuzz.target import Ready, Target, samples

_QUESTION = "2022年两癌筛查完成多少人"
_ASKED: dict[str, object] = {"question": _QUESTION, "history": ["云岭县的呢"], "year": 2022}
_STREAMED: dict[str, object] = {"question": "建档率是多少", "org": "云岭县", "part": "review", "stream": True}
_ORDER: dict[str, object] = {
    "org": "云岭县卫生健康局",
    "year": 2025,
    "sections": ["中医药"],
    "facts": [{"text": "筛查10000人"}],
}
_CHAT: dict[str, object] = {"model": "x", "messages": [{"role": "user", "content": _QUESTION}]}
_CALLS = (
    *(("POST /api/ask", one) for one in (_ASKED, _STREAMED)),
    ("POST /api/draft", _ORDER),
    ("POST /v1/chat/completions", _CHAT),
    (f"GET /api/search?q={_QUESTION}&k=3&part=plan", {}),
    ("GET /api/figures?indicator=两癌筛查&role=target&limit=5", {}),
    ("GET /api/reports", {}),
)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_FILES = 6


def interface_target() -> Target:
    """Its one target."""
    return Target("api", _opened, seconds=20.0)


@contextmanager
def _opened() -> Iterator[Ready]:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from assistant.api.app import router
    from assistant.service import Assistant
    from ingest.archive import Archive
    from ingest.runner import ingest_paths
    from ingest.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="report-assistant-fuzz-") as temporary:
        folder = Path(temporary, "reports")
        folder.mkdir()
        for number, data in enumerate(samples(".txt")[:_FILES]):
            (folder / f"{number}.txt").write_bytes(data)
        settings = load_settings(Path(temporary, "home"))
        ingest_paths(settings, [folder], embed=False)
        with Archive.create_or_open(settings.home) as archive:
            texts = {record.name: archive.file_text(record.id) for record in archive.files()}
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        with Assistant.open(settings) as assistant:
            app.include_router(router(lambda: assistant, None))
            with TestClient(app, base_url="http://127.0.0.1:7861") as client:
                yield lambda data: _called(client, data, texts), _seeds()


def _seeds() -> list[bytes]:
    return [f"{address}\n{json.dumps(body, ensure_ascii=False)}".encode() for address, body in _CALLS]


def _called(client: Any, data: bytes, texts: Mapping[str, str]) -> bool:
    first, _, body = data.partition(b"\n")
    method, _, path = first.decode("utf-8", "replace").partition(" ")
    address = "/" + "".join(one for one in path if one.isprintable()).lstrip("/")
    if method not in _METHODS:
        method = "POST"
    content = None if method in ("GET", "HEAD", "OPTIONS") else body
    replied = client.request(method, address, content=content, headers={"content-type": "application/json"})
    if replied.status_code >= 500 and replied.status_code != 503:
        raise Broken(f"status {replied.status_code}")
    if not address.startswith(("/api/", "/v1/")):  # elsewhere the page answers
        return False
    if not replied.headers.get("content-type", "").startswith("application/json") or method == "HEAD":
        return bool(replied.is_success)
    told = replied.json()
    if replied.status_code >= 400:
        line = str(told["error"]["message"])
        if "\n" in line or not line.endswith("。"):
            raise Broken(f"a refusal that is not one line: {line[:60]}")
        return False
    for citation in _citations(told):
        text = texts[citation["source_file"]]
        if text[citation["start"] : citation["end"]] != citation["quote"]:
            raise Broken("a quote that is not verbatim")
    return True


def _citations(told: object) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        if {"source_file", "quote", "start", "end"} <= told.keys():
            yield told
        for value in told.values():
            yield from _citations(value)
    elif isinstance(told, list):
        for value in told:
            yield from _citations(value)
