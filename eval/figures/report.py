"""The figures about figures: extraction, ledger and 兑现对照, beside the table of facts and labels made by reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.figures.match import Scored, Tally
from eval.reading.measure import Measure
from eval.reading.report import TopicError
from ingest.settings import Settings

SAMPLE_VALUE, SAMPLE_USE = 0.97, 0.93
REAL_VALUE, REAL_USE = 0.93, 0.85
QUERY_MS = 50.0
NAMES_RIGHT, NAMES_KEPT, PIECES_CAUGHT = 0.9, 0.95, 0.6
FITTING = 0.95
"""So many of the labelled rows must still have the name that was read."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question: `ask` gets the data's archive folder and settings; `real`: it looks at the real reports."""

    name: str
    real: bool
    ask: Callable[[Path, Settings], list[Measure]]


def topics(home: Path | None = None) -> tuple[Topic, ...]:
    """Every topic in the order of asking. `home`: where questions keep their archive; None a temporary one."""
    return (
        Topic("sample", False, lambda _, settings: _sample(settings)),
        Topic("ledger", False, lambda _, settings: _ledger(settings)),
        Topic("scale", False, lambda _, settings: _scale(settings)),
        Topic("labelled", True, lambda archive, _: _labelled(archive)),
        Topic("chains", True, _chains),
        Topic("names", True, _names),
        Topic("questions", True, lambda archive, _: _questions(archive, home)),
        Topic("seeds", True, _seeds),
        Topic("promises", True, lambda archive, _: _promises(archive)),
    )


def measures(
    data: Path, settings: Settings, names: Sequence[str] = (), home: Path | None = None
) -> Iterator[tuple[str, list[Measure] | str]]:
    """(topic, its measures, or the word why there are none). `data`: the folder that holds `archive`; `names`: only
    these topics; `home`: the archive that questions are asked of, made there if need be. Raises TopicError.
    """
    known = {topic.name: topic for topic in topics(home)}
    for name in names:
        if name not in known:
            raise TopicError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    archive = data / "archive"
    for topic in [known[name] for name in names] or known.values():
        if topic.real and not (archive / "seeds").is_dir():
            yield topic.name, f"skipped: {archive} is not there"
        else:
            yield topic.name, topic.ask(archive, settings)


def f1(name: str, tally: Tally, least: float, faults: tuple[str, ...] = ()) -> Measure:
    """F1 as a measure; `right` and `total` are twice the right ones over wanted plus found."""
    return Measure(name, tally.f1, "share", 2 * tally.right, tally.wanted + tally.found, least=least, faults=faults)


def _sample(settings: Settings) -> list[Measure]:
    from eval.figures.sample import score_sample

    return _told("sample", score_sample(settings), "indicator, role and period", SAMPLE_VALUE, SAMPLE_USE)


def _labelled(archive: Path) -> list[Measure]:
    from eval.figures.labelled import score_labelled

    return _told("real reports", score_labelled(archive), "role and period", REAL_VALUE, REAL_USE)


def _told(name: str, scored: Scored, use: str, value_least: float, use_least: float) -> list[Measure]:
    return [
        f1(f"{name}: F1 of value and unit", scored.value, value_least, scored.faults),
        f1(f"{name}: F1 with {use}", scored.use, use_least),
    ]


def _ledger(settings: Settings) -> list[Measure]:
    from eval.figures.ledger import PRECISION, RECALL, score_pairs

    score = score_pairs(settings)
    return [
        Measure.share(
            "sample: pairs of target and result, precision", score.right, score.rows, PRECISION, score.faults
        ),
        Measure.share("sample: pairs of target and result, recall", score.found, score.facts, RECALL),
    ]


def _scale(settings: Settings) -> list[Measure]:
    from eval.figures.scale import measure_scale

    found = measure_scale(settings)
    return [
        Measure(f"ledger of {found.figures} figures: slowest query, ms", found.slowest_ms, "count", most=QUERY_MS),
        Measure("… median query, ms", found.median_ms, "count"),
        Measure("… rows", found.rows, "count"),
        Measure("… seconds to build it, once per change", found.build_seconds, "seconds"),
    ]


def _chains(archive: Path, settings: Settings) -> list[Measure]:
    from eval.figures.chains import FOUND, score_chains

    score = score_chains(archive, settings)
    found, stated = score.numbers_found + score.words_found, score.numbers + score.words
    return [
        Measure.share("two years: targets and results found", found, stated, FOUND, score.faults),
        Measure.share("two years: those stated in numbers", score.numbers_found, score.numbers),
        Measure("two years: averages given as a year's", score.averages_given, "count", most=0),
    ]


def _names(archive: Path, settings: Settings) -> list[Measure]:
    from eval.figures.names import score_names

    found: list[Measure] = []
    for split, score in score_names(archive, settings).items():
        demanded = NAMES_RIGHT, NAMES_KEPT, PIECES_CAUGHT
        found += [
            Measure.share(
                f"names, {split}: rows listed, right", score.kept, score.shown, demanded[0], tuple(score.faults)
            ),
            Measure.share(f"names, {split}: names listed", score.kept, score.names, demanded[1]),
            Measure.share(f"names, {split}: pieces left out", score.caught, score.pieces, demanded[2]),
            Measure.share(f"names, {split}: labels that still fit", score.labels - score.stale, score.labels, FITTING),
        ]
    return found


def _seeds(archive: Path, settings: Settings) -> list[Measure]:
    from eval.figures.seeds import score_seeds

    score = score_seeds(archive / "seeds", settings)
    faults = iter((score.faults,))
    named = {
        "count": "tasks joined with the number reached",
        "words": "tasks joined with a completion in words",
        "rate": "tasks beside a rate of the same indicator",
        "masked": "masked figures shown as masked",
        "doubtful": "damaged figures shown raw and as doubtful",
    }
    return [
        Measure.share(f"seeds: {name}", share.right, share.total, 1.0, next(faults, ()))
        for kind, name in named.items()
        for share in (score.shares[kind],)
    ]


def _questions(archive: Path, home: Path | None) -> list[Measure]:
    from eval.figures.answers import score_questions

    return score_questions(archive, home)


def _promises(archive: Path) -> list[Measure]:
    from eval.promises.labelled import score_labelled

    found: list[Measure] = []
    for split in ("development", "held_out"):
        tally, faults = score_labelled(archive, split)
        found += [
            Measure.share(f"promises, {split}: 有对应表述 right", tally.yes_right, tally.yes_shown, 0.85, faults),
            Measure.share(f"promises, {split}: pairs found", tally.found, tally.pairs, 0.80),
        ]
    return found
