"""A search scope, said in SQL and in Chroma's filter language."""

from __future__ import annotations

import json
from typing import Any

from ingest.archive.records import Scope

UNKNOWN_YEAR = 0
"""What Chroma's metadata says for a passage whose period is unknown (it cannot hold null)."""

MANY_YEARS = -1
"""What Chroma's metadata says for a passage whose period spans years: in no year's scope."""

NO_PART = ""


def scope_sql(scope: Scope, alias: str) -> tuple[str, list[str]]:
    """A condition on the passages table under `alias`, with its values; `1` for no restriction."""
    conditions: list[str] = []
    values: list[str] = []
    if scope.years is not None:
        within = f"{alias}.year IN (SELECT value FROM json_each(?))"
        conditions.append(f"({within} OR {alias}.first IS NULL)" if scope.unknown_year else within)
        values.append(json.dumps(sorted(scope.years)))
    if scope.reports is not None:
        conditions.append(f"{alias}.report_id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(scope.reports)))
    if scope.parts is not None:
        conditions.append(f"{alias}.part IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(scope.parts)))
    return " AND ".join(conditions) or "1", values


def scope_filter(scope: Scope) -> dict[str, Any] | None:
    """The same as Chroma's `where`; None for no restriction. Call only for scopes that are not empty sets."""
    conditions: list[dict[str, Any]] = []
    if scope.years is not None:
        years = sorted(scope.years) + ([UNKNOWN_YEAR] if scope.unknown_year else [])
        conditions.append({"year": {"$in": years}})
    if scope.reports is not None:
        conditions.append({"report_id": {"$in": sorted(scope.reports)}})
    if scope.parts is not None:
        conditions.append({"part": {"$in": sorted(scope.parts)}})
    # Chroma's $and wants at least two conditions.
    return {"$and": conditions} if len(conditions) > 1 else conditions[0] if conditions else None
