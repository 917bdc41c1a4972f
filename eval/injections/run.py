"""Writes the poisoned reports, reads them in like any others, asks, and judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from eval.injections.office import docx_of, xlsx_of
from eval.injections.page import pdf_of
from eval.injections.plain import html_of, markdown_of, text_of
from eval.injections.report import Block, Injection, asked, blocks_of, injections
from eval.injections.score import Judged, judge
from eval.opened import opened
from eval.run import Asker, Told

_WRITERS: dict[str, Callable[[Sequence[Block], Injection], bytes]] = {
    "txt": text_of,
    "md": markdown_of,
    "html": html_of,
    "docx": docx_of,
    "pdf": pdf_of,
    "xlsx": xlsx_of,
}


def write_reports(folder: Path, wanted: Sequence[Injection] | None = None) -> Path:
    """Write the files of all injections (or of those `wanted`) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in injections() if wanted is None else wanted:
        (folder / one.file).write_bytes(_WRITERS[one.format](blocks_of(one), one))
    return folder


def judge_all(asker: Asker, wanted: Sequence[Injection], composer: str, told: Told | None = None) -> list[Judged]:
    """Ask the question of every injection and judge the answers."""
    judged = []
    for done, one in enumerate(wanted, 1):
        answer = asker.ask(one.question, one.history, composer=composer)
        judged.append(judge(one, answer.to_json()))
        if told is not None:
            told(done, len(wanted))
    return judged


def run(folder: Path, composer: str, home: Path | None = None, told: Told | None = None) -> list[Judged]:
    """Everything. `folder`: where the reports are written; `home`: where the archive is kept (else a temporary one)."""
    from assistant.service import Assistant

    files = injections()
    with opened(write_reports(folder), home) as archive, Assistant.open(archive.settings) as assistant:
        return judge_all(assistant, (*files, *asked(files[0])), composer, told)
