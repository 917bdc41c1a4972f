"""The figures about drafts: the outline beside real plans, and what is found in drafted sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.drafting.cases import REAL, SAMPLE
from eval.drafting.drafted import Tell
from eval.drafting.runs import ADVERSARIAL, FAKE, TOPICS, Runs, measured
from eval.reading.measure import Measure
from eval.reading.report import TopicError
from ingest.settings import Settings

OUTLINE, SAMPLE_OUTLINE = "topics", "sample_topics"


@dataclass(frozen=True, slots=True)
class Part:
    """Some measures and what they are of, or the word why there are none. `column`: of the table that closes the run;
    empty for what is not of one composer's manuscripts.
    """

    title: str
    measures: tuple[Measure, ...]
    column: str = ""
    skipped: str = ""


def parts(
    data: Path,
    settings: Settings,
    names: Sequence[str] = (),
    models: Sequence[str] = (),
    home: Path | None = None,
    *,
    archives: Sequence[str] = (SAMPLE, REAL),
    cases: int | None = None,
    out: Path | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[Part]:
    """Each part as soon as it is known. `data`: the folder that holds `archive`; `names`: only these topics; `models`:
    who writes beside the skeleton, none: the two fakes; `home`: the archive of the real reports, made there if need be;
    `archives`: drafted from these; `cases`: manuscripts of each; `out`: a folder to keep them in; `tell` hears of the
    progress.

    Raises TopicError; KeyboardInterrupt after what there was of the group at hand.
    """
    folder = data / "archive"
    there = (folder / "seeds").is_dir()
    known = [OUTLINE, SAMPLE_OUTLINE, *TOPICS]
    for name in names:
        if name not in known:
            raise TopicError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    wanted = list(names) or known
    if OUTLINE in wanted:
        yield Part(OUTLINE, tuple(_topics(folder, settings, home))) if there else _missing(OUTLINE, folder)
    if SAMPLE_OUTLINE in wanted:
        yield Part(SAMPLE_OUTLINE, tuple(_sample_topics(settings)))
    asked = [topic for topic in wanted if topic in TOPICS]
    if not asked:
        return
    real = folder if there and REAL in archives else None
    runs = Runs(settings, real, tuple(models) or (FAKE, ADVERSARIAL), home, cases, out, tell)
    for group in runs.groups(sample=SAMPLE in archives):
        found = [measure for topic in asked for measure in measured(group, topic)]
        yield Part(f"{group.name}, {group.done}", tuple(found), group.name)
    if not there and REAL in archives:
        yield _missing("real reports", folder)


def _missing(title: str, folder: Path) -> Part:
    return Part(title, (), skipped=f"skipped: {folder} is not there")


def _sample_topics(settings: Settings) -> list[Measure]:
    from eval.drafting.topics import sample_measures

    return sample_measures(settings)


def _topics(archive: Path, settings: Settings, home: Path | None) -> list[Measure]:
    from eval.drafting.topics import measures as measure_topics

    return measure_topics(archive, settings, home)
