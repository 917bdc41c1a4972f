"""Five-year plans named in a text, and which of them are over (or not begun) in the year of a draft."""

from __future__ import annotations

import re

from ingest.structure.periods import five_year_plans

_NAMED = re.compile(
    r"[“\"]?(?P<name>十?[一二三四五六七八九十]五)[”\"]?(?=规划|时期|期间|末|以来|[”\"]|卫生|发展|国民|目标|收官)"
)


def stale_periods(text: str, year: int) -> list[tuple[int, int]]:
    """Spans of the policy periods named in `text` that do not hold `year`."""
    spans = []
    for found in _NAMED.finditer(text):
        first, last = five_year_plans().get(found["name"], (year, year))
        if not first <= year <= last:
            spans.append(found.span())
    return spans
