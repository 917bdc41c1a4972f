"""The shelf: sections and passages of reports that are kept but not read, because another copy is read instead."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from ingest.archive.contents import runs_json
from ingest.archive.figures import from_json, to_json
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.types import Passage, Section


def put(connection: sqlite3.Connection, report_id: int, sections: Sequence[Section]) -> None:
    """Lay a report's sections on the shelf."""
    made = json.dumps([_as_json(section) for section in sections], ensure_ascii=False, separators=(",", ":"))
    connection.execute("INSERT OR REPLACE INTO shelf (report_id, sections) VALUES (?, ?)", (report_id, made))


def read(connection: sqlite3.Connection, report_id: int) -> list[Section] | None:
    """A report's sections from the shelf; None when they do not lie there."""
    row = connection.execute("SELECT sections FROM shelf WHERE report_id = ?", (report_id,)).fetchone()
    return None if row is None else [_section(item) for item in json.loads(row[0])]


def remove(connection: sqlite3.Connection, report_id: int) -> None:
    """Take a report's sections off the shelf."""
    connection.execute("DELETE FROM shelf WHERE report_id = ?", (report_id,))


def forsaken(connection: sqlite3.Connection) -> list[int]:
    """The reports on the shelf whose better copy is gone."""
    sql = "SELECT s.report_id FROM shelf s JOIN reports r ON r.id = s.report_id WHERE r.duplicate_of IS NULL"
    return [row[0] for row in connection.execute(sql)]


def _as_json(section: Section) -> dict[str, Any]:
    return {
        "path": section.path,
        "part": section.part,
        "period": None if section.period is None else str(section.period),
        "span": (section.start, section.end),
        "figures": [to_json(figure) for figure in section.figures],
        "passages": [(p.text.text, runs_json(p.text), p.page) for p in section.passages],
    }


def _section(item: dict[str, Any]) -> Section:
    start, end = item["span"]
    return Section(
        tuple(item["path"]),
        item["part"],
        None if item["period"] is None else Period.parse(item["period"]),
        start,
        end,
        tuple(Passage(MappedText.from_runs(text, json.loads(runs)), page) for text, runs, page in item["passages"]),
        tuple(from_json(made) for made in item.get("figures", ())),
    )
