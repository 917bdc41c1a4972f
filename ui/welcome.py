"""What the page says before anything was asked: greeting, what the archive holds, how to make one. Pure functions."""

from __future__ import annotations

from ui import strings
from ui.access import Holdings
from ui.escape import escape


def welcome_html() -> str:
    """The empty conversation."""
    return f'<div class="welcome"><h1>{strings.WELCOME}</h1><p>{strings.WELCOME_MORE}</p></div>'


def summary_html(holdings: Holdings) -> str:
    """One line: how many reports of how many bodies and which years."""
    line = strings.holdings_label(holdings.reports, len(holdings.orgs), list(holdings.years))
    return f'<p class="holdings">{line}</p>'


def notice_html(holdings: Holdings) -> str:
    """Why nothing can be answered yet and what to do; empty when all is well."""
    if holdings.fault is not None:
        return f'<div class="notice" role="status"><p>{escape(holdings.fault)}</p></div>'
    if holdings.reports:
        return ""
    line = strings.EMPTY_ARCHIVE if holdings.exists else strings.NO_ARCHIVE
    return f'<div class="notice" role="status"><p>{line}</p><code>{strings.INGEST_COMMAND}</code></div>'
