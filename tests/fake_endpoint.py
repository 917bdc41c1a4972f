"""An OpenAI-compatible endpoint on loopback that does what a test says: a real server, real sockets, a scripted model.

    with FakeEndpoint(say("两癌筛查完成10500人。〔1〕")) as endpoint:
        chat = ... base_url=endpoint.url ...

A behaviour is a function of one exchange; `FakeEndpoint` takes one for every request, or a sequence, the last of which
stays. What was asked is in `endpoint.asked`, and whether the client went away early in `endpoint.abandoned`.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "fake-model"


class Exchange:
    """One request under answer; how a behaviour writes its stream."""

    def __init__(self, handler: BaseHTTPRequestHandler, asked: dict[str, Any], stopped: threading.Event) -> None:
        self._handler = handler
        self._stopped = stopped
        self.asked = asked

    @property
    def prompt(self) -> str:
        """The text of every message, in order."""
        return "\n".join(str(message["content"]) for message in self.asked.get("messages", ()))

    def begin(self, content_type: str = "text/event-stream; charset=utf-8") -> None:
        self._handler.send_response(200)
        self._handler.send_header("Content-Type", content_type)
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def piece(self, text: str | None, finish: str | None = None) -> None:
        """One event with a piece of the answer."""
        delta = {} if text is None else {"role": "assistant", "content": text}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": MODEL, "choices": [choice]}
        self.raw(b"data: " + json.dumps(event).encode() + b"\n\n")

    def end(self) -> None:
        self.piece(None, "stop")
        self.raw(b"data: [DONE]\n\n")

    def raw(self, data: bytes) -> None:
        """Any bytes. Raises OSError when the client is gone."""
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the endpoint lives, nor than the client listens: that raises OSError."""
        connection = self._handler.connection
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0 and not self._stopped.wait(min(left, 0.02)):
            connection.setblocking(False)
            try:
                if connection.recv(1, socket.MSG_PEEK) == b"":
                    raise ConnectionAbortedError("the client has gone")
            except BlockingIOError:
                pass
            finally:
                connection.setblocking(True)

    def refuse(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        body = json.dumps({"error": {"message": message, "type": "error", "code": status}}).encode()
        self._handler.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()
        self.raw(body)


Behaviour = Callable[[Exchange], None]


def say(*pieces: str, pause: float = 0.0, before: float = 0.0) -> Behaviour:
    """A truthful answer in these pieces; `before` the first token and a `pause` after each piece, in seconds."""
    return answer(lambda _: pieces, pause=pause, before=before)


def answer(write: Callable[[str], Iterable[str]], *, pause: float = 0.0, before: float = 0.0) -> Behaviour:
    """An answer made from the prompt: `write` takes its text and gives the pieces."""

    def behave(exchange: Exchange) -> None:
        exchange.pause(before)
        exchange.begin()
        for piece in write(exchange.prompt):
            exchange.piece(piece)
            exchange.pause(pause)
        exchange.end()

    return behave


def refuse(status: int, message: str = "no", **headers: str) -> Behaviour:
    """An HTTP error: 401, 429, 500, or a redirect with `Location`."""
    return lambda exchange: exchange.refuse(status, message, headers)


def cut(*pieces: str) -> Behaviour:
    """The stream stops after these pieces, without its end."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        for piece in pieces:
            exchange.piece(piece)

    return behave


def endless(piece: str = "工作，", pause: float = 0.0) -> Behaviour:
    """The same piece for ever."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        while True:
            exchange.piece(piece)
            exchange.pause(pause)

    return behave


def keep_alive(pause: float) -> Behaviour:
    """Signs of life, and never a word."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        while True:
            exchange.raw(b": still here\n\n")
            exchange.pause(pause)

    return behave


def raw(data: bytes, content_type: str = "text/event-stream; charset=utf-8") -> Behaviour:
    """These very bytes: a web page, broken JSON, broken UTF-8."""

    def behave(exchange: Exchange) -> None:
        exchange.begin(content_type)
        exchange.raw(data)

    return behave


def broken_utf8(before: str, after: str) -> Behaviour:
    """A piece with half a Chinese character between `before` and `after`."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        text = f"{before}@@{after}"
        event = json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}, ensure_ascii=False).encode()
        exchange.raw(b"data: " + event.replace(b"@@", "筛".encode()[:2]) + b"\n\n")
        exchange.end()

    return behave


class FakeEndpoint:
    """The server; `with` starts and ends it. `key`: refuse any other, where given. `models`: what GET /models lists."""

    def __init__(
        self, behaviour: Behaviour | Sequence[Behaviour], *, key: str | None = None, models: Sequence[str] = (MODEL,)
    ) -> None:
        self._behaviours = [behaviour] if callable(behaviour) else list(behaviour)
        self._key = key
        self._models = models
        self._stopped = threading.Event()
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.paths: list[str] = []
        self.abandoned = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> FakeEndpoint:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                endpoint._note(self)
                body = json.dumps(
                    {"object": "list", "data": [{"id": name, "object": "model"} for name in endpoint._models]}
                )
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body.encode())

            def do_POST(self) -> None:
                endpoint._note(self)
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                place = min(len(endpoint.asked), len(endpoint._behaviours) - 1)
                endpoint.asked.append(asked)
                exchange = Exchange(self, asked, endpoint._stopped)
                try:
                    if endpoint._key is not None and endpoint.keys[-1] != endpoint._key:
                        exchange.refuse(401, "invalid api key")
                    else:
                        endpoint._behaviours[place](exchange)
                except OSError:
                    endpoint.abandoned.set()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the test's terminal."""

        return Handler

    def _note(self, handler: BaseHTTPRequestHandler) -> None:
        self.paths.append(handler.path)
        self.keys.append(handler.headers.get("Authorization", "").removeprefix("Bearer "))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


def closed_port() -> str:
    """The address of a port on loopback where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
