"""`fuzz`: readers, cleaning, figures, questions, orders and the interface, fed with what nobody would write."""

from __future__ import annotations

from typing import Annotated

import typer

from eval.cli.options import Json, Strict
from eval.cli.output import print_json, say


def fuzz(
    names: Annotated[list[str] | None, typer.Argument(help="只试这些对象；默认全部", metavar="TARGET…")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="每个对象试多少秒")] = 60,
    seed: Annotated[int, typer.Option(help="随机数的种子；同样的种子试同样的输入")] = 0,
    atheris: Annotated[bool, typer.Option("--atheris", help="装了 atheris 时，用它按覆盖率引导")] = False,
    as_json: Json = False,
    strict: Strict = False,
) -> None:
    """A line for each target with how many inputs it was given, and each fault with the input that shows it."""
    from eval.fuzz import engine, guided
    from eval.fuzz.targets import chosen

    if atheris and not guided.available():
        say("这里没有安装 atheris，改用自带的变异方法。")
    outcomes = []
    for target in chosen(names or []):
        by_atheris = atheris and guided.available()
        outcome = guided.guided(target.name, seconds) if by_atheris else engine.fuzz(target, seconds, seed)
        outcomes.append(outcome)
        if not as_json:
            print("\n    ".join([outcome.line(), *(fault.line() for fault in outcome.faults)]), flush=True)
    if as_json:
        print_json({"seconds": seconds, "seed": seed, "targets": [outcome.to_json() for outcome in outcomes]})
    if strict and any(outcome.faults for outcome in outcomes):
        raise typer.Exit(1)
