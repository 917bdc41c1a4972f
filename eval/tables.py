"""Shows scores to a person: one table, and the lists of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eval.metrics.score import Score
from eval.metrics.summary import TOTAL, Summary

_SHARES = (
    ("right", "答对"),
    ("figures_traced", "数字有据"),
    ("quotes_verbatim", "引文逐字"),
    ("well_formed", "格式"),
    ("citation_precision", "引文准"),
    ("citation_recall", "引文全"),
    ("abstention_precision", "弃答准"),
    ("abstention_recall", "弃答全"),
)


def show_summaries(console: Console, summaries: Mapping[str, Summary]) -> None:
    """One row per kind, phrasing and total."""
    table = Table(box=None, pad_edge=False)
    table.add_column("题型", no_wrap=True)
    for title in ("题数", *(title for _, title in _SHARES), "串年串单位", "p50", "p95"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, summary in summaries.items():
        values = summary.to_json()
        table.add_row(
            "合计" if name == TOTAL else name,
            str(summary.n),
            *(_share(values[key]) for key, _ in _SHARES),
            f"{summary.leaks}/{summary.leaks_checked}",
            f"{summary.p50:.2f}s",
            f"{summary.p95:.2f}s",
            style="bold" if name == TOTAL else "",
        )
    console.print(table)


def show_faults(console: Console, scores: Sequence[Score]) -> None:
    """Every question with a fault: what was asked, what was answered, and each fault under its metric."""
    for score in scores:
        faults = list(_faults(score))
        if not faults:
            continue
        console.print(f"\n[bold]{escape(score.id)}[/bold] [{score.kind}] {escape(score.question)}")
        shown = score.answer.replace("\n", " ")
        console.print(f"  答：{escape(shown[:300])}{'…' if len(shown) > 300 else ''}", highlight=False)
        for metric, fault in faults:
            console.print(f"  {metric}：{escape(fault)}", style="red", highlight=False)


def _faults(score: Score) -> Iterable[tuple[str, str]]:
    lists = (
        ("答错", score.wrong),
        ("数字无据", score.untraced),
        ("引文不实", score.not_verbatim),
        ("格式", score.misshapen),
        ("串年串单位", score.leaks),
    )
    for metric, faults in lists:
        yield from ((metric, fault) for fault in faults)
    hits = score.hits
    if hits is not None and hits.citations_hit < hits.citations:
        yield "引文不准", f"{hits.citations}条引文中{hits.citations - hits.citations_hit}条不在标准依据上"
    if hits is not None and hits.evidence_hit < hits.evidence:
        yield "引文不全", f"{hits.evidence}条标准依据中{hits.evidence - hits.evidence_hit}条没有引到"


def _share(value: float | int | None) -> str:
    return "–" if value is None else f"{value:.3f}"
