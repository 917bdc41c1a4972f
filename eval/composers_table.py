"""Shows the composers side by side, and says where one falls short of what is demanded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from eval.composers import Side

OWN = {"truthful": 0.9}
"""Share of the answered fact questions that must be shown in a model's own sentences; of a real one as asked for."""

_ROWS: tuple[tuple[str, Callable[[Side], str]], ...] = (
    ("题数", lambda side: str(side.summary.n)),
    ("答对", lambda side: _share(side.summary.right)),
    ("比摘录更全／相同／更缺（题）", lambda side: f"{side.better}／{side.equal}／{side.worse}"),
    ("事实题由模型作答", lambda side: _share(side.own)),
    ("数字有据", lambda side: _share(side.summary.figures_traced)),
    ("引文逐字", lambda side: _share(side.summary.quotes_verbatim)),
    ("引文准", lambda side: _share(side.summary.citation_precision)),
    ("引文全", lambda side: _share(side.summary.citation_recall)),
    ("弃答准", lambda side: _share(side.summary.abstention_precision)),
    ("弃答全", lambda side: _share(side.summary.abstention_recall)),
    ("串年串单位", lambda side: f"{side.summary.leaks}/{side.summary.leaks_checked}"),
    ("首句 p50／p95（秒）", lambda side: f"{side.first_p50:.1f}／{side.first_p95:.1f}"),
    ("调用次数", lambda side: str(side.calls)),
    ("每次读入词元", lambda side: f"{side.prompt_tokens:.0f}"),
    ("每次写出词元", lambda side: f"{side.written_tokens:.0f}"),
)


def show_sides(console: Console, sides: Sequence[Side]) -> None:
    """One column per composer, then why the model was not asked or not heard."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for side in sides:
        table.add_column(side.name, justify="right")
    for title, told in _ROWS:
        table.add_row(title, *(told(side) for side in sides))
    console.print(table)
    for side in sides[1:]:
        console.print(f"\n{side.name}：")
        for note, count in sorted(side.notes.items(), key=lambda item: -item[1]):
            console.print(f"  {count:4d}  {note}", highlight=False)


def beyond(sides: Sequence[Side], own: float = 0.0) -> tuple[str, ...]:
    """What falls short, one Chinese line each. `own`: share of the fact questions that a real model must phrase."""
    faults = []
    for side in sides:
        if side.summary.figures_traced not in (None, 1.0):
            faults.append(f"{side.name}：有数字没有出处")
        if side.summary.leaks:
            faults.append(f"{side.name}：有{side.summary.leaks}处串年或串单位")
        if side.summary.quotes_verbatim not in (None, 1.0):
            faults.append(f"{side.name}：有引文不是原文")
    for side in sides[1:]:
        if side.worse > side.better and side.name != "adversarial":
            faults.append(f"{side.name}：不如摘录完整")
        if side.name != "adversarial" and (side.own or 0.0) < OWN.get(side.name, own):
            faults.append(f"{side.name}：事实题只有{_share(side.own)}由模型作答")
    return tuple(faults)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
