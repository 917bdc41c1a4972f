"""The interface served alone, for offices that want no page."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.accounts import Accounts
from assistant.api.listening import bind, url_of
from assistant.api.opened import Opened, Opener
from ingest.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_PATIENCE = 1
"""Seconds that open connections get when the server stops."""
_WHAT = "接口"


def create_app(settings: Settings, opener: Opener, accounts: Accounts | None = None) -> FastAPI:
    """The interface as a web application of its own; `accounts` are the directory's, unless given."""
    from fastapi import FastAPI

    from assistant.accounts import Audit
    from assistant.api.app import router

    accounts = accounts or Accounts(settings.home)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router(opener, accounts, Audit(settings.home)))
    return app


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve the interface at `host`:`port` until stopped. Raises BadSettings for an address where it may not listen."""
    import uvicorn

    # The same ones decide where it may listen and who gets in: users that are removed meanwhile open it to nobody.
    accounts = Accounts(settings.home)
    listening = bind(host, port, has_users=accounts.guarded(), what=_WHAT)
    opened = Opened(settings)
    opened.warm_up_aside()
    config = uvicorn.Config(
        create_app(settings, opened, accounts),
        log_level="error",
        timeout_graceful_shutdown=_PATIENCE,
        lifespan="off",
        server_header=False,
    )
    print(f"接口已打开：{url_of(listening)}/api/docs（按 Ctrl+C 停止）", flush=True)
    try:
        # The server has stopped in good order by the time it repeats the interrupt.
        with listening, suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        opened.close()
    print("接口已关闭。", flush=True)
    gc.freeze()  # else the interpreter spends seconds on its way out looking through the libraries' objects
