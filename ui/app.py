"""The page: its tabs, its look, and the server that shows it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.accounts import Action
from ingest.settings import Settings
from ui import strings
from ui.access import Access, user_name
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
    needs: Action = "ask"
    """Whoever may not do this is not shown the tab (account.css); what it offers is refused to him all the same."""


def tabs() -> tuple[Tab, ...]:
    """The tabs from left to right; a new one is one more line here."""
    from ui import archive_tab, chat, draft_tab, ledger_tab, settings_tab

    return (
        Tab(strings.TAB_CHAT, chat.build),
        Tab(strings.TAB_LEDGER, ledger_tab.build),
        Tab(strings.TAB_DRAFT, draft_tab.build, "draft"),
        Tab(strings.TAB_ARCHIVE, archive_tab.build),
        Tab(strings.TAB_SETTINGS, settings_tab.build),
    )


def build(access: Access, language: Language = "zh") -> gr.Blocks:
    """The page as Gradio blocks, without its look (that is given when it is served)."""
    import gradio as gr

    from ui.login import who_html
    from ui.page import Page, speaking
    from ui.settings_tab import switch_html

    with speaking(language):
        page = Page(language, title=strings.TITLE, analytics_enabled=False, fill_width=True)
    with speaking(language), page:
        gr.HTML(f'<p class="name">{strings.TITLE}</p><p class="motto">{strings.MOTTO}</p>', elem_id="masthead")
        gr.HTML(switch_html(language) + who_html(PATHS[language]), elem_id="who", apply_default_css=False)
        with gr.Tabs(elem_id="tabs"):
            for tab in tabs():
                with gr.Tab(tab.label, elem_id=None if tab.needs == "ask" else f"needs-{tab.needs}"):
                    tab.build(page, access)
    return page


def create_app(access: Access, address: str = "127.0.0.1") -> FastAPI:
    """The page as a web application: no analytics, no sharing, no API pages, nothing from other hosts.

    `address` is where it will listen; requests that name any other host are refused.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    from ui.lean import import_gradio

    import_gradio()
    import gradio as gr
    from fastapi import FastAPI

    from assistant.api.app import router
    from ui.archive_collect import add_collecting
    from ui.archive_reports import add_reports
    from ui.downloads import add_downloads
    from ui.draft_downloads import add_draft_downloads
    from ui.gate import Gate
    from ui.guard import Guard, Hosts
    from ui.login import add_login
    from ui.originals import add_originals
    from ui.page import speaking
    from ui.page_images import add_pages
    from ui.passages import add_reading
    from ui.sessions import keep_little
    from ui.settings_routes import add_settings
    from ui.theme import css, head, theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Gate, access=access)
    app.add_middleware(Guard)
    app.add_middleware(Hosts, address=address, names=tuple(filter(None, (access.settings.page_hosts or "").split(","))))
    add_login(app, access)
    add_downloads(app, access)
    add_draft_downloads(app, access)
    add_collecting(app, access)
    add_reports(app, access)
    add_reading(app, access)
    add_pages(app, access)
    add_originals(app, access)
    add_settings(app, access)
    _add_short_ways(app)
    app.include_router(router(access.assistant, access.accounts, access.audit))
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
                enable_monitoring=False,
                auth_dependency=partial(user_name, access),
                max_file_size="1mb",
                theme=theme(),
                css=css(),
                head=head(),
            )
    keep_little(app)
    return app


def _add_short_ways(app: FastAPI) -> None:
    """`/en` as people type it: without its slash the page at the root would take it."""
    from starlette.responses import RedirectResponse

    for path in PATHS.values():
        if path != "/":
            app.add_api_route(path, lambda path=path: RedirectResponse(f"{path}/"), include_in_schema=False)


def serve(settings: Settings, *, host: str, port: int, open_browser: bool) -> None:
    """Show the page at `host`:`port` until stopped. Raises BadSettings for a foreign host or a taken port."""
    from assistant.api.listening import bind
    from ingest.embed.imports import collection_paused
    from ui.server import run

    access = Access(settings)
    socket = bind(host, port, has_users=access.guarded)
    try:
        with collection_paused():
            app = create_app(access, socket.getsockname()[0])
        run(
            app,
            socket,
            open_browser=open_browser,
            started=access.start_warming,
            proxies=settings.page_proxy,
        )
    finally:
        access.close()
