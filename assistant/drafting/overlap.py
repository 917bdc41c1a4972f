"""Whether a draft keeps its distance from its exemplars, word for word; measured as the check measures it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.drafting.checks.overlap import LONGEST
from assistant.drafting.checks.overlap import MOST as ALLOWED
from assistant.drafting.checks.runs import GRAM, Common, common, letters
from assistant.drafting.types import ComposerName, Exemplar
from ingest.clean import normalise

LONGEST_RUN = LONGEST - 4
"""A little under what the check allows, as is `MOST`."""
MOST: dict[ComposerName, float] = {"skeleton": ALLOWED["skeleton"] - 0.03, "llm": ALLOWED["llm"] - 0.02}


def overlap(draft: str, texts: Sequence[str]) -> Common:
    """How much of a draft stands in one report's texts."""
    return common(letters(draft), [letters(text) for text in texts])


def texts_by_report(exemplars: Sequence[Exemplar]) -> dict[int, list[str]]:
    """What each report says, all its exemplars together."""
    found: dict[int, list[str]] = {}
    for one in exemplars:
        found.setdefault(one.report.id, []).append(one.text)
    return found


def too_near(draft: str, exemplars: Sequence[Exemplar], composer: ComposerName) -> int | None:
    """The report that a draft stands too near to, None where there is none."""
    for report, texts in texts_by_report(exemplars).items():
        found = overlap(draft, texts)
        if found.run > LONGEST_RUN or found.share > MOST[composer]:
            return report
    return None


def dense(text: str) -> str:
    """A text as `share_in` searches it: normalised, without white space."""
    return "".join(normalise(text).split())


def share_in(draft: str, text: str) -> float:
    """Share of a draft's 13-grams that stand in a `dense` text, 0 to 1; by plain search, so that no index is kept."""
    mine = letters(draft)
    grams = [piece[at : at + GRAM] for piece, _ in mine.pieces for at in range(len(piece) - GRAM + 1)]
    return sum(gram in text for gram in grams) / len(grams) if grams else 0.0


def nearest(draft: str, texts: Mapping[int, str]) -> tuple[int, float]:
    """The report, exemplar or not, that a draft shares most with, and the share; `texts`: dense, by report."""
    shares = {report: share_in(draft, text) for report, text in texts.items()}
    report = max(shares, key=lambda one: shares[one], default=0)
    return report, shares.get(report, 0.0)
