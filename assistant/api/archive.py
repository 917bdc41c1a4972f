"""`/api/search`, `/api/figures`, `/api/reports`: what the archive holds, as the commands print it with `--json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request

from assistant.accounts import require
from assistant.api.opened import Opener, opened
from assistant.api.replies import Json
from assistant.api.requests import Figures, Search
from assistant.api.routes import ToldRoute, visitor
from assistant.api.shapes import FoundShape, ReportShape, RowShape
from ingest.errors import NotFound

if TYPE_CHECKING:
    from assistant.ledger import LedgerRow
    from assistant.service import Assistant


def routes(opener: Opener, route_class: type[ToldRoute]) -> APIRouter:
    """The routes of this file. Reading is quick, so they are plain functions, which run in threads."""
    router = APIRouter(route_class=route_class, tags=["档案"])

    about_search: dict[str, Any] = {
        "summary": "检索段落。Find passages.",
        "responses": {200: {"model": list[FoundShape]}},
    }
    about_figures: dict[str, Any] = {
        "summary": "指标台账。The ledger of indicators.",
        "responses": {200: {"model": list[RowShape]}},
    }
    about_reports: dict[str, Any] = {
        "summary": "档案中的报告。The archive's reports.",
        "responses": {200: {"model": list[ReportShape]}},
    }

    def found(call: Search, request: Request) -> Json:
        require(visitor(request), "ask")
        return Json(search(opened(opener), call))

    def rows(call: Figures, request: Request) -> Json:
        require(visitor(request), "ask")
        return Json(figures(opened(opener), call))

    @router.get("/api/search", **about_search)
    def search_by_address(call: Annotated[Search, Query()], request: Request) -> Json:
        return found(call, request)

    @router.post("/api/search", **about_search)
    def search_by_body(call: Search, request: Request) -> Json:
        return found(call, request)

    @router.get("/api/figures", **about_figures)
    def figures_by_address(call: Annotated[Figures, Query()], request: Request) -> Json:
        return rows(call, request)

    @router.post("/api/figures", **about_figures)
    def figures_by_body(call: Figures, request: Request) -> Json:
        return rows(call, request)

    @router.get("/api/reports", **about_reports)
    def held(request: Request) -> Json:
        require(visitor(request), "ask")
        assistant = opened(opener)
        assistant.refresh()
        return Json(reports(assistant))

    return router


def search(assistant: Assistant, call: Search) -> list[dict[str, Any]]:
    """The passages as `search --json` prints them."""
    from ingest.clean.addressed import addressed_spans

    return [
        {**citation.to_json(), "score": round(score, 4), "addressed": bool(addressed_spans(citation.quote))}
        for citation, score in assistant.search(call.q, k=call.k, year=call.year, org=call.org, part=call.part)
    ]


def figures(assistant: Assistant, call: Figures) -> list[dict[str, Any]]:
    """The rows as `figures --json` prints them. Raises as `select`."""
    from assistant.ledger.render import to_json

    rows = select(assistant, call)[call.offset : call.offset + call.limit]
    return [to_json(row, assistant.cite_cell) for row in rows]


def select(assistant: Assistant, call: Figures) -> list[LedgerRow]:
    """All rows of the ledger that meet the filters. Raises NotFound for a body that has no report."""
    from assistant.ledger import Query as LedgerQuery

    ledger = assistant.ledger()
    if call.org is not None and not ledger.reports_of(call.org):
        known = list(dict.fromkeys(row.org for row in ledger.rows if row.org))
        raise NotFound(
            f"档案中没有“{call.org}”的报告", f"档案中的单位有：{'、'.join(known[:12])}" if known else "请先导入材料"
        )
    wanted = LedgerQuery(org=call.org, year=call.year, indicator=call.indicator, role=call.role, unnamed=True)
    return list(ledger.find(wanted))


def reports(assistant: Assistant) -> list[dict[str, Any]]:
    """The reports as `reports --json` prints them."""
    return [
        {**asdict(report), "period": None if report.period is None else str(report.period)}
        for report in assistant.reports()
    ]
