"""A question asked again of another year or body: the same words, with that in the place of what they named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.bodies import BodyIndex
from assistant.question.years import read_years
from ingest.clean import normalise

_JOINED = re.compile(r"[和与跟及、,，~～至到—-]+$")


def of_year(question: str, year: int | None) -> str:
    """The question about `year`; None: about no year in particular. Of several questions (one a line) each."""
    said = "" if year is None else f"{year}年"
    return "\n".join(_put(plain, read_years(plain).spans, said) for plain in normalise(question).split("\n"))


def of_body(question: str, org: str | None, bodies: BodyIndex) -> str:
    """The question about the body `org`; None: about no body in particular. Of several questions each."""
    return "\n".join(_of_body(plain, org, bodies) for plain in normalise(question).split("\n"))


def _of_body(plain: str, org: str | None, bodies: BodyIndex) -> str:
    found = bodies.find(plain)
    places = [(name, plain.find(name)) for name in (*(body.label for body in found.bodies), *found.missing)]
    return _put(plain, sorted((at, at + len(name)) for name, at in places if at >= 0), org or "")


def _put(text: str, spans: Sequence[tuple[int, int]], new: str) -> str:
    """`new` in place of the first span, the others taken out with what joins them (2021年和2022年)."""
    if not spans:
        return new + text
    first, *others = sorted(spans)
    for start, end in reversed(others):
        joined = _JOINED.search(text[:start])
        text = text[: joined.start() if joined else start] + text[end:]
    return text[: first[0]] + new + text[first[1] :]
