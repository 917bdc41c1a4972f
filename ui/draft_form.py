"""The left side of the tab 起草 as HTML: the order's form, the outline, the ledger's offers. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.drafting.order_form import Form, Heading, Offered
from assistant.drafting.types import ORDER_KINDS, ComposerName, Length
from ui import strings
from ui.escape import escape


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the form offers: the archive's bodies, and why no language model can be used (empty: one can)."""

    orgs: Sequence[str] = ()
    no_model: str = ""


def form_html(form: Form, around: Surroundings) -> str:
    """The fields of the order; `data-field` names each."""
    bodies = "".join(f'<option value="{escape(org)}"></option>' for org in around.orgs)
    length = form.length or "中"
    default = "skeleton" if around.no_model else "llm"
    composer = default if around.no_model or not form.composer else form.composer
    rows = [
        f'<label class="wide">{strings.ORG}'
        f'<input data-field="org" list="draft-orgs" value="{escape(form.org)}" maxlength="100" autocomplete="off">'
        f'<datalist id="draft-orgs">{bodies}</datalist></label>',
        _text("year", strings.DRAFT_YEAR, form.year, numeric=True),
        _text("up_to", strings.DRAFT_UP_TO, form.up_to, strings.DRAFT_UP_TO_HINT, numeric=True),
        _select(
            "kind", strings.KIND, form.kind, [(kind, strings.ORDER_KINDS[kind]) for kind in ORDER_KINDS], wide=True
        ),
        _select("length", strings.DRAFT_LENGTH, length, [(one, one) for one in get_args(Length)]),
        _text("tone", strings.DRAFT_TONE, form.tone, strings.DRAFT_TONE_HINT),
        _select(
            "composer",
            strings.DRAFT_COMPOSER,
            composer,
            [(one, strings.DRAFT_COMPOSERS[one]) for one in get_args(ComposerName)],
            off=frozenset({"llm"} if around.no_model else ()),
            note=around.no_model,
            wide=True,
        ),
    ]
    more = [
        _text("addressee", strings.DRAFT_ADDRESSEE, form.addressee, strings.DRAFT_ADDRESSEE_HINT, wide=True),
        _text("date", strings.PUBLISHED, form.date, strings.DRAFT_DATE_HINT, wide=True),
        _text("prefer", strings.DRAFT_PREFER, form.prefer, strings.DRAFT_REPORTS_HINT, wide=True),
        _text("exclude", strings.DRAFT_EXCLUDE, form.exclude, strings.DRAFT_REPORTS_HINT, wide=True),
    ]
    facts = (
        f'<div class="head"><h3><label for="draft-facts">{strings.DRAFT_FACTS}</label></h3>'
        f'<label class="button file" tabindex="0" role="button">{strings.DRAFT_XLSX}'
        f'<input type="file" accept=".xlsx" data-act="xlsx" tabindex="-1" hidden></label></div>'
        f'<textarea id="draft-facts" data-field="facts" rows="4" placeholder="{strings.DRAFT_FACTS_HINT}">'
        f"{_area(form.facts)}</textarea>"
    )
    return (
        f'<div class="grid">{"".join(rows)}</div>'
        f'<details class="more"><summary>{strings.DRAFT_MORE}</summary>'
        f'<div class="grid">{"".join(more)}</div></details>'
        f"{facts}"
    )


def outline_html(lines: Sequence[Heading]) -> str:
    """A box to tick and a field for each heading, the reason below it."""
    rows = "".join(_heading(line) for line in lines)
    none = "" if rows else f'<p class="hint">{strings.DRAFT_OUTLINE_NONE}</p>'
    return f'{none}<ol class="outline" aria-label="{strings.DRAFT_OUTLINE}">{rows}</ol>'


def _heading(line: Heading) -> str:
    ticked = " checked" if line.wanted else ""
    text = escape(line.text)
    reason = f'<span class="why">{escape(line.reason)}</span>' if line.reason else ""
    return (
        f'<li data-reason="{escape(line.reason)}"><input type="checkbox"{ticked} aria-label="{text}">'
        f'<input type="text" value="{text}" maxlength="200" aria-label="{strings.DRAFT_HEADING}" '
        f'title="{text}">{reason}</li>'
    )


def offers_html(offers: Sequence[Offered], *, asked: bool) -> str:
    """The offers to accept, each with its history and a field for the new target; nothing before they were asked."""
    if not offers:
        return f'<p class="hint">{strings.DRAFT_OFFER_NONE}</p>' if asked else ""
    rows = "".join(map(_offer, offers))
    return f'<p class="hint">{strings.DRAFT_OFFER_NOTE}</p><ul class="offers">{rows}</ul>'


def _offer(one: Offered) -> str:
    ticked = " checked" if one.accepted else ""
    years: dict[int, list[str]] = {}
    for year, role, text in one.series:
        years.setdefault(year, []).append(f"{strings.TARGET if role == 'target' else strings.RESULT}{text}")
    known = "；".join(f"{strings.year_label(year)}{'、'.join(said)}" for year, said in years.items())
    lines = "".join(f'<span class="why">{escape(line)}</span>' for line in (known or one.said, one.note) if line)
    name = escape(one.indicator)
    return (
        f'<li><label><input type="checkbox" data-row="{escape(one.row)}"{ticked}>'
        f'<span class="name">{name}</span></label>'
        f'<input type="text" value="{escape(one.target)}" maxlength="100" placeholder="{strings.DRAFT_NEW_TARGET}" '
        f'aria-label="{name} {strings.DRAFT_NEW_TARGET}">{lines}</li>'
    )


def _text(name: str, label: str, value: str, hint: str = "", *, numeric: bool = False, wide: bool = False) -> str:
    mode = ' inputmode="numeric" maxlength="5"' if numeric else ' maxlength="500"'
    kind = ' class="wide"' if wide else ""
    return (
        f'<label{kind}>{label}<input data-field="{name}" value="{escape(value)}" placeholder="{hint}"{mode}'
        f' autocomplete="off"></label>'
    )


def _select(
    name: str,
    label: str,
    value: str,
    choices: Sequence[tuple[str, str]],
    *,
    off: frozenset[str] = frozenset(),
    note: str = "",
    wide: bool = False,
) -> str:
    options = "".join(
        f'<option value="{one}"{" selected" if one == value else ""}{" disabled" if one in off else ""}>{said}</option>'
        for one, said in choices
    )
    kind = ' class="wide"' if wide else ""
    line = f'<span class="why">{escape(note)}</span>' if note else ""
    return f'<label{kind}>{label}<select data-field="{name}">{options}</select>{line}</label>'


def _area(text: str) -> str:
    """For a textarea, which drops a line break at its very beginning."""
    return "&#10;" + escape(text)
