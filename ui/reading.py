"""A report around a citation as HTML: its text with its headings, the quote highlighted. Pure functions."""

from __future__ import annotations

from itertools import pairwise

from assistant.answer import Citation
from assistant.copies import Copy
from assistant.view import Paragraph, PassageView
from ui import strings
from ui.escape import escape

_STEP = " › "


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
    at = next((number for number, item in enumerate(view.paragraphs, view.first + 1) if item.current), view.first + 1)
    return (
        f'<article class="{kind}" data-report="{view.report.id}" data-first="{view.first}"'
        f' data-last="{view.first + len(view.paragraphs)}" data-count="{view.count}" data-quote="{at}"'
        f' data-lang="{strings.LANGUAGE.get()}" data-title="{escape(view.report.title)}"'
        f' data-file="{escape(citation.source_file)}"{_pages(view, citation)}>{_head(view, citation)}'
        f'{_steps(view, at)}<div class="body" tabindex="0" role="region" aria-label="{strings.PANEL}">'
        f"{paragraphs_html(view)}</div></article>"
    )


def paragraphs_html(view: PassageView) -> str:
    """The paragraphs of `view`, each with what opens with it: page, headings, period and part."""
    shown: list[str] = []
    before = view.before
    for number, item in enumerate(view.paragraphs, view.first + 1):
        if item.page is not None and (before is None or item.page != before.page):
            shown.append(f'<p class="page">{strings.page_label(item.page)}</p>')
        shown.extend(_headings(() if before is None else before.path, item))
        if before is None or (item.part, item.period) != (before.part, before.period):
            shown.append(_tag(item))
        before = item
        shown.append(_paragraph(item, number))
    return "".join(shown)


def _pages(view: PassageView, citation: Citation) -> str:
    """Where the pages of a PDF are to be had, and the words for them."""
    if view.file is None or view.file.format != "pdf":
        return ""
    asked = f"start={citation.start}&end={citation.end}&page={citation.page or 1}&lang={strings.LANGUAGE.get()}"
    return f' data-pages="/pages/{view.file.id}?{asked.replace("&", "&amp;")}"'


def _head(view: PassageView, citation: Citation) -> str:
    report = view.report
    about = [report.org, None if report.year is None else strings.year_label(report.year), strings.KINDS[report.kind]]
    facts = "".join(f"<span>{escape(item)}</span>" for item in about if item)
    page = "" if citation.page is None else strings.page_label(citation.page)
    where = (
        f'<span class="path">{escape(_STEP.join(citation.section))}</span>'
        f'<span class="when">{_when(citation)}</span><span class="sheet">{page}</span>'
    )
    truncated = f'<p class="truncated">{strings.TRUNCATED}</p>' if report.truncated else ""
    return (
        f'<header><div class="bar"><span class="number">{citation.n}</span>'
        f'<h2 title="{escape(report.title)}">{escape(report.title)}</h2>'
        f'<a class="close" href="#close" role="button" aria-label="{strings.CLOSE}">✕</a></div>'
        f'<p class="facts">{facts}</p>'
        f'<p class="where">{where}</p>'
        f'<p class="file">{strings.FILE}：{_files(view, citation)}</p>{truncated}</header>'
    )


def _files(view: PassageView, citation: Citation) -> str:
    """The files that hold the report, each to be downloaded; the cited one first."""
    if view.copies:
        ordered = sorted(view.copies, key=lambda item: item.name != citation.source_file)
        first, *others = [_file(item) for item in ordered]
    else:
        first = escape(citation.source_file)
        others = [escape(name) for name in view.report.sources if name != citation.source_file]
    return first + (f"（{strings.ALSO_IN} {'、'.join(others)}）" if others else "")


def _file(item: Copy) -> str:
    if not item.kept:
        return f'<span title="{strings.NOT_KEPT}">{escape(item.name)}</span>'
    label = escape(strings.DOWNLOAD_ORIGINAL.format(name=item.name))
    return f'<a class="original" href="/originals/{item.key}" title="{label}" download>{escape(item.name)}</a>'


def _steps(view: PassageView, at: int) -> str:
    """The bar that moves through the report, switches between text and pages, and copies."""
    count = escape(strings.STEP_COUNT.format(n=at, count=view.count))
    patterns = f'data-text="{escape(strings.STEP_COUNT)}" data-page="{escape(strings.PAGE_COUNT)}"'
    ways = ""
    if view.file is not None and view.file.format == "pdf":
        ways = (
            f'<span class="ways" role="group" aria-label="{strings.WAYS}">'
            f'<button type="button" data-way="text" aria-pressed="true">{strings.WAY_TEXT}</button>'
            f'<button type="button" data-way="page" aria-pressed="false">{strings.WAY_PAGE}</button></span>'
        )
    return (
        f'<div class="steps" role="group" aria-label="{strings.STEPS}" title="{strings.STEP_HINT}"'
        f' data-loading="{strings.PAGE_LOADING}" data-failed="{strings.MORE_FAILED}">'
        f"{_step(-1, strings.STEP_UP, strings.PAGE_UP)}"
        f'<span class="count" role="status" {patterns}>{count}</span>'
        f"{_step(1, strings.STEP_DOWN, strings.PAGE_DOWN)}"
        f'<button type="button" class="home" data-step="0">{strings.STEP_HOME}</button>'
        f'<span class="spring"></span>{ways}<button type="button" class="take"><span>{strings.COPY_QUOTE}</span>'
        f"<span hidden>{strings.COPIED}</span></button></div>"
    )


def _step(step: int, text: str, page: str) -> str:
    return (
        f'<button type="button" data-step="{step}"><span class="of-text">{text}</span>'
        f'<span class="of-page">{page}</span></button>'
    )


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


def _paragraph(item: Paragraph, number: int) -> str:
    pieces: list[str] = []
    done = 0
    for start, end in item.highlight:
        pieces.append(f"{_shown(item, done, start)}<mark>{_shown(item, start, end)}</mark>")
        done = end
    pieces.append(_shown(item, done, len(item.text)))
    current = ' class="current"' if item.current else ""
    page = "" if item.page is None else strings.page_label(item.page)
    return (
        f'<p{current} data-n="{number}" data-path="{escape(_STEP.join(item.path))}"'
        f' data-when="{_when(item)}" data-sheet="{page}">{"".join(pieces)}</p>'
    )


def _when(item: Paragraph | Citation) -> str:
    part = "" if item.part is None else strings.PARTS[item.part]
    return escape(strings.STEP_WHEN.format(period=strings.period_label(item.period), part=part).strip())


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
