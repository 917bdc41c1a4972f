"""Commands about reports: `sample` makes some, `reading` and `figures` measure what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.cli.options import SHARED, Data, Home, Json, Strict, Topics, Verbose
from eval.cli.output import show_measures
from eval.writing import writing


def figures(
    names: Topics = None,
    data: Data = SHARED,
    as_json: Json = False,
    verbose: Verbose = False,
    strict: Strict = False,
    home: Home = None,
) -> None:
    """A line for each figure with what is demanded of it."""
    from eval.figures.report import measures
    from ingest.settings import load_settings

    show_measures(measures(data, load_settings(), names or [], home), as_json, verbose, strict)


def reading(
    names: Topics = None, data: Data = SHARED, as_json: Json = False, verbose: Verbose = False, strict: Strict = False
) -> None:
    """Ask every topic; a line for each figure with what is demanded of it."""
    from eval.reading.report import ask, chosen
    from ingest.settings import load_settings

    answers = ask(chosen(names or []), data, load_settings())
    show_measures(((one.topic, one.skipped or list(one.measures)) for one in answers), as_json, verbose, strict)


def sample(folder: Annotated[Path, typer.Argument(help="写到哪个文件夹")]) -> None:
    """Write the sample archive and its gold questions."""
    from eval.samples import GOLD_NAME, write_sample

    with writing(folder):
        reports = write_sample(folder)
    print(f"{reports}  {len(list(reports.iterdir()))} 个文件\n{folder / GOLD_NAME}")
