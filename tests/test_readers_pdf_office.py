"""A Word report printed to PDF by an office program reads as the Word report does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.readers.docx.reader import read_docx
from ingest.readers.pdf.reader import read_pdf

REPORTS = Path(__file__).parents[1].parent / "shared" / "archive" / "municipal_docx"

pytestmark = [
    pytest.mark.skipif(not REPORTS.is_dir(), reason="the shared archive of real files is not here"),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on PATH"),
]

# LibreOffice does not print a mark that hangs over the margin.
_HANGING = re.compile(r"[，。、；：]|\s")


def plain(text: str) -> str:
    return _HANGING.sub("", text)


def test_the_paragraphs_of_a_printed_report_are_those_of_the_report(tmp_path: Path) -> None:
    paths = sorted(REPORTS.glob("*.docx"))[::35]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, paths)]
    subprocess.run(command, check=True, timeout=200, capture_output=True, env={**os.environ, "HOME": str(tmp_path)})
    for path in paths:
        expected = [plain(block.text.text) for block in read_docx(path.read_bytes()).blocks]
        document = read_pdf((tmp_path / f"{path.stem}.pdf").read_bytes())
        found = [plain(block.text.text) for block in document.blocks]
        assert "".join(found) == "".join(expected), path.name
        exact = len(set(expected) & set(found)) / len(set(expected))
        assert exact >= 0.9, (path.name, exact)
