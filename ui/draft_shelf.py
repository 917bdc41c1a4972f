"""The foot of the tab 起草 as HTML: name, saving, drafts and versions, export. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.drafting.store import Draft
from assistant.drafting.versions import MAX_LABEL, DraftVersion
from ui import strings
from ui.escape import escape

SHOWN = 40
"""Drafts, and versions of one, that are listed."""


def name_html(name: str) -> str:
    """The field for the draft's name, and the button that keeps it."""
    return (
        f'<input type="text" class="name" data-name value="{escape(name)}" maxlength="100" '
        f'placeholder="{strings.DRAFT_NAME}" aria-label="{strings.DRAFT_NAME}">'
        f'<button type="button" data-do="save">{strings.DRAFT_SAVE}</button>'
    )


def said_html(line: str, *, fault: bool) -> str:
    """What became of the last thing that was done."""
    kind = "said fault" if fault else "said"
    return f'<p class="{kind}" role="status">{escape(line)}</p>' if line else ""


def shelf_html(
    drafts: Sequence[Draft], versions: Sequence[DraftVersion], key: str, deleted: Draft | None = None
) -> str:
    """All drafts, and the versions of the open one."""
    undo = ""
    if deleted is not None:
        undo = (
            f'<p class="undo" role="status"><span>{escape(strings.DRAFT_DELETED.format(name=deleted.name))}</span>'
            f'<button type="button" data-undo="{escape(deleted.id)}">{strings.UNDO_DELETE}</button></p>'
        )
    rows = "".join(_draft(one, chosen=one.id == key) for one in drafts[:SHOWN])
    none = "" if rows else f'<p class="none">{strings.DRAFT_NONE}</p>'
    listed = f'<ul aria-label="{strings.DRAFTS}">{rows}</ul>{none}'
    return f"{undo}<h3>{strings.DRAFTS}</h3>{listed}{versions_html(versions)}"


def versions_html(versions: Sequence[DraftVersion]) -> str:
    """What stands there now, then the versions that have a reason to be there; the others folded away below."""
    if not versions:
        return ""
    reasons = [one for i, one in enumerate(versions) if i == 0 or not one.automatic]
    others = [one for one in versions[1:] if one.automatic]
    kept = "".join(_version(one, now=one is versions[0]) for one in reasons[:SHOWN])
    more = "".join(_version(one, now=False) for one in others[:SHOWN])
    rest = strings.DRAFT_VERSIONS_AUTO.format(count=len(others))
    folded = f'<details><summary>{rest}</summary><ul class="versions">{more}</ul></details>' if more else ""
    return f'<h3>{strings.DRAFT_VERSIONS}</h3><ul class="versions">{kept}</ul>{folded}'


def export_html(key: str, *, ready: bool) -> str:
    """The files to take away."""
    if not ready or not key:
        return f'<p class="none">{strings.DRAFT_EXPORT_NONE}</p>'
    links = "".join(
        f'<a class="download" data-kind="{kind}" href="/drafts/{escape(key)}.{kind}?sources=1" download>{name}</a>'
        for kind, name in strings.DRAFT_EXPORTS.items()
    )
    return f'<label><input type="checkbox" data-sources checked>{strings.DRAFT_WITH_SOURCES}</label>{links}'


def _draft(one: Draft, *, chosen: bool) -> str:
    number, name = escape(one.id), escape(one.name)
    mark = ' class="chosen"' if chosen else ""
    current = ' aria-current="true"' if chosen else ""
    rename = f'<button type="button" data-do="rename">{strings.RENAME}</button>' if chosen else ""
    return (
        f'<li{mark}><a href="#draft-{number}" data-open="{number}"{current}><span class="title">{name}</span>'
        f'<span class="when">{_when(one.updated)}</span></a>{rename}'
        f'<button type="button" data-delete="{number}">{strings.DELETE}</button></li>'
    )


def _version(one: DraftVersion, *, now: bool) -> str:
    """A version of the writer's own stands out, with what he noted of it; any one can be noted and so be kept."""
    number = strings.DRAFT_VERSION.format(number=one.number)
    said = one.label or why_kept(one)
    title = f"{escape(said)} <small>{number}</small>" if said else number
    here = f'<span class="now">{strings.DRAFT_NOW}</span>' if now else ""
    facts = f'<span class="title">{title}</span>{here}<span class="when">{_when(one.saved)}</span>'
    inner = (
        f'<span class="state">{facts}</span>'
        if now
        else f'<a href="#version-{one.number}" data-version="{one.number}">{facts}</a>'
    )
    kind = ' class="hand"' if one.by_hand else ""
    return (
        f'<li{kind}>{inner}<button type="button" data-do="label">{strings.DRAFT_LABEL}</button>'
        f'<span class="ask" data-version="{one.number}" hidden><input type="text" maxlength="{MAX_LABEL}" '
        f'value="{escape(one.label)}" placeholder="{strings.DRAFT_LABEL_HINT}" aria-label="{strings.DRAFT_LABEL}">'
        f'<button type="button" data-do="labelled">{strings.DRAFT_SAVE}</button></span></li>'
    )


def why_kept(one: DraftVersion) -> str:
    """Why a version is there, in the page's language; nothing for what the program kept by itself."""
    if one.by_hand:
        return strings.DRAFT_BY_HAND
    if one.back_to is not None:
        return strings.DRAFT_GONE_BACK.format(number=one.back_to)
    return strings.DRAFT_KEPT.get(one.note, one.note)


def _when(moment: datetime) -> str:
    here = moment.astimezone()
    today = here.date() == datetime.now().astimezone().date()
    return here.strftime("%H:%M") if today else f"{here.month}月{here.day}日 {here:%H:%M}"
