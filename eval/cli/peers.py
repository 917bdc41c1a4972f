"""`peers`: what one would use instead, over the same files and questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cli.options import Json, Out
from eval.cli.output import console, print_json, say, write

if TYPE_CHECKING:
    from eval.peers.table import Reason, Row


def peers(
    only: Annotated[list[str] | None, typer.Option(help="只比这些对照；可重复；默认全部")] = None,
    files: Annotated[Path | None, typer.Option(help="报告文件夹；默认是生成的样例档案")] = None,
    gold: Annotated[Path | None, typer.Option(help="这些文件的标准题集；与 --files 同给")] = None,
    squad: Annotated[Path | None, typer.Option(help="SQuAD 格式的 JSON（如 CMRC 2018）；不给则不比段落检索")] = None,
    limit: Annotated[int, typer.Option(min=1, help="段落检索只问前 N 个问题；段落全部保留")] = 600,
    questions: Annotated[int | None, typer.Option(min=1, help="按题型比例抽取约 N 道标准题")] = None,
    work: Annotated[Path, typer.Option(help="各对照的虚拟环境和索引放在这里，再次运行时重用环境")] = Path("data/peers"),
    as_json: Json = False,
    out: Out = None,
) -> None:
    """A row a figure, a column a peer."""
    from eval.composers import stratified
    from eval.peers.registry import chosen
    from eval.peers.run import Study, run_peers
    from eval.peers.table import load_reasons, rows_of
    from eval.samples import gold_and_archive
    from eval.squad import first_questions, load_squad
    from ingest.embed.source import find_model
    from ingest.settings import load_settings

    entries = chosen(only or [])
    loaded = None if squad is None else load_squad(squad)
    with gold_and_archive(gold, files) as (asked, folder):
        study = Study(
            files=folder,
            gold=tuple(stratified(asked, questions, 0)),
            squad=None if loaded is None else (loaded, first_questions(loaded, limit)),
            model=find_model(load_settings()).folder,
            work=work.absolute(),
        )
        result = run_peers(study, entries, say)
    reasons = load_reasons()
    body = result.to_json(entries, reasons)
    if out is not None:
        write(out, body)
    if as_json:
        print_json(body)
        return
    _print(body["notes"], rows_of(result.peers), reasons, result.failed)


def _print(notes: list[str], rows: list[Row], reasons: tuple[Reason, ...], failed: dict[str, str]) -> None:
    from rich.table import Table

    from eval.peers.table import lines

    head, *body = lines(rows, reasons)
    table = Table(box=None, pad_edge=False)
    for place, title in enumerate(head):
        table.add_column(title, justify="left" if place in (0, len(head) - 1) else "right", no_wrap=place > 0)
    for line in body:
        table.add_row(*line)
    page = console()
    page.print(table)
    for told in (*failed.values(), *(f"* {note}" for note in notes)):
        page.print(told, highlight=False)
