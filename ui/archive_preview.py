"""A report to look through, as HTML: headings that unfold, text by the section. Every piece of text is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.preview import Node, Outline, Shown, Span
from ingest.types import MarkKind
from ui import strings
from ui.escape import escape

AT_ONCE = 4_000
"""Characters of a report that is shown unfolded from the start."""


def preview_html(outline: Outline, texts: Mapping[int, Sequence[Shown]] | None = None) -> str:
    """The report's headings. `texts`: of the sections that are shown at once, by their ordinal; the others are fetched
    when they are unfolded.
    """
    report = outline.report
    cut = f'<p class="cut">{strings.TRUNCATED_NOTE}</p>' if report.truncated else ""
    facts = strings.PREVIEW_FACTS.format(characters=outline.characters, sections=_count(outline.nodes))
    nodes = "".join(_node(report.id, node, texts or {}) for node in outline.nodes)
    return (
        f'<section class="preview" aria-label="{strings.PREVIEW}"><header><h2>{strings.PREVIEW}</h2>'
        f'<span class="facts">{facts}</span><span class="acts">'
        f'<button type="button" data-fold="open">{strings.EXPAND_ALL}</button>'
        f'<button type="button" data-fold="shut">{strings.COLLAPSE_ALL}</button>'
        f'<a href="/library/{report.id}/original" download>{strings.GET_ORIGINAL}</a></span></header>'
        f"{cut}{_legend(outline.marks)}{_sources(outline.places)}"
        f'<div class="tree" data-loading="{strings.LOADING_TEXT}" data-failed="{strings.TEXT_FAILED}">{nodes}</div>'
        "</section>"
    )


def text_html(shown: Sequence[Shown]) -> str:
    """The text of a section."""
    page: int | None = None
    parts = []
    for one in shown:
        if one.page is not None and one.page != page:
            page = one.page
            parts.append(f'<p class="page">{strings.ON_PAGE.format(page=page)}</p>')
        parts.append(f"<p>{_marked(one)}</p>")
    return "".join(parts)


def _count(nodes: Sequence[Node]) -> int:
    return sum(bool(node.title) + _count(node.children) for node in nodes)


def _node(report_id: int, node: Node, texts: Mapping[int, Sequence[Shown]]) -> str:
    without = strings.NO_HEADING if node.section else strings.BEFORE_HEADINGS
    title = escape(node.title) if node.title else without
    part = f'<span class="part {node.part}">{strings.PARTS[node.part]}</span>' if node.part else ""
    period = f'<span class="period">{escape(node.period)}</span>' if node.period else ""
    marks = "".join(
        f'<span class="m {kind}">{strings.MARKS[kind]} {count}</span>' for kind, count in sorted(node.marks.items())
    )
    text = ""
    if node.own and node.section is not None:
        at_once = texts.get(node.section)
        wanted = "" if at_once is not None else f' data-load="/library/{report_id}/sections/{node.section}"'
        text = f'<div class="text"{wanted}>{"" if at_once is None else text_html(at_once)}</div>'
    children = "".join(_node(report_id, child, texts) for child in node.children)
    summary = f'<span class="heading">{title}</span><span class="tags">{part}{period}{marks}</span>'
    if not text and not children:
        return f'<p class="bare">{summary}</p>'
    opened = " open" if texts else ""
    return f"<details{opened}><summary>{summary}</summary>{text}{children}</details>"


def _legend(marks: Counter[MarkKind]) -> str:
    held = "".join(f'<span class="m {kind}">{strings.MARKS[kind]} {marks[kind]}</span>' for kind in sorted(marks))
    return f'<p class="legend"><span>{strings.LEGEND}</span>{held}</p>' if held else ""


def _sources(places: Sequence[str]) -> str:
    listed = "".join(f"<li>{escape(path)}</li>" for path in places)
    words = strings.SOURCES_TITLE.format(count=len(places))
    return f'<details class="places"><summary>{words}</summary><ul>{listed}</ul></details>' if places else ""


def _marked(shown: Shown) -> str:
    """The text cut where any mark begins or ends: marks may lie in each other."""
    cuts = sorted({0, len(shown.text), *(at for span in shown.spans for at in (span.start, span.end))})
    return "".join(
        _stretch(shown.text[start:end], [span for span in shown.spans if span.start < end and span.end > start])
        for start, end in pairwise(cuts)
    )


def _stretch(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return escape(text)
    kinds = " ".join(sorted({span.kind for span in spans}))
    reasons = "；".join(dict.fromkeys(f"{strings.MARKS[span.kind]}：{span.reason}" for span in spans))
    return f'<mark class="m {kinds}" title="{escape(reasons)}">{escape(text)}</mark>'
