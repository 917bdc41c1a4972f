"""The right side of the tab 起草 as HTML: why a sentence is there, the exemplars, the checks. Pure functions."""

from __future__ import annotations

from assistant.answer import Citation
from assistant.conversations.export import source_line
from assistant.drafting.editing import DraftSentence, sentences
from assistant.drafting.types import DraftCheck, DraftSection, Exemplar, Manuscript, Source
from assistant.drafting.workspace import Work
from ui import strings
from ui.escape import escape

_QUOTED = 400
"""Characters of a quote that are shown."""


def why_html(work: Work, number: int) -> str:
    """For every sentence of a section what it rests on; the page shows that of the chosen one."""
    assert work.manuscript is not None
    section = work.manuscript.sections[number]
    return "".join(
        f'<div class="because" data-because="{number}-{k}" hidden>'
        f'<p class="about">{escape(section.text[one.start : one.end])}</p>'
        f"{_because(work.manuscript, section, one)}</div>"
        for k, one in enumerate(sentences(section, work.composed.get(number)))
    )


def _because(manuscript: Manuscript, section: DraftSection, sentence: DraftSentence) -> str:
    if sentence.own:
        return f'<p class="none">{strings.DRAFT_WHY_OWN}</p>'
    lines = dict.fromkeys(_source(manuscript, section, one) for one in sentence.sources)
    return "".join(line for line in lines if line) or f'<p class="none">{strings.DRAFT_WHY_NONE}</p>'


def _source(manuscript: Manuscript, section: DraftSection, one: Source) -> str:
    span = f'<span class="span">“{escape(section.text[one.start : one.end])}”</span>'
    label = f'<span class="kind">{strings.DRAFT_SOURCE_KINDS[one.kind]}</span>'
    facts = manuscript.order.facts
    if one.fact is not None and 0 <= one.fact < len(facts):
        return f'<div class="source fact">{label}{span}<p class="quote">{escape(facts[one.fact].text)}</p></div>'
    cited = next((item for item in manuscript.citations if item.n == one.citation), None)
    if cited is None:
        return ""
    return f'<div class="source {one.kind}">{label}{span}{_quoted(cited)}</div>'


def _quoted(citation: Citation) -> str:
    quote = citation.quote if len(citation.quote) <= _QUOTED else citation.quote[:_QUOTED] + "…"
    return f'<p class="quote">{escape(quote)}</p><p class="from">{escape(source_line(citation))}</p>'


def exemplars_html(section: DraftSection) -> str:
    """The exemplars of a section with their reasons; the text opens in place."""
    if not section.exemplars:
        return f'<p class="none">{strings.DRAFT_NO_EXEMPLAR}</p>'
    return f'<ul class="exemplars">{"".join(map(_exemplar, section.exemplars))}</ul>'


def _exemplar(one: Exemplar) -> str:
    year = strings.UNKNOWN_YEAR if one.report.year is None else strings.year_label(one.report.year)
    facts = "".join(f"<span>{escape(item)}</span>" for item in (one.report.org or strings.UNKNOWN_ORG, year))
    text = "".join(f"<p>{escape(line)}</p>" for line in one.text.split("\n") if line.strip())
    own = " mine" if one.own else ""
    return (
        f'<li><details><summary><span class="name{own}">{escape(one.heading)}</span>'
        f'<span class="facts">{facts}</span><span class="why">{escape(one.reason)}</span></summary>'
        f'<div class="whole"><p class="from">《{escape(one.report.title)}》</p>{text}</div></details></li>'
    )


def checks_html(manuscript: Manuscript | None, *, busy: bool) -> str:
    """All findings, the worst first; each leads to its place."""
    if manuscript is None:
        return ""
    if busy:
        return f'<p class="none">{strings.DRAFT_CHECKING}</p>'
    if not manuscript.checks:
        return f'<p class="none good">{strings.DRAFT_NO_CHECK}</p>'
    order = list(strings.SEVERITIES)
    numbered = sorted(enumerate(manuscript.checks), key=lambda pair: (order.index(pair[1].severity), pair[0]))
    rows = "".join(_check(i, one) for i, one in numbered)
    return f'<ul class="checks">{rows}</ul>'


def _check(i: int, one: DraftCheck) -> str:
    """A finding that is about the facts alone leads to them."""
    facts = one.kind == "contradictory_facts" and one.start == one.end
    at = strings.DRAFT_FACTS if facts else strings.DRAFT_SECTION.format(number=one.section + 1)
    return (
        f'<li class="{one.severity}"><a href="#check-{i}" data-check="{i}" data-section="{one.section}"'
        f'{" data-facts" if facts else ""}><span class="kind">{strings.SEVERITIES[one.severity]}</span>'
        f'<span class="at">{at}</span><span class="message">{escape(one.message)}</span></a></li>'
    )


def checks_count(manuscript: Manuscript | None) -> str:
    """How many findings there are, for the heading."""
    return str(len(manuscript.checks)) if manuscript is not None and manuscript.checks else ""
