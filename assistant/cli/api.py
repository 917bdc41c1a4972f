"""`api`: the HTTP interface without the page."""

from __future__ import annotations

import logging
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="只打开给其他程序用的接口（HTTP），不打开网页；网页打开时接口也在。")(api)


def api(
    host: Annotated[str, typer.Option(help="监听地址；设了用户才能在本机以外的地址上打开")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 为任意空闲端口")] = 7861,
) -> None:
    """Serve the interface until stopped."""
    from assistant.api.server import serve
    from ingest.settings import load_settings

    settings = load_settings()
    logging.getLogger().addHandler(logging.StreamHandler())  # a server tells its faults on the terminal behind it
    serve(settings, host=host, port=port)
