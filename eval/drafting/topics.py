"""Topics of plans that were really published, labelled by reading, beside the outline proposed from what came before.

The archive holds every report of the kinds of bodies that the plans belong to; each order may use what speaks of years
before its own, so that a plan never sees itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.drafting import outline
from assistant.drafting.headings import clean_heading
from assistant.drafting.outline import MOST_OWN
from assistant.drafting.themes import themes
from assistant.drafting.types import Order
from eval.drafting.cases import real_archive
from eval.drafting.cover import Labelled, classes, covered, label_of
from eval.reading.labels import LabelError, labelled
from eval.reading.measure import Measure, Unit
from eval.samples import write_sample
from ingest.archive import Archive
from ingest.period import Period
from ingest.runner import ingest_paths
from ingest.settings import Settings

LABELS = "plan_topics.jsonl"
LEAST, WRONG = 0.75, 0.25
"""Of the topics, so many at least an outline shall have, and so many at most the outline of another field."""
_LEAST_HEADINGS = 3
DEVELOPMENT, HELD_OUT = "development", "held_out"
"""The outline's rules were made while looking at the first split; the second was scored when they stood."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A published plan with its labelled topics, and the order that asks for its like."""

    file: str
    order: Order
    split: str
    topics: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A plan and, for each of its topics, whether the outline proposed has it."""

    plan: Plan
    outline: tuple[str, ...]
    covered: tuple[bool, ...]

    @property
    def line(self) -> str:
        """What is missing, in labels."""
        missing = [one.label for one, hit in zip(self.plan.topics, self.covered, strict=True) if not hit]
        return f"{self.plan.file}: {sum(self.covered)}/{len(self.covered)}, missing {' '.join(missing) or '-'}"


def plans(folder: Path) -> Iterator[Plan]:
    """The labelled plans under `folder`. Raises LabelError where a file is gone or reads otherwise."""
    for row, _, document in labelled(LABELS, folder):
        topics = tuple(Labelled(label, document.text[start:end]) for start, end, label in row["topics"])
        unknown = {topic.label for topic in topics} - classes().keys()
        if unknown:
            raise LabelError(
                f"标注里有未列入的类别 {'、'.join(sorted(unknown))}", "请核对 eval/drafting/topic_words.toml"
            )
        order = Order(row["org"], row["year"], row["kind"])
        yield Plan(row["file"], order, row["split"], topics)


def score_topics(folder: Path, settings: Settings, home: Path | None = None) -> list[Scored]:
    """The outline proposed for each labelled plan, unaided, over an archive of all reports of `folder` (in `home`)."""
    wanted = list(plans(folder))
    with real_archive(folder, settings, home) as archive:
        return [score(archive, plan) for plan in wanted]


def score(archive: Archive, plan: Plan) -> Scored:
    """One plan over an open archive."""
    proposed = tuple(topic.heading for topic in outline.propose(archive, plan.order))
    return Scored(plan, proposed, tuple(covered(plan.topics, proposed)))


def control(folder: Path) -> tuple[int, int]:
    """Topics of governments' plans that a health bureau's outline would cover, and how many there are."""
    wrong = [theme.heading for theme in themes("health")][:MOST_OWN]
    hits = [hit for plan in plans(folder) if plan.order.org.endswith("政府") for hit in covered(plan.topics, wrong)]
    return sum(hits), len(hits)


def score_sample(settings: Settings) -> list[Scored]:
    """The same for every yearly plan of the sample archive; its headings are classed by their words."""
    with TemporaryDirectory(prefix="report-assistant-topics-") as place:
        reports, own = Path(place, "reports"), replace(settings, home=Path(place, "archive"))
        write_sample(reports)
        ingest_paths(own, [reports], embed=False)
        with Archive.create_or_open(own.home) as archive:
            return [score(archive, plan) for plan in _sample_plans(archive)]


def _sample_plans(archive: Archive) -> Iterator[Plan]:
    for report in archive.reports():
        year = (report.year or 0) + 1
        headings = dict.fromkeys(
            section.path[1]
            for section in archive.sections(report.id)
            if section.part == "plan" and section.period == Period.year(year) and len(section.path) > 1
        )
        if report.org is not None and len(headings) >= _LEAST_HEADINGS:
            topics = tuple(Labelled(label_of(one, "health"), clean_heading(one) or one) for one in headings)
            yield Plan(report.sources[0], Order(report.org, year), "", topics)


def measures(folder: Path, settings: Settings, home: Path | None = None) -> list[Measure]:
    """The share of topics covered, for each half of the labels; beside it what a wrong outline would cover."""
    scored = score_topics(folder, settings, home)
    found = []
    for split in (DEVELOPMENT, HELD_OUT):
        mine = [one for one in scored if one.plan.split == split]
        hits, total = sum(sum(one.covered) for one in mine), sum(len(one.covered) for one in mine)
        faults = tuple(one.line for one in mine if not all(one.covered))
        found.append(Measure.share(f"topics of the real plan proposed, {split}", hits, total, LEAST, faults))
    found.append(Measure("topics that the outline of another field covers", *_share(*control(folder)), most=WRONG))
    return found


def sample_measures(settings: Settings) -> list[Measure]:
    """The same of the sample archive, with classes given by code: to be read beside the labelled ones."""
    scored = score_sample(settings)
    hits, total = sum(sum(one.covered) for one in scored), sum(len(one.covered) for one in scored)
    return [
        Measure.share("sample: headings of later plans proposed", hits, total, faults=tuple(s.line for s in scored))
    ]


def _share(right: int, total: int) -> tuple[float, Unit, int, int]:
    return (right / total if total else 0.0), "share", right, total
