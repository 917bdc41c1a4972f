"""The commands of `python -m eval`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eval.writing import writing

if TYPE_CHECKING:
    from eval.reading.measure import Measure

app = typer.Typer(
    name="python -m eval",
    help="从外面衡量报告档案助手：标准题、检索、速度。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench = typer.Typer(help="测速。", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(bench, name="bench")

Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Home = Annotated[Path | None, typer.Option(help="导入到这个档案目录并保留，再次运行时重用")]
Least = Annotated[
    str | None, typer.Option("--min", help="下限，如 right=0.8,abstention_precision=0.9；达不到则退出码为1")
]
Most = Annotated[str | None, typer.Option("--max", help="上限，如 leaks=0,p95=0.5；超过则退出码为1")]


@app.command(name="run", help="用标准题集给作答打分。")
def run_command(
    gold: Annotated[Path, typer.Option(help="标准题集（JSON Lines）")],
    archive: Annotated[Path, typer.Option(help="报告文件夹，或已有的档案目录")],
    composer: Annotated[str, typer.Option(help="extractive 或 llm")] = "extractive",
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(help="把全部结果（含每题的回答）写成 JSON 文件")] = None,
    home: Home = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每道有问题的题")] = False,
    least: Least = None,
    most: Most = None,
) -> None:
    """Ask, score, print, and hold the totals against the bounds."""
    from dataclasses import fields

    from rich.console import Console

    from eval.bounds import beyond_bounds, check_names, parse_bounds
    from eval.gold import load_gold
    from eval.metrics.summary import TOTAL, Summary
    from eval.run import run
    from eval.tables import show_faults, show_summaries

    at_least, at_most = parse_bounds(least), parse_bounds(most)
    check_names(at_least | at_most, (field.name for field in fields(Summary)))
    result = run(load_gold(gold), archive, composer, home, _told("作答"))
    if out is not None:
        _write(out, result.to_json())
    if as_json:
        _print_json(result.to_json())
    else:
        console = Console(width=None if sys.stdout.isatty() else 160)
        show_summaries(console, result.summaries)
        if verbose:
            show_faults(console, result.scores)
    _gate(beyond_bounds(result.summaries[TOTAL].to_json(), at_least, at_most))


@app.command(name="composers", help="两种作答方式并列：摘录，与一个或几个语言模型。")
def composers_command(
    gold: Annotated[Path | None, typer.Option(help="标准题集；默认是样例档案的")] = None,
    archive: Annotated[Path | None, typer.Option(help="报告文件夹或档案目录；默认是生成的样例档案")] = None,
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
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每道有问题的题")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="未达要求则退出码为1")] = False,
    own: Annotated[float, typer.Option(help="真实模型至少作答多大比例的事实题，与 --strict 同用")] = 0.0,
) -> None:
    """One column for each composer."""
    from rich.console import Console

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
        sides = compare(stratified(asked, questions, seed), ready, models, _told("作答"))
    if out is not None:
        _write(out, {side.name: {**side.to_json(), "answers": side.answers} for side in sides})
    if as_json:
        _print_json({side.name: side.to_json() for side in sides})
    else:
        console = Console(width=None if sys.stdout.isatty() else 160)
        show_sides(console, sides)
        if verbose:
            for side in sides:
                console.rule(side.name)
                show_faults(console, side.scores)
    if strict:
        _gate(beyond(sides, own))


@app.command(help="用 SQuAD 格式的问题衡量检索。")
def retrieval(
    squad: Annotated[Path, typer.Option(help="SQuAD 格式的 JSON（如 CMRC 2018）")],
    limit: Annotated[int | None, typer.Option(min=1, help="只问前 N 个问题；段落全部保留")] = None,
    in_traditional: Annotated[bool, typer.Option("--traditional", help="先把段落和问题都转成繁体")] = False,
) -> None:
    """Print R@1, R@5 and MRR on one line."""
    from eval.retrieval import measure
    from eval.squad import first_questions, load_squad, traditional

    loaded = load_squad(squad)
    asked = traditional(loaded) if in_traditional else loaded
    timed = measure(asked, first_questions(asked, limit), _told("检索"))
    print(timed.ranking.line())
    each = 1000 * timed.query_seconds / timed.ranking.n
    print(
        f"ingest {timed.ingest_seconds:.1f}s  queries {timed.query_seconds:.1f}s ({each:.0f} ms each)", file=sys.stderr
    )


@app.command(help="衡量指标：抽取、台账、两年对照、按各种问法提问、兑现对照；与样例档案的事实表、与人工标注对照。")
def figures(
    names: Annotated[list[str] | None, typer.Argument(help="只问这些项目；默认全部")] = None,
    data: Annotated[Path, typer.Option(help="数据文件夹，其中的 archive 有真实报告；没有时跳过")] = Path("../shared"),
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处错误")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有一项未达要求则退出码为1")] = False,
    home: Home = None,
) -> None:
    """A line for each figure with what is demanded of it."""
    from eval.figures.report import measures
    from ingest.settings import load_settings

    _show_measures(measures(data, load_settings(), names or [], home), as_json, verbose, strict)


@app.command(help="衡量起草：提纲与真实发布的计划对照，各节的指标来源、时段、雷同与格式。")
def draft(
    names: Annotated[list[str] | None, typer.Argument(help="只问这些项目；默认全部")] = None,
    data: Annotated[Path, typer.Option(help="数据文件夹，其中的 archive 有真实报告；没有时跳过")] = Path("../shared"),
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处不足")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有一项未达要求则退出码为1")] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(help="fake（听话的假模型）、adversarial（专犯规的）、configured（已配置的）或 GGUF 文件；可重复"),
    ] = None,
    home: Home = None,
) -> None:
    """A line for each figure with what is demanded of it."""
    from eval.drafting.report import measures
    from ingest.settings import load_settings

    _show_measures(measures(data, load_settings(), names or [], model or [], home), as_json, verbose, strict)


@app.command(help="衡量读入：报告切分、部分与时段、损坏标记、原文回溯、异常文件、中断与速度。")
def reading(
    names: Annotated[list[str] | None, typer.Argument(help="只问这些项目；默认全部")] = None,
    data: Annotated[Path, typer.Option(help="数据文件夹，其中的 archive 有真实报告；没有时跳过相应项目")] = Path(
        "../shared"
    ),
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处错误")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有一项未达要求则退出码为1")] = False,
) -> None:
    """Ask every topic; a line for each figure with what is demanded of it."""
    from eval.reading.report import ask, chosen
    from ingest.settings import load_settings

    answers = ask(chosen(names or []), data, load_settings())
    _show_measures(((one.topic, one.skipped or list(one.measures)) for one in answers), as_json, verbose, strict)


@app.command(help="衡量是否会听从藏在报告、问题或前文里的指令，以及真实的数字是否仍能答出。")
def injections(
    composer: Annotated[str, typer.Option(help="extractive 或 llm")] = "extractive",
    as_json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="列出每一处听从和漏答")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有一项未达要求则退出码为1")] = False,
    home: Home = None,
) -> None:
    """For each format: how many commands, how many obeyed, and how often the truth is still told."""
    from tempfile import TemporaryDirectory

    from eval.injections.run import run
    from eval.injections.score import measures

    with TemporaryDirectory(prefix="report-assistant-injections-") as folder:
        judged = run(Path(folder), composer, home, _told("作答"))
    _show_measures(measures(judged), as_json, verbose, strict)


@app.command(help="生成虚构的样例档案。")
def sample(folder: Annotated[Path, typer.Argument(help="写到哪个文件夹")]) -> None:
    """Write the sample archive and its gold questions."""
    from eval.samples import GOLD_NAME, write_sample

    with writing(folder):
        reports = write_sample(folder)
    print(f"{reports}  {len(list(reports.iterdir()))} 个文件\n{folder / GOLD_NAME}")


@bench.command(name="ingest", help="导入速度：与教科书式 LangChain 流程在同一批文件上比较。")
def bench_ingest_command(
    files: Annotated[Path | None, typer.Option(help="文件夹；默认是生成的样例档案")] = None,
    runs: Annotated[int, typer.Option(min=1, help="跑几遍取中位数")] = 1,
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
        result = bench_ingest(folder, find_model(load_settings()).folder, runs, _say)
    _show(result.to_json(), result.lines(), as_json)
    _gate(beyond_bounds(result.to_json(), at_least, {}))


@bench.command(name="ask", help="作答速度：标准题的耗时（模型已载入）。")
def bench_ask_command(
    gold: Annotated[Path | None, typer.Option(help="标准题集；默认是样例档案的")] = None,
    archive: Annotated[Path | None, typer.Option(help="报告文件夹或档案目录；默认是生成的样例档案")] = None,
    composer: Annotated[str, typer.Option(help="extractive 或 llm")] = "extractive",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print p50 and p95."""
    from eval.bench.ask import bench_ask
    from eval.samples import gold_and_archive

    with gold_and_archive(gold, archive) as (questions, place):
        result = bench_ask(questions, place, composer, home, _told("作答"))
    _show(result.to_json(), (result.line(),), as_json)


@bench.command(name="start", help="启动速度：--help，以及网页从启动到响应。")
def bench_start_command(
    archive: Annotated[Path | None, typer.Option(help="报告文件夹或档案目录；默认是生成的样例档案")] = None,
    home: Home = None,
    runs: Annotated[int, typer.Option(min=1, help="跑几遍取中位数")] = 3,
    as_json: Json = False,
) -> None:
    """Print the seconds of both."""
    from dataclasses import asdict

    from eval.bench.start import bench_start
    from eval.opened import opened
    from eval.samples import folder_or_sample

    with folder_or_sample(archive) as folder, opened(folder, home) as ready:
        result = bench_start(ready.settings.home, runs)
    _show(asdict(result), (result.line(),), as_json)


def _show_measures(
    answers: Iterable[tuple[str, list[Measure] | str]], as_json: bool, verbose: bool, strict: bool
) -> None:
    """Each topic's measures as they come, or the word why there are none; exit code 1 if one falls short."""
    told: dict[str, Any] = {}
    kept = True
    for topic, measures in answers:
        if isinstance(measures, str):
            told[topic] = measures
            if not as_json:
                print(f"[{topic}] {measures}", flush=True)
            continue
        told[topic] = [measure.to_json() for measure in measures]
        kept = kept and all(measure.kept for measure in measures)
        if as_json:
            continue
        print(f"[{topic}]", flush=True)
        for measure in measures:
            print(f"  {measure.line()}")
            for fault in measure.faults if verbose else ():
                print(f"      {fault}")
    if as_json:
        _print_json(told)
    if strict and not kept:
        raise typer.Exit(1)


def _told(what: str) -> Any:
    """Progress on stderr, for people only."""

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{what} {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return tell


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show(body: dict[str, Any], lines: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        _print_json(body)
    else:
        print("\n".join(lines))


def _print_json(body: dict[str, Any]) -> None:
    print(json.dumps(body, ensure_ascii=False, indent=1))


def _write(path: Path, body: dict[str, Any]) -> None:
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _gate(broken: tuple[str, ...]) -> None:
    for line in broken:
        print(f"未达门槛：{line}", file=sys.stderr)
    if broken:
        raise typer.Exit(1)
