"""The tab 设置: what it tells, who may do what, and that nothing secret is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.accounts import Accounts, Audit
from assistant.models import ModelInfo
from assistant.models.check import Check
from ingest.errors import ModelUnreachable
from ingest.runner import ingest_paths
from ingest.settings import Settings
from ui import settings_jobs
from ui.access import Access
from ui.app import create_app

HERE = "http://127.0.0.1"
OWN = {"origin": HERE, "x-from": "page"}
PASSWORD = "正确的马电池订书钉"
OTHER = "另一个长长的密码"
KEY = "sk-very-secret-0123456789"
REPORT = "青禾县卫生健康局2023年工作总结\n\n一、主要工作\n全县规范管理高血压患者12345人。\n"


def opened(home: Path, **more: Any) -> FastAPI:
    return create_app(Access(Settings(home=home, **more)))


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "报告.txt").write_text(REPORT, encoding="utf-8")
    ingest_paths(Settings(home=tmp_path / "home"), [tmp_path / "报告.txt"], embed=False)
    endpoint = {"llm_base_url": "https://user:hidden@llm.example.com/v1?key=hidden", "llm_api_key": KEY}
    with TestClient(opened(tmp_path / "home", **endpoint), base_url=HERE) as client:
        yield client


@pytest.fixture
def home(tmp_path: Path) -> Path:
    accounts = Accounts(tmp_path)
    accounts.add("王馆长", PASSWORD, "keeper")
    accounts.add("李写手", PASSWORD, "writer")
    accounts.add("赵读者", PASSWORD, "reader")
    return tmp_path


@pytest.fixture
def app(home: Path) -> FastAPI:
    return opened(home)


def signed_in(app: FastAPI, name: str, password: str = PASSWORD) -> TestClient:
    client = TestClient(app, base_url=HERE, follow_redirects=False)
    assert client.post("/login", data={"name": name, "password": password}, headers=OWN).status_code == 303
    return client


def do(client: TestClient, what: str, **fields: str) -> Response:
    answer: Response = client.post(f"/settings/do/{what}", json=fields, headers=OWN)
    return answer


def parts(client: TestClient, **query: str) -> dict[str, str]:
    told: dict[str, str] = client.get("/settings/parts", params=query).json()["parts"]
    return told


def task(client: TestClient, name: str, until: Callable[[str], bool]) -> str:
    for _ in range(600):
        told: str = client.get("/settings/tasks").json()["tasks"][name]
        if until(told):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def test_nothing_secret_is_shown_of_the_model(alone: TestClient) -> None:
    told = "".join(parts(alone).values())
    assert "llm.example.com" in told.replace("&#46;", ".")
    assert KEY not in told and "hidden" not in told
    assert "已设置（不显示）" in told


def test_what_leaves_the_machine_is_said(alone: TestClient, tmp_path: Path) -> None:
    assert "外部服务 llm.example.com" in parts(alone)["about"]
    with TestClient(opened(tmp_path / "home"), base_url=HERE) as without:
        assert "没有。报告、问题" in parts(without)["about"]


def test_without_users_it_says_how_to_set_them_up_and_makes_none(alone: TestClient) -> None:
    told = parts(alone)
    assert "users add NAME" in told["account"] and "没有设用户" in told["account"]
    assert do(alone, "user-add", name="王馆长", password=PASSWORD, role="keeper").status_code == 403
    assert do(alone, "password", old="", new=OTHER, again=OTHER).status_code == 403


def test_the_archive_is_checked_in_the_background(alone: TestClient) -> None:
    assert "1 份报告" in parts(alone)["archive"]
    assert do(alone, "check", name="archive").status_code == 200
    assert "档案完好" in task(alone, "archive", lambda told: "正在检查" not in told)
    assert "sound" in alone.get("/settings/tasks?lang=en").json()["tasks"]["archive"]


def test_a_model_that_answers_is_told_and_one_that_does_not(alone: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    info = ModelInfo("m", "本机服务 127.0.0.1:8000", "endpoint", local=True)
    monkeypatch.setattr(settings_jobs, "check_model", lambda _: Check(info, 0.1, 0.5, 1.5, None, None, "在讲<设备>"))
    do(alone, "check", name="model")
    assert "共 1.5 秒。它说：在讲&#60;设备&#62;" in task(alone, "model", lambda told: "正在检测" not in told)

    def fails(_: Settings) -> Check:
        raise ModelUnreachable("连不上语言模型", "请检查它的地址和网络")

    monkeypatch.setattr(settings_jobs, "check_model", fails)
    do(alone, "check", name="model")
    assert "连不上语言模型，请检查" in task(alone, "model", lambda told: "连不上" in told)


def test_a_test_of_the_model_is_stopped_at_once_and_not_begun_twice(
    alone: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def slow(_: Settings) -> Check:
        asked.append(time.monotonic())
        time.sleep(1.5)
        raise AssertionError("nobody waits for this")

    monkeypatch.setattr(settings_jobs, "check_model", slow)
    do(alone, "check", name="model")
    do(alone, "check", name="model")
    assert "正在检测" in task(alone, "model", lambda _: True)
    do(alone, "stop", name="model")
    assert "已停止" in task(alone, "model", lambda _: True)
    assert "还在收尾" in do(alone, "check", name="model").json()["said"]
    assert len(asked) == 1


def test_a_check_of_the_archive_ends_when_it_is_stopped(alone: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[int] = []

    def slow(_: Settings, progress: Callable[[int, int], None]) -> None:
        for done in range(100):
            progress(done, 100)
            reached.append(done)
            time.sleep(0.05)

    monkeypatch.setattr(settings_jobs, "examined", slow)
    do(alone, "check", name="archive")
    task(alone, "archive", lambda told: "/100" in told)
    do(alone, "stop", name="archive")
    assert "已停止" in task(alone, "archive", lambda _: True)
    time.sleep(0.3)
    ended = len(reached)
    time.sleep(0.3)
    assert len(reached) == ended < 100


KEEPER_ONLY = (
    ("user-add", {"name": "新人", "password": PASSWORD, "role": "keeper"}),
    ("user-role", {"name": "赵读者", "role": "keeper"}),
    ("user-password", {"name": "王馆长", "password": OTHER}),
    ("user-remove", {"name": "李写手"}),
    ("token-add", {"name": "王馆长", "label": "x"}),
    ("token-revoke", {"name": "1"}),
    ("check", {"name": "archive"}),
    ("stop", {"name": "archive"}),
)


@pytest.mark.parametrize("name", ["赵读者", "李写手"])
@pytest.mark.parametrize(("what", "fields"), KEEPER_ONLY, ids=[f"{one[0]}" for one in KEEPER_ONLY])
def test_who_is_no_keeper_manages_nothing(app: FastAPI, name: str, what: str, fields: dict[str, str]) -> None:
    client = signed_in(app, name)
    assert do(client, what, **fields).status_code == 403
    assert set(parts(client)) == {"model", "archive", "account", "about"}


def test_who_is_no_keeper_does_not_learn_where_the_archive_lies(app: FastAPI, home: Path) -> None:
    assert str(home) not in "".join(parts(signed_in(app, "赵读者")).values()).replace("&#95;", "_")
    assert str(home) in parts(signed_in(app, "王馆长"))["archive"].replace("&#95;", "_")


def test_nobody_manages_without_signing_in_or_from_another_site(app: FastAPI) -> None:
    client = TestClient(app, base_url=HERE, follow_redirects=False)
    assert client.get("/settings/parts").status_code == 401
    assert do(client, "user-add", name="新人", password=PASSWORD, role="keeper").status_code == 401
    keeper = signed_in(app, "王馆长")
    fields = {"name": "李写手"}
    for headers in ({"origin": "http://elsewhere.example", "x-from": "page"}, {"origin": HERE}, {}):
        assert keeper.post("/settings/do/user-remove", json=fields, headers=headers).status_code == 403


def test_a_keeper_adds_changes_resets_and_disables(app: FastAPI, home: Path) -> None:
    keeper = signed_in(app, "王馆长")
    assert do(keeper, "user-add", name="新人", password=PASSWORD, role="reader").status_code == 200
    client = signed_in(app, "新人")
    assert do(keeper, "user-role", name="新人", role="writer").json()["said"] == "新人 现在是撰稿。"
    assert client.get("/whoami").json()["role"] == "writer"
    assert do(keeper, "user-password", name="新人", password=OTHER).status_code == 200
    assert client.get("/whoami").status_code == 401
    client = signed_in(app, "新人", OTHER)
    assert do(keeper, "user-remove", name="新人").status_code == 200
    assert client.get("/whoami").status_code == 401
    told = [line.what for line in Audit(home).lines() if line.action == "users"]
    assert told == ["移除 新人", "重设 新人 的密码", "新人 的角色由 reader 改为 writer", "添加 新人（reader）"]
    assert not any(PASSWORD in line or OTHER in line for line in told)


@pytest.mark.parametrize("what", ["user-remove", "user-role", "user-password"])
def test_a_keeper_does_not_lock_himself_out(app: FastAPI, what: str) -> None:
    keeper = signed_in(app, "王馆长")
    assert do(keeper, what, name="王馆长", role="reader", password=OTHER).status_code == 403
    assert keeper.get("/whoami").json()["role"] == "keeper"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": "新人", "password": "短", "role": "reader"}, "密码太短"),
        ({"name": "李写手", "password": PASSWORD, "role": "reader"}, "已有名为"),
        ({"name": "a/b", "password": PASSWORD, "role": "reader"}, "不能用的字符"),
        ({"name": "新人", "password": PASSWORD, "role": "root"}, "没有选角色"),
    ],
)
def test_an_unfit_user_is_refused_with_a_remedy(app: FastAPI, fields: dict[str, str], fault: str) -> None:
    answer = do(signed_in(app, "王馆长"), "user-add", **fields)
    assert answer.status_code == 409 and fault in answer.text and "请" in answer.text


def test_a_password_is_changed_by_who_knows_the_old_one_and_ends_the_other_sessions(app: FastAPI) -> None:
    here, elsewhere = signed_in(app, "李写手"), signed_in(app, "李写手")
    assert do(here, "password", old="错的密码", new=OTHER, again=OTHER).status_code == 409
    assert do(here, "password", old=PASSWORD, new=OTHER, again=PASSWORD).status_code == 409
    assert do(here, "password", old=PASSWORD, new=OTHER, again=OTHER).status_code == 200
    assert here.get("/whoami").json()["name"] == "李写手"
    assert elsewhere.get("/whoami").status_code == 401
    signed_in(app, "李写手", OTHER)


def test_a_token_is_shown_once_and_is_worth_nothing_once_revoked(app: FastAPI, home: Path) -> None:
    keeper = signed_in(app, "王馆长")
    secret = do(keeper, "token-add", name="李写手", label="办公系统").json()["token"]
    found = Accounts(home).bearer(secret)
    assert found is not None and found.name == "李写手"
    told = parts(keeper)["people"]
    assert "办公系统" in told and secret not in told
    number = Accounts(home).tokens()[0].id
    assert do(keeper, "token-revoke", name=number).status_code == 200
    assert Accounts(home).bearer(secret) is None
    assert do(keeper, "token-revoke", name=number).status_code == 404


def test_the_audit_is_listed_and_narrowed_to_one_person(app: FastAPI) -> None:
    keeper = signed_in(app, "王馆长")
    signed_in(app, "李写手")
    everybody, one = parts(keeper)["audit"], parts(keeper, who="李写手")["audit"]
    assert everybody.count("<tr>") == 3
    assert one.count("<tr>") == 2 and "<td>李写手</td>" in one


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"name": 3}', b'{"name": "' + b"x" * 20_000 + b'"}'])
def test_what_is_no_form_is_refused(app: FastAPI, body: bytes) -> None:
    assert signed_in(app, "王馆长").post("/settings/do/user-add", content=body, headers=OWN).status_code == 400


def test_names_and_labels_are_shown_as_text(app: FastAPI) -> None:
    keeper = signed_in(app, "王馆长")
    do(keeper, "token-add", name="李写手", label="<img src=x onerror=alert(1)>\N{RIGHT-TO-LEFT OVERRIDE}")
    told = "".join(parts(keeper).values())
    assert "<img" not in told and "\N{RIGHT-TO-LEFT OVERRIDE}" not in told
