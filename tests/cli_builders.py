"""The command line run inside the tests: the real commands and archive, and an encoder that needs no model."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.cli import main
from ingest.embed.source import configured_name
from ingest.settings import Settings
from tests.archive_builders import FakeEncoder

REPORT = """云岭县卫生健康局2022年工作总结

一、主要工作

（一）妇幼健康。全年完成两癌筛查10500人，完成率105%。

（二）家庭医生。签约居民12.3万人，重点人群签约率达到78.5%。

二、2023年工作打算

（一）妇幼健康。继续推进两癌筛查，计划筛查11000人。
"""


class QueryEncoder(FakeEncoder):
    """`FakeEncoder` under the configured model's name, which takes questions too."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)


def fake_encoder(settings: Settings) -> QueryEncoder:
    """Stands in for `ingest.embed.load_encoder`."""
    return QueryEncoder(configured_name(settings) or "hub")


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)

    def refused(self, *words: str) -> str:
        """The one line on stderr of a command that failed: a Chinese fault and remedy that names all of `words`."""
        line = self.err.strip()
        assert (self.code, self.out) == (1, ""), self
        assert line.startswith("错误：") and "\n" not in line and line.endswith("。"), self
        assert all(word in line for word in words), line
        assert "请" in line, f"no remedy: {line}"
        return line


class Shell:
    """Runs commands on an archive at `home`."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(home))
        monkeypatch.setattr("ingest.embed.load_encoder", fake_encoder)

    def __call__(self, *arguments: str | Path) -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["report-assistant", *map(str, arguments)])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        told = self._capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Ran(stopped.value.code if isinstance(stopped.value.code, int) else 0, told.out, told.err)
