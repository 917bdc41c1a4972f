"""The one place for configuration: environment first, then `settings.toml` in the archive directory, then defaults.

Unknown keys are refused, because a misspelt key that is silently ignored is a wrong answer waiting to happen.
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from ingest.errors import BadSettings

PREFIX = "REPORT_ASSISTANT_"
_FOR_TESTS = f"{PREFIX}TEST_"
"""Variables that tell the project's own tests where their material is; they configure nothing."""
BUNDLED_MODEL = "bundled:multilingual-e5-small"

EmbeddingPrecision = Literal["float32", "bfloat16", "int8"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be configured; each field is also an environment variable (`REPORT_ASSISTANT_` + upper case).

    home: the archive directory.
    today: the date that 今年 counts from, ISO form; None means the latest report of the body asked about.
    embedding_model: `bundled:multilingual-e5-small`, or any sentence-transformers model name or folder.
    embedding_query_prefix / embedding_passage_prefix: what that model wants before a query and before a passage.
    embedding_precision: in what numbers the model's layers multiply: `float32`, `bfloat16` or `int8`.
    passage_tokens: token budget of a passage (cl100k_base tokens).
    llm_base_url / llm_model / llm_api_key: an OpenAI-compatible endpoint for the llm composer; llm_gguf: a local file.
        Where both are set, the endpoint answers.
    llm_seconds: time limit of one answer of the language model, in seconds (1 to 600).
    page_hosts: names, separated by commas, under which the page is called besides its own address (the name that a
        proxy or the office's name server gives it); requests for any other name are refused.
    page_proxy: addresses, separated by commas, of the proxies in front of the page; only these are believed when they
        say who asks and whether by HTTPS.
    chroma_url: a Chroma server (http://127.0.0.1:8000) that keeps the vector index instead of the archive directory.
    """

    home: Path
    today: str | None = None
    embedding_model: str = BUNDLED_MODEL
    embedding_query_prefix: str = "query: "
    embedding_passage_prefix: str = "passage: "
    embedding_precision: EmbeddingPrecision = "float32"
    passage_tokens: int = 400
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = None
    llm_gguf: Path | None = None
    llm_seconds: float = 60
    page_hosts: str | None = None
    page_proxy: str | None = None
    chroma_url: str | None = None


MIN_PASSAGE_TOKENS, MAX_PASSAGE_TOKENS = 50, 500
"""Beyond 500 tokens the embedding model would not read a passage to its end."""
MIN_LLM_SECONDS, MAX_LLM_SECONDS = 1, 600


def default_home() -> Path:
    """The archive directory of a user who configured none."""
    from platformdirs import user_data_path

    return user_data_path("report-assistant", appauthor=False)


def load_settings(home: Path | None = None, environ: dict[str, str] | None = None) -> Settings:
    """Read the settings; `home` overrides every other source of the archive directory. Raises BadSettings."""
    env = dict(os.environ) if environ is None else environ
    known = [field.name for field in fields(Settings)]
    given: dict[str, object] = {}
    for name, value in env.items():
        if name.startswith(PREFIX) and not name.startswith(_FOR_TESTS) and value != "":
            given[_known(name.removeprefix(PREFIX).lower(), known, f"环境变量 {name}")] = value
    place = Path(home or str(given.get("home", "")) or default_home()).expanduser()
    merged: dict[str, Any] = {**_from_file(place / "settings.toml", known), **given, "home": place}
    settings: dict[str, Any] = {name: _convert(name, value) for name, value in merged.items()}
    return Settings(**settings)


def _from_file(path: Path, known: list[str]) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"配置文件 {path} 不是合法的 TOML（{error}）", "请改正后重试") from error
    return {
        _known(key, [name for name in known if name != "home"], f"配置文件 {path} 中的 {key}"): table[key]
        for key in table
    }


def _known(key: str, known: list[str], where: str) -> str:
    if key in known:
        return key
    near = get_close_matches(key, known, n=1)
    raise BadSettings(f"{where} 不是已知的配置项", f"是否想写 {near[0]}？请改正或删去" if near else "请删去")


def _convert(name: str, value: object) -> object:
    if name == "chroma_url":
        return _server(value)
    wrong = BadSettings(f"配置项 {name} 的值 {value!r} 不合要求", "请填写正确的值")
    if name in ("home", "llm_gguf"):
        return Path(str(value)).expanduser()
    if name == "passage_tokens":
        if not str(value).isdigit() or not MIN_PASSAGE_TOKENS <= int(str(value)) <= MAX_PASSAGE_TOKENS:
            raise BadSettings(wrong.fault, f"请填写 {MIN_PASSAGE_TOKENS} 到 {MAX_PASSAGE_TOKENS} 之间的整数")
        return int(str(value))
    if name == "llm_seconds":
        return _seconds(value, wrong.fault)
    if name in ("page_hosts", "page_proxy"):
        return _listed(name, value, wrong.fault)
    if not isinstance(value, str):
        raise wrong
    if name == "embedding_precision" and value not in get_args(EmbeddingPrecision):
        raise BadSettings(wrong.fault, f"请填写 {'、'.join(get_args(EmbeddingPrecision))} 之一")
    if name == "today":
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise BadSettings(wrong.fault, "请写成 2025-01-31 这样的日期") from error
    return value


def _listed(name: str, value: object, fault: str) -> str:
    """Host names, or addresses of proxies, each as it is compared later."""
    found = [one.strip().lower() for one in str(value).split(",")] if isinstance(value, str) else [""]
    for one in found:
        if name == "page_hosts" and not re.fullmatch(r"[\w.-]+", one):
            raise BadSettings(fault, "请写成 bgzs.example.cn 这样的主机名，几个之间用逗号隔开，不写 https:// 和端口")
        if name == "page_proxy":
            try:
                ipaddress.ip_network(one, strict=False)
            except ValueError as error:
                raise BadSettings(fault, "请写成 127.0.0.1 这样的地址，几个之间用逗号隔开") from error
    return ",".join(found)


def _server(value: object) -> str:
    """The server's URL with its port. What is wrong is not repeated: a password may stand in it."""
    wrong = BadSettings(
        "配置项 chroma_url 不合要求", "请写成 http://127.0.0.1:8000 这样的地址，不写用户名、密码和端口之后的内容"
    )
    try:
        parts = urlsplit(str(value).strip())
        port = parts.port or (443 if parts.scheme == "https" else 8000)
    except ValueError as error:
        raise wrong from error
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise wrong
    if parts.path.strip("/") or parts.query or parts.fragment or not re.fullmatch(r"[\w.:-]+", host):
        raise wrong
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def _seconds(value: object, fault: str) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0.0
    if not MIN_LLM_SECONDS <= seconds <= MAX_LLM_SECONDS:
        raise BadSettings(fault, f"请填写 {MIN_LLM_SECONDS} 到 {MAX_LLM_SECONDS} 之间的秒数")
    return seconds
