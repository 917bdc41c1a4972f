"""Pages of PDFs as pictures, and where a quote stands on them: drawn in another process, a few of them remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.page_worker import WIDTHS
from assistant.pages import Marked, lines_of
from ingest.archive import Archive
from ingest.archive.records import FileRecord
from ingest.errors import NotFound, ReportAssistantError, UnreadableFile
from ingest.isolation.reader import IsolatedReader
from ingest.settings import Settings

SECONDS = 15.0
"""Time to draw one page: a plan full of lines takes two."""

MEMORY = 1024**3
_IDLE = 120.0
_AT_ONCE = 6
_REMEMBERED = 24
_LARGEST = 1 << 20
"""Bytes of a picture that is remembered; a browser keeps larger ones itself."""
_WORK = "assistant.page_worker:work"


class PageUndrawn(ReportAssistantError):
    """A page cannot be shown as a picture; its text and the original file can be had all the same."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A quote on its pages. `count`: how many pages the file has; `has_text`: False for a page that is a picture."""

    file: FileRecord
    count: int
    has_text: bool
    pages: tuple[Marked, ...]


class PageDrawer:
    """Draws pages of the files of an archive. Safe to use from several threads; one page is drawn at a time."""

    def __init__(self, archive: Archive, lock: AbstractContextManager[object]) -> None:
        """`lock` is held while the archive is read, not while a page is drawn."""
        self._archive = archive
        self._archive_lock = lock
        self._settings = Settings(home=archive.home)
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_AT_ONCE)
        self._reader: IsolatedReader | None = None
        self._timer: threading.Timer | None = None
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()

    def image(self, file_id: int, page: int, *, large: bool = False) -> bytes:
        """A page as a PNG. Raises NotFound, PageUndrawn, ArchiveDamaged."""
        with self._archive_lock:
            file = self._pdf(file_id)
        picture = self._done(file, ("image", page, WIDTHS[large]))
        assert isinstance(picture, bytes)
        return picture

    def placed(self, file_id: int, page: int, start: int, end: int) -> Placed:
        """Where `start:end` of a file's text stands, looked for from `page` on. Raises as `image`."""
        with self._archive_lock:
            file = self._pdf(file_id)
            lines = lines_of(self._archive.file_text(file_id), max(0, start), end) if start < end else ()
        asked = tuple((line.text, line.start, line.end) for line in lines)
        count, has_text, found = cast(Any, self._done(file, ("marks", page, asked)))
        return Placed(file, count, has_text, tuple(Marked(*each) for each in found))

    def close(self) -> None:
        """End the process."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.close(at_once=True)

    def _pdf(self, file_id: int) -> FileRecord:
        file = self._archive.file(file_id)
        if file.format != "pdf" or file.status != "ok":
            raise NotFound("这份文件没有页面可看", "请看文字，或下载原件")
        return file

    def _done(self, file: FileRecord, asked: tuple[Any, ...]) -> object:
        key = (file.sha256, *asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # More than a few who wait would keep everybody else's requests from being served.
        if not self._waiting.acquire(timeout=SECONDS):
            raise PageUndrawn("正在显示的页面太多", "请稍后再试")
        try:
            with self._archive_lock:
                data = self._archive.file_bytes(file.id)
            made = self._drawn(data, asked)
            if made is None:
                raise NotFound("这份文件没有这一页", "请从引文打开")
        finally:
            self._waiting.release()
        if not isinstance(made, bytes) or len(made) <= _LARGEST:
            with self._lock:
                self._kept[key] = made
                if len(self._kept) > _REMEMBERED:
                    self._kept.popitem(last=False)
        return made

    def _drawn(self, data: bytes, asked: Sequence[Any]) -> object:
        with self._lock:
            if self._reader is None:
                self._reader = IsolatedReader(memory=MEMORY, time_limit=lambda *_: SECONDS, read=_WORK)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(_IDLE, self.close)
            self._timer.daemon = True
            self._timer.start()
            # What is asked goes where corrections go: the process hands both on as they come.
            result = self._reader.submit(Path("page.pdf"), data, self._settings, cast(Any, asked))
        try:
            return cast(object, result())
        except UnreadableFile as fault:
            raise PageUndrawn(f"这一页画不出来（{fault.fault}）", "请看文字，或下载原件") from fault
