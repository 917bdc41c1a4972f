"""What Gradio keeps of each open page: as little as it works with, and nothing once the page has been closed for long.

Gradio keeps every page that was ever opened, up to ten thousand, each with a copy of all its components' settings for
links that lead into the middle of a page. There are no such links here, and a copy with a long conversation in it is
half a megabyte.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from gradio.state_holder import SessionState, StateHolder
from starlette.routing import Mount

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio.blocks import Block, Blocks

_AWAY = timedelta(hours=1)
"""How long a closed page may be come back to, by a browser that slept for instance; its values live as long."""
_IDLE = timedelta(days=14)
"""Pages that nobody has used for so long are taken for closed, whatever they say: holidays are shorter."""
_MOST = 1000
"""So many pages are kept at most, those used last."""


class Session(SessionState):
    """One open page: its values and changed components, without the copy of their settings."""

    def __init__(self, blocks: Blocks) -> None:
        # The copy is made of the components that are listed here.
        super().__init__(SimpleNamespace(default_config=blocks.default_config, blocks={}))  # type: ignore[arg-type]

    def __setitem__(self, key: int, value: Block | object) -> None:
        super().__setitem__(key, value)
        self.config_values.clear()

    def _update_config(self, key: int) -> None:
        """Nothing: see above."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Nothing: see above."""


class Sessions(StateHolder):
    """The open pages of one server."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = Session(self.blocks)
        return super().__getitem__(session_id)

    def delete_all_expired_state(self) -> None:
        """Called every second."""
        super().delete_all_expired_state()  # type: ignore[no-untyped-call]
        self.forget_gone(datetime.now())

    def forget_gone(self, now: datetime) -> None:
        """Let go of the pages that were closed or left alone for long at `now`."""
        with self.lock:
            for session_id, session in list(self.session_data.items()):
                still = now - self.time_last_used.get(session_id, now)
                if still > _IDLE or (session.is_closed and still > _AWAY):
                    self.session_data.pop(session_id, None)
                    self.time_last_used.pop(session_id, None)


def keep_little(app: FastAPI) -> None:
    """Let every page mounted on `app` keep its sessions as above."""
    for route in app.routes:
        if isinstance(route, Mount) and hasattr(route.app, "state_holder"):
            sessions = Sessions()
            sessions.set_blocks(route.app.state_holder.blocks)
            sessions.capacity = _MOST
            route.app.state_holder = sessions
