"""What a draft has word for word from its exemplars, for the right side of the tab 起草. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.checks import highlights
from assistant.drafting.types import Manuscript
from ui import strings
from ui.escape import escape


@dataclass(frozen=True, slots=True)
class Same:
    """A stretch of a section that stands in these reports too; `characters` without white space."""

    start: int
    end: int
    characters: int
    reports: tuple[str, ...]


def same_in(manuscript: Manuscript, number: int) -> tuple[Same, ...]:
    """The stretches of a section in the order of its text: each once with all its reports, none within a longer one."""
    found = highlights(manuscript.order, manuscript.sections[number], manuscript.citations)
    reports: dict[tuple[int, int], list[str]] = {}
    sizes = {(one.start, one.end): one.characters for one in found}
    for one in found:
        reports.setdefault((one.start, one.end), []).append(one.title)
    outer = [
        (start, end)
        for start, end in reports
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in reports)
    ]
    return tuple(Same(start, end, sizes[start, end], tuple(dict.fromkeys(reports[start, end]))) for start, end in outer)


def same_html(manuscript: Manuscript | None, found: Sequence[Sequence[Same]]) -> str:
    """The stretches with their reports, the longest first; each leads to its place. `found`: by section."""
    if manuscript is None:
        return ""
    every = [(number, i, one) for number, held in enumerate(found) for i, one in enumerate(held)]
    if not every:
        return f'<p class="none good">{strings.DRAFT_SAME_NONE}</p>'
    rows = "".join(
        f'<li><a href="#same-{number}-{i}" data-same="{i}" data-section="{number}">'
        f'<span class="kind">{strings.DRAFT_SAME_SIZE.format(count=one.characters)}</span>'
        f'<span class="at">{strings.DRAFT_SECTION.format(number=number + 1)}</span>'
        f'<span class="message">{"".join(f"《{escape(title)}》" for title in one.reports)}</span></a></li>'
        for number, i, one in sorted(every, key=lambda row: (-row[2].characters, row[0], row[1]))
    )
    return f'<ul class="checks">{rows}</ul>'


def same_count(found: Sequence[Sequence[Same]]) -> str:
    """How many stretches there are, for the switch."""
    return str(sum(map(len, found)) or "")
