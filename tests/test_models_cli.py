"""`report-assistant models`: lists, tests and explains what is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_builders import Shell
from tests.fake_endpoint import MODEL, FakeEndpoint, refuse, say

KEY = "sk-geheim-123"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    for name in ("BASE_URL", "MODEL", "API_KEY", "GGUF"):
        monkeypatch.delenv(f"REPORT_ASSISTANT_LLM_{name}", raising=False)
    return Shell(tmp_path / "档案", monkeypatch, capsys)


def set_up(shell: Shell, **given: str) -> None:
    for name, text in given.items():
        shell.monkeypatch.setenv(f"REPORT_ASSISTANT_LLM_{name.upper()}", text)


def test_with_none_it_explains_how_to_set_one_and_that_none_is_needed(shell: Shell) -> None:
    ran = shell("models")
    assert ran.code == 0 and ran.err == "" and ran.out.startswith("还没有配置语言模型。")
    for word in (
        "摘录",
        "LLM_BASE_URL",
        "LLM_MODEL",
        "LLM_API_KEY",
        "LLM_GGUF",
        "pip install",
        "settings.toml",
        "--test",
    ):
        assert word in ran.out
    told = shell("models", "--json").json
    assert told["answers"] is None and told["leaves_this_machine"] is False and told["fault"] is None
    assert not shell.home.exists()


def test_with_none_there_is_nothing_to_test(shell: Shell) -> None:
    ran = shell("models", "--test")
    assert ran.code == 1 and ran.err.startswith("错误：还没有配置语言模型") and ran.err.count("\n") == 1


def test_an_outside_endpoint_says_what_leaves_the_machine_and_never_the_key(shell: Shell) -> None:
    set_up(shell, base_url="https://me:pass@api.example.com/v1?token=t", model="big", api_key=KEY)
    ran = shell("models")
    assert ran.code == 0
    for line in (
        "语言模型：big",
        "在哪里：外部服务 api.example.com",
        "地址：https://api.example.com/v1",
        "密钥：已设置",
    ):
        assert line in ran.out.splitlines()
    assert "会发给 api.example.com，不发给别处" in ran.out
    as_json = shell("models", "--json")
    assert as_json.json["leaves_this_machine"] and as_json.json["endpoint"]["has_key"]
    for secret in (KEY, "pass", "token"):
        assert secret not in ran.out + ran.err + as_json.out


def test_one_on_this_machine_says_that_nothing_leaves_it(shell: Shell) -> None:
    set_up(shell, base_url="http://127.0.0.1:9/v1")
    out = shell("models").out
    assert "不离开这台电脑" in out and "由接口决定" in out and "密钥：没有设置" in out


def test_of_both_it_says_that_the_endpoint_answers(shell: Shell, tmp_path: Path) -> None:
    set_up(shell, base_url="http://127.0.0.1:9/v1", model="m", gguf=str(tmp_path / "小.gguf"))
    ran = shell("models")
    assert ran.code == 0 and "也设了模型文件 小.gguf；两样都设时用接口" in ran.out
    told = shell("models", "--json").json
    assert told["answers"]["kind"] == "endpoint" and told["file"]["bytes"] is None


def test_a_missing_file_is_listed_and_refused(shell: Shell, tmp_path: Path) -> None:
    set_up(shell, gguf=str(tmp_path / "没有.gguf"))
    ran = shell("models")
    assert ran.code == 1 and "本机文件 没有.gguf" in ran.out and "不存在" in ran.err and ran.err.count("\n") == 1
    as_json = shell("models", "--json")
    assert as_json.code == 1 and "不存在" in as_json.json["fault"]["fault"] and as_json.err == ""


def test_a_wrong_address_is_refused(shell: Shell) -> None:
    set_up(shell, base_url="api.example.com")
    ran = shell("models")
    assert (
        ran.code == 1 and "LLM_BASE_URL" in ran.err and shell("models", "--json").json["endpoint"]["base_url"] is None
    )


def test_a_test_tells_what_the_model_said_and_how_fast(shell: Shell) -> None:
    with FakeEndpoint(say("会议在讲", "设备更新。", pause=0.05)) as endpoint:
        set_up(shell, base_url=endpoint.url, model=MODEL)
        ran = shell("models", "--test")
        assert ran.code == 0 and "它说：会议在讲设备更新。" in ran.out and "秒后开始回答" in ran.out
        told = shell("models", "--test", "--json").json["test"]
    assert told["said"] == "会议在讲设备更新。" and 0 < told["first_seconds"] <= told["seconds"]
    assert told["answer_rate"] > 0 and told["prompt_rate"] is None
    assert len({str(asked["messages"]) for asked in endpoint.asked}) == 2, "no test finds its prompt read already"


def test_a_test_that_fails_is_one_line_after_the_list(shell: Shell) -> None:
    with FakeEndpoint(refuse(401)) as endpoint:
        set_up(shell, base_url=endpoint.url, model=MODEL, api_key=KEY)
        ran, as_json = shell("models", "--test"), shell("models", "--test", "--json")
    assert ran.code == 1 and ran.out.startswith(f"语言模型：{MODEL}")
    assert "401" in ran.err and "请检查 REPORT_ASSISTANT_LLM_API_KEY" in ran.err and ran.err.count("\n") == 1
    assert as_json.code == 1 and as_json.json["test"] is None and "401" in as_json.json["fault"]["fault"]
