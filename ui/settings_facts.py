"""What the tab 设置 tells of the program, its model and its archive; gathered here, put into words elsewhere."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from assistant.models import ModelInfo, configured
from assistant.models.address import Address
from ingest.archive import Archive
from ingest.archive.records import Counts
from ingest.errors import NotFound, ReportAssistantError
from ingest.settings import BUNDLED_MODEL, Settings
from ui.access import Access

_FRESH = 60.0
"""Seconds for which the size of the directory is not measured again."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The configured model; `address` without anything secret, None of a file. `fault`: why it cannot be used."""

    info: ModelInfo | None
    address: str | None
    has_key: bool
    seconds: float
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """`counts` is None while there is no archive; `fault`: why it cannot be read; `size` in bytes."""

    home: Path
    counts: Counts | None
    size: int
    embedding: str
    bundled: bool
    fault: str | None = None


def model_facts(settings: Settings) -> ModelFacts:
    """Loads and asks nothing."""
    has_key, seconds = bool(settings.llm_api_key), settings.llm_seconds
    try:
        info = configured(settings)
        address = None
        if info is not None and info.kind == "endpoint":
            address = Address.parse(settings.llm_base_url or "").public_url
        return ModelFacts(info, address, has_key, seconds)
    except ReportAssistantError as error:
        return ModelFacts(None, None, has_key, seconds, str(error))


class Gauge:
    """Measures the archive's directory, at most once a minute."""

    def __init__(self, access: Access) -> None:
        self._settings = access.settings
        self._lock = threading.Lock()
        self._measured: tuple[float, int] | None = None

    def facts(self) -> ArchiveFacts:
        """How the archive stands now."""
        counts, fault = None, None
        try:
            with Archive.create_or_open(self._settings.home) as archive:
                counts = archive.counts()
        except NotFound:
            pass
        except ReportAssistantError as error:
            fault = str(error)
        name = self._settings.embedding_model
        bundled = name == BUNDLED_MODEL
        shown = name.removeprefix("bundled:") if bundled else Path(name).name
        return ArchiveFacts(self._settings.home, counts, self._size(), shown, bundled, fault)

    def _size(self) -> int:
        with self._lock:
            now = time.monotonic()
            if self._measured is None or now - self._measured[0] > _FRESH:
                self._measured = now, _bytes_in(self._settings.home)
            return self._measured[1]


def version_and_licence() -> tuple[str, str]:
    """As the installed package says."""
    try:
        told = metadata("report-assistant")
    except PackageNotFoundError:  # run from its source
        return "", "Apache-2.0"
    return told["Version"], str(told.json.get("license_expression", "Apache-2.0"))


def _bytes_in(folder: Path) -> int:
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).lstat().st_size
            except OSError:  # it went away meanwhile
                continue
    return total
