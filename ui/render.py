"""An answer as HTML. Pure functions; every piece of text passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Sentence, Warning
from assistant.conversations import Turn
from assistant.conversations.sources import Held, gone
from ui import strings
from ui.asking import Live
from ui.checked import checked_html
from ui.escape import escape

AT_ONCE = 3
"""Citations shown as cards at once; the others unfold."""


def target(turn: int, n: int) -> str:
    """The link of citation `n` of turn `turn`; the page's script turns a click on it into an event."""
    return f"#cite-{turn}-{n}"


def messages(turns: Sequence[Turn], live: Live | None = None, held: Held | None = None) -> list[dict[str, str]]:
    """The conversation in Gradio's messages format; `live` is the question after `turns` that is being answered.

    `held`: what the archive holds now, for answers that may be older; None passes over that.
    """
    shown: list[dict[str, str]] = []
    for number, turn in enumerate(turns):
        shown += _pair(turn.question, _reply(turn, number, held))
    if live is not None:
        shown += _pair(live.question, _live(live, len(turns)))
    return shown


def _pair(question: str, reply: str) -> list[dict[str, str]]:
    asked = f'<div class="asked">{escape(question)}</div>'
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": reply}]


def _reply(turn: Turn, number: int, held: Held | None) -> str:
    if turn.answer is not None:
        return answer_html(turn.answer, number, frozenset() if held is None else gone(turn.answer, held))
    return f'<div class="answer fault" role="status">{escape(turn.fault or "")}</div>'


def _live(live: Live, number: int) -> str:
    body = "".join(_sentence(sentence, number) for sentence in live.sentences)
    text = f'<div class="text">{body}</div>' if body else ""
    return f'<div class="answer waiting">{text}<p class="progress" role="status">{escape(live.progress)}</p></div>'


def answer_html(answer: Answer, turn: int, lost: frozenset[int] = frozenset()) -> str:
    """The answer, its cautions, what its check gave, its citations as cards and a button that copies all of it.

    `lost` are the numbers of citations whose source the archive holds no longer.
    """
    body = "".join(_sentence(sentence, turn) for sentence in answer.sentences)
    kind = "answer abstained" if answer.abstained else "answer"
    return (
        f'<div class="{kind}"><div class="text">{body}</div>{_cautions(answer.warnings)}'
        f"{_cards(answer.citations, turn, lost)}{_foot(answer)}</div>"
    )


def _foot(answer: Answer) -> str:
    inside = checked_html(answer) + _tools(answer)
    return f'<div class="foot">{inside}</div>' if inside else ""


def _sentence(sentence: Sentence, turn: int) -> str:
    marks = "".join(
        f'<a class="mark" href="{target(turn, n)}" title="{strings.SHOW_SOURCE}">'
        f'<span class="bracket">〔</span>{n}<span class="bracket">〕</span></a>'
        for n in sentence.citations
    )
    computed = "".join(
        f'<span class="computed">{strings.COMPUTED}：{escape(item.expression)} = {escape(item.value)}</span>'
        for item in sentence.computed
    )
    return f'<p class="sentence">{escape(sentence.text)}{marks}{computed}</p>'


def _cautions(warnings: tuple[Warning, ...]) -> str:
    if not warnings:
        return ""
    items = "".join(
        f'<li class="caution {item.kind}"><span class="label">{strings.WARNINGS[item.kind]}</span>'
        f"<span>{escape(item.text)}</span></li>"
        for item in warnings
    )
    return f'<ul class="cautions" aria-label="{strings.CAUTIONS}">{items}</ul>'


def _cards(citations: tuple[Citation, ...], turn: int, lost: frozenset[int]) -> str:
    if not citations:
        return ""
    cards = [_card(citation, turn, citation.n in lost) for citation in citations]
    rest = "".join(cards[AT_ONCE:])
    more = f"<details><summary>{strings.more_label(len(cards) - AT_ONCE)}</summary>{rest}</details>" if rest else ""
    return f'<div class="sources"><p class="count">{strings.SOURCES}</p>{"".join(cards[:AT_ONCE])}{more}</div>'


def _card(citation: Citation, turn: int, is_lost: bool) -> str:
    lost = f'<span class="lost">{strings.SOURCE_GONE}</span>' if is_lost else ""
    return (
        f'<a class="card" href="{target(turn, citation.n)}" title="{strings.SHOW_SOURCE}">'
        f'<span class="number">{citation.n}</span><span class="about">'
        f'<span class="report">{escape(citation.report)}</span>'
        f'<span class="facts">{_facts(citation)}{lost}</span>'
        f'<span class="quote">{escape(citation.quote)}</span>'
        f"</span></a>"
    )


def facts(citation: Citation) -> list[str]:
    """Period, part, section, file and page of a citation, as plain words."""
    whose = [citation.org] if citation.org and citation.org not in citation.report else []
    said = [*whose, strings.period_label(citation.period)]
    if citation.part is not None:
        said.append(strings.PARTS[citation.part])
    if citation.section:
        said.append(" › ".join(citation.section))
    said.append(citation.source_file)
    if citation.page is not None:
        said.append(strings.page_label(citation.page))
    return said


def _facts(citation: Citation) -> str:
    return "".join(f"<span>{escape(item)}</span>" for item in facts(citation))


def plain(answer: Answer) -> str:
    """The answer with its citations as plain text, for pasting into a document."""
    lines = [answer.answer]
    if answer.warnings:
        lines += ["", *(f"※ {strings.WARNINGS[item.kind]}：{item.text}" for item in answer.warnings)]
    if answer.citations:
        lines += ["", f"{strings.SOURCES}："]
        lines += [f"〔{c.n}〕{c.report}（{'，'.join(facts(c))}）：“{c.quote.strip()}”" for c in answer.citations]
    return "\n".join(lines)


def _tools(answer: Answer) -> str:
    if not answer.citations:
        return ""
    return (
        f'<div class="tools"><button type="button" class="copy"><span>{strings.COPY}</span>'
        f"<span hidden>{strings.COPIED}</span></button>"
        f'<span class="plain" hidden>{escape(plain(answer))}</span></div>'
    )
