"""The fictional archive as a second gold: topics that were planned in one report and told as done in the next."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.promises.find import Comparison, find_promises
from assistant.promises.types import Promise
from eval.promises.score import Tally
from eval.sample.archive import generate
from eval.sample.facts import HIDDEN_YEAR, Item, load_table
from ingest.archive import Archive
from ingest.errors import NotFound
from ingest.runner import ingest_paths
from ingest.settings import Settings


def score_sample() -> tuple[Tally, tuple[str, ...]]:
    """Generate, read and compare. A topic counts by its keyword: in the measure, and in the evidence shown.

    A topic that the next review does not tell counts as absent. Bodies and years whose plan or review the archive
    does not hold are left out.
    """
    table = load_table()
    total = Tally()
    faults: list[str] = []
    with TemporaryDirectory() as home:
        settings = Settings(Path(home, "archive"))
        ingest_paths(settings, [generate(Path(home, "sample"))], embed=False)
        with Archive.create_or_open(settings.home) as archive:
            asked: dict[tuple[str, int], tuple[Promise, ...]] = {}
            told: dict[tuple[str, int], str] = {}
            for item in table.items:
                if not item.plan or item.half or item.year in (HIDDEN_YEAR, HIDDEN_YEAR + 1):
                    continue
                key = (table.bodies[item.body].org, item.year)
                if key not in asked:
                    try:
                        found = find_promises(archive, *key)
                        asked[key] = found.promises
                        told[key] = _text(archive, found)
                    except NotFound:
                        asked[key], told[key] = (), ""
                over = [one for one in asked[key] if item.key_plan in one.measure.text]
                if over:
                    one = _judge(item, over, told[key])
                    total += one
                    if one.yes_shown != one.yes_right or one.found != one.pairs or one.silent != one.absent:
                        faults.append(f"{key} {item.key_plan}: {[(p.measure.text, p.verdict) for p in over]}")
    return total, tuple(faults)


def _text(archive: Archive, found: Comparison) -> str:
    """What the reports say that were compared with, in their review parts."""
    return "\n".join(
        passage.text.text
        for report in found.reviews
        for passage in archive.report_passages(report.id)
        if passage.part == "review"
    )


def _judge(item: Item, over: list[Promise], told: str) -> Tally:
    exists = bool(item.done) and item.key_done in told
    best = next((one for wish in ("yes", "part") for one in over if one.verdict == wish), None)
    right = best is not None and exists and any(item.key_done in evidence.text for evidence in best.evidence)
    said_yes = best is not None and best.verdict == "yes"
    return Tally(
        int(said_yes and right),
        int(said_yes),
        int(right),
        int(exists),
        int(not exists and best is None),
        int(not exists),
    )
