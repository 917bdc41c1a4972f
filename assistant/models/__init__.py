"""The language model that the user configured: an OpenAI-compatible endpoint, or a GGUF file on this machine.

Nothing is asked, loaded or sent before `open_model`, and then only of the one that is configured. Where both are,
the endpoint answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.models.address import Address
from assistant.models.types import Model, ModelInfo
from ingest.errors import BadSettings

if TYPE_CHECKING:
    from ingest.settings import Settings

__all__ = ["Model", "ModelInfo", "close_models", "configured", "open_model"]

EVIDENCE_TOKENS_ENDPOINT = 1500
EVIDENCE_TOKENS_FILE = 380
"""cl100k tokens of evidence in one prompt. A small model on two cores reads some 35 tokens a second."""


def configured(settings: Settings) -> ModelInfo | None:
    """The model that would answer, None without one; loads nothing. Raises BadSettings for an impossible address."""
    if settings.llm_base_url:
        address = Address.parse(settings.llm_base_url)
        return ModelInfo(settings.llm_model or "", address.where, "endpoint", address.is_loopback)
    if settings.llm_gguf is not None:
        return ModelInfo(settings.llm_gguf.stem, f"本机文件 {settings.llm_gguf.name}", "file", local=True)
    return None


def open_model(settings: Settings) -> Model:
    """The configured model, ready to answer. The first call may take seconds (a file is loaded), later ones do not.

    Call it for each answer rather than keep the result for long: a local model that broke down is started again.
    Raises BadSettings when nothing is configured or it cannot be used, ModelUnreachable when it does not start.
    """
    info = configured(settings)
    if info is None:
        remedy = "请设置 REPORT_ASSISTANT_LLM_BASE_URL 和 REPORT_ASSISTANT_LLM_MODEL，或设置 REPORT_ASSISTANT_LLM_GGUF"
        raise BadSettings("还没有配置语言模型", f"{remedy}，说明见 report-assistant models")
    if info.kind == "endpoint":
        from assistant.models.endpoint import open_endpoint

        name, chat = open_endpoint(settings)
        opened = ModelInfo(name, info.where, info.kind, info.local)
        return Model(opened, chat, EVIDENCE_TOKENS_ENDPOINT, settings.llm_seconds)
    from assistant.models.local import open_file

    assert settings.llm_gguf is not None
    return Model(info, open_file(settings.llm_gguf, settings.llm_seconds), EVIDENCE_TOKENS_FILE, settings.llm_seconds)


def close_models() -> None:
    """End the local model servers that this process started; happens by itself when the process ends."""
    from assistant.models.local import close_servers

    close_servers()
