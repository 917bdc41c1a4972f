"""The generated sample archive as the default of every command that needs reports."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.gold import Gold, GoldError, load_gold, parse_gold

GOLD_NAME = "gold.jsonl"
"""The gold questions' file beside the sample archive's folder."""


def write_sample(folder: Path) -> Path:
    """Generate the sample archive and its gold questions in `folder`; the folder of the reports themselves."""
    from eval.sample import generate
    from eval.sample.archive import write_gold

    folder.mkdir(parents=True, exist_ok=True)
    reports = generate(folder)
    write_gold(folder / GOLD_NAME)
    return reports


@contextmanager
def folder_or_sample(folder: Path | None) -> Iterator[Path]:
    """`folder`, or the sample archive's reports in a temporary one."""
    if folder is not None:
        yield folder
        return
    from eval.sample import generate

    with tempfile.TemporaryDirectory(prefix="report-assistant-sample-") as temporary:
        yield generate(Path(temporary))


@contextmanager
def gold_and_archive(gold: Path | None, archive: Path | None) -> Iterator[tuple[tuple[Gold, ...], Path]]:
    """Questions with the archive they belong to; without either, those of the sample archive. Raises GoldError."""
    if (gold is None) != (archive is None):
        raise GoldError("--gold 和 --archive 要么都给，要么都不给", "请补上另一个")
    with folder_or_sample(archive) as folder:
        yield (load_gold(gold) if gold is not None else sample_gold()), folder


def sample_gold() -> tuple[Gold, ...]:
    """The gold questions of the sample archive."""
    from eval.sample import gold_questions

    return tuple(parse_gold(question) for question in gold_questions())
