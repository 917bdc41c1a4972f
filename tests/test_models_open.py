"""Which model is configured, and what is wrong with one that cannot be used: known before anything is sent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from assistant.models import Model, configured, local, open_model
from assistant.models.stream import stream_text
from ingest.errors import BadSettings, ModelUnreachable
from ingest.settings import Settings, load_settings
from tests.fake_endpoint import MODEL, FakeEndpoint, closed_port, refuse, say
from tests.llm_builders import endpoint_settings


def settings(home: Path, **given: str) -> Settings:
    named = {f"REPORT_ASSISTANT_{name.upper()}": text for name, text in given.items()}
    return load_settings(environ={"REPORT_ASSISTANT_HOME": str(home), **named})


def told_by(model: Model) -> str:
    return "".join(stream_text(model.chat, [HumanMessage("问")], seconds=20))


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    """A file that looks like a model and is none."""
    path = tmp_path / "小模型.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(64))
    return path


class TestConfigured:
    def test_nothing(self, tmp_path: Path) -> None:
        assert configured(settings(tmp_path)) is None

    @pytest.mark.parametrize(
        ("url", "where", "is_local"),
        [
            ("http://127.0.0.1:8000/v1", "本机服务 127.0.0.1:8000", True),
            ("http://localhost:11434/v1/", "本机服务 localhost:11434", True),
            ("http://[::1]:8080/v1", "本机服务 [::1]:8080", True),
            ("http://10.1.2.3:8000/v1", "内网服务 10.1.2.3:8000", False),
            ("https://api.example.com/v1", "外部服务 api.example.com", False),
            ("https://user:secret@api.example.com/v1", "外部服务 api.example.com", False),
            ("http://127.0.0.1.example.com/v1", "外部服务 127.0.0.1.example.com", False),
            ("http://localhost.example.com/v1", "外部服务 localhost.example.com", False),
        ],
    )
    def test_an_endpoint_says_whether_anything_leaves_the_machine(
        self, url: str, where: str, is_local: bool, tmp_path: Path
    ) -> None:
        info = configured(settings(tmp_path, llm_base_url=url, llm_model="m"))
        assert info is not None and (info.name, info.where, info.kind, info.local) == ("m", where, "endpoint", is_local)

    def test_a_file_stays_on_the_machine(self, tmp_path: Path, gguf: Path) -> None:
        info = configured(settings(tmp_path, llm_gguf=str(gguf)))
        assert info is not None and (info.name, info.where, info.local) == ("小模型", "本机文件 小模型.gguf", True)

    def test_the_endpoint_wins_over_the_file(self, tmp_path: Path, gguf: Path) -> None:
        info = configured(settings(tmp_path, llm_base_url="http://127.0.0.1:1/v1", llm_gguf=str(gguf)))
        assert info is not None and info.kind == "endpoint"

    @pytest.mark.parametrize(
        "url", ["127.0.0.1:8000", "ftp://x/v1", "http://", "http://a b/v1", "http://x:port/v1", "网址"]
    )
    def test_what_is_no_address_is_refused(self, url: str, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match="LLM_BASE_URL"):
            configured(settings(tmp_path, llm_base_url=url))

    @pytest.mark.parametrize("seconds", ["0", "601", "-1", "nan", "inf", "很久"])
    def test_a_time_limit_out_of_bounds_is_refused(self, seconds: str, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match=r"llm_seconds.*600"):
            settings(tmp_path, llm_seconds=seconds)

    def test_what_the_tests_are_told_is_no_setting(self, tmp_path: Path) -> None:
        assert settings(tmp_path, test_gguf="somewhere.gguf").llm_gguf is None


class TestEndpoint:
    def test_answers_with_its_budget_and_limit(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("完成10500人。"), key="sk-1") as endpoint:
            model = open_model(endpoint_settings(tmp_path, endpoint.url, key="sk-1", seconds=7))
            assert told_by(model) == "完成10500人。"
            assert (model.info.name, model.evidence_tokens, model.seconds) == (MODEL, 1500, 7)
            (asked,) = endpoint.asked
            assert (asked["model"], asked["temperature"], asked["stream"]) == (MODEL, 0, True)

    def test_can_be_asked_without_a_stream_too(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("甲", "乙")) as endpoint:
            chat = open_model(endpoint_settings(tmp_path, endpoint.url)).chat
            assert "".join(str(chunk.text) for chunk in chat.stream("问")) == "甲乙"

    def test_no_model_named_means_the_only_one_it_has(self, tmp_path: Path) -> None:
        with FakeEndpoint(say("好"), models=["only"]) as endpoint:
            model = open_model(endpoint_settings(tmp_path, endpoint.url, model=None))
            assert model.info.name == "only" and told_by(model) == "好" and endpoint.asked[0]["model"] == "only"

    @pytest.mark.parametrize("models", [(), ("甲", "乙")])
    def test_no_model_named_of_none_or_several_is_a_wrong_setting(
        self, models: tuple[str, ...], tmp_path: Path
    ) -> None:
        with (
            FakeEndpoint(say("好"), models=models) as endpoint,
            pytest.raises(BadSettings, match="LLM_MODEL") as raised,
        ):
            open_model(endpoint_settings(tmp_path, endpoint.url, model=None))
        assert all(name in str(raised.value) for name in models)

    def test_no_model_named_and_nobody_there_to_ask(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnreachable, match="连不上"):
            open_model(endpoint_settings(tmp_path, closed_port(), model=None))

    @pytest.mark.parametrize("key", ["sk 1", "钥匙甲乙", "sk-1\n2"])
    def test_a_key_that_cannot_be_sent_is_a_wrong_setting(self, key: str, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match="LLM_API_KEY") as raised:
            open_model(endpoint_settings(tmp_path, closed_port(), key=key))
        assert key not in str(raised.value)

    def test_one_that_refuses_does_not_cost_a_second_request(self, tmp_path: Path) -> None:
        with FakeEndpoint(refuse(500)) as endpoint:
            with pytest.raises(ModelUnreachable):
                told_by(open_model(endpoint_settings(tmp_path, endpoint.url)))
            assert len(endpoint.asked) == 1


class TestNothingElseIsAsked:
    def test_proxies_of_the_environment_do_not_get_what_stays_here(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with FakeEndpoint(say("外")) as proxy, FakeEndpoint(say("内")) as endpoint:
            for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
                monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
                monkeypatch.setenv(name.lower(), proxy.url.removesuffix("/v1"))
            for model in (MODEL, None):
                assert told_by(open_model(endpoint_settings(tmp_path, endpoint.url, model=model))) == "内"
            assert proxy.paths == []

    def test_keys_and_addresses_of_other_programs_are_not_used(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with FakeEndpoint(say("外")) as other, FakeEndpoint(say("内")) as endpoint:
            for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
                monkeypatch.setenv(name, other.url)
            for name in ("OPENAI_API_KEY", "LANGSMITH_API_KEY"):
                monkeypatch.setenv(name, "sk-other")
            for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
                monkeypatch.setenv(name, "true")
            assert told_by(open_model(endpoint_settings(tmp_path, endpoint.url))) == "内"
            assert "sk-other" not in endpoint.keys and other.paths == []


class TestFile:
    def test_nothing_configured_tells_how_to(self, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match=r"LLM_BASE_URL.*LLM_GGUF"):
            open_model(settings(tmp_path))

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match=r"不存在.*LLM_GGUF"):
            open_model(settings(tmp_path, llm_gguf=str(tmp_path / "没有.gguf")))

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(BadSettings, match="不能读取"):
            open_model(settings(tmp_path, llm_gguf=str(tmp_path)))

    def test_a_file_of_another_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "模型.gguf"
        path.write_text("不是模型")
        with pytest.raises(BadSettings, match="不是 GGUF"):
            open_model(settings(tmp_path, llm_gguf=str(path)))

    def test_the_extra_that_runs_it_is_missing(
        self, tmp_path: Path, gguf: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(local, "find_spec", lambda _: None)
        with pytest.raises(BadSettings, match=r"pip install .*local-llm"):
            open_model(settings(tmp_path, llm_gguf=str(gguf)))

    def test_a_file_that_cannot_be_loaded_leaves_nothing_running(self, tmp_path: Path, gguf: Path) -> None:
        pytest.importorskip("xllamacpp")
        with pytest.raises(ModelUnreachable, match="无法载入"):
            open_model(settings(tmp_path, llm_gguf=str(gguf)))
        assert local._servers == {}

    def test_a_process_that_dies_while_loading_is_told(
        self, tmp_path: Path, gguf: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(local, "is_installed", lambda: True)
        monkeypatch.setattr(local, "_MAIN", "import os; os.abort()")
        with pytest.raises(ModelUnreachable, match="无法载入"):
            open_model(settings(tmp_path, llm_gguf=str(gguf)))


def test_asking_what_is_configured_loads_nothing_heavy(tmp_path: Path) -> None:
    import subprocess

    script = (
        "import sys; from assistant.models import configured; from ingest.settings import load_settings\n"
        "configured(load_settings(environ={'REPORT_ASSISTANT_LLM_BASE_URL': 'http://127.0.0.1:1/v1'}))\n"
        "print(sorted({'langchain_core', 'openai', 'xllamacpp', 'httpx2', 'psutil', 'asyncio'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[1]
    )
    assert ran.stdout == "[]\n", ran.stderr
