"""Every manuscript of a run of `eval draft`, drafted once and looked at by each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from eval.drafting import score
from eval.drafting.cases import REAL, SAMPLE, Case, real_archive, real_cases, sample_archive, sample_cases
from eval.drafting.guests import Adversarial, obedient
from eval.guests import Guest, as_model, chosen_models
from eval.reading.measure import Measure
from ingest.archive import Archive
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.models import Model

FAKE, ADVERSARIAL = "fake", "adversarial"
_CASES_OF_A_MODEL = 2
"""So many manuscripts of each archive are written by a language model proper: it takes minutes for each."""


@dataclass(frozen=True, slots=True)
class Group:
    """The manuscripts of one composer over one archive."""

    name: str
    skeleton: bool
    drafted: tuple[score.Drafted, ...]


@dataclass(frozen=True)
class Runs:
    """`folder`: the real reports, None where there are none. `models`: fake, adversarial, configured or a GGUF file."""

    settings: Settings
    folder: Path | None
    models: Sequence[str] = (FAKE, ADVERSARIAL)
    home: Path | None = None

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All manuscripts. Raises BadSettings, ModelUnreachable for a model that cannot be opened."""
        found = [*self._over(SAMPLE, sample_archive(self.settings), sample_cases)]
        if self.folder is not None:
            found += self._over(REAL, real_archive(self.folder, self.settings, self.home), real_cases)
        return tuple(found)

    def _over(
        self, name: str, opening: AbstractContextManager[Archive], choose: Callable[[Archive], list[Case]]
    ) -> Iterator[Group]:
        with opening as archive:
            cases = choose(archive)
            yield Group(f"{name}, skeleton", True, tuple(score.draft_all(archive, cases)))
            for label, model, guest in self._models():
                asked = cases if label in (FAKE, ADVERSARIAL) else cases[:_CASES_OF_A_MODEL]
                yield Group(f"{name}, {label}", False, tuple(score.draft_all(archive, asked, model, guest)))

    def _models(self) -> Iterator[tuple[str, Model, Adversarial | None]]:
        for name in self.models:
            if name == FAKE:
                yield FAKE, as_model(FAKE, Guest(obedient)), None
            elif name == ADVERSARIAL:
                guest = Adversarial()
                yield ADVERSARIAL, as_model(ADVERSARIAL, Guest(guest)), guest
            else:
                for label, model in chosen_models([name], self.settings).items():
                    yield label, model, None

    def measures(self, topic: str) -> list[Measure]:
        """The measures of one topic over all manuscripts."""
        return [measure for group in self.groups for measure in TOPICS[topic](group)]


TOPICS: dict[str, Callable[[Group], list[Measure]]] = {
    "figures": lambda group: score.figures(group.name, group.drafted),
    "names": lambda group: score.names(group.name, group.drafted),
    "stale": lambda group: score.stale(group.name, group.drafted),
    "overlap": lambda group: score.overlap(group.name, group.drafted),
    "form": lambda group: score.form(group.name, group.drafted),
    "speed": lambda group: score.speed(group.name, group.drafted, skeleton=group.skeleton),
}
"""What is asked of the manuscripts, by the name of the topic."""
