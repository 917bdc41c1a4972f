"""The web server around the page: how it starts and how it stops."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.api.listening import url_of
from ui import strings

if TYPE_CHECKING:
    from fastapi import FastAPI

_PATIENCE = 1
"""Seconds that open connections get when the server stops; each open page holds one for as long as it lives."""


def run(
    app: FastAPI,
    listening: socket.socket,
    *,
    open_browser: bool,
    started: Callable[[], None],
    proxies: str | None = None,
) -> None:
    """Serve `app` on `listening` until Ctrl+C; says in one line where, and opens the browser there if asked.

    `started` is called once the page can be opened. `proxies`: addresses that are believed when they say who asks and
    whether by HTTPS; nobody is, unless given.
    """
    import uvicorn

    url = url_of(listening)

    class Server(uvicorn.Server):
        """Announces the page once it can be opened."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(strings.OPENED.format(url=url), flush=True)
            started()
            if open_browser and _has_screen():
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Open pages are cut off now; that is not worth an error on the terminal.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        log_level="error",
        timeout_graceful_shutdown=_PATIENCE,
        lifespan="on",
        proxy_headers=proxies is not None,
        forwarded_allow_ips=proxies or "",
        server_header=False,
    )
    # The server has stopped in good order by the time it repeats the interrupt.
    with listening, contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listening])
    print(strings.STOPPED, flush=True)
    gc.freeze()  # else the interpreter spends seconds on its way out looking through the libraries' objects


def _has_screen() -> bool:
    """Whether there is a desktop; without one `webbrowser` would start a text browser in this very terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
