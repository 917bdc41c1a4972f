"""Commands that time: `bench ingest`, `bench ask`, `bench users`, `bench scale` and others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import SHARED, Composer, Gold, Home, Json, Least, Most, Reports, Rounds
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


@bench.command(help="嵌入速度：同样的段落，几种算法并列（与教科书式调用的余弦），以及整个导入比单纯嵌入多花多少。")
def backends(
    files: Annotated[Path | None, typer.Option(help="文件夹；默认是生成的样例档案")] = None,
    passages: Annotated[int | None, typer.Option(min=2, help="只用其中 N 段比较算法；默认全部")] = None,
    runs: Rounds = 1,
    as_json: Json = False,
    least: Least = None,
    most: Most = None,
) -> None:
    """Print a row for each backend, and the ingest's overhead."""
    from eval.bench.backends import bench_backends
    from eval.bounds import beyond_bounds, parse_bounds
    from eval.samples import folder_or_sample
    from ingest.embed.source import find_model
    from ingest.settings import load_settings

    at_least, at_most = parse_bounds(least), parse_bounds(most)
    with folder_or_sample(files) as folder:
        result = bench_backends(folder, find_model(load_settings()).folder, passages, runs, say)
    show(result.to_json(), result.lines(), as_json)
    gate(beyond_bounds(result.demanded(), at_least, at_most))


@bench.command(help="读取速度：一个文件夹多久可以全文检索，各步骤各占多少。")
def reading(folder: Annotated[Path, typer.Argument(help="文件夹")], as_json: Json = False, least: Least = None) -> None:
    """Print the rate until all text can be searched, and the cost of each stage."""
    from eval.bench.reading import bench_reading
    from eval.bounds import beyond_bounds, parse_bounds

    at_least = parse_bounds(least)
    result = bench_reading(folder, say)
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


@bench.command(help="make demo：从空的源码副本到网页可用，以及再次启动。")
def demo(as_json: Json = False) -> None:
    """Print the seconds of both."""
    from dataclasses import asdict

    from eval.bench.demo import bench_demo

    result = bench_demo(Path(__file__).resolve().parents[2])
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
    conversation: Annotated[int, typer.Option(min=1, help="连续提问时，每问多少次重新打开网页")] = 10,
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
        result = bench_users(ready.settings.home, asked, count, each, more, day, say, conversation)
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


@bench.command(help="多个程序同时检索一个档案：单独，以及与写入同时；每次检索的结果是否都符合当时的档案。")
def readers(
    count: Annotated[int, typer.Option("--readers", min=1, help="同时检索的程序数")] = 4,
    passages: Annotated[int, typer.Option(min=100, help="生成的档案的段落数")] = 10_000,
    seconds: Annotated[float, typer.Option(min=1, help="每一阶段的秒数")] = 20.0,
    server: Annotated[bool, typer.Option("--server", help="向量放在临时启动的 Chroma 服务器上")] = False,
    chroma_url: Annotated[str | None, typer.Option(help="向量放在这个已启动的 Chroma 服务器上")] = None,
    as_json: Json = False,
    most: Most = None,
) -> None:
    """Print waits with and without a writer, and everything that was not as it should be."""
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from eval.bench.chroma_server import chroma_server
    from eval.bench.readers import bench_readers
    from eval.bounds import beyond_bounds, parse_bounds

    at_most = parse_bounds(most)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        if server:
            chroma_url = stack.enter_context(chroma_server(folder / "server")).url
        result = bench_readers(folder / "home", count, seconds, chroma_url, say, passages=passages)
    show(result.to_json(), tuple(result.lines()), as_json)
    gate(beyond_bounds(result.bounded(), {}, at_most))


@bench.command(help="规模：不同段落数的档案，入库、检索、作答的速度，以及内存和磁盘（向量是合成的）。")
def scale(
    size: Annotated[list[int] | None, typer.Option(min=100, help="段落数；可重复，默认 1千、1万、10万")] = None,
    each: Annotated[int, typer.Option(min=1, help="每种范围检索的次数")] = 40,
    asked: Annotated[int, typer.Option(min=0, help="提问的次数")] = 40,
    news: Annotated[Path | None, typer.Option(help="真实文本（.txt）的文件夹；没有时只用生成的句子")] = SHARED
    / "benchmarks"
    / "news",
    work: Annotated[Path | None, typer.Option(help="把生成的档案留在这里，下次直接使用")] = None,
    as_json: Json = False,
    most: Most = None,
) -> None:
    """Print how rates, times, memory and disk grow."""
    from eval.bounds import beyond_bounds, parse_bounds
    from eval.scale.run import bench_scale

    at_most = parse_bounds(most)
    result = bench_scale(size or [1_000, 10_000, 100_000], each, asked, news, work, say)
    show(result.to_json(), tuple(result.lines()), as_json)
    gate(beyond_bounds(result.bounded(), {}, at_most))
