"""The ledger as HTML: its table, what stands beside it of a row, and the struck figures. All text is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.ledger.render import COLUMNS, columns
from assistant.ledger.types import Cell, LedgerRow
from assistant.ledger.why import Link
from ui import strings
from ui.escape import escape
from ui.render import facts

SHOWN = 200
"""Rows shown at once; more would make every change of the table slow."""


def hint_html(line: str) -> str:
    """One line where there is nothing else to show."""
    return f'<p class="hint" role="status">{escape(line)}</p>'


def table_html(rows: Sequence[LedgerRow], chosen: str | None = None) -> str:
    """The first `SHOWN` rows as a table; each value that stands in a report is a link to it."""
    if not rows:
        return hint_html(strings.NO_ROW)
    body = "".join(_row_html(row, chosen=row.id == chosen) for row in rows[:SHOWN])
    more = strings.MORE_ROWS.format(count=SHOWN) if len(rows) > SHOWN else ""
    return _table(f"{strings.ROWS.format(count=len(rows))}{more}{strings.ROWS_NOTE}", strings.LEDGER_COLUMNS, body)


def struck_html(cells: Sequence[Cell]) -> str:
    """The figures that the user struck out, each with a button that brings it back."""
    if not cells:
        return hint_html(strings.NO_STRUCK)
    body = "".join(_struck_row(cell) for cell in cells[:SHOWN])
    return _table(strings.STRUCK_COUNT.format(count=len(cells)), strings.STRUCK_COLUMNS, body)


def _table(count: str, names: Sequence[str], body: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return (
        f'<p class="count">{count}</p><table class="ledger"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _struck_row(cell: Cell) -> str:
    figure = cell.record.figure
    value = f'<a title="{strings.SHOW_SOURCE}" href="#cell-0-{cell.record.id}">{escape(cell.text)}</a>'
    button = button_html("restore", strings.RESTORE, figure=cell.record.id)
    told = (escape(cell.org or strings.UNKNOWN_ORG), escape(figure.indicator), value, escape(cell.report_title), button)
    return f"<tr>{_fields(strings.STRUCK_COLUMNS, told)}</tr>"


def _row_html(row: LedgerRow, *, chosen: bool) -> str:
    said = dict(zip(COLUMNS, columns(row), strict=True))
    period = strings.period_label(None if row.period is None else str(row.period))
    scope = f'<span class="scope">{escape(row.scope)}</span>' if row.scope else ""
    done = _links(row, row.completions) if row.completions else escape(_computed(said["完成率"]))
    inside = (
        escape(said["单位"]),
        period,
        f'<a href="#row-{row.id}">{escape(said["指标"])}</a>{scope}',
        _links(row, row.targets),
        _links(row, row.results),
        done,
        escape(_computed(said["差额"])),
        _sign(row),
    )
    mark = ' class="chosen"' if chosen else ""
    return f'<tr data-row="{row.id}"{mark}>{_fields(strings.LEDGER_COLUMNS, inside)}</tr>'


def _fields(names: Sequence[str], inside: Sequence[str]) -> str:
    return "".join(f'<td data-label="{name}">{html}</td>' for name, html in zip(names, inside, strict=True))


def _links(row: LedgerRow, cells: Sequence[Cell]) -> str:
    link = '<a class="{}" title="{}" href="#cell-{}-{}">{}</a>'
    return "；".join(link.format(c.status, escape(c.reason), row.id, c.record.id, escape(c.text)) for c in cells)


def _computed(told: str) -> str:
    """A worked out value with its mark in the page's language."""
    return told.replace("（计算）", strings.COMPUTED_MARK)


def _sign(row: LedgerRow) -> str:
    return f'<span class="status {row.status}" title="{escape(row.reason)}">{strings.ROW_STATUSES[row.status]}</span>'


def head_html(row: LedgerRow, links: Sequence[Link] = (), said: str = "") -> str:
    """What the row is about, how it stands, what code worked out, and why its wordings are one indicator.

    `said`: what has just been done about the wordings, as HTML.
    """
    shown = dict(zip(COLUMNS, columns(row), strict=True))
    period = strings.period_label(None if row.period is None else str(row.period))
    about = "".join(f"<span>{escape(one)}</span>" for one in (shown["单位"], period, row.scope) if one)
    worked = [
        f"{label}{escape(_computed(shown[column]))}：{escape(one.expression)}"
        for label, column, one in (
            (strings.COMPLETION, "完成率", row.computed),
            (strings.GAP, "差额", row.gap),
        )
        if one is not None
    ]
    told = "".join(f"<p>{line}</p>" for line in (escape(row.reason), *worked) if line)
    head = f'<h2>{escape(shown["指标"])}{_sign(row)}</h2><p class="facts">{about}</p>{told}'
    return f"{head}{said}{_names(row, links, opened=bool(said))}"


def _names(row: LedgerRow, links: Sequence[Link], *, opened: bool) -> str:
    """The other wordings, folded: why they are joined, and a button for each that parts or joins them again."""
    others = "、".join(one for one in row.phrases if one != row.name)
    if not links:
        return f"<p>{strings.ALSO_CALLED}{escape(others)}</p>" if others else ""
    joined = any(link.joined for link in links)
    summary = f"{strings.ALSO_CALLED}{escape(others)}" if joined and others else ""
    sign = f'<span class="why">{strings.WHY_JOINED if joined else strings.PARTED}</span>'
    items = "".join(f"<li>{_link(row, link)}</li>" for link in links)
    unfolded = " open" if opened else ""
    return f'<details class="joins"{unfolded}><summary>{summary}{sign}</summary><ul>{items}</ul></details>'


def _link(row: LedgerRow, link: Link) -> str:
    names = strings.TWO_NAMES.format(first=escape(link.first), second=escape(link.second))
    line = f"<span>{names}：{escape(link.reason)}</span>"
    if link.fixed:
        return line
    action, label = ("part", strings.PART) if link.said is None else ("rejoin", strings.PART_BACK)
    return f"{line}{button_html(action, label, row=row.id, link=link.id)}"


def cells_html(row: LedgerRow, places: Sequence[tuple[Cell, Citation]]) -> str:
    """Every place that a figure of the row stands in, the figure marked in its sentence."""
    return f'<h3>{strings.SOURCES}</h3><ul class="cells">{"".join(_place(row, *place) for place in places)}</ul>'


def _place(row: LedgerRow, cell: Cell, citation: Citation) -> str:
    figure = cell.record.figure
    start, end = (min(max(at - citation.start, 0), len(citation.quote)) for at in (figure.start, figure.end))
    before, value, after = map(escape, (citation.quote[:start], citation.quote[start:end], citation.quote[end:]))
    where = "".join(f"<span>{escape(one)}</span>" for one in facts(citation))
    doubt = f'<span class="doubt">{escape(cell.reason)}</span>' if cell.reason else ""
    return (
        f'<li><a href="#cell-{row.id}-{cell.record.id}" title="{strings.SHOW_SOURCE}">'
        f'<span class="value"><span class="role">{strings.ROLES[figure.role]}</span>{escape(cell.text)}{doubt}</span>'
        f'<span class="quote">{before}<mark>{value}</mark>{after}</span>'
        f'<span class="report">{escape(citation.report)}</span><span class="facts">{where}</span></a></li>'
    )


def passage_html(passage: str, cell: Cell, *, struck: bool = False, said: str = "") -> str:
    """The report around a cell's figure (`passage` is HTML), and below it the button that strikes it out or brings it
    back. `said`: what has just been done about it, as HTML.
    """
    line = strings.IS_STRUCK if struck else strings.WRONG_FIGURE
    told = said or f"<span>{escape(line.format(text=cell.text))}</span>"
    action, label = ("restore", strings.RESTORE) if struck else ("strike", strings.STRIKE)
    bar = f'<div class="revise">{told}{button_html(action, label, figure=cell.record.id)}</div>'
    return f'<div class="judged">{passage}{bar}</div>'


def said_html(line: str, command: str = "") -> str:
    """What has just been done, and the command that takes it back; or why it could not be done."""
    code = f" <code>{escape(command)}</code>" if command else ""
    kind = "said" if command else "said fault"
    return f'<span class="{kind}" role="status">{escape(line)}{code}</span>'


def button_html(action: str, label: str, **names: str | int) -> str:
    """A button whose click names what is to be done to what; the page's script sends it to the server."""
    data = "".join(f' data-{name}="{escape(str(value))}"' for name, value in names.items())
    return f'<button type="button" data-act="{action}"{data}>{label}</button>'
