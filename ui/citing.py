"""A citation in words and as a link, for whatever shows one. Pure functions."""

from __future__ import annotations

from assistant.answer import Citation
from ui import strings


def target(turn: int, n: int) -> str:
    """The link of citation `n` of turn `turn`; the page's script turns a click on it into an event."""
    return f"#cite-{turn}-{n}"


def marks_html(numbers: tuple[int, ...], turn: int) -> str:
    """The small numbers behind a sentence, each opening its passage."""
    return "".join(
        f'<a class="mark" href="{target(turn, n)}" title="{strings.SHOW_SOURCE}">'
        f'<span class="bracket">〔</span>{n}<span class="bracket">〕</span></a>'
        for n in numbers
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
