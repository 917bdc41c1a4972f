"""Commands that time: `bench ingest`, `bench ask`, `bench start`, `bench opening`, `bench users`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import Composer, Gold, Home, Json, Least, Most, Reports, Rounds
from eval.cli.output import gate, say, show, told

bench = typer.Typer(help="测速。", no_args_is_help=True, pretty_exceptions_enable=False)


@bench.command(help="导入速度：与教科书式 LangChain 流程在同一批文件上比较。")
def ingest(
    files: Annotated[Path | None, typer.Option(help="文件夹；默认是生成的样例档案")] = None,
    runs: Rounds = 1,
    as_json: Json = False,
    least: Least = None,
) -> None:
    """Print rates and ratios."""
    from eval.bench.ingest import bench_ingest
    from eval.bounds import beyond_bounds, parse_bounds
    from eval.samples import folder_or_sample
    from ingest.embed.source import find_model
    from ingest.settings import load_settings

    at_least = parse_bounds(least)
    with folder_or_sample(files) as folder:
        result = bench_ingest(folder, find_model(load_settings()).folder, runs, say)
    show(result.to_json(), result.lines(), as_json)
    gate(beyond_bounds(result.to_json(), at_least, {}))


@bench.command(help="作答速度：标准题的耗时（模型已载入）。")
def ask(
    gold: Gold = None,
    archive: Reports = None,
    composer: Composer = "extractive",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print p50 and p95."""
    from eval.bench.ask import bench_ask
    from eval.samples import gold_and_archive

    with gold_and_archive(gold, archive) as (questions, place):
        result = bench_ask(questions, place, composer, home, told("作答"))
    show(result.to_json(), (result.line(),), as_json)


@bench.command(help="启动速度：--help，以及网页从启动到响应。")
def start(archive: Reports = None, home: Home = None, runs: Rounds = 3, as_json: Json = False) -> None:
    """Print the seconds of both."""
    from dataclasses import asdict

    from eval.bench.start import bench_start
    from eval.opened import opened
    from eval.samples import folder_or_sample

    with folder_or_sample(archive) as folder, opened(folder, home) as ready:
        result = bench_start(ready.settings.home, runs)
    show(asdict(result), (result.line(),), as_json)


@bench.command(help="多人同时使用网页：等待时间（单独，以及与导入同时），以及长时间使用后的内存。")
def users(
    gold: Gold = None,
    archive: Reports = None,
    home: Home = None,
    count: Annotated[int, typer.Option("--users", min=1, help="同时提问的人数")] = 30,
    each: Annotated[int, typer.Option(min=1, help="每人提问的次数")] = 4,
    more: Annotated[Path | None, typer.Option(help="同时导入的文件夹；不写则不导入")] = None,
    day: Annotated[int, typer.Option(min=0, help="最后连续提问的次数，0 为不做")] = 1000,
    as_json: Json = False,
    most: Most = None,
) -> None:
    """Print waits, faults and memory."""
    from eval.bench.users import bench_users
    from eval.bounds import beyond_bounds, parse_bounds
    from eval.opened import opened
    from eval.samples import gold_and_archive

    at_most = parse_bounds(most)
    with gold_and_archive(gold, archive) as (questions, place), opened(place, home) as ready:
        asked = [one.question for one in questions if not one.history]
        result = bench_users(ready.settings.home, asked, count, each, more, day, say)
    show(result.to_json(), tuple(result.lines()), as_json)
    gate(beyond_bounds(result.bounded(), {}, at_most))


@bench.command(help="打开网页：从输入网址到可以提问（需要 Chromium）。")
def opening(archive: Reports = None, home: Home = None, runs: Rounds = 5, as_json: Json = False) -> None:
    """Print the seconds of the first and of later times."""
    from dataclasses import asdict

    from eval.bench.opening import bench_opening
    from eval.opened import opened
    from eval.samples import folder_or_sample

    with folder_or_sample(archive) as folder, opened(folder, home) as ready:
        result = bench_opening(ready.settings.home, runs)
    show(asdict(result), (result.line(),), as_json)
