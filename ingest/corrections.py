"""The user's corrections: what a report is called, whose and of when it is, said by the one who knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from ingest.archive import Archive
from ingest.archive.records import FileRecord, ReportRecord
from ingest.errors import ReportAssistantError
from ingest.pipeline import pipeline_version, read_file
from ingest.settings import Settings
from ingest.types import Changes, Correction, Kind, ReadFile

CorrectingReader = Callable[[Path, bytes, Settings, Sequence[Correction]], ReadFile]
"""`ingest.pipeline.read_file`, or what stands in for it."""

KINDS: tuple[Kind, ...] = get_args(Kind)
UNKNOWN = ("不详", "未知", "")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 200

_DATE = re.compile(r"(\d{4})(?:[-年/.](\d{1,2})(?:[-月/.](\d{1,2})日?|月)?|年)?")


class InvalidCorrection(ReportAssistantError):
    """What the user says a report is cannot be; say it in another way."""


def to_changes(
    *,
    title: str | None = None,
    org: str | None = None,
    year: str | None = None,
    kind: str | None = None,
    published: str | None = None,
) -> Changes:
    """What was typed, as changes; what is None was not typed. 不详 (for the year also 0) says that it is not known.

    Raises InvalidCorrection.
    """
    changes: Changes = {}
    if title is not None:
        changes["title"] = _title(title)
    if org is not None:
        changes["org"] = None if org.strip() in UNKNOWN else _line(org, "单位")
    if year is not None:
        changes["year"] = _year(year)
    if kind is not None:
        changes["kind"] = _kind(kind.strip())
    if published is not None:
        changes["published"] = _published(published.strip())
    return changes


def news(report: ReportRecord, typed: Mapping[str, str]) -> Changes:
    """What a filled-in form says that the report does not say already; raises InvalidCorrection."""
    said = to_changes(**typed)
    changes: Changes = {}
    if "title" in said and said["title"] != report.title:
        changes["title"] = said["title"]
    if "org" in said and said["org"] != report.org:
        changes["org"] = said["org"]
    if "year" in said and said["year"] != report.year:
        changes["year"] = said["year"]
    if "kind" in said and said["kind"] != report.kind:
        changes["kind"] = said["kind"]
    if "published" in said and said["published"] != report.published:
        changes["published"] = said["published"]
    return changes


def correct_report(
    settings: Settings, report_id: int, changes: Changes, read: CorrectingReader = read_file
) -> ReportRecord:
    """Hold to what the user says of a report, now and whenever its file is read again; its id stays.

    The file is read again from the kept bytes, so that the periods of all sections follow. Equal text keeps its
    vectors. Raises InvalidCorrection (no change at all), NotFound, ArchiveBusy, and what reading may raise.
    """
    if not changes:
        raise InvalidCorrection("没有要修改的内容", "请至少写明标题、单位、年份、文种、日期中的一项")
    with Archive.create_or_open(settings.home, write=True, create=False, chroma_url=settings.chroma_url) as archive:
        files = archive.correct(report_id, changes)
        return _read_again(archive, settings, report_id, files, read)


def reset_report(settings: Settings, report_id: int, read: CorrectingReader = read_file) -> ReportRecord:
    """Take back all corrections of a report: it is again what the program found. Raises as `correct_report`."""
    with Archive.create_or_open(settings.home, write=True, create=False, chroma_url=settings.chroma_url) as archive:
        files = archive.uncorrect(report_id)
        return _read_again(archive, settings, report_id, files, read)


def _read_again(
    archive: Archive, settings: Settings, report_id: int, files: Sequence[FileRecord], read: CorrectingReader
) -> ReportRecord:
    """Read these files from the kept bytes; gives the report as it now is, or the copy that is read instead."""
    for record in files:
        made = read(Path(record.path), archive.file_bytes(record.id), settings, archive.corrections(record.sha256))
        archive.reread(record.id, made, pipeline_version(settings))
    archive.sync_vectors()
    found = archive.report(report_id)
    return found if found.duplicate_of is None else archive.report(found.duplicate_of)


def _title(text: str) -> str:
    title = _line(text, "标题").strip("《》")
    if not title:
        raise InvalidCorrection("标题不能为空", "请写明标题，或用 --reset 恢复程序识别的标题")
    return title


def _line(text: str, what: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise InvalidCorrection(f"{what}太长了", f"请写在 {LONGEST} 字以内")
    return line


def _year(text: str) -> int | None:
    plain = text.strip().removesuffix("年")
    if plain in (*UNKNOWN, "0"):
        return None
    if not (plain.isascii() and plain.isdigit()) or not FIRST_YEAR <= int(plain) <= LAST_YEAR:
        raise InvalidCorrection(
            f"年份“{text}”不合要求", f"请填写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年份，不知道时填 0 或 不详"
        )
    return int(plain)


def _kind(text: str) -> Kind:
    for kind in KINDS:
        if kind == text:
            return kind
    raise InvalidCorrection(f"没有“{text}”这种文种", f"请从 {'、'.join(KINDS)} 中选一种")


def _published(text: str) -> str | None:
    if text in UNKNOWN:
        return None
    wrong = InvalidCorrection(f"日期“{text}”不合要求", "请写成 2023-01-15、2023-01 或 2023，不知道时填 不详")
    found = _DATE.fullmatch(text)
    if found is None:
        raise wrong
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise wrong from error
    if not FIRST_YEAR <= (year or 0) <= LAST_YEAR:
        raise wrong
    return "-".join(f"{part:02d}" for part in (year, month, day) if part is not None)
