"""The report as one page: no script, nothing fetched, light and dark by the reader's system."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from eval.report.cells import (
    Cell,
    Table,
    causes,
    changed,
    compared_line,
    count_line,
    goals,
    lone,
    machine_line,
    matrix,
    run_line,
)
from eval.report.diff import Difference
from eval.report.markdown import part_command
from eval.report.svg import STYLE
from eval.report.told import Section, Told
from eval.report.words import ABOUT, INTERVALS, TITLE


def page(told: Told, plots: dict[str, list[str]]) -> str:
    """The whole file. plots: each part's drawings."""
    style = (files(__package__) / "page.css").read_text(encoding="utf-8")
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(TITLE)}</title><style>{STYLE}\n{style}</style></head><body>",
            *_body(told, plots),
            "</body></html>",
            "",
        )
    )


def table(one: Table) -> str:
    """A table that scrolls by itself where the page is narrow."""
    head = "".join(
        f"<th{_right(one, place)}>{escape(text)}</th>" if text else "<td></td>" for place, text in enumerate(one.head)
    )
    lines = "".join(f"<tr>{''.join(_cell(cell) for cell in line)}</tr>" for line in one.lines)
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'


def _right(one: Table, place: int) -> str:
    return ' class="number"' if any(line[place].kind == "number" for line in one.lines) else ""


def _cell(cell: Cell) -> str:
    kind = f' class="{cell.kind}"' if cell.kind else ""
    text = escape(cell.text)
    inside = f'<a href="#{escape(cell.link)}">{text}</a>' if cell.link else text
    return f"<td{kind}>{inside}</td>"


def _body(told: Told, plots: dict[str, list[str]]) -> Iterator[str]:
    groups = list(told.groups())
    yield f"<header><h1>{escape(TITLE)}</h1><p>{_code(ABOUT)}</p>"
    if runs := told.measured():
        days = sorted({run.when for run in runs})
        span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        yield f'<p class="meta">{escape(span)} · {escape(machine_line(runs[-1]))}</p>'
    yield "</header><nav>"
    yield '<a href="#changes">Changes</a><a href="#goals">Goals</a>'
    yield "".join(f'<a href="#{_anchor(name)}">{escape(name.split()[0].strip(":"))}</a>' for name, _, _ in groups)
    yield '</nav><main><div class="tiles">'
    for number, what, kind in count_line(told):
        yield f'<div class="tile {kind}"><b>{escape(number)}</b><span>{escape(what)}</span></div>'
    yield '</div><section id="changes"><h2>Against the run before</h2>'
    yield from _difference(told.difference)
    yield f'</section><section id="goals"><h2>Goals</h2>{table(goals(told))}</section>'
    for name, chinese, sections in groups:
        yield f'<section id="{_anchor(name)}"><h2>{escape(name)} <small lang="zh">{escape(chinese)}</small></h2>'
        for section in sections:
            yield from _section(section, plots.get(section.part.name, []))
        yield "</section>"
    yield "<section><h2>How to read it</h2><ul>"
    yield from (f"<li>{escape(line)}</li>" for line in INTERVALS)
    yield "</ul></section></main>"


def _difference(difference: Difference) -> Iterator[str]:
    for part, word in difference.failed:
        yield f'<p class="failure"><a href="#{escape(part)}">{escape(part)}</a> failed: {escape(word)}</p>'
    if not difference.compared:
        yield "<p>Nothing was measured twice yet.</p>"
        return
    yield f"<p>{escape(compared_line(difference))}</p>"
    moved = changed(difference, ("worse", "gone", "better", "changed"))
    if moved.lines:
        yield table(moved)
    for flips in difference.flips:
        lost, won = (", ".join(names) or "none" for names in (flips.lost, flips.won))
        yield f"<p>{escape(flips.part)}: questions lost {escape(lost)}; won {escape(won)}</p>"


def _section(section: Section, plots: list[str]) -> Iterator[str]:
    part, last = section.part, section.last
    yield f'<article id="{escape(part.name)}"><h3>{escape(part.title)}'
    yield f'<small lang="zh">{escape(part.chinese)}</small></h3>'
    if part.note:
        yield f"<p>{escape(part.note)}</p>"
    if (failure := section.saved.failure) is not None:
        older = " The figures below are older." if last is not None else ""
        yield f'<p class="failure">Failed on {escape(failure.when)}: {escape(failure.word)}.{older}</p>'
    if last is None:
        if section.saved.failure is None:
            yield '<p class="open">Not measured yet.</p>'
        yield f'<p class="meta"><code>{escape(part_command(section))}</code></p></article>'
        return
    tables = [*([own] if (own := lone(section)) is not None else []), *map(matrix, section.tables())]
    inside = "".join(map(table, tables))
    if plots:
        drawn = f'<div class="plots">{"".join(plots)}</div>'
        inside = f'<div class="beside">{drawn}<div>{inside}</div></div>' if len(plots) == 1 else drawn + inside
    yield inside
    if last.causes:
        yield table(causes(last.causes))
    if last.remarks:
        yield f'<ul class="remarks">{"".join(f"<li>{escape(line)}</li>" for line in last.remarks)}</ul>'
    for missing in last.missing:
        yield f'<p class="failure">Not measured: {escape(missing)}</p>'
    yield f'<p class="meta"><code>{escape(last.command)}</code><br>{escape(run_line(last))}</p></article>'


def _anchor(name: str) -> str:
    return "group-" + name.split()[0].strip(":").lower()


def _code(text: str) -> str:
    """Text with `code` in it."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if place % 2 else piece for place, piece in enumerate(pieces))
