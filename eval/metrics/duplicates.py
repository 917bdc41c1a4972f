"""How well copies of one report are told from different reports: pairs of files, known against found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ingest.archive import Archive
from ingest.runner import ingest_paths
from ingest.settings import Settings

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class DuplicateScore:
    """Pairs of file names: copies found, copies not found, and different reports that were taken for one."""

    found: tuple[Pair, ...]
    missed: tuple[Pair, ...]
    wrong: tuple[Pair, ...]

    @property
    def recall(self) -> float:
        """Share of the known pairs that were found; 1.0 when there are none."""
        known = len(self.found) + len(self.missed)
        return len(self.found) / known if known else 1.0

    @property
    def precision(self) -> float:
        """Share of the found pairs that are copies; 1.0 when none was found."""
        said = len(self.found) + len(self.wrong)
        return len(self.found) / said if said else 1.0


def duplicate_score(folder: Path, home: Path, known: Iterable[Sequence[str]]) -> DuplicateScore:
    """Ingest `folder` into an archive at `home` (text only) and compare; `known` are groups of names of one report.

    A pair counts as found when one report of the archive has both names among its sources.
    """
    ingest_paths(Settings(home=home), [folder], embed=False)
    with Archive.create_or_open(home) as archive:
        said = _pairs(report.sources for report in archive.reports())
    true = _pairs(known)
    return DuplicateScore(_ordered(said & true), _ordered(true - said), _ordered(said - true))


def sample_copies() -> list[list[str]]:
    """The names in the sample archive that hold one and the same report, and nothing else."""
    from eval.sample.facts import load_table

    groups: dict[str, list[str]] = {}
    for spec in load_table().files:
        if len(spec.reports) == 1:
            groups.setdefault(spec.reports[0], []).append(spec.name)
    return [names for names in groups.values() if len(names) > 1]


def _pairs(groups: Iterable[Sequence[str]]) -> set[Pair]:
    return {frozenset(pair) for names in groups for pair in combinations(sorted(set(names)), 2)}


def _ordered(pairs: set[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=sorted))
