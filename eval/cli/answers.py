"""Commands about answers: `run`, `composers`, `retrieval`, `injections`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import Composer, Faults, Gold, Home, Json, Least, Most, Out, Reports, Strict
from eval.cli.output import console, gate, print_json, show, show_measures, told, write


def run(
    gold: Annotated[Path, typer.Option(help="标准题集（JSON Lines）")],
    archive: Annotated[Path, typer.Option(help="报告文件夹，或已有的档案目录")],
    composer: Composer = "extractive",
    as_json: Json = False,
    out: Out = None,
    home: Home = None,
    verbose: Faults = False,
    least: Least = None,
    most: Most = None,
) -> None:
    """Ask, score, print, and hold the totals against the bounds."""
    from dataclasses import fields

    from eval.bounds import beyond_bounds, check_names, parse_bounds
    from eval.gold import load_gold
    from eval.metrics.summary import TOTAL, Summary
    from eval.run import run as ask_all
    from eval.tables import show_faults, show_summaries

    at_least, at_most = parse_bounds(least), parse_bounds(most)
    check_names(at_least | at_most, (field.name for field in fields(Summary)))
    result = ask_all(load_gold(gold), archive, composer, home, told("作答"))
    if out is not None:
        write(out, result.to_json())
    if as_json:
        print_json(result.to_json())
    else:
        page = console()
        show_summaries(page, result.summaries)
        if verbose:
            show_faults(page, result.scores)
    gate(beyond_bounds(result.summaries[TOTAL].to_json(), at_least, at_most))


def composers(
    gold: Gold = None,
    archive: Reports = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            help="truthful（说真话的假模型）、adversarial（专说假话的）、configured（已配置的）或 GGUF 文件；可重复"
        ),
    ] = None,
    questions: Annotated[int | None, typer.Option(min=1, help="按题型比例抽取约 N 题")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="只问这些题型；可重复")] = None,
    seed: Annotated[int, typer.Option(help="抽题的种子")] = 0,
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(help="把全部结果写成 JSON 文件")] = None,
    home: Home = None,
    verbose: Faults = False,
    strict: Annotated[bool, typer.Option("--strict", help="未达要求则退出码为1")] = False,
    own: Annotated[float, typer.Option(help="真实模型至少作答多大比例的事实题，与 --strict 同用")] = 0.0,
) -> None:
    """One column for each composer."""
    from eval.composers import compare, stratified
    from eval.composers_table import beyond, show_sides
    from eval.guests import chosen_models
    from eval.opened import opened
    from eval.samples import gold_and_archive
    from eval.tables import show_faults
    from ingest.settings import load_settings

    with gold_and_archive(gold, archive) as (loaded, place), opened(place, home) as ready:
        asked = [one for one in loaded if not kind or one.kind in kind]
        models = chosen_models(model or ["truthful", "adversarial"], load_settings())
        sides = compare(stratified(asked, questions, seed), ready, models, told("作答"))
    if out is not None:
        write(out, {side.name: {**side.to_json(), "answers": side.answers} for side in sides})
    if as_json:
        print_json({side.name: side.to_json() for side in sides})
    else:
        page = console()
        show_sides(page, sides)
        if verbose:
            for side in sides:
                page.rule(side.name)
                show_faults(page, side.scores)
    if strict:
        gate(beyond(sides, own))


def retrieval(
    squad: Annotated[Path, typer.Option(help="SQuAD 格式的 JSON（如 CMRC 2018）")],
    limit: Annotated[int | None, typer.Option(min=1, help="只问前 N 个问题；段落全部保留")] = None,
    in_traditional: Annotated[bool, typer.Option("--traditional", help="先把段落和问题都转成繁体")] = False,
    as_json: Json = False,
) -> None:
    """Print R@1, R@5 and MRR on one line."""
    from eval.retrieval import measure
    from eval.squad import first_questions, load_squad, traditional

    loaded = load_squad(squad)
    asked = traditional(loaded) if in_traditional else loaded
    timed = measure(asked, first_questions(asked, limit), told("检索"))
    show(timed.to_json(), (timed.ranking.line(),), as_json)
    each = 1000 * timed.query_seconds / timed.ranking.n
    print(
        f"ingest {timed.ingest_seconds:.1f}s  queries {timed.query_seconds:.1f}s ({each:.0f} ms each)", file=sys.stderr
    )


def injections(
    composer: Composer = "extractive",
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处听从和漏答")] = False,
    strict: Strict = False,
    home: Home = None,
) -> None:
    """For each format: how many commands, how many obeyed, and how often the truth is still told."""
    from tempfile import TemporaryDirectory

    from eval.injections.run import run as run_injections
    from eval.injections.score import measures

    with TemporaryDirectory(prefix="report-assistant-injections-") as folder:
        judged = run_injections(Path(folder), composer, home, told("作答"))
    show_measures(measures(judged), as_json, verbose, strict)
