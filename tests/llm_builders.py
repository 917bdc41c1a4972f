"""What tests of a language model share: settings for a fake endpoint, and a real small model where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.settings import Settings, load_settings
from tests.fake_endpoint import MODEL

GGUF_VARIABLE = "REPORT_ASSISTANT_TEST_GGUF"
_CACHE = Path(__file__).parents[1] / "data" / "models"


def endpoint_settings(
    home: Path, url: str, *, model: str | None = MODEL, seconds: float = 20, key: str = ""
) -> Settings:
    """Settings that name an endpoint."""
    given = {"HOME": str(home), "LLM_BASE_URL": url, "LLM_MODEL": model or "", "LLM_API_KEY": key}
    return load_settings(environ={f"REPORT_ASSISTANT_{name}": text for name, text in given.items()} | _limit(seconds))


def file_settings(home: Path, path: Path, *, seconds: float = 300) -> Settings:
    """Settings that name a model file; the limit is for a machine that is busy with other tests."""
    given = {"REPORT_ASSISTANT_HOME": str(home), "REPORT_ASSISTANT_LLM_GGUF": str(path)}
    return load_settings(environ=given | _limit(seconds))


def small_model() -> Path:
    """The small real model's file; skips the test where it, or what runs it, is missing."""
    pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    named = os.environ.get(GGUF_VARIABLE)
    found = [Path(named)] if named else sorted(_CACHE.glob("*-0.5b-*.gguf"))
    if not found or not found[0].is_file():
        pytest.skip(f"no small language model: run .ci/llm, or set {GGUF_VARIABLE}")
    return found[0]


def _limit(seconds: float) -> dict[str, str]:
    return {"REPORT_ASSISTANT_LLM_SECONDS": str(seconds)}
