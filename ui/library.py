"""The archive's reports and their quality as HTML. Pure functions; every piece of text passes through `escape`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.unsure import doubts
from ingest.archive.quality import Concern, Item, Quality
from ingest.archive.records import ReportRecord
from ui import strings
from ui.escape import escape

SHOWN = 300
"""Reports listed at once; more would make every change of the list slow."""

_ITEMS = 20


def list_html(
    reports: Sequence[ReportRecord], wanted: str = "", chosen: int | None = None, fresh: Collection[int] = ()
) -> str:
    """The reports that hold every word of `wanted` in title, body, year, kind or file names; `chosen` is marked.

    Those of `fresh` come first, the unsure ones before the others.
    """
    words = wanted.split()
    found = [report for report in reports if all(word in _searched(report) for word in words)]
    if fresh:
        found.sort(key=lambda report: (report.id not in fresh, report.id in fresh and not doubts(report)))
    rows = "".join(_row(report, chosen=report.id == chosen, fresh=report.id in fresh) for report in found[:SHOWN])
    more = len(found) - SHOWN
    rest = f'<li class="more">{strings.MORE_REPORTS.format(count=more)}</li>' if more > 0 else ""
    none = f'<li class="more">{strings.NO_REPORT}</li>' if words and not found else ""
    return f'<ul class="reports" aria-label="{strings.REPORTS}">{rows}{rest}{none}</ul>'


def _searched(report: ReportRecord) -> str:
    year = strings.UNKNOWN_YEAR if report.year is None else strings.year_label(report.year)
    return " ".join((report.title, report.org or strings.UNKNOWN_ORG, year, report.kind, *report.sources))


def _row(report: ReportRecord, *, chosen: bool, fresh: bool = False) -> str:
    year = strings.UNKNOWN_YEAR if report.year is None else strings.year_label(report.year)
    facts = "".join(
        f"<span>{escape(item)}</span>" for item in (year, report.org or strings.UNKNOWN_ORG, strings.KINDS[report.kind])
    )
    held = [*([("fresh", strings.FRESH)] if fresh else []), *_signs(report)]
    signs = "".join(f'<span class="sign {kind}">{escape(text)}</span>' for kind, text in held)
    mark = ' class="row chosen" aria-current="true"' if chosen else ' class="row"'
    return (
        f'<li><a{mark} href="#report-{report.id}"><span class="title">{escape(report.title)}{signs}</span>'
        f'<span class="facts">{facts}</span>'
        f'<span class="files">{escape("、".join(report.sources))}</span></a></li>'
    )


def _signs(report: ReportRecord) -> list[tuple[str, str]]:
    """What to see of a report at a glance: (class, words)."""
    sure = report.certainty.values()
    signs = [
        ("given", strings.CORRECTED, "given" in sure),
        ("doubt", strings.INCOMPLETE, report.truncated),
        ("doubt", strings.NOT_SURE, bool(doubts(report))),
        ("copies", strings.COPIES.format(count=len(report.sources)), len(report.sources) > 1),
    ]
    return [(kind, text) for kind, text, shown in signs if shown]


def reasons_html(report: ReportRecord) -> str:
    """Where each fact of a report came from, and how sure it is."""
    lines = []
    for field, label in strings.FIELDS.items():
        sure = report.certainty.get(field)
        known = [] if sure == "given" else [report.reasons.get(field, "")]
        said = [item for item in (*known, strings.CERTAINTY[sure] if sure else "") if item]
        if said:
            lines.append(f"<li><span>{label}</span>{escape('，'.join(said))}</li>")
    files = f"<li><span>{strings.FILE}</span>{escape('、'.join(report.sources))}</li>"
    return f'<ul class="reasons">{"".join(lines)}{files}</ul>'


def said_html(line: str = "", *, fault: bool = False) -> str:
    """What came of saving, in one line."""
    kind = "said fault" if fault else "said"
    return f'<p class="{kind}" role="status">{escape(line)}</p>' if line else ""


def quality_html(quality: Quality) -> str:
    """The quality report: totals first, each kind of trouble unfolding to its worst cases."""
    failed = strings.FAILED_FILES.format(count=quality.failed) if quality.failed else ""
    head = strings.QUALITY_HEAD.format(files=quality.files, reports=quality.reports) + failed
    concerns = "".join(_concern(concern) for concern in quality.concerns)
    none = "" if concerns else f'<p class="good">{strings.QUALITY_GOOD}</p>'
    return f'<div class="quality"><h2>{strings.QUALITY}</h2><p class="facts">{head}</p>{concerns}{none}</div>'


def _concern(concern: Concern) -> str:
    items = "".join(_item(item) for item in concern.items[:_ITEMS])
    rest = len(concern.items) - _ITEMS
    more = f'<li class="more">{strings.MORE_ITEMS.format(count=len(concern.items))}</li>' if rest > 0 else ""
    remedy = strings.REMEDIES.get(concern.topic, concern.remedy)
    return (
        f'<details class="{concern.topic}"><summary>{concern.label}<span class="count">{concern.total}{concern.unit}'
        f'</span></summary><p class="remedy">{escape(remedy)}。</p><ul>{items}{more}</ul></details>'
    )


def _item(item: Item) -> str:
    name = escape(item.name)
    named = name if item.report is None else f'<a href="#report-{item.report}">{name}</a>'
    return f"<li>{named}<span>{escape(item.detail)}</span></li>"
