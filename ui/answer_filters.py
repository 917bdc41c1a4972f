"""The filters above the question, and what was understood of it, as chips. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, get_args

from assistant.answer import Understood
from assistant.filters import Filters
from ingest.types import Kind, Part
from ui import strings
from ui.access import Holdings
from ui.escape import escape

NAMES = ("year", "org", "kind", "part")


def filters_html(holdings: Holdings) -> str:
    """One list for each filter, with what the archive holds; the page's script remembers what is chosen."""
    parts = [(part, strings.PARTS[part]) for part in get_args(Part)]
    chips = (
        _chip("year", strings.YEAR, [(str(y), strings.year_label(y)) for y in holdings.years]),
        _chip("org", strings.ORG, [(org, org) for org in holdings.orgs]),
        _chip("kind", strings.REPORT_KIND, [(one, strings.KINDS[one]) for one in holdings.kinds]),
        _chip("part", strings.REPORT_PART, parts),
    )
    return (
        f'<div class="filters" role="group" aria-label="{strings.FILTERS}">{"".join(chips)}'
        f'<button type="button" class="clear" hidden>{strings.CLEAR_FILTERS}</button></div>'
    )


def _chip(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    options = "".join(f'<option value="{escape(value)}">{escape(shown)}</option>' for value, shown in choices)
    return (
        f'<label class="chip"><span class="name">{label}</span>'
        f'<select id="{name}" name="{name}"><option value="">{strings.ANY}</option>{options}</select></label>'
    )


def understood_html(understood: Understood | None) -> str:
    """What a question was answered from; each can be changed by a click, and is then asked again."""
    if understood is None:
        return ""
    said: list[tuple[str, str, str]] = []
    if understood.years:
        said.append(("year", strings.YEAR, _years(understood.years)))
    said += [("org", strings.ORG, org) for org in understood.orgs]
    said += [("kind", strings.REPORT_KIND, strings.KINDS[kind]) for kind in understood.kinds]
    if understood.parts:
        parts = strings.LIST_MARK.join(strings.PARTS[part] for part in understood.parts)
        said.append(("part", strings.REPORT_PART, parts))
    chips = "".join(
        f'<button type="button" class="chip {name}{" set" if name in understood.by_hand else ""}"'
        f' title="{strings.CHANGE_CHIP}"><span class="name">{label}</span><span class="value">{escape(value)}</span>'
        "</button>"
        for name, label, value in said
    )
    return f'<div class="understood"><span class="label">{strings.UNDERSTOOD}</span>{chips}</div>' if chips else ""


def _years(years: tuple[int, ...]) -> str:
    run = len(years) > 2 and years[-1] - years[0] == len(years) - 1
    return strings.years_label(years[0], years[-1]) if run else strings.LIST_MARK.join(map(strings.year_label, years))


def read_filters(sent: object) -> Filters:
    """The filters as the browser sends them, which may be anything; what is no filter is passed over."""
    try:
        given = json.loads(sent) if isinstance(sent, str) and sent else {}
    except ValueError:
        given = {}
    return given_filters(given if isinstance(given, dict) else {})


def given_filters(given: dict[str, Any]) -> Filters:
    """The same from a mapping of names to what was chosen."""
    year, org, kind, part = (str(given.get(name) or "")[:200] for name in NAMES)
    return Filters(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        org=org or None,
        kind=next((one for one in get_args(Kind) if one == kind), None),
        part=next((one for one in get_args(Part) if one == part), None),
    )
