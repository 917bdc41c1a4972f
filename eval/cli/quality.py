"""Commands that say where quality comes from and where it is lost: `retrieval-kinds`, `ablate`, `causes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.cli.options import Gold, Home, Json, Reports
from eval.cli.output import console, print_json, told

if TYPE_CHECKING:
    from rich.table import Table

Only = Annotated[
    list[str] | None,
    typer.Option(help="只做这些对照（如 no-bm25），及其所比的；可重复；默认全部"),
]


def retrieval_kinds(gold: Gold = None, archive: Reports = None, home: Home = None, as_json: Json = False) -> None:
    """One table for each retrieval, a row for each kind of question; see `eval.finding`."""
    from eval.finding import find_all, to_json
    from eval.opened import opened
    from eval.product import product
    from eval.samples import gold_and_archive

    with (
        gold_and_archive(gold, archive) as (questions, place),
        opened(place, home) as ready,
        product(ready.settings) as asked,
    ):
        result = to_json(find_all(questions, asked, ready.copies, told("检索")))
    if as_json:
        print_json(result)
        return
    for name, kinds in result["retrievals"].items():
        console().print(_ranking_table(_SAID[name], kinds))


def ablate(
    gold: Gold = None, archive: Reports = None, home: Home = None, only: Only = None, as_json: Json = False
) -> None:
    """A row for each variant; 失 and 得: questions that it alone answers wrong and right."""
    from eval.ablation.run import ablate as each
    from eval.ablation.run import chosen, to_json
    from eval.opened import opened
    from eval.samples import gold_and_archive

    chosen(only or [])
    with gold_and_archive(gold, archive) as (questions, place), opened(place, home) as ready:
        result = to_json(list(each(questions, ready, only or [], lambda what, done, of: told(what)(done, of))))
    if as_json:
        print_json(result)
    else:
        console().print(_ablation_table(result))


def causes(gold: Gold = None, archive: Reports = None, home: Home = None, as_json: Json = False) -> None:
    """The groups with their examples."""
    from eval.faults import faults
    from eval.opened import opened
    from eval.samples import gold_and_archive

    with gold_and_archive(gold, archive) as (questions, place), opened(place, home) as ready:
        result = faults(questions, ready, told("作答"))
    if as_json:
        print_json(result)
        return
    print(f"{result['n']} 题，答错 {result['wrong']}，答对而引证有误 {result['flawed']}")
    for group in result["groups"]:
        print(f"{group['what']} {group['n']}")
        for one in group["examples"]:
            print(f"    {one['id']} {one['question']}\n        {one['note']}")


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column == columns[0] else "right", no_wrap=True)
    return table


def _ranking_table(name: str, kinds: Mapping[str, Any]) -> Table:
    table = _table(name, "n", "R@1", "R@5", "R@10", "all@5", "MRR", "nDCG@10")
    for kind, ranking in kinds.items():
        shown = [_within(value) for key, value in ranking.items() if key != "n"]
        table.add_row(kind, str(ranking["n"]), *shown)
    return table


def _ablation_table(result: Mapping[str, Any]) -> Table:
    table = _table(
        "",
        "答对",
        "失",
        "得",
        "数字有据",
        "引文准",
        "引文全",
        "弃答准",
        "弃答全",
        "串",
        "检索R@5",
        "取用R@5",
        "取用MRR",
    )
    for one in result["variants"]:
        found = [one.get(name, {}).get(key) for name, key in _RETRIEVAL]
        table.add_row(
            one["what"],
            f"{_share(one['right'])} [{one['right_low']:.3f}, {one['right_high']:.3f}]",
            str(one.get("lost", "")),
            str(one.get("gained", "")),
            *(_share(one[key]) for key in _SHARES),
            f"{one['leaks']}/{one['leaks_checked']}",
            *("–" if value is None else f"{value['value']:.3f}" for value in found),
        )
    return table


_SAID = {"search": "直接检索", "gathered": "作答取用"}
_SHARES = ("figures_traced", "citation_precision", "citation_recall", "abstention_precision", "abstention_recall")
_RETRIEVAL = (("search", "recall_at_5"), ("gathered", "recall_at_5"), ("gathered", "mrr"))


def _within(value: Mapping[str, float]) -> str:
    return f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}]"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
