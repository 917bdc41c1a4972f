"""Users at one page stay apart, and what is done to users counts at once."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from fastapi import FastAPI

from assistant.accounts import Accounts, Audit
from assistant.conversations import Conversations, Turn
from assistant.drafting.store import DraftStore
from assistant.drafting.types import Order
from ingest.settings import Settings
from tests.login_builders import COOKIE, OWN, PASSWORD, browser, sign_in
from ui.access import Access
from ui.app import create_app

ORDER = Order("青禾县卫生健康局", 2023)


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


def test_a_new_password_ends_every_session_and_a_new_role_holds_at_once(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("甲", PASSWORD, "keeper")
    accounts.add("乙", PASSWORD, "writer")
    app = create_app(Access(Settings(home=tmp_path)))
    one, two, other = browser(app), browser(app), browser(app)
    assert [sign_in(one, "乙"), sign_in(two, "乙"), sign_in(other, "甲")] == [303] * 3
    accounts.set_role("乙", "reader")
    assert one.get("/whoami").json()["lacks"] == ["draft", "correct", "ingest", "forget", "audit", "users"]
    accounts.set_password("乙", "另一个新的好密码")
    assert [one.get("/config").status_code, two.get("/config").status_code] == [401, 401]
    assert other.get("/config").status_code == 200
    assert sign_in(one, "乙", "另一个新的好密码") == 303
    accounts.remove("乙")
    assert one.get("/config").status_code == 401


def test_users_set_up_while_the_page_runs_count_at_once_and_never_open_it_again(tmp_path: Path) -> None:
    app = create_app(Access(Settings(home=tmp_path)))
    client = browser(app)
    assert client.get("/config").status_code == 200
    assert client.get("/login").headers["location"] == "/"
    assert client.get("/whoami").json()["local"] is True
    accounts = Accounts(tmp_path)
    accounts.add("甲", PASSWORD, "keeper")
    assert client.get("/config").status_code == 401
    accounts.remove("甲")
    for path in tmp_path.iterdir():
        path.unlink()
    assert client.get("/config").status_code == 401


def test_a_damaged_app_db_opens_nothing(tmp_path: Path) -> None:
    Accounts(tmp_path).add("甲", PASSWORD, "keeper")
    for path in tmp_path.glob("app.db*"):
        path.unlink()
    (tmp_path / "app.db").write_bytes(b"no database" * 500)
    client = browser(create_app(Access(Settings(home=tmp_path))))
    assert client.get("/config").status_code == 401
    client.cookies.set(COOKIE, "x")
    answered = client.get("/config")
    assert answered.status_code == 503 and "已损坏" in answered.text
    assert sign_in(client, "甲") == 503


def test_an_opened_page_belongs_to_who_opened_it(app: FastAPI) -> None:
    one, two = browser(app), browser(app)
    sign_in(one, "王馆长")
    sign_in(two, "赵读者")
    cancel = {"session_hash": "page-of-one", "fn_index": 0, "event_id": "x"}
    assert one.post("/gradio_api/cancel", json=cancel, headers=OWN).status_code == 200
    assert two.post("/gradio_api/cancel", json=cancel, headers=OWN).status_code == 403
    assert two.post("/gradio_api/queue/join", json={**cancel, "data": []}, headers=OWN).status_code == 403
    assert two.get("/gradio_api/queue/data?session_hash=page-of-one").status_code == 403
    assert two.get("/gradio_api/heartbeat/page-of-one").status_code == 403
    assert two.get("/en/gradio_api/heartbeat/page-of-one").status_code == 403


@pytest.mark.parametrize(
    "kind", ["application/JSON", "application/vnd.x+Json", "text/plain", "", "multipart/form-data"]
)
def test_an_opened_page_stays_its_owners_whatever_a_body_is_called(app: FastAPI, kind: str) -> None:
    one, two = browser(app), browser(app)
    sign_in(one, "王馆长")
    sign_in(two, "赵读者")
    cancel = {"session_hash": f"called-{kind}", "fn_index": 0, "event_id": "x"}
    assert one.post("/gradio_api/cancel", json=cancel, headers=OWN).status_code == 200
    for path in ("cancel", "queue/join"):
        answered = two.post(f"/gradio_api/{path}", content=json.dumps(cancel), headers={**OWN, "content-type": kind})
        assert answered.status_code == 403


def test_an_endless_number_or_a_bottomless_body_is_nobodys(app: FastAPI) -> None:
    client = browser(app)
    sign_in(client, "赵读者")
    assert client.get(f"/gradio_api/queue/data?session_hash={'a' * 65}").status_code == 403
    bottomless = client.post(
        "/gradio_api/queue/join", content="[" * 200_000, headers={**OWN, "content-type": "application/json"}
    )
    assert bottomless.status_code in (400, 422)


def test_an_address_too_long_to_be_one_is_not_looked_at(app: FastAPI) -> None:
    client = browser(app)
    sign_in(client, "赵读者")
    for path in ("/pages/{}", "/pages/1/{}.png", "/reading/{}"):
        assert client.get(path.format("9" * 5000)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.5:7860"])
def test_no_page_of_another_site_may_read_what_is_answered(home: Path, host: str, method: str) -> None:
    client = browser(create_app(Access(Settings(home=home)), "0.0.0.0"))
    sign_in(client, "赵读者")
    asked = {
        "host": host,
        "origin": f"http://{host.partition(':')[0]}:9999",
        "access-control-request-method": "GET",
        "cookie": f"{COOKIE}={client.cookies[COOKIE]}",
    }
    for path in ("/", "/config", "/gradio_api/info", "/en/config", "/whoami"):
        answered = client.request(method, path, headers=asked)
        assert not [name for name in answered.headers if name.startswith("access-control")]


def test_nobody_downloads_what_belongs_to_another_one(app: FastAPI, home: Path) -> None:
    talks, drafts = Conversations(home), DraftStore(home)
    talk = talks.start("李写手", Turn("签约多少？", fault="没有答出来。"))
    draft = drafts.save("李写手", "总结", ORDER, None).draft
    one, two = browser(app), browser(app)
    sign_in(one, "李写手")
    sign_in(two, "王馆长")
    assert one.get(f"/conversations/{talk.id}.md").status_code == 200
    for kind in ("md", "docx"):
        refused = two.get(f"/conversations/{talk.id}.{kind}")
        assert refused.status_code == 404 and "签约" not in refused.text
        assert two.get(f"/drafts/{draft}.{kind}").status_code in (404, 503)
    told = [(line.who, line.action) for line in Audit(home).lines(50) if line.action == "export"]
    assert told == [("李写手", "export")]


def test_an_export_that_cannot_be_audited_is_refused_and_reading_goes_on(tmp_path: Path) -> None:
    Accounts(tmp_path).add("甲", PASSWORD, "keeper")
    talk = Conversations(tmp_path).start("甲", Turn("签约多少？", fault="没有答出来。"))
    client = browser(create_app(Access(Settings(home=tmp_path))))
    sign_in(client, "甲")
    direct = sqlite3.connect(tmp_path / "app.db")
    direct.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
    direct.commit()
    direct.close()
    refused = client.get(f"/conversations/{talk.id}.md")
    assert refused.status_code == 503 and "没有导出" in refused.text and "签约" not in refused.text
    assert client.get("/config").status_code == 200


@pytest.mark.parametrize("name", ["赵读者", "王馆长"])
@pytest.mark.parametrize("path", ["upload", "component_server", "process_recording"])
def test_nothing_is_uploaded_where_nobody_would_ask_who_it_is(app: FastAPI, name: str, path: str) -> None:
    client = browser(app)
    sign_in(client, name)
    files = {"files": ("a.txt", b"x"), "session_hash": (None, "another-ones")}
    for page in ("", "/en"):
        assert client.post(f"{page}/gradio_api/{path}", files=files, headers=OWN).status_code == 404


@pytest.mark.parametrize("wanted", ["http://example.invalid/a.svg", "/etc/hostname", "https://127.0.0.1/"])
def test_the_server_fetches_nothing_for_anybody(app: FastAPI, wanted: str) -> None:
    client = browser(app)
    sign_in(client, "王馆长")
    for way in ("file=", "file/", "proxy="):
        answered = client.get(f"/gradio_api/{way}{wanted}")
        assert (answered.status_code, answered.text) == (404, "")


def test_signing_in_and_out_and_failing_to_leaves_lines_without_what_was_typed(tmp_path: Path) -> None:
    Accounts(tmp_path).add("甲", PASSWORD, "keeper")
    client = browser(create_app(Access(Settings(home=tmp_path))), "10.1.1.1")
    sign_in(client, "甲")
    client.post("/logout", headers=OWN)
    sign_in(client, "my-secret-in-the-wrong-field", "x")
    for _ in range(8):
        sign_in(client, "甲", "错错错错错错错错")
    lines = Audit(tmp_path).lines()
    told = [(line.who, line.action, line.what, line.outcome) for line in reversed(lines)]
    assert told[:3] == [
        ("甲", "login", "10.1.1.1", "ok"),
        ("甲", "logout", "", "ok"),
        ("", "login", "10.1.1.1", "用户名或密码不对"),
    ]
    assert [outcome for *_, outcome in told[3:]] == ["用户名或密码不对"] * 5 + ["输错的次数太多"]
    assert not any("secret" in str(line) for line in lines)
