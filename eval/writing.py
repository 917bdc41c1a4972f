"""Results that cannot be written are an error in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import ReportAssistantError


class OutputError(ReportAssistantError):
    """The disk will not take what was asked to be written."""


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turns an OSError into OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"写不了 {place}（{error.strerror or error}）", "请检查路径、权限和磁盘空间") from error
