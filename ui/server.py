"""The web server around the page: where it may listen, how it starts and how it stops."""

from __future__ import annotations

import contextlib
import errno
import gc
import ipaddress
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.errors import BadSettings
from ui import strings

if TYPE_CHECKING:
    from fastapi import FastAPI

_PATIENCE = 1
"""Seconds that open connections get when the server stops; each open page holds one for as long as it lives."""


def bind(host: str, port: int, *, for_users: bool = False) -> socket.socket:
    """A listening socket, on a loopback address unless one must sign in. Raises BadSettings when that may not or
    cannot be.
    """
    address = _address(host, for_users=for_users)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        return socket.create_server((str(address), port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            remedy = f"请换一个端口（例如 --port {port + 1 if port < 65535 else port - 1}），或关闭占用它的程序"
            raise BadSettings(f"端口 {port} 已被占用", remedy) from error
        raise BadSettings(f"无法在 {host} 的端口 {port} 上打开网页（{error.strerror}）", "请换一个端口") from error


def _address(host: str, *, for_users: bool) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host.lower() == "localhost" else host.strip("[]"))
    except ValueError:
        address = None
    if not for_users and (address is None or not address.is_loopback):
        remedy = "请先运行 report-assistant users add 名字 --role keeper，或使用 --host 127.0.0.1"
        raise BadSettings(f"网页还没有用户和密码，不能在 {host} 上公开", remedy)
    if address is None:
        raise BadSettings(
            f"{host} 不是本机的地址", "请写 --host 0.0.0.0 或本机的某个 IP 地址，名称写在配置项 page_hosts"
        )
    return address


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

    url = _url(listening)

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


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # what the browser of this machine can open
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _has_screen() -> bool:
    """Whether there is a desktop; without one `webbrowser` would start a text browser in this very terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
