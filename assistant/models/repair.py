"""Bytes of an event stream that are no UTF-8 are replaced, where the client would else give up the whole answer.

Servers that send a token as soon as they have it may cut a Chinese character in two.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator, Iterator

import httpx2


def repair_response(response: httpx2.Response) -> None:
    """Event hook of a client: what is read of `response` from here on is valid UTF-8."""
    if _is_plain_stream(response) and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Repaired(response.stream)


async def repair_async_response(response: httpx2.Response) -> None:
    """The same for an asynchronous client."""
    if _is_plain_stream(response) and isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _RepairedAsync(response.stream)


class _Repaired(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for piece in self._stream:
            yield decoder.decode(piece).encode()

    def close(self) -> None:
        self._stream.close()


class _RepairedAsync(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        async for piece in self._stream:
            yield decoder.decode(piece).encode()

    async def aclose(self) -> None:
        await self._stream.aclose()


def _is_plain_stream(response: httpx2.Response) -> bool:
    return "event-stream" in response.headers.get("content-type", "") and not response.headers.get("content-encoding")
