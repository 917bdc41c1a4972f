"""`report`: runs the measuring commands, keeps what they found, writes the page and the README's table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cli.options import SHARED, Data
from eval.cli.output import say

if TYPE_CHECKING:
    from eval.report.measured import Saved, Store
    from eval.report.parts import Part
    from eval.report.told import Told

OUT = Path("docs/report")
README = Path("README.md")


def report(
    only: Annotated[list[str] | None, typer.Option(help="只测这一项；可重复")] = None,
    group: Annotated[list[str] | None, typer.Option(help="只测这一组，如 quality、speed；可重复")] = None,
    reuse: Annotated[bool, typer.Option("--reuse", help="不测，只用保存的结果重新生成")] = False,
    listed: Annotated[bool, typer.Option("--list", help="列出各项，不测")] = False,
    out: Annotated[Path, typer.Option(help="报告写到这个文件夹；测量结果存在其中的 measured")] = OUT,
    compare: Annotated[
        Path | None, typer.Option(help="与这里保存的结果比较：另一份报告的 measured 文件夹，或其中一个文件")
    ] = None,
    readme: Annotated[bool, typer.Option("--readme", help="同时更新 README 里的测量表")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="有变差、消失或没有测成的，退出码为1")] = False,
    data: Data = SHARED,
    work: Annotated[Path | None, typer.Option(help="样例档案放在这个文件夹并保留；默认是临时的")] = None,
    gguf: Annotated[Path | None, typer.Option(help="1.5B 左右的语言模型文件；没有时跳过需要它的项目")] = None,
    small_gguf: Annotated[Path | None, typer.Option(help="0.5B 左右的语言模型文件")] = None,
    student: Annotated[Path | None, typer.Option(help="学生嵌入模型的文件夹（eval student train 写出的）")] = None,
) -> None:
    """Run, save, render, compare."""
    from eval.report.making import MEASURED, write_report
    from eval.report.measured import Store
    from eval.report.parts import all_parts, chosen
    from eval.report.told import tell

    parts = all_parts()
    wanted = chosen(parts, only or [], group or [])
    if listed:
        for part in wanted:
            print(f"{part.group:<10}{part.name:<24}{part.minutes:>4g} min  {part.title}")
        return
    store = Store(out / MEASURED)
    others = None if compare is None else _others(compare, parts)
    if not reuse:
        _run(wanted, store, data, work, (gguf, small_gguf, student))
    told = tell(parts, store, others)
    write_report(told, out)
    _summary(told, out)
    if readme:
        from eval.report.readme import read_lines, renew

        left = renew(README, read_lines(), {one.part.name: one.last for one in told.sections if one.last is not None})
        for line in left:
            say(f"README 里还没有测量：{line}")
    if strict and told.difference.regressed:
        raise typer.Exit(1)


def _run(parts: tuple[Part, ...], store: Store, data: Path, work: Path | None, models: tuple[Path | None, ...]) -> None:
    import datetime
    from tempfile import TemporaryDirectory

    from eval.report.running import Places, run_parts

    with TemporaryDirectory(prefix="report-assistant-report-") as temporary:
        run_parts(parts, Places(work or Path(temporary), data, *models), store, say, datetime.date.today())


def _others(place: Path, parts: tuple[Part, ...]) -> dict[str, Saved]:
    """What is saved elsewhere, by the names of the parts."""
    from eval.report.measured import MeasuredError, Store, load_saved

    if place.is_file():
        return {place.stem: load_saved(place)}
    if not place.is_dir():
        raise MeasuredError(f"没有 {place}", "请给出保存测量结果的 measured 文件夹，或其中一个文件")
    other = Store(place)
    return {part.name: other.load(part.name) for part in parts}


def _summary(told: Told, out: Path) -> None:
    """A few lines for whoever waits at the terminal."""
    from eval.report.cells import changed, count_line

    for number, what, _ in count_line(told):
        print(f"{number}  {what}")
    for line in changed(told.difference, ("worse", "gone")).lines:
        print("  " + "  ".join(cell.text for cell in line if cell.text))
    for part, word in told.difference.failed:
        print(f"  {part} 没有测成：{word}")
    print(f"{out / 'index.html'}\n{out / 'README.md'}")
