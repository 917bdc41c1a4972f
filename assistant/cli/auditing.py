"""The audit of what is done on the command line, under the operating system's name of whoever does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.accounts.audit import Ending


@contextmanager
def recorded(home: Path, action: str, what: str) -> Iterator[Ending]:
    """A line in the audit around an action. Raises NotAudited, before anything was done, where users are set up; else
    a directory that cannot be written to keeps nobody from working.
    """
    from assistant.accounts import Accounts, Audit
    from assistant.accounts.audit import at_this_machine

    strict = Accounts(home).any()
    with Audit(home).recorded(at_this_machine(), action, what, strict=strict) as ending:
        yield ending


def noted(home: Path, action: str, what: str, outcome: str = "ok") -> None:
    """A line about what was done already, as far as it can be written."""
    import logging

    from assistant.accounts import Audit, NotAudited
    from assistant.accounts.audit import at_this_machine

    try:
        Audit(home).write(at_this_machine(), action, what, outcome=outcome)
    except NotAudited as fault:
        logging.getLogger(__name__).warning("%s", fault)


def named(paths: list[Path] | None) -> str:
    """Files and folders as a line names them: the first few in full."""
    shown = "、".join(str(path.absolute()) for path in (paths or [])[:3])
    return f"{shown} 等 {len(paths)} 处" if paths and len(paths) > 3 else shown
