"""The manuscripts of a run of `eval draft`: every composer over every archive, measured as soon as it is through."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from eval.drafting import score
from eval.drafting.cases import REAL, SAMPLE, Case, real_archive, real_cases, sample_archive, sample_cases
from eval.drafting.drafted import Drafted, Tell, draft_all
from eval.drafting.guests import Adversarial, obedient
from eval.guests import Guest, as_model, chosen_models
from eval.reading.measure import Measure
from eval.writing import writing
from ingest.archive import Archive
from ingest.settings import Settings

if TYPE_CHECKING:
    from assistant.models import Model

_One = TypeVar("_One")

FAKE, ADVERSARIAL = "fake", "adversarial"
CASES_OF_A_MODEL = 2
"""So many manuscripts of each archive are written by a language model proper: it takes minutes for each."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who drafts: the skeleton where `model` is None. `real`: a language model proper, `guest`: one that misbehaves."""

    name: str
    model: Model | None = None
    guest: Adversarial | None = None
    real: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The manuscripts of one composer over one archive; `of`: how many there were to be, more where it was stopped."""

    archive: str
    writer: Writer
    drafted: tuple[Drafted, ...]
    of: int

    @property
    def name(self) -> str:
        """As it stands at the head of its figures."""
        return f"{self.archive}, {self.writer.name}"

    @property
    def done(self) -> str:
        """How many manuscripts it has, of how many."""
        made = len(self.drafted)
        return f"{made} manuscripts" if made == self.of else f"{made} of {self.of} manuscripts"


@dataclass(frozen=True)
class Runs:
    """`folder`: the real reports, None where there are none. `models`: fake, adversarial, configured or a GGUF file.

    `cases`: so many manuscripts of each archive, spread over its bodies and years; `out`: a folder for what is drafted.
    """

    settings: Settings
    folder: Path | None
    models: Sequence[str] = (FAKE, ADVERSARIAL)
    home: Path | None = None
    cases: int | None = None
    out: Path | None = None
    tell: Tell = field(default=lambda _: None)

    def groups(self, *, sample: bool = True) -> Iterator[Group]:
        """Each composer's manuscripts as soon as they are all there. `sample`: of the sample archive too.

        Stopped by KeyboardInterrupt it gives what it has of the group at hand and raises it then. Raises BadSettings,
        ModelUnreachable for a model that cannot be opened, before anything is drafted.
        """
        writers = [Writer("skeleton"), *self._guests()]
        if sample:
            yield from self._over(SAMPLE, writers, sample_archive(self.settings), sample_cases)
        if self.folder is not None:
            yield from self._over(REAL, writers, real_archive(self.folder, self.settings, self.home), real_cases)

    def _over(
        self,
        name: str,
        writers: Sequence[Writer],
        opening: AbstractContextManager[Archive],
        choose: Callable[[Archive], list[Case]],
    ) -> Iterator[Group]:
        with opening as archive:
            every = choose(archive)
            for writer in writers:
                most = self.cases or (CASES_OF_A_MODEL if writer.real else len(every))
                yield from self._drafted(name, writer, archive, spread(every, most))

    def _drafted(self, name: str, writer: Writer, archive: Archive, cases: Sequence[Case]) -> Iterator[Group]:
        made: list[Drafted] = []
        stopped: KeyboardInterrupt | None = None
        try:
            for one in draft_all(archive, cases, writer.model, writer.guest, self._teller(f"{name}, {writer.name}")):
                made.append(one)
                self._keep(f"{name}, {writer.name}", one)
        except KeyboardInterrupt as error:
            stopped = error
        yield Group(name, writer, tuple(made), len(cases))
        if stopped is not None:
            raise stopped

    def _teller(self, group: str) -> Tell:
        return lambda line: self.tell(f"{group}, {line}")

    def _keep(self, group: str, made: Drafted) -> None:
        if self.out is not None:
            path = self.out / f"{group}, {made.name}.json"
            with writing(path):
                self.out.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(made.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def _guests(self) -> Iterator[Writer]:
        for name in self.models:
            if name == FAKE:
                yield Writer(FAKE, as_model(FAKE, Guest(obedient)))
            elif name == ADVERSARIAL:
                guest = Adversarial()
                yield Writer(ADVERSARIAL, as_model(ADVERSARIAL, Guest(guest)), guest)
            else:
                for label, model in chosen_models([name], self.settings).items():
                    yield Writer(label, model, real=True)


def spread(cases: Sequence[_One], most: int) -> list[_One]:
    """So many of the cases, evenly over all: they are in the order of bodies and years."""
    number = min(most, len(cases))
    return [cases[(2 * at + 1) * len(cases) // (2 * number)] for at in range(number)]


def measured(group: Group, topic: str) -> list[Measure]:
    """The measures of one topic over a group; none where nothing was drafted, for nothing was shown."""
    return TOPICS[topic](group) if group.drafted else []


def _speed(group: Group) -> list[Measure]:
    return score.speed(group.drafted, skeleton=group.writer.model is None, real=group.writer.real)


TOPICS: dict[str, Callable[[Group], list[Measure]]] = {
    "figures": lambda group: score.figures(group.drafted),
    "names": lambda group: score.names(group.drafted),
    "stale": lambda group: score.stale(group.drafted),
    "overlap": lambda group: score.overlap(group.drafted),
    "form": lambda group: score.form(group.drafted),
    "writing": lambda group: [
        *score.repeats(group.drafted),
        *(score.writing(group.drafted) if group.writer.model is not None else []),
    ],
    "speed": _speed,
}
"""What is asked of the manuscripts, by the name of the topic."""
