"""A report around a citation as HTML: the whole text with its headings, the quote highlighted. Pure functions."""

from __future__ import annotations

from itertools import pairwise

from assistant.answer import Citation
from assistant.view import Paragraph, PassageView
from ui import strings
from ui.escape import escape


def empty_html() -> str:
    """The panel before anything was opened."""
    return f'<div class="nothing">{strings.PANEL_EMPTY}</div>'


def fault_html(line: str) -> str:
    """The panel when the passage cannot be shown."""
    return f'<div class="nothing fault" role="status">{escape(line)}</div>'


def lost_html(citation: Citation, line: str, *, opened: bool) -> str:
    """The panel when the archive holds the source no longer: the quote as it was kept, and what became of it."""
    kind = "nothing lost fault" if opened else "nothing lost"
    return (
        f'<div class="{kind}" role="status"><p class="file">《{escape(citation.report)}》'
        f"（{escape(citation.source_file)}）</p><blockquote>{escape(citation.quote)}</blockquote><p>{escape(line)}</p>"
        f'<a class="close" href="#close" role="button" aria-label="{strings.CLOSE}">✕</a></div>'
    )


def report_html(view: PassageView, citation: Citation, *, opened: bool) -> str:
    """The report with `citation` highlighted; `opened` says that the reader asked for it (a phone then shows it)."""
    kind = "report opened" if opened else "report"
    return f'<article class="{kind}">{_head(view, citation)}{_body(view.paragraphs)}</article>'


def _head(view: PassageView, citation: Citation) -> str:
    report = view.report
    about = [report.org, None if report.year is None else strings.year_label(report.year), report.kind]
    facts = "".join(f"<span>{escape(item)}</span>" for item in about if item)
    where = "".join(f"<span>{escape(step)}</span>" for step in citation.section)
    page = "" if citation.page is None else f"<span>{strings.page_label(citation.page)}</span>"
    truncated = f'<p class="truncated">{strings.TRUNCATED}</p>' if report.truncated else ""
    return (
        f'<header><div class="bar"><span class="number">{citation.n}</span>'
        f'<h2 title="{escape(report.title)}">{escape(report.title)}</h2>'
        f'<a class="close" href="#close" role="button" aria-label="{strings.CLOSE}">✕</a></div>'
        f'<p class="facts">{facts}</p>'
        f'<p class="where">{where}{page}</p>'
        f'<p class="file">{strings.FILE}：{_files(view, citation)}</p>{truncated}</header>'
    )


def _files(view: PassageView, citation: Citation) -> str:
    others = [name for name in view.report.sources if name != citation.source_file]
    also = f"（{strings.ALSO_IN} {escape('、'.join(others))}）" if others else ""
    return f"{escape(citation.source_file)}{also}"


def _body(paragraphs: tuple[Paragraph, ...]) -> str:
    shown: list[str] = []
    path: tuple[str, ...] = ()
    tag: tuple[str | None, str | None] | None = None
    page: int | None = None
    for item in paragraphs:
        if item.page is not None and item.page != page:
            page = item.page
            shown.append(f'<p class="page">{strings.page_label(page)}</p>')
        shown.extend(_headings(path, item))
        if (item.part, item.period) != tag:
            tag = (item.part, item.period)
            shown.append(_tag(item))
        path = item.path
        shown.append(_paragraph(item))
    return f'<div class="body" tabindex="0" aria-label="{strings.PANEL}">{"".join(shown)}</div>'


def _headings(before: tuple[str, ...], item: Paragraph) -> list[str]:
    """The headings that open at this paragraph: those from the first one that differs.

    A heading that runs on into its paragraph stands in the paragraph's text already.
    """
    now = item.path[:-1] if item.path and item.text.startswith(item.path[-1]) else item.path
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    return [f'<h3 class="level{min(depth + 1, 4)}">{escape(now[depth])}</h3>' for depth in range(same, len(now))]


def _tag(item: Paragraph) -> str:
    part = "" if item.part is None else f'<span class="part {item.part}">{strings.PARTS[item.part]}</span>'
    return f'<p class="tag"><span>{strings.period_label(item.period)}</span>{part}</p>'


def _paragraph(item: Paragraph) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in item.highlight:
        pieces.append(f"{_shown(item, done, start)}<mark>{_shown(item, start, end)}</mark>")
        done = end
    pieces.append(_shown(item, done, len(item.text)))
    current = ' class="current"' if item.current else ""
    return f"<p{current}>{''.join(pieces)}</p>"


def _shown(item: Paragraph, start: int, end: int) -> str:
    """`text[start:end]`, what is meant for a program set apart in it."""
    cuts = {start, end, *(at for span in item.addressed for at in span if start < at < end)}
    pieces = []
    for first, last in pairwise(sorted(cuts)):
        text = escape(item.text[first:last])
        if any(left <= first and last <= right for left, right in item.addressed):
            text = f'<span class="addressed" title="{strings.ADDRESSED}">{text}</span>'
        pieces.append(text)
    return "".join(pieces)
