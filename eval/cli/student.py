"""Commands about a student model: `student train`, `student measure`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import SHARED, Json
from eval.cli.output import say, show

SHARED_SQUAD = SHARED / "benchmarks" / "cmrc2018_dev.json"

student = typer.Typer(help="学生模型：用内置嵌入模型教出一个层数更少、更快的。", no_args_is_help=True)


@student.command(help="训练：在给定时间内，用文件夹里的文字教出一个学生模型。")
def train(
    out: Annotated[Path, typer.Argument(help="写到这个文件夹，可直接填作 embedding_model")],
    texts: Annotated[list[Path], typer.Option(help="放训练文字的文件夹；可重复。不要用标准题集的文字")],
    minutes: Annotated[float, typer.Option(min=0.1, help="一共用多少分钟")] = 60,
    layers: Annotated[str, typer.Option(help="取老师（或 --start 的学生）的哪几层作起点，从 0 数起")] = "0,4,7,11",
    start: Annotated[Path | None, typer.Option(help="从这个已教好的学生开始，再减几层")] = None,
    threads: Annotated[int, typer.Option(min=1, help="用几个处理器核")] = 1,
    seed: Annotated[int, typer.Option(help="切分文字的种子")] = 0,
) -> None:
    """Write the folder; progress on stderr."""
    import torch

    from eval.student.texts import Prefixes, folder_lines, pieces
    from eval.student.train import train as run
    from ingest.embed.source import find_model
    from ingest.settings import load_settings

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    settings = load_settings()
    lines = [line for folder in texts for line in folder_lines(folder)]
    prefixes = Prefixes(settings.embedding_query_prefix, settings.embedding_passage_prefix)
    kept = [int(one) for one in layers.split(",")]
    made = run(find_model(settings).folder, pieces(lines, prefixes, seed), kept, minutes, out, say, start)
    print(f"{made.steps} steps, {made.tokens} tokens of {made.teacher_tokens} different ones, held out {made.held_out}")


@student.command(help="衡量：学生与老师并列，嵌入速度，以及检索（只用向量，与产品自己的检索）少了多少。")
def measure(
    folder: Annotated[Path, typer.Argument(help="学生模型的文件夹")],
    squad: Annotated[Path, typer.Option(help="SQuAD 格式的 JSON（如 CMRC 2018）")] = SHARED_SQUAD,
    limit: Annotated[int | None, typer.Option(min=1, help="只问前 N 个问题；段落全部保留")] = 600,
    as_json: Json = False,
) -> None:
    """A row for each model and precision."""
    from eval.student.measure import measure as run
    from eval.student.texts import Prefixes
    from ingest.embed.source import find_model
    from ingest.settings import load_settings

    settings = load_settings()
    prefixes = Prefixes(settings.embedding_query_prefix, settings.embedding_passage_prefix)
    result = run(folder, find_model(settings).folder, squad, limit, prefixes, say)
    show(result.to_json(), result.lines(), as_json)
