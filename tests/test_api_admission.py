"""Who may use the HTTP interface: this machine alone without users, whoever holds a token with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.accounts import Accounts, Audit
from assistant.service import Assistant
from ingest.settings import Settings
from tests.api_builders import QUESTION, client, refused
from tests.assistant_builders import FILES, ingest

CALL = {"question": QUESTION}
ORDER = {"org": "青禾县卫生健康局", "year": 2024}
PASSWORD = "青禾县的一本旧账 2022"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return ingest(tmp_path_factory.mktemp("admission") / "home", FILES, embed=False)


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(settings) as opened:
        yield opened


class TestWithoutUsers:
    @pytest.fixture
    def api(self, assistant: Assistant, tmp_path: Path) -> TestClient:
        return client(lambda: assistant, Accounts(tmp_path), Audit(tmp_path))

    @pytest.mark.parametrize("host", ["127.0.0.1:7861", "localhost", "[::1]:7861", "127.0.0.2"])
    def test_this_machine_is_answered(self, api: TestClient, host: str) -> None:
        assert api.post("/api/ask", json=CALL, headers={"host": host}).status_code == 200

    @pytest.mark.parametrize("host", ["archive.example", "192.168.1.5:7861", "127.0.0.1.example", "[::", ""])
    def test_a_name_that_was_made_to_point_here_is_not(self, api: TestClient, host: str) -> None:
        refused(api.get("/api/ask", params=CALL, headers={"host": host}), 403, "forbidden", "本机")

    @pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:8000", "null", "file://"])
    def test_another_sites_page_is_not_answered(self, api: TestClient, origin: str) -> None:
        for answered in (
            api.post("/api/ask", json=CALL, headers={"origin": origin}),
            api.get("/api/ask", params=CALL, headers={"origin": origin}),
            api.get("/v1/models", headers={"origin": origin}),
        ):
            refused(answered, 403, "forbidden", "其他网站")
            assert not [name for name in answered.headers if name.startswith("access-control")]

    def test_a_picture_or_a_link_in_another_sites_page_is_not_answered(self, api: TestClient) -> None:
        for site in ("cross-site", "same-site"):
            refused(api.get("/api/ask", params=CALL, headers={"sec-fetch-site": site}), 403, "forbidden")

    def test_ones_own_page_is_answered(self, api: TestClient) -> None:
        own = {"origin": "http://127.0.0.1:7861", "sec-fetch-site": "same-origin"}
        assert api.post("/api/ask", json=CALL, headers=own).status_code == 200

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    )
    def test_what_a_form_could_send_is_refused(self, api: TestClient, kind: str) -> None:
        answered = api.post("/api/ask", content=b'{"question": "1"}', headers={"content-type": kind})
        refused(answered, 415, "unsupported", "application/json")

    def test_a_browser_that_asks_beforehand_is_refused(self, api: TestClient) -> None:
        asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
        refused(api.options("/api/ask", headers=asked), 405, "method_not_allowed")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with users."""
    home = tmp_path_factory.mktemp("users")
    accounts = Accounts(home)
    accounts.add("管理员", PASSWORD, "keeper")
    accounts.add("小王", PASSWORD, "reader")
    return home


class TestWithUsers:
    @pytest.fixture
    def api(self, assistant: Assistant, home: Path) -> TestClient:
        return client(lambda: assistant, Accounts(home), Audit(home))

    @pytest.fixture
    def token(self, home: Path) -> str:
        return Accounts(home).add_token("管理员", "试用")

    def test_every_call_needs_a_token(self, api: TestClient) -> None:
        for answered in (
            api.post("/api/ask", json=CALL),
            api.get("/api/search", params={"q": "筛查"}),
            api.get("/api/figures"),
            api.get("/api/reports"),
            api.post("/api/draft", json=ORDER),
            api.get("/v1/models"),
            api.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": QUESTION}]}),
        ):
            refused(answered, 401, "unauthorized", "令牌")
            assert answered.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer falsch", "Basic YTpi", "Bearer 令牌"])
    def test_what_is_no_token_is_refused(self, api: TestClient, sent: str) -> None:
        headers = {b"authorization": sent.encode()}
        refused(api.post("/api/ask", json=CALL, headers=headers), 401, "unauthorized")

    def test_a_token_opens_it_from_anywhere(self, api: TestClient, token: str) -> None:
        sent = {"authorization": f"Bearer {token}", "host": "archive.example"}
        assert api.post("/api/ask", json=CALL, headers=sent).status_code == 200

    def test_a_revoked_token_opens_nothing(self, api: TestClient, home: Path) -> None:
        accounts = Accounts(home)
        secret = accounts.add_token("小王", "旧程序")
        sent = {"authorization": f"Bearer {secret}"}
        assert api.get("/api/reports", headers=sent).status_code == 200
        accounts.revoke_token(next(one.id for one in accounts.tokens("小王") if one.label == "旧程序"))
        refused(api.get("/api/reports", headers=sent), 401, "unauthorized", "作废")

    def test_a_pages_session_counts_for_nothing_here(self, api: TestClient, home: Path) -> None:
        secret = Accounts(home).open_session("管理员")
        for name in ("report-assistant", "__Host-report-assistant"):
            answered = api.post("/api/ask", json=CALL, headers={"cookie": f"{name}={secret}"})
            refused(answered, 401, "unauthorized")
        refused(api.post("/api/ask", json=CALL, headers={"authorization": f"Bearer {secret}"}), 401, "unauthorized")

    def test_a_reader_may_ask_but_not_draft(self, api: TestClient, home: Path) -> None:
        sent = {"authorization": f"Bearer {Accounts(home).add_token('小王', '试用')}"}
        assert api.post("/api/ask", json=CALL, headers=sent).status_code == 200
        refused(api.post("/api/draft", json=ORDER, headers=sent), 403, "forbidden", "起草")

    def test_a_draft_leaves_a_line_in_the_audit(self, api: TestClient, home: Path, token: str) -> None:
        sent = {"authorization": f"Bearer {token}"}
        assert api.post("/api/draft", json=ORDER, headers=sent).status_code == 200
        line = Audit(home).lines(1)[0]
        assert (line.who, line.action, line.outcome) == ("管理员", "draft", "ok") and "青禾县" in line.what

    def test_a_question_leaves_none(self, api: TestClient, home: Path, token: str) -> None:
        before = len(Audit(home).lines())
        api.post("/api/ask", json=CALL, headers={"authorization": f"Bearer {token}"})
        assert len(Audit(home).lines()) == before

    def test_what_it_is_and_whether_it_works_is_told_to_everybody(self, api: TestClient) -> None:
        assert api.get("/api/health").json()["needs_token"] is True
        assert api.get("/api/docs").status_code == api.get("/api/openapi.json").status_code == 200

    def test_the_last_users_removal_does_not_open_it_to_whoever_names_this_machine(
        self, assistant: Assistant, tmp_path: Path
    ) -> None:
        accounts = Accounts(tmp_path)
        accounts.add("管理员", PASSWORD, "keeper")
        api = client(lambda: assistant, accounts, Audit(tmp_path))
        refused(api.get("/api/reports"), 401, "unauthorized")
        Accounts(tmp_path).remove("管理员")
        refused(api.get("/api/reports", headers={"host": "127.0.0.1"}), 401, "unauthorized")
        assert api.get("/api/health").json()["needs_token"] is True

    def test_a_body_is_not_read_before_it_is_known_whose_it_is(self, api: TestClient) -> None:
        answered = api.post("/api/ask", content=b"{", headers={"content-type": "application/json"})
        refused(answered, 401, "unauthorized")
