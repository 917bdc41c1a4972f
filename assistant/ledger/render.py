"""A ledger's rows for people and for programs: columns of text, JSON objects, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.answer import Citation
from assistant.ledger.types import Cell, LedgerRow, Measure
from ingest.finding.filenames import printable

if TYPE_CHECKING:
    from rich.table import Table

Cite = Callable[[Cell], Citation]

COLUMNS = ("单位", "时期", "指标", "范围", "目标", "结果", "完成率", "差额", "同比", "状态", "说明")

NO_NAME = "名称像句子片段"
"""Said of a row whose name is none of an indicator as far as can be told."""

_MEASURES: dict[Measure, str] = {"level": "数量", "share": "比率", "growth": "增速", "words": "文字"}
_GAP = "  "


def columns(row: LedgerRow) -> tuple[str, ...]:
    """The texts of `COLUMNS` for one row."""
    name = f"{row.name}（增速）" if row.measure == "growth" and not row.name.endswith(("增速", "涨幅")) else row.name
    done = _texts(row.completions) or ("" if row.computed is None else f"{row.computed.value}（计算）")
    return (
        row.org or "单位不详",
        "年份不详" if row.period is None else str(row.period),
        name,
        row.scope,
        _texts(row.targets),
        _texts(row.results),
        done,
        "" if row.gap is None else f"{_difference(row)}（计算）",
        _texts(row.changes),
        row.status_name,
        "；".join(said for said in (row.reason, "" if row.named else NO_NAME) if said),
    )


def to_json(row: LedgerRow, cite: Cite) -> dict[str, Any]:
    """A row as a JSON object; each cell carries the citation of every place that states it."""
    return {
        "id": row.id,
        "indicator": row.name,
        "named": row.named,
        "phrases": list(row.phrases),
        "org": row.org,
        "region": row.region,
        "period": None if row.period is None else str(row.period),
        "scope": row.scope or None,
        "unit": row.unit,
        "measure": row.measure,
        "status": row.status,
        "status_text": row.status_name,
        "reason": row.reason or None,
        "targets": [_cell(cell, cite) for cell in row.targets],
        "results": [_cell(cell, cite) for cell in row.results],
        "completions": [_cell(cell, cite) for cell in row.completions],
        "changes": [_cell(cell, cite) for cell in row.changes],
        "details": [_cell(cell, cite) for cell in row.details],
        "baselines": [_cell(cell, cite) for cell in row.baselines],
        "completion_computed": None if row.computed is None else row.computed.to_json(),
        "gap_computed": None if row.gap is None else row.gap.to_json(),
    }


def sources(row: LedgerRow, cite: Cite) -> str:
    """Where the row's values stand, one after another: 目标 4380人：《…》二、…（file）."""
    said = []
    for role, cells in (("目标", row.targets), ("结果", row.results), ("完成率", row.completions)):
        for cell in cells:
            one = cite(cell)
            place = " > ".join(one.section)
            said.append(
                f"{role} {cell.text}：《{one.report}》{place}（{one.source_file}）“{' '.join(one.quote.split())}”"
            )
    return "\n".join(said)


def measure_name(row: LedgerRow) -> str:
    """The sort of number in Chinese."""
    return _MEASURES[row.measure]


def rich_table(rows: Sequence[LedgerRow]) -> Table:
    """A table for a terminal; columns that are empty throughout are left out."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=False)
    filled = _filled(rows)
    for place in filled:
        table.add_column(COLUMNS[place])
    for row in rows:
        shown = columns(row)
        # Text: brackets of the source are no markup; printable: nor are its control characters the terminal's.
        table.add_row(*(Text(printable(shown[place])) for place in filled))
    return table


def plain_table(rows: Sequence[LedgerRow]) -> str:
    """Aligned text for a pipe or a file; columns that are empty throughout are left out."""
    from rich.cells import cell_len

    filled = _filled(rows)
    lines = [tuple(COLUMNS[place] for place in filled)]
    for row in rows:
        shown = columns(row)
        lines.append(tuple(" ".join(shown[place].split()) for place in filled))
    widths = [max(cell_len(line[i]) for line in lines) for i in range(len(filled))]
    return "\n".join(
        _GAP.join(text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _difference(row: LedgerRow) -> str:
    """The gap in words: a leading sign would be a formula to a spreadsheet."""
    value = "" if row.gap is None else row.gap.value
    more, less = ("多", "少") if row.measure == "level" else ("高", "低")
    if value.startswith("+"):
        return more + value[1:]
    return less + value[1:] if value.startswith("-") else "持平"


def _filled(rows: Sequence[LedgerRow]) -> list[int]:
    shown = [columns(row) for row in rows]
    return [place for place in range(len(COLUMNS)) if any(line[place] for line in shown)]


def _texts(cells: Sequence[Cell]) -> str:
    return "；".join(
        cell.text
        + (f"（截至{cell.as_of}）" if cell.as_of and len(cells) > 1 else "")
        + ("（存疑）" if cell.status == "doubtful" else "")
        for cell in cells
    )


def _cell(cell: Cell, cite: Cite) -> dict[str, Any]:
    value = cell.record.figure.value
    return {
        "figure": cell.record.id,
        "text": cell.text,
        "low": None if value.low is None else float(value.low),
        "high": None if value.high is None else float(value.high),
        "unit": value.unit,
        "comparator": value.comparator or None,
        "status": cell.status,
        "reason": cell.reason or None,
        "as_of": cell.as_of,
        "superseded": cell.superseded,
        "citations": [{**cite(one).to_json(), "n": n} for n, one in enumerate((cell, *cell.same), 1)],
    }
