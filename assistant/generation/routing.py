"""Which answers a language model may phrase. Where quoting is safer or tells more it is not asked, and that is said."""

from __future__ import annotations

from assistant.compose.draft import Draft
from assistant.question.types import Intent, Question

_LONG_FORMS: frozenset[Intent] = frozenset({"plan", "list", "overview"})
"""Answers of several points: a small model leaves some out or runs them together."""

_SIDE_BY_SIDE: frozenset[Intent] = frozenset({"compare", "trend"})


def reason_to_quote(question: Question, quoted: Draft, *, tabled: bool, small: bool) -> str | None:
    """Why the quoted answer is shown instead of asking the model, in Chinese; None when the model is asked.

    `tabled`: the quoted answer comes from the ledger. `small`: the model is a local one with little room.
    """
    if tabled:
        return "这类问题由指标台账直接作答，未用语言模型"
    kinds = {warning.kind for warning in quoted.warnings}
    if kinds & {"masked_figure", "doubtful_figure"}:
        return "原文有隐去或存疑的数字，按原文照录，未用语言模型"
    bodies = {support.passage.report_id for sentence in quoted.sentences for support in sentence.supports}
    if question.intent in _SIDE_BY_SIDE or (len(bodies) > 1 and not question.bodies):
        return "涉及多个单位或年度，按原文并列摘录，未用语言模型"
    if small and question.intent in _LONG_FORMS and not question.asks_figure:
        return "要点较多的问题按原文摘录更完整，未用语言模型"
    return None
