"""An answer as a chat client shows it: Markdown, each sentence with its marks 〔n〕, the sources as a list below.

Whatever stands in a report is shown as it stands: no markup, link or picture of a report's comes to life in a client.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer, Citation, Sentence
from assistant.conversations.export import source_line
from assistant.drafting.export.markdown import inline

BREAK = "\n\n"
_QUOTED = 80
"""Characters of a quote in the list; the whole of it is in the JSON beside the text."""


def sentence_text(sentence: Sentence) -> str:
    """A sentence with its marks and with what was calculated for it."""
    computed = "".join(f"（计算：{item.expression} = {item.value}）" for item in sentence.computed)
    return inline(f"{sentence.marked()}{computed}")


def appendix(answer: Answer) -> str:
    """What stands below the sentences: sources, cautions, who wrote it; empty where there is nothing of it."""
    return BREAK.join(_below(answer))


def answer_text(answer: Answer) -> str:
    """The whole answer."""
    parts = [*(sentence_text(sentence) for sentence in answer.sentences), appendix(answer)]
    return BREAK.join(part for part in parts if part)


def _below(answer: Answer) -> Iterator[str]:
    if answer.citations:
        yield "出处："
        yield "\n".join(f"- {inline(_source(citation))}" for citation in answer.citations)
    yield from (inline(f"注意：{warning.text}") for warning in answer.warnings)
    if answer.note:
        yield inline(f"说明：{answer.note}")


def _source(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    shown = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
    return f"〔{citation.n}〕{source_line(citation)}：“{shown}”"
