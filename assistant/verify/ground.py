"""What a sentence may rest on: the quotes that it cites, and what is known of the reports that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Citation
from assistant.compose.draft import DraftSentence
from assistant.compose.wording import in_words
from assistant.evidence.figures import bound_numbers_in
from assistant.question.names import in_all_forms
from ingest.clean import normalise
from ingest.period import Period
from ingest.types import Part

STRANGE_NUMBER = "有一句含有出处中没有的数字"

_LINE_END = re.compile(r"\s*\n\s*")
"""A line's end: a page breaks lines anywhere, in the middle of a figure as well."""

_MARKED_BREAK = re.compile(r"\d\.?\s*\n\s*\d+、")
"""A page mark between two digits: joining such lines would make a figure that nobody wrote."""

_REGION = re.compile(r"[\u3400-\u9fff]{2,8}?(?:省|市|县|区|州|旗|镇|乡)")
_SHORT = 2
"""Characters of a region's name that cannot lose its rank (易县)."""

_SIGNS = "万亿%‰年月日"
_CONSTANTS = frozenset({"1", "100", "100%"})
"""What a calculation may use without a source: a growth is less 1, a rate is times 100."""


@dataclass(frozen=True)
class Ground:
    """The citations of one sentence, and the cleaned texts of the spans that they quote (same order)."""

    citations: tuple[Citation, ...]
    cleaned: tuple[str, ...]

    @cached_property
    def quotes(self) -> str:
        """What the sources say, cleaned."""
        return normalise("\n".join(self.cleaned))

    @cached_property
    def about(self) -> str:
        """Titles, bodies in all forms of their names, years and headings of the reports quoted."""
        return in_all_forms(normalise(" ".join(_about(one) for one in self.citations)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every number of the quotes and of what is known about them."""
        said = [f"{one.quote} {_about(one)}" for one in self.citations]
        said += [_LINE_END.sub("", one.quote) for one in self.citations if not _MARKED_BREAK.search(one.quote)]
        return frozenset(number for text in said for number in bound_numbers_in(text))

    def unnamed(self, text: str) -> str:
        """`text` without the names of the bodies quoted: where no word begins in the middle of a name."""
        for name in self._names:
            text = text.replace(name, " ")
        return text

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Bodies and their regions, the longest first."""
        orgs = {normalise(one.org) for one in self.citations if one.org}
        regions = {found[0] for org in orgs if (found := _REGION.match(org))}
        return tuple(
            sorted(orgs | regions | {region[:-1] for region in regions if len(region) > _SHORT}, key=len)[::-1]
        )

    @cached_property
    def parts(self) -> frozenset[Part | None]:
        """The parts of the reports that are quoted."""
        return frozenset(one.part for one in self.citations)


def strange_numbers(sentence: DraftSentence, ground: Ground) -> str | None:
    """Why the figures of a sentence do not stand; None when each is quoted, or computed from quoted ones."""
    operands = {number for item in sentence.computed for number in bound_numbers_in(item.expression)}
    if not operands <= ground.numbers | {number.rstrip(_SIGNS) for number in ground.numbers} | _CONSTANTS:
        return "有一句的计算用了出处中没有的数字"
    computed = {number for item in sentence.computed for number in bound_numbers_in(item.value)}
    if bound_numbers_in(sentence.text) - ground.numbers - computed:
        return STRANGE_NUMBER
    return None


def _about(one: Citation) -> str:
    period = None if one.period is None else Period.parse(one.period)
    years = [] if period is None else [f"{period.first}年", f"{period.last}年"]
    return " ".join([one.report, one.org or "", in_words(period), f"{one.year}年", *years, *one.section])
