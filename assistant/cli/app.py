"""Puts the commands together."""

from __future__ import annotations

import typer


def build() -> typer.Typer:
    """The Typer application with every command of the contract."""
    from assistant.cli import (
        answers,
        api,
        archive,
        backup,
        conversations,
        draft,
        feedback,
        figures,
        ingest,
        mcp,
        models,
        page,
        promises,
        reports,
        users,
    )

    app = typer.Typer(
        name="report-assistant",
        help="报告档案助手：在工作总结和计划的档案里找依据、答问题，每个数字都有出处。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for module in (
        ingest,
        archive,
        backup,
        reports,
        answers,
        conversations,
        feedback,
        figures,
        promises,
        draft,
        models,
        page,
        api,
        mcp,
        users,
    ):
        module.register(app)
    return app
