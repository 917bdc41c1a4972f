"""What the archive has and lacks, and what was deleted of late, as HTML. Every piece of text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.gaps import Body, Collection
from ingest.archive.records import ReportRecord
from ingest.trash import Discarded
from ui import strings
from ui.escape import escape

SHOWN = 120
"""Bodies listed; more make a table that nobody reads."""


def collection_html(found: Collection) -> str:
    """Bodies × years as a table; a click on a cell lists its reports."""
    if not found.years:
        return ""
    head = "".join(f'<th scope="col">{year}</th>' for year in found.years)
    rows = "".join(_row(body, found.years) for body in found.bodies[:SHOWN])
    notes = [strings.UNDATED.format(count=found.undated)] if found.undated else []
    if found.earlier:
        notes.append(strings.EARLIER.format(count=found.earlier, year=strings.year_label(found.years[0])))
    if len(found.bodies) > SHOWN:
        notes.append(strings.MORE_BODIES.format(count=len(found.bodies) - SHOWN))
    kinds = " ".join(f"{strings.KIND_SHORT[kind]} {word}" for kind, word in strings.KINDS.items() if _has(found, kind))
    return (
        f'<section class="collection"><h2>{strings.COLLECTION}</h2><p class="remark">{strings.COLLECTION_HINT}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{strings.COLLECTION}"><table>'
        f'<thead><tr><th scope="col">{strings.BODY}</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p class="remark">{escape(kinds)}{"。" if notes else ""}{" ".join(notes)}</p>{_gaps(found)}</section>'
    )


def _has(found: Collection, kind: str) -> bool:
    return any(one.kind == kind for body in found.bodies for held in body.reports.values() for one in held)


def _row(body: Body, years: Sequence[int]) -> str:
    name = body.name or strings.UNKNOWN_ORG
    cells = "".join(_cell(body, name, year) for year in years)
    return f'<tr><th scope="row" title="{escape(name)}">{escape(name)}</th>{cells}</tr>'


def _cell(body: Body, name: str, year: int) -> str:
    held = body.reports.get(year, ())
    if held:
        short = "".join(dict.fromkeys(strings.KIND_SHORT[one.kind] for one in held))
        words = strings.CELL_LONG.format(
            body=name,
            year=strings.year_label(year),
            count=len(held),
            kinds=strings.LIST_MARK.join(strings.KINDS[one.kind] for one in held),
        )
        wanted = escape(f"{name} {strings.year_label(year)}")
        return (
            f'<td class="has n{min(len(held), 3)}"><a href="#reports" data-find="{wanted}" title="{escape(words)}">'
            f"{len(held)}<small>{short}</small></a></td>"
        )
    if year in body.missing:
        words = strings.MISSING_LONG.format(body=name, year=strings.year_label(year))
        return f'<td class="lacks" title="{escape(words)}">{strings.MISSING}</td>'
    return f'<td><span class="nothing">{strings.NO_REPORT_THEN}</span></td>'


def _gaps(found: Collection) -> str:
    if not found.gaps:
        return f'<p class="remark">{strings.NO_GAPS}</p>'
    items = "".join(
        f"<li>{escape(name)}<span>{'、'.join(strings.year_label(year) for year in years)}</span></li>"
        for name, years in found.gaps
    )
    count = strings.GAPS_COUNT.format(count=len(found.gaps))
    return (
        f'<details class="gaps"><summary>{strings.GAPS}<span class="count">{count}</span></summary>'
        f"<ul>{items}</ul></details>"
    )


def trash_html(entries: Sequence[Discarded]) -> str:
    """What can be taken back; nothing where there is nothing."""
    if not entries:
        return ""
    items = "".join(_discarded(entry) for entry in entries)
    count = strings.TRASH_COUNT.format(count=len(entries))
    return (
        f'<details class="trash"><summary>{strings.TRASH}<span class="count">{count}</span></summary>'
        f'<p class="remark">{strings.TRASH_HINT}<button type="button" data-act="empty"'
        f' data-sure="{strings.EMPTY_SURE}">{strings.EMPTY_TRASH}</button></p><ul>{items}</ul></details>'
    )


def _discarded(entry: Discarded) -> str:
    left = entry.left
    facts = "，".join(
        item
        for item in (
            strings.year_label(left.year) if left.year else "",
            left.org or "",
            next((word for kind, word in strings.KINDS.items() if kind == left.kind), left.kind),
        )
        if item
    )
    at, until = (f"{moment.astimezone():%Y-%m-%d %H:%M}" for moment in (entry.at, entry.until))
    when = strings.TRASH_UNTIL.format(at=at, until=until[:10])
    return (
        f"<li><div><strong>{escape(left.title)}</strong><span>{escape(facts)}</span><span>{when}</span></div>"
        f'<button type="button" data-act="restore" data-id="{escape(entry.id)}">{strings.TAKE_BACK}</button></li>'
    )


def notice_html(line: str, undo: str = "", *, fault: bool = False) -> str:
    """A line on what was just done; `undo`: the entry of the trash that takes it back."""
    button = (
        f'<button type="button" data-act="restore" data-id="{escape(undo)}">{strings.UNDO_REMOVAL}</button>'
        if undo
        else ""
    )
    kind = "notice fault" if fault else "notice"
    return f'<p class="{kind}" role="status">{escape(line)}{button}</p>' if line else ""


def head_html(report: ReportRecord, unsure: int, *, doubtful: bool, keeper: bool) -> str:
    """The bar above an opened report: back, on to the next that is unsure, right as it is, away with it."""
    back = f'<button type="button" data-act="back">‹ {strings.BACK}</button>'
    more = right = away = ""
    if keeper:
        away = f'<button type="button" class="away" data-act="delete">{strings.DELETE_REPORT}</button>'
    if keeper and doubtful:
        right = f'<button type="button" class="right" data-act="confirm">{strings.CONFIRM}</button>'
    if keeper and unsure:
        more = (
            f'<button type="button" data-act="last">{strings.LAST_UNSURE}</button>'
            f'<button type="button" data-act="next">{strings.NEXT_UNSURE.format(count=unsure)}</button>'
        )
    title = "" if keeper else f"<h2>{escape(report.title)}</h2>"
    return f'<nav class="steps">{back}{more}{right}{away}</nav>{title}'
