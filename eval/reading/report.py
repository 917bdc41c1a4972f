"""All questions about reading, asked one after the other; what needs data that is not there is skipped with a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.reading.measure import Measure
from ingest.errors import ReportAssistantError
from ingest.settings import Settings

_COST_FILES = 8
"""Reports of the data among those whose embedding is timed: enough to settle the rate, few enough to wait for."""


class TopicError(ReportAssistantError):
    """There is no such topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question: `ask` gets the data's archive folder and settings; `needs` is the subfolder it looks at, if any."""

    name: str
    needs: str | None
    ask: Callable[[Path, Settings], list[Measure]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A topic's measures, or in `skipped` the word why there are none."""

    topic: str
    measures: tuple[Measure, ...] = ()
    skipped: str | None = None


def topics() -> tuple[Topic, ...]:
    """Every topic in the order of asking."""
    from eval.reading.duplicates import measure_duplicates
    from eval.reading.hostile import measure_hostile
    from eval.reading.kills import measure_kills
    from eval.reading.roundtrip import measure_roundtrip
    from eval.reading.samples import measure_sample
    from eval.reading.sections import measure_sections
    from eval.reading.seeds import measure_seeds
    from eval.reading.speed import measure_cost, measure_unchanged

    return (
        Topic("sample", None, lambda _, settings: measure_sample(settings)),
        Topic("duplicates", None, lambda _, __: measure_duplicates()),
        Topic("seeds", "seeds", lambda data, _: measure_seeds(data / "seeds")),
        Topic("sections", "municipal_docx", lambda data, _: measure_sections(data)),
        Topic("roundtrip", "seeds", measure_roundtrip),
        Topic("hostile", "hostile_files", lambda data, _: measure_hostile(data / "hostile_files")),
        Topic("kills", None, lambda _, __: measure_kills()),
        Topic("unchanged", None, lambda _, __: measure_unchanged()),
        Topic("cost", "municipal_docx", lambda data, _: measure_cost(cost_files(data))),
    )


def cost_files(data: Path) -> list[Path]:
    """Reports of every format and size that the data has."""
    folders = ("seeds", "municipal_docx", "provincial")
    files = [sorted(path for path in (data / name).glob("*") if path.is_file()) for name in folders]
    return [path for folder in files for path in folder[:_COST_FILES]]


def chosen(names: Sequence[str]) -> list[Topic]:
    """The topics of these names, all where none is named. Raises TopicError."""
    known = {topic.name: topic for topic in topics()}
    for name in names:
        if name not in known:
            raise TopicError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    return [known[name] for name in names] or list(known.values())


def ask(wanted: Sequence[Topic], data: Path, settings: Settings) -> Iterator[Answered]:
    """Each topic's measures as they come. `data`: the folder that holds `archive`."""
    archive = data / "archive"
    for topic in wanted:
        if topic.needs is not None and not (archive / topic.needs).is_dir():
            yield Answered(topic.name, skipped=f"skipped: {archive / topic.needs} is not there")
        else:
            yield Answered(topic.name, tuple(topic.ask(archive, settings)))
