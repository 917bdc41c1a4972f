"""`mcp`: the archive as tools for programs that speak the Model Context Protocol."""

from __future__ import annotations

import logging
import sys

import typer


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(help="以 MCP 协议（标准输入输出）供其他程序调用：ask、search、figures。由调用它的程序启动。")(mcp)


def mcp() -> None:
    """Serve the tools on standard input and output until the program at the other end closes them."""
    from assistant.mcp.server import serve
    from ingest.settings import load_settings

    settings = load_settings()
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))  # standard output is the protocol's alone
    serve(settings)
