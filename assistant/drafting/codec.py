"""Orders and manuscripts to stored JSON and back. Exemplars are kept as references into the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.answer import Citation
from assistant.drafting.types import DraftCheck, DraftSection, Exemplar, Fact, Manuscript, Order, Placeholder, Source
from ingest.archive import Archive
from ingest.archive.records import PassageRecord, ReportRecord
from ingest.errors import NotFound, ReportAssistantError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


class UnreadableDraft(ReportAssistantError):
    """What was stored is no draft that this program knows; open another version of it."""


def order_to_dict(order: Order) -> dict[str, Any]:
    """Every field, as JSON can hold it."""
    return asdict(order) | {"facts": [asdict(fact) for fact in order.facts]}


def order_from_dict(data: Mapping[str, Any]) -> Order:
    """The order again. Missing fields take their default, unknown ones are passed over. Raises UnreadableDraft."""
    try:
        return _order(data)
    except _WRONG as error:
        raise _unreadable() from error


def manuscript_to_dict(manuscript: Manuscript) -> dict[str, Any]:
    """The contract's object (`to_json`) with what it leaves out: order, composers, exemplars, the citations' ids."""
    data = manuscript.to_json()
    data["order"] = order_to_dict(manuscript.order)
    data["citations"] = [asdict(citation) for citation in manuscript.citations]
    for stored, section in zip(data["sections"], manuscript.sections, strict=True):
        stored["composer"] = section.composer
        stored["exemplars"] = [_reference(exemplar) for exemplar in section.exemplars]
    return data


def manuscript_from_dict(
    data: Mapping[str, Any], archive: Archive | None = None, *, order: Order | None = None
) -> Manuscript:
    """The manuscript again, with those exemplars whose words `archive` still holds; a note tells of the others.

    Also reads the contract's object, which has no order: then it is `order`. Raises UnreadableDraft.
    """
    finder = None if archive is None else _Finder(archive)
    try:
        notes = [str(note) for note in data.get("notes", ())]
        sections = tuple(_section(item, finder) for item in data["sections"])
        lost = 0 if finder is None else finder.lost
        note = f"有{lost}处参照材料已不在档案中，这里不再显示"
        return Manuscript(
            order=_order(data["order"]) if order is None or "order" in data else order,
            title=str(data["title"]),
            sections=sections,
            citations=tuple(_citation(item) for item in data["citations"]),
            placeholders=tuple(_build(Placeholder, item) for item in data["placeholders"]),
            checks=tuple(_build(DraftCheck, item) for item in data["checks"]),
            notes=tuple(notes if not lost or note in notes else [*notes, note]),
        )
    except _WRONG as error:
        raise _unreadable() from error


_WRONG = (ValueError, TypeError, KeyError, AttributeError)


def _unreadable() -> UnreadableDraft:
    return UnreadableDraft("这一版草稿已读不出来", "请打开它的其他版本，或重新起草")


def _order(data: Mapping[str, Any]) -> Order:
    lists = {name: tuple(map(str, data.get(name) or ())) for name in ("sections", "prefer", "exclude")}
    return _build(Order, data, facts=tuple(_build(Fact, item) for item in data.get("facts") or ()), **lists)


def _section(data: Mapping[str, Any], finder: _Finder | None) -> DraftSection:
    found = [] if finder is None else [finder.find(item) for item in data.get("exemplars", ())]
    return _build(
        DraftSection,
        data,
        sources=tuple(_build(Source, item) for item in data["sources"]),
        exemplars=tuple(exemplar for exemplar in found if exemplar is not None),
    )


def _citation(data: Mapping[str, Any]) -> Citation:
    return _build(Citation, {"passage_id": 0, "report_id": 0, **data}, section=tuple(data["section"]))


def _build(kind: type[T], data: Mapping[str, Any], **made: object) -> T:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in known} | made)


def _reference(exemplar: Exemplar) -> dict[str, Any]:
    """What finds the exemplar again, also after its file was read anew and all numbers have changed."""
    return {
        "heading": exemplar.heading,
        "report": exemplar.report.id,
        "title": exemplar.report.title,
        "files": list(exemplar.report.sources),
        "passages": [{"id": passage.id, "digest": _digest(passage)} for passage in exemplar.passages],
        "own": exemplar.own,
        "score": exemplar.score,
        "reason": exemplar.reason,
    }


def _digest(passage: PassageRecord) -> str:
    return hashlib.sha256(passage.text.text.encode("utf-8", "replace")).hexdigest()[:32]


class _Finder:
    """Finds exemplars in an archive by their words and counts those that are gone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._reports: list[ReportRecord] | None = None
        self._passages: dict[int, dict[str, PassageRecord]] = {}
        self.lost = 0

    def find(self, reference: Mapping[str, Any]) -> Exemplar | None:
        """The exemplar with the passages that still read as they did; None when none does."""
        wanted = [str(item["digest"]) for item in reference["passages"]]
        for report in self._candidates(int(reference["report"]), str(reference["title"]), reference["files"]):
            held = self._held(report.id)
            passages = tuple(held[digest] for digest in wanted if digest in held)
            if passages:
                return Exemplar(
                    str(reference["heading"]),
                    report,
                    passages,
                    bool(reference["own"]),
                    float(reference["score"]),
                    str(reference["reason"]),
                )
        self.lost += 1
        return None

    def _candidates(self, number: int, title: str, files: Sequence[str]) -> list[ReportRecord]:
        """The report under its old number first, then those of its title or files."""
        try:
            first = [self._archive.report(number)]
        except NotFound:
            first = []
        if self._reports is None:
            self._reports = list(self._archive.reports())
        others = [report for report in self._reports if report.title == title or set(report.sources) & set(files)]
        return first + [report for report in others if report.id != number]

    def _held(self, number: int) -> dict[str, PassageRecord]:
        if number not in self._passages:
            self._passages[number] = {_digest(passage): passage for passage in self._archive.report_passages(number)}
        return self._passages[number]
