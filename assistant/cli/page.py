"""`ui`: opens the page. The page is found by entry point, since it is built on this package and not the other way."""

from __future__ import annotations

import logging
from importlib.metadata import entry_points
from typing import Annotated

import typer

from ingest.errors import BadSettings


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command(help="打开网页。")(ui)


def ui(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不自动打开浏览器")] = False,
) -> None:
    """Serve the chat page until stopped."""
    from ingest.settings import load_settings

    settings = load_settings()
    logging.getLogger().addHandler(logging.StreamHandler())  # a page tells its faults on the terminal behind it
    found = entry_points(group="report_assistant.page")
    if not found:
        raise BadSettings("网页没有安装好", "请重新安装 report-assistant")
    next(iter(found)).load()(settings, host=host, port=port, open_browser=not no_browser)
