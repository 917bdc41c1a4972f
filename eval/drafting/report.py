"""The figures about drafts: the outline beside real plans, and what is found in drafted sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.drafting.runs import ADVERSARIAL, FAKE, TOPICS, Runs
from eval.reading.measure import Measure
from eval.reading.report import TopicError
from ingest.settings import Settings


@dataclass(frozen=True, slots=True)
class Topic:
    """One question: `ask` gets the data's archive folder and settings; `real`: it looks at the real reports."""

    name: str
    real: bool
    ask: Callable[[Path, Settings], list[Measure]]


def topics(runs: Runs) -> tuple[Topic, ...]:
    """Every topic in the order of asking; `runs` drafts what the later ones look at."""
    return (
        Topic("topics", True, _topics),
        Topic("sample_topics", False, lambda _, settings: _sample_topics(settings)),
        *(Topic(name, False, partial(_drafted, runs, name)) for name in TOPICS),
    )


def measures(
    data: Path, settings: Settings, names: Sequence[str] = (), models: Sequence[str] = (), home: Path | None = None
) -> Iterator[tuple[str, list[Measure] | str]]:
    """(topic, its measures, or the word why there are none). `data`: the folder that holds `archive`; `names`: only
    these topics; `models`: who writes beside the skeleton, none: the two fakes; `home`: the archive of the real
    reports, made there if need be. Raises TopicError.
    """
    folder = data / "archive"
    there = (folder / "seeds").is_dir()
    runs = Runs(settings, folder if there else None, tuple(models) or (FAKE, ADVERSARIAL), home)
    known = {topic.name: topic for topic in topics(runs)}
    for name in names:
        if name not in known:
            raise TopicError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    for topic in [known[name] for name in names] or known.values():
        if topic.real and not there:
            yield topic.name, f"skipped: {folder} is not there"
            continue
        yield topic.name, topic.ask(folder, settings)
        if topic.name in TOPICS and not there:
            yield f"{topic.name}, real reports", f"skipped: {folder} is not there"


def _drafted(runs: Runs, name: str, _folder: Path, _settings: Settings) -> list[Measure]:
    return runs.measures(name)


def _sample_topics(settings: Settings) -> list[Measure]:
    from eval.drafting.topics import sample_measures

    return sample_measures(settings)


def _topics(archive: Path, settings: Settings) -> list[Measure]:
    from eval.drafting.topics import measures as measure_topics

    return measure_topics(archive, settings)
