"""兑现对照 as HTML: each measure of a plan beside what the review says. Pure functions; all text is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.promises.report import counts
from assistant.promises.types import DISCLAIMER, Promise
from ui import strings
from ui.escape import escape

if TYPE_CHECKING:
    from assistant.promises.find import Comparison

Places = Sequence[tuple[Citation, Sequence[Citation]]]
"""For each promise the citation of its measure, and those of what the review says of it."""


def compared_html(found: Comparison, places: Places) -> str:
    """The table with what it may not be taken for above it; every passage is a link that names its citation's `n`."""
    summed = "，".join(f"{name}{count}项" for name, count in counts(found).items())
    count = f"{strings.MEASURES.format(count=len(found.promises))}{summed}。"
    notes = "".join(f'<p class="note">{escape(line)}</p>' for line in (DISCLAIMER, *found.notes))
    head = "".join(f'<th scope="col">{name}</th>' for name in strings.COMPARED_COLUMNS)
    rows = (_row(promise, *place) for promise, place in zip(found.promises, places, strict=True))
    return (
        f'<p class="count">{count}</p>{notes}<table class="ledger compared"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(promise: Promise, planned: Citation, said: Sequence[Citation]) -> str:
    plan, verdict, review = strings.COMPARED_COLUMNS
    found = strings.VERDICTS[promise.verdict]
    sign = f'<span class="status {promise.verdict}" title="{escape(promise.reason)}">{found}</span>'
    return (
        f'<tr><td data-label="{plan}">{_link(planned)}</td><td data-label="{verdict}">{sign}</td>'
        f'<td data-label="{review}">{"".join(_link(one) for one in said)}</td></tr>'
    )


def _link(citation: Citation) -> str:
    where = " › ".join((*citation.section[-1:], citation.source_file))
    return (
        f'<a class="pair" href="#pair-{citation.n}" title="{strings.SHOW_SOURCE}">'
        f'<span class="quote">{escape(citation.quote)}</span><span class="facts">{escape(where)}</span></a>'
    )
