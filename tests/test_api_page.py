"""The interface beside the page: under the page's own address, behind the page's own gate, by token alone."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from assistant.accounts import Accounts
from tests.api_builders import BASE, QUESTION, refused
from tests.assistant_builders import FILES, ingest
from ui.access import Access
from ui.app import create_app


def test_the_page_serves_the_interface(tmp_path: Path) -> None:
    settings = ingest(tmp_path / "home", FILES, embed=False)
    access = Access(settings)
    try:
        page = TestClient(create_app(access), base_url=BASE)
        call = {"question": QUESTION}
        assert "10400人" in page.post("/api/ask", json=call).json()["answer"]
        assert page.get("/api/docs").status_code == 200
        refused(page.get("/api/nothing"), 404, "not_found")
        refused(page.post("/api/ask", json=call, headers={"origin": "https://evil.example"}), 403, "forbidden")

        accounts = Accounts(settings.home)
        accounts.add("管理员", "青禾县的一本旧账 2022", "keeper")
        refused(page.post("/api/ask", json=call), 401, "unauthorized")
        refused(page.get("/v1/models"), 401, "unauthorized")
        sent = {"authorization": f"Bearer {accounts.add_token('管理员', '试用')}"}
        assert page.get("/v1/models", headers=sent).json()["data"][0]["id"] == "report-archive"
    finally:
        access.close()
