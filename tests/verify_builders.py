"""Citations and questions for the verifier's tests, and sentences of a model's own over one quote."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Citation
from assistant.compose.draft import DraftSentence, Support
from assistant.question.types import Question
from assistant.verify import Verifier
from ingest.archive.records import PassageRecord
from ingest.types import Part
from tests.assistant_builders import question
from tests.builders import passage

ORGS = {
    1: ("青禾县卫生健康局", 2021),
    2: ("青禾县卫生健康局", 2022),
    3: ("临泽市卫生健康委员会", 2022),
    4: ("某区卫生健康局", None),
}
PLACES = ("青禾县", "临泽市")


def cite(support: Support, n: int, source: str | None = None) -> Citation:
    """What `assistant.citations.cite` gives, for passages that are their own source unless one is given."""
    record = support.passage
    org, year = ORGS[record.report_id]
    start, end = record.text.span(support.start, support.end)
    return Citation(
        n=n,
        report=f"{org}工作总结",
        org=org,
        year=year,
        part=record.part,
        period=None if record.period is None else str(record.period),
        section=record.path,
        source_file="总结.txt",
        quote=(source or record.text.text)[start:end],
        start=start,
        end=end,
        page=None,
        passage_id=record.id,
        report_id=record.report_id,
    )


def whole(record: PassageRecord) -> Support:
    """All of a passage."""
    return Support(record, 0, len(record.text))


def fault(text: str, *records: PassageRecord, asked: Question) -> str | None:
    """Why a model's sentence over whole passages must not be shown."""
    return Verifier(asked, cite, PLACES).fault(DraftSentence(text, tuple(map(whole, records)), own=True))


@dataclass(frozen=True)
class Planted:
    """A sentence of a model's over one quote. `kind`: what is wrong with it, empty where it is true."""

    text: str
    kind: str
    quote: str
    part: Part
    period: str
    asked: str

    @property
    def fault(self) -> str | None:
        """What the verifier says of it."""
        return fault(self.text, self.passage, asked=question(self.asked))

    @property
    def passage(self) -> PassageRecord:
        """The quote as a passage of the county's report."""
        return passage(1, 2, self.quote, part=self.part, period=self.period)


def planted(name: str) -> Iterator[Planted]:
    """The true and the false sentences of a file in this folder."""
    for case in tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))["case"]:
        told = [("", text) for text in case["true"]]
        told += [(kind, text) for kind, _, text in (one.partition("｜") for one in case["false"])]
        for kind, text in told:
            yield Planted(
                text, kind, case["quote"], case.get("part", "review"), case.get("period", "2022"), case["asked"]
            )
