"""An OpenAI-compatible endpoint as a langchain chat model.

Over langchain's own client: nothing but the configured address is ever asked (no redirects, no organisation or proxy
taken from OpenAI's variables, no proxy at all for this machine), broken UTF-8 does not end the stream, and an answer
that stops before its end is an error and not a short answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import openai
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.models.address import Address
from assistant.models.faults import CutStreamError, NoAnswerError, unreachable
from assistant.models.repair import repair_async_response, repair_response
from ingest.errors import BadSettings

if TYPE_CHECKING:
    from langchain_core.outputs import ChatGenerationChunk

    from ingest.settings import Settings

_CONNECT_SECONDS = 10.0
_LIST_SECONDS = 10.0
_SHOWN = 5


class EndpointChat(ChatOpenAI):
    """`ChatOpenAI` that tells a cut stream, and one that is no answer at all, from a finished answer."""

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        seen, ended = False, False
        for chunk in super()._stream(*args, **kwargs):
            seen, ended = True, ended or _ends(chunk)
            yield chunk
        _must_have_ended(seen, ended)

    async def _astream(self, *args: Any, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        seen, ended = False, False
        async for chunk in super()._astream(*args, **kwargs):
            seen, ended = True, ended or _ends(chunk)
            yield chunk
        _must_have_ended(seen, ended)


def open_endpoint(settings: Settings) -> tuple[str, ChatOpenAI]:
    """The configured endpoint's model and its name; without a configured name, the only model that it offers.

    Raises BadSettings, and ModelUnreachable when the endpoint must be asked for the name and does not answer.
    """
    address, key = Address.parse(settings.llm_base_url or ""), settings.llm_api_key or ""
    if not key.isascii() or any(mark.isspace() or not mark.isprintable() for mark in key):
        raise BadSettings("语言模型的密钥 REPORT_ASSISTANT_LLM_API_KEY 含有空格或中文等字符", "请重新复制密钥")
    name = settings.llm_model or _only_model(address, key)
    return name, connect(address, name, key, settings.llm_seconds)


@lru_cache(maxsize=8)
def connect(address: Address, name: str, key: str, seconds: float, *, most_tokens: int | None = None) -> ChatOpenAI:
    """A chat model at `address`; kept, so that its connection is used again."""
    return EndpointChat(
        model=name,
        base_url=address.url,
        # Always given, since otherwise OPENAI_API_KEY of the environment would be sent to whatever is configured here.
        api_key=SecretStr(key or "none"),
        organization="",
        openai_proxy="",
        temperature=0,
        max_retries=0,
        max_completion_tokens=most_tokens,
        timeout=seconds,
        stream_chunk_timeout=0,  # the deadline is kept by whoever reads the stream
        http_client=openai.DefaultHttpxClient(
            **_client_options(address, seconds), event_hooks={"response": [repair_response]}
        ),
        http_async_client=openai.DefaultAsyncHttpxClient(
            **_client_options(address, seconds), event_hooks={"response": [repair_async_response]}
        ),
    )


@lru_cache(maxsize=8)
def _only_model(address: Address, key: str) -> str:
    """The name of the only model that the endpoint lists. Raises BadSettings, ModelUnreachable."""
    try:
        with openai.OpenAI(
            base_url=address.url,
            api_key=key or "none",
            organization="",
            max_retries=0,
            http_client=openai.DefaultHttpxClient(**_client_options(address, _LIST_SECONDS)),
        ) as client:
            names = [str(model.id) for model in client.models.list().data or ()]
    except openai.NotFoundError:
        names = []
    except Exception as error:
        raise unreachable(error) from error
    if len(names) == 1:
        return names[0]
    offered = f"，它有 {'、'.join(names[:_SHOWN])}{' 等' if len(names) > _SHOWN else ''}" if names else ""
    raise BadSettings(f"没有说明用接口的哪个模型{offered}", "请设置 REPORT_ASSISTANT_LLM_MODEL")


def _client_options(address: Address, seconds: float) -> dict[str, Any]:
    timeout = openai.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds))
    return {"timeout": timeout, "follow_redirects": False, "trust_env": not address.is_loopback}


def _ends(chunk: ChatGenerationChunk) -> bool:
    return bool((chunk.generation_info or {}).get("finish_reason"))


def _must_have_ended(seen: bool, ended: bool) -> None:
    if not seen:
        raise NoAnswerError
    if not ended:
        raise CutStreamError
