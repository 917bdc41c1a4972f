"""Does each section do what a reader says it does, and speak of the time he says: against labels made by reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.reading.labels import Turn, Turns, labelled
from eval.reading.measure import Measure
from ingest.clean import clean
from ingest.structure import find_reports
from ingest.types import Report, Section

LABELS = "sections.jsonl"
DEMAND = 0.97
_BUDGET = 400


@dataclass(frozen=True, slots=True)
class Judged:
    """One section beside its label; `size` in characters of its passages."""

    file: str
    section: Section
    label: Turn
    size: int

    @property
    def right_part(self) -> bool:
        """Review, problem or plan as labelled."""
        return self.section.part == self.label.part

    @property
    def right(self) -> bool:
        """Part and period as labelled."""
        period = None if self.section.period is None else str(self.section.period)
        return self.right_part and period == self.label.period

    def fault(self) -> str:
        """What was found and what was labelled, in one line."""
        path = " / ".join(self.section.path) or "—"
        found, label = (self.section.part, self.section.period), (self.label.part, self.label.period)
        return f"{self.file} @{self.section.start} {path[:40]}: {found[0]} {found[1]}, labelled {label[0]} {label[1]}"


def judge(file: str, reports: Iterable[Report], turns: Turns) -> list[Judged]:
    """Each section that has text, with the label under which most of its characters stand."""
    judged = []
    for report in reports:
        for section in report.sections:
            sizes = Counter[Turn]()
            for passage in section.passages:
                for start, text in zip(passage.text.starts, passage.text.text, strict=True):
                    sizes[turns.at(start)] += not text.isspace()
            if sizes:
                judged.append(Judged(file, section, sizes.most_common(1)[0][0], sizes.total()))
    return judged


def scored(name: str, judged: Sequence[Judged]) -> list[Measure]:
    """By section and by character; text that neither reports nor plans (salutations, glossaries) is counted apart."""
    spoken = [one for one in judged if one.label.part is not None]
    rest = [one for one in judged if one.label.part is None]
    wrong = tuple(one.fault() for one in spoken if not one.right)
    size = sum(one.size for one in spoken)
    return [
        Measure.share(f"{name}: sections, part and period", len(spoken) - len(wrong), len(spoken), DEMAND, wrong),
        Measure.share(f"{name}: sections, part", sum(one.right_part for one in spoken), len(spoken)),
        Measure.share(f"{name}: characters, part and period", sum(one.size for one in spoken if one.right), size),
        Measure.share(
            f"{name}: sections that are neither, without part",
            sum(one.section.part is None for one in rest),
            len(rest),
            faults=tuple(one.fault() for one in rest if one.section.part is not None),
        ),
    ]


def measure_sections(folder: Path) -> list[Measure]:
    """The government work reports under `folder` (the data's archive) that are labelled. Raises LabelError."""
    judged: list[Judged] = []
    for row, path, document in labelled(LABELS, folder):
        reports = find_reports(document, clean(document), path, _BUDGET)
        judged += judge(row["file"], reports, Turns.parse(row["turns"]))
    return scored("work reports", judged)
