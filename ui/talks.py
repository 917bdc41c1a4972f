"""The side list of conversations as HTML. Pure functions; every piece of text passes through `escape`."""

from __future__ import annotations

from datetime import datetime

from assistant.conversations import Conversation
from assistant.conversations.export import KINDS
from ui import strings
from ui.desk import Listed
from ui.escape import escape


def talks_html(
    listed: Listed,
    current: str = "",
    *,
    search: str = "",
    deleted: Conversation | None = None,
    now: datetime | None = None,
) -> str:
    """The list, the one that is open marked and with its tools; above it what can be undone, or what is wrong."""
    top = f'<p class="fault" role="status">{escape(listed.fault)}</p>' if listed.fault else ""
    if deleted is not None:
        top += (
            f'<p class="undo" role="status"><span>{escape(strings.deleted_label(deleted.title))}</span>'
            f'<a href="#undo-{escape(deleted.id)}" role="button">{strings.UNDO_DELETE}</a></p>'
        )
    rows = "".join(_row(item, item.id == current, now) for item in listed.conversations)
    empty = (
        "" if rows or listed.fault else f'<p class="none">{strings.NO_TALK_FOUND if search else strings.NO_TALK}</p>'
    )
    known = any(item.id == current for item in listed.conversations) or bool(search)
    return (
        f'<div class="talks" data-current="{escape(current) if known else ""}">{top}{empty}'
        f'<ul aria-label="{strings.TALKS}">{rows}</ul></div>'
    )


def _row(item: Conversation, open_: bool, now: datetime | None) -> str:
    number, title = escape(item.id), escape(item.title)
    chosen = ' class="talk chosen"' if open_ else ' class="talk"'
    current = ' aria-current="true"' if open_ else ""
    link = (
        f'<a class="open" href="#talk-{number}" title="{title}"{current}><span class="title">{title}</span>'
        f'<span class="when">{_when(item.updated, now)}</span></a>'
    )
    return f"<li{chosen}>{link}{_tools(number) if open_ else ''}</li>"


def _tools(number: str) -> str:
    links = [f'<a href="#rename-{number}" role="button">{strings.RENAME}</a>']
    links += [
        f'<a class="download" href="/conversations/{number}.{kind}" download>{strings.EXPORTS[kind]}</a>'
        for kind in reversed(KINDS)
    ]
    links.append(f'<a href="#delete-{number}" role="button">{strings.DELETE}</a>')
    return f'<div class="tools">{"".join(links)}</div>'


def _when(moment: datetime, now: datetime | None) -> str:
    """The time of today, else the date, as the machine's clock has them."""
    here = moment.astimezone()
    today = (now or datetime.now().astimezone()).astimezone()
    if here.date() == today.date():
        return here.strftime("%H:%M")
    return f"{here.month}月{here.day}日" if here.year == today.year else f"{here.year}年{here.month}月"
