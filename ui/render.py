"""An answer as HTML. Pure functions; every piece of text passes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation, Sentence, Warning
from assistant.conversations import Turn
from assistant.conversations.sources import Held, gone
from ui import strings
from ui.answer_copy import copy_html, plain
from ui.answer_figures import figures_html
from ui.answer_filters import understood_html
from ui.answer_judged import Judged, judge_html
from ui.asking import Live
from ui.checked import checked_html
from ui.citing import facts, marks_html, target
from ui.escape import escape

__all__ = ["answer_html", "facts", "messages", "plain", "target"]

AT_ONCE = 3
"""Citations shown as cards at once; the others unfold."""


def messages(
    turns: Sequence[Turn],
    live: Live | None = None,
    held: Held | None = None,
    *,
    judged: Judged | None = None,
    following: Sequence[str] = (),
) -> list[dict[str, str]]:
    """The conversation in Gradio's messages format; `live` is the question after `turns` that is being answered.

    `held`: what the archive holds now, for answers that may be older; None passes over that. `judged`: what was said of
    the answers; None: nothing can be said. `following`: what may be asked after the last answer.
    """
    shown: list[dict[str, str]] = []
    for number, turn in enumerate(turns):
        last = live is None and number == len(turns) - 1
        shown += _pair(turn.question, _reply(turn, number, held, judged) + (_next(following) if last else ""))
    if live is not None:
        shown += _pair(live.question, _live(live, len(turns)))
    return shown


def _pair(question: str, reply: str) -> list[dict[str, str]]:
    asked = f'<div class="asked">{escape(question)}</div>'
    return [{"role": "user", "content": asked}, {"role": "assistant", "content": reply}]


def _reply(turn: Turn, number: int, held: Held | None, judged: Judged | None) -> str:
    if turn.answer is not None:
        lost = frozenset[int]() if held is None else gone(turn.answer, held)
        judging = "" if judged is None else judge_html(judged.get(number))
        return answer_html(turn.answer, number, lost, judging)
    return f'<div class="answer fault" role="status">{escape(turn.fault or "")}</div>'


def _live(live: Live, number: int) -> str:
    body = "".join(_sentence(sentence, number) for sentence in live.sentences)
    text = f'<div class="text">{body}</div>' if body else ""
    return f'<div class="answer waiting">{text}<p class="progress" role="status">{escape(live.progress)}</p></div>'


def _next(questions: Sequence[str]) -> str:
    offered = "".join(f'<button type="button" class="followup">{escape(one)}</button>' for one in questions)
    return f'<div class="next"><span class="label">{strings.NEXT}</span>{offered}</div>' if offered else ""


def answer_html(answer: Answer, turn: int, lost: frozenset[int] = frozenset(), judging: str = "") -> str:
    """The answer with what was understood, its figures, cautions, citations and check, and what can be done with it.

    `lost` are the numbers of citations whose source the archive holds no longer; `judging`: what was said of it.
    """
    body = "".join(_sentence(sentence, turn) for sentence in answer.sentences)
    kind = "answer abstained" if answer.abstained else "answer"
    figures = figures_html(answer, lambda numbers: marks_html(numbers, turn))
    return (
        f'<div class="{kind}">{understood_html(answer.understood)}<div class="text">{body}</div>{figures}'
        f"{_cautions(answer.warnings)}{_cards(answer.citations, turn, lost)}{_foot(answer, judging)}</div>"
    )


def _foot(answer: Answer, judging: str) -> str:
    inside = checked_html(answer) + judging + copy_html(answer)
    return f'<div class="foot">{inside}</div>' if inside else ""


def _sentence(sentence: Sentence, turn: int) -> str:
    computed = "".join(
        f'<span class="computed">{strings.COMPUTED}：{escape(item.expression)} = {escape(item.value)}</span>'
        for item in sentence.computed
    )
    return f'<p class="sentence">{escape(sentence.text)}{marks_html(sentence.citations, turn)}{computed}</p>'


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


def _facts(citation: Citation) -> str:
    return "".join(f"<span>{escape(item)}</span>" for item in facts(citation))
