"""The page: its tabs, its look, and the server that shows it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.settings import Settings
from ui import strings
from ui.access import Access
from ui.strings import Language

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

PATHS: dict[Language, str] = {"en": "/en", "zh": "/"}
"""Where the page of each language is found."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its Chinese label and the function that adds its components and events to the page."""

    label: str
    build: Callable[[gr.Blocks, Access], None]


def tabs() -> tuple[Tab, ...]:
    """The tabs from left to right; a new one is one more line here."""
    from ui import archive_tab, chat, draft_tab, ledger_tab

    return (
        Tab(strings.TAB_CHAT, chat.build),
        Tab(strings.TAB_LEDGER, ledger_tab.build),
        Tab(strings.TAB_DRAFT, draft_tab.build),
        Tab(strings.TAB_ARCHIVE, archive_tab.build),
    )


def build(access: Access, language: Language = "zh") -> gr.Blocks:
    """The page as Gradio blocks, without its look (that is given when it is served)."""
    import gradio as gr

    from ui.page import Page, speaking

    with speaking(language):
        page = Page(language, title=strings.TITLE, analytics_enabled=False, fill_width=True)
    with speaking(language), page:
        gr.HTML(f'<p class="name">{strings.TITLE}</p><p class="motto">{strings.MOTTO}</p>', elem_id="masthead")
        with gr.Tabs(elem_id="tabs"):
            for tab in tabs():
                with gr.Tab(tab.label):
                    tab.build(page, access)
    return page


def create_app(access: Access, address: str = "127.0.0.1") -> FastAPI:
    """The page as a web application: no analytics, no sharing, no API pages, nothing from other hosts.

    `address` is where it will listen; requests that name any other host are refused.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from ui.downloads import add_downloads
    from ui.draft_downloads import add_draft_downloads
    from ui.guard import Guard
    from ui.page import speaking
    from ui.theme import css, head, theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard)
    # A loopback page without users must not answer to another name that was made to point here (DNS rebinding).
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", address, f"[{address}]"])
    add_downloads(app, access)
    add_draft_downloads(app, access)
    for language, path in PATHS.items():  # the root takes every address that is left, so it comes last
        with speaking(language):
            gr.mount_gradio_app(
                app,
                build(access, language).queue(default_concurrency_limit=None, api_open=False),
                path=path,
                footer_links=[],
                run_history=False,
                show_error=False,
                ssr_mode=False,
                mcp_server=False,
                pwa=False,
                max_file_size="1mb",
                theme=theme(),
                css=css(),
                head=head(),
            )
    return app


def serve(settings: Settings, *, host: str, port: int, open_browser: bool) -> None:
    """Show the page at `host`:`port` until stopped. Raises BadSettings for a foreign host or a taken port."""
    from ui.server import bind, run

    socket = bind(host, port)
    access = Access(settings)
    try:
        run(
            create_app(access, socket.getsockname()[0]), socket, open_browser=open_browser, started=access.start_warming
        )
    finally:
        access.close()
