"""Asks the same questions of the product with one part taken away after the other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from eval.ablation.headings import headings_outside_the_index, without_headings
from eval.ablation.parts import FULL, VARIANTS, Variant
from eval.finding import GATHERED, SEARCH, Found, find_all, rankings
from eval.gold import Gold
from eval.guests import chosen_models
from eval.metrics.intervals import wilson
from eval.metrics.score import Score
from eval.metrics.summary import TOTAL, summarise
from eval.opened import Opened
from eval.product import product
from eval.run import ask_all, scored
from ingest.archive import Archive
from ingest.errors import ReportAssistantError
from ingest.settings import Settings

ANSWERS = (
    "right",
    "figures_traced",
    "citation_precision",
    "citation_recall",
    "abstention_precision",
    "abstention_recall",
    "leaks",
    "leaks_checked",
)
"""What is told of a variant's answers, from the summary of all of them."""
RETRIEVAL = ("recall_at_5", "mrr")


class NoSuchPart(ReportAssistantError):
    """A variant was asked for by a name that none has."""


@dataclass(frozen=True, slots=True)
class Ablated:
    """One variant's answers and retrieval over the gold set."""

    variant: Variant
    scores: tuple[Score, ...]
    found: tuple[Found, ...]

    def to_json(self, against: Ablated | None) -> dict[str, Any]:
        """Figures of all questions; with `against`, also how many it answers right that the other does not (`gained`)
        and the other way round (`lost`).
        """
        summary = summarise(self.scores).to_json()
        right = sum(score.right for score in self.scores)
        within = wilson(right, len(self.scores))
        body: dict[str, Any] = {"name": self.variant.name, "what": self.variant.said, "n": len(self.scores)}
        body |= {name: summary[name] for name in ANSWERS}
        body |= {"right_low": within.low, "right_high": within.high} if within is not None else {}
        for retrieval in (SEARCH, GATHERED):
            total = rankings(self.found, retrieval).get(TOTAL)
            if total is not None:
                body[retrieval] = {name: total.measures[name].to_json() for name in RETRIEVAL}
        if against is not None:
            pairs = [(one.right, other.right) for one, other in zip(self.scores, against.scores, strict=True)]
            body |= {
                "against": against.variant.name,
                "lost": sum(other and not one for one, other in pairs),
                "gained": sum(one and not other for one, other in pairs),
            }
        return body


def chosen(names: Sequence[str]) -> tuple[Variant, ...]:
    """The variants of these names with those that they are compared with; all where none is named.

    Raises NoSuchPart.
    """
    known = {one.name: one for one in VARIANTS}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            remedy = f"是否想写 {near[0]}？" if near else ""
            raise NoSuchPart(f"没有名为 {name} 的对照", f"{remedy}可用的有 {'、'.join(known)}")
    wanted = {*names, *(known[name].against for name in names), FULL} if names else set(known)
    return tuple(one for one in VARIANTS if one.name in wanted)


def ablate(
    gold: Sequence[Gold], archive: Opened, names: Sequence[str], told: Callable[[str, int, int], None]
) -> Iterator[Ablated]:
    """Every variant as soon as it is measured, the full product first. `told`: variant, questions done, of how many."""
    variants = chosen(names)
    with tempfile.TemporaryDirectory(prefix="report-assistant-eval-") as scratch:
        homes = _Homes(archive, Path(scratch))
        for variant in variants:
            yield _measured(gold, archive, variant, homes.of(variant), told)


def to_json(done: Sequence[Ablated]) -> dict[str, Any]:
    """The machine form of those that were measured."""
    by_name = {one.variant.name: one for one in done}
    return {
        "n": len(done[0].scores) if done else 0,
        "variants": [
            one.to_json(by_name.get(one.variant.against) if one.variant.name != one.variant.against else None)
            for one in done
        ],
    }


class _Homes:
    """The archives that the variants look into; those without headings are made when first asked for."""

    def __init__(self, archive: Opened, scratch: Path) -> None:
        self._settings = archive.settings
        self._scratch = scratch
        self._bare: Settings | None = None

    def of(self, variant: Variant) -> Settings:
        if variant.headings == "kept":
            return self._settings
        bare = self._bare = self._bare or self._without_headings()
        if variant.headings == "out":
            return bare
        return headings_outside_the_index(self._settings, bare, self._scratch / variant.name)

    def _without_headings(self) -> Settings:
        from ingest.embed import load_encoder

        with Archive.create_or_open(self._settings.home) as archive:
            embedded = archive.counts().embedded > 0
        return without_headings(
            self._settings, self._scratch / "bare", load_encoder(self._settings) if embedded else None
        )


def _measured(
    gold: Sequence[Gold],
    archive: Opened,
    variant: Variant,
    settings: Settings,
    told: Callable[[str, int, int], None],
) -> Ablated:
    def tell(done: int, of: int) -> None:
        told(variant.said, done, of)

    model = None if variant.model is None else chosen_models([variant.model], settings)[variant.model]
    composer = "extractive" if model is None else "llm"
    with product(settings, variant.archive, model, variant.verifier_of) as asked:
        answers, seconds = ask_all(gold, asked, composer, tell)
        found = find_all(gold, asked, archive.copies) if model is None else []
    return Ablated(variant, scored(gold, answers, seconds, archive).scores, tuple(found))
