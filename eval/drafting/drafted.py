"""Manuscripts drafted by a composer for the measurements, timed section by section and judged by what they show."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant.drafting.export.docx import write_docx
from assistant.drafting.manuscript import draft
from assistant.drafting.types import ComposerName, Manuscript
from eval.drafting import official
from eval.drafting.cases import Case, with_composer, written
from eval.drafting.guests import STRANGERS, Adversarial
from eval.drafting.judge import Verdict, Written, judge
from eval.metrics.text import dense
from ingest.archive import Archive

if TYPE_CHECKING:
    from assistant.ledger import Ledger
    from assistant.models import Model

MODEL: ComposerName = "llm"
SKELETON: ComposerName = "skeleton"
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a section took and its first sentence; `told`: the sentences that a model's reader saw as they came."""

    seconds: float
    first: float | None = None
    told: tuple[str, ...] = ()

    @property
    def until_text(self) -> float:
        """Seconds until a reader saw any of it: its first sentence, else the section as a whole."""
        return self.seconds if self.first is None else self.first


@dataclass(frozen=True, slots=True)
class Drafted:
    """A manuscript with its verdict; `waits` of each section, `form` of the written .docx, `plain`: the skeleton that
    stands for the same order, which tells a model's own words from those that it was given.
    """

    name: str
    manuscript: Manuscript
    verdict: Verdict
    waits: tuple[Wait, ...]
    form: tuple[official.Fact, ...]
    plain: str = ""

    def written_by(self, composer: str) -> list[int]:
        """The places of the sections that a composer wrote."""
        return [at for at, section in enumerate(self.manuscript.sections) if section.composer == composer]

    def asked(self) -> list[int]:
        """The places of the sections that a model was asked for: it wrote them, or a note says why it did not."""
        fallen = [note for note in self.manuscript.notes if note.endswith("改用骨架稿。")]
        return [
            at
            for at, section in enumerate(self.manuscript.sections)
            if section.composer == MODEL or any(note.startswith(f"“{section.heading}”") for note in fallen)
        ]

    def standing(self) -> list[str]:
        """The model's sentences that stand in the section that was kept."""
        return [
            sentence
            for wait, section in zip(self.waits, self.manuscript.sections, strict=True)
            if section.composer == MODEL
            for sentence in wait.told
            if dense(sentence) in dense(section.text)
        ]

    def own(self) -> list[str]:
        """Those of them that say it in other words than the skeleton."""
        plain = dense(self.plain)
        return [sentence for sentence in self.standing() if dense(sentence).rstrip("。;,") not in plain]

    def to_json(self) -> dict[str, Any]:
        """The manuscript and what was measured of it."""
        return {
            "name": self.name,
            "manuscript": self.manuscript.to_json(),
            "verdict": asdict(self.verdict),
            "waits": [asdict(wait) for wait in self.waits],
            "form": [asdict(fact) for fact in self.form],
        }


def draft_all(
    archive: Archive,
    cases: Sequence[Case],
    model: Model | None = None,
    guest: Adversarial | None = None,
    tell: Tell | None = None,
) -> Iterator[Drafted]:
    """Draft and judge each case: the skeleton, or with `model`; `guest` is told an exemplar to copy from. `tell` hears
    a line for each section and manuscript.
    """
    from assistant.ledger import Ledger, build_ledger

    reports = written(archive)
    ledger = Ledger(build_ledger(archive.figures(), archive.reports()), archive.reports())
    for number, case in enumerate(cases, 1):
        if guest is not None:
            texts = [one.text for one in reports if one.id not in case.own]
            guest.exemplar = texts[number % len(texts)][200:1400] if texts else ""
        where = f"{number}/{len(cases)} {case.order.org} {case.order.year}"
        made = draft_one(archive, case, ledger, model, reports, _prefixed(tell, where))
        if tell is not None:
            tell(f"{where}: {len(made.waits)} sections, {sum(one.seconds for one in made.waits):.1f} s")
        yield made


def draft_one(
    archive: Archive,
    case: Case,
    ledger: Ledger,
    model: Model | None,
    reports: Sequence[Written],
    tell: Tell | None = None,
) -> Drafted:
    """One manuscript, timed section by section, judged by what it shows."""
    made = with_composer(case, MODEL if model is not None else SKELETON)
    waits: list[Wait] = []
    told: list[tuple[float, str]] = []
    manuscript: Manuscript | None = None
    at = time.perf_counter()
    for item in draft(
        archive, made.order, None, ledger, model, told=lambda _, text: told.append((time.perf_counter(), text))
    ):
        if isinstance(item, Manuscript):
            manuscript = item
            continue
        wait = Wait(time.perf_counter() - at, told[0][0] - at if told else None, tuple(text for _, text in told))
        waits.append(wait)
        if tell is not None and model is not None:
            first = f", first sentence {wait.first:.1f} s" if wait.first is not None else ""
            tell(
                f"section {len(waits)} {item.heading}: {wait.seconds:.1f} s{first}, {len(wait.told)} sentences, "
                f"by the {'model' if item.composer == MODEL else 'skeleton'}"
            )
        told.clear()
        at = time.perf_counter()
    assert manuscript is not None
    order = made.order
    verdict = judge(
        manuscript.to_json(),
        [asdict(fact) for fact in order.facts],
        order.org,
        order.year,
        reports,
        case.own,
        STRANGERS,
    )
    plain = "" if model is None else _skeleton_of(archive, case, ledger)
    return Drafted(f"{order.org} {order.year}", manuscript, verdict, tuple(waits), written_form(manuscript), plain)


def _skeleton_of(archive: Archive, case: Case, ledger: Ledger) -> str:
    *_, manuscript = draft(archive, with_composer(case, SKELETON).order, None, ledger)
    return "\n".join(section.text for section in manuscript.sections) if isinstance(manuscript, Manuscript) else ""


def written_form(manuscript: Manuscript) -> tuple[official.Fact, ...]:
    """What the .docx of a manuscript looks like."""
    with TemporaryDirectory(prefix="report-assistant-docx-") as folder:
        path = Path(folder, "draft.docx")
        write_docx(manuscript, path)
        return tuple(official.facts(path))


def _prefixed(tell: Tell | None, where: str) -> Tell | None:
    return None if tell is None else lambda line: tell(f"{where}: {line}")
