"""The uploads of all keepers, read one after the other: it lives in the server, so that a page may come and go."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.collecting.board import Board, Vectors
from assistant.collecting.process import Worker
from assistant.collecting.types import Announced, BadUpload, Phase, Row, Snapshot
from assistant.collecting.uploads import Uploads, expected
from ingest.errors import ArchiveBusy, ReportAssistantError
from ingest.intake.outcomes import FileOutcome
from ingest.settings import Settings

logger = logging.getLogger(__name__)

_SHOWN = 4
"""Uploads that are still told of."""
_TO_LET_GO = 20.0
"""Seconds that somebody who corrects a report waits for the file being read just now."""

Told = Callable[[Board], None]


class Collecting:
    """Takes in what is uploaded. Safe to use from several threads.

    `told` is called with each upload once it has been read.
    """

    def __init__(self, settings: Settings, told: Told = lambda board: None) -> None:
        self._settings = settings
        self._told = told
        self.uploads = Uploads(settings.home)
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._boards: list[Board] = []
        self._worker: Worker | None = None
        self._phase: Phase = "idle"
        self._current: Board | None = None
        self._vectors = Vectors()
        self._embedding_wanted = False
        self._waits = self._fault = ""
        self._version = self._finished = 0
        self._thread: threading.Thread | None = None
        self._closed = False

    def announce(self, files: Sequence[Announced], who: str) -> Board:
        """A new upload: which of these files are wanted. Raises BadUpload, ArchiveUnusable."""
        rows = expected(files)
        if not rows:
            raise BadUpload("没有可以上传的文件", "请选择报告文件或装有报告的文件夹")
        with self._changed:
            if all(board.complete for board in self._boards):
                self.uploads.clear()
        self.uploads.room_for(sum(row.size for row in rows if row.state == "coming"))
        board = Board(secrets.token_hex(8), who, rows)
        with self._noted():
            self._boards = [board, *self._boards][: max(_SHOWN, sum(not one.read for one in self._boards) + 1)]
            self._fault = ""
            if not any(row.state == "coming" for row in rows):
                board.complete = board.read = True
        self._run_aside()
        return board

    def part(self, upload: str, number: int) -> tuple[Path, int]:
        """Where the bytes of a file are to be written, and how many there may be. Raises BadUpload."""
        with self._changed:
            row = self._row(upload, number)
            return self.uploads.part(f"{upload}-{number}"), row.size

    def take(self, upload: str, number: int) -> Row:
        """The bytes of a file are all there. Raises BadUpload, ArchiveUnusable."""
        part, _ = self.part(upload, number)
        row = self._board(upload).rows[number]
        kept = self.uploads.keep(part, row.name)
        with self._noted():
            board = self._board(upload)
            if kept.path is None:
                board.put(number, "known", kept.line)
            else:
                board.put(number, "waiting", kept.line, place=str(kept.path), name=kept.name)
            return board.rows[number]

    def refuse(self, upload: str, number: int, line: str) -> None:
        """A file did not arrive."""
        with self._noted():
            if self._row(upload, number):
                self._board(upload).put(number, "failed", line)

    def heard(self, upload: str) -> None:
        """The browser is still sending. Raises BadUpload."""
        with self._changed:
            self._board(upload).touch()

    def complete(self, upload: str) -> None:
        """Nothing more comes; what is here is read in its turn. Raises BadUpload."""
        with self._noted():
            self._board(upload).close()
        self._run_aside()

    def embed(self) -> None:
        """Compute the vectors that are lacking, after everything that waits to be read."""
        with self._noted():
            self._embedding_wanted = True
            self._fault = ""
        self._run_aside()

    def stop(self) -> None:
        """End what is going on; what is done stays."""
        with self._noted():
            self._embedding_wanted = False
            for board in self._boards:
                if not board.read and board is not self._current:
                    board.stop()
            worker = self._worker
        if worker is not None:
            worker.stop()

    def clear(self) -> None:
        """Tell no more of what is over."""
        with self._noted():
            self._boards = [board for board in self._boards if not board.read]
            self._fault = ""

    def close(self) -> None:
        """End everything and wait for it."""
        with self._noted():
            self._closed = True
            thread = self._thread
        self.stop()
        if thread is not None:
            thread.join(60)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let somebody write to the archive: what is being read or computed waits meanwhile. Raises ArchiveBusy."""
        if not self._writing.acquire(timeout=_TO_LET_GO):
            raise ArchiveBusy("另一个用户正在修改档案", "请稍后再试")
        try:
            worker = self._worker
            if worker is not None and not worker.pause(_TO_LET_GO):
                worker.resume()
                raise ArchiveBusy("正在读入一个较大的文件", "请稍后再试")
            try:
                yield
            finally:
                if worker is not None:
                    worker.resume()
        finally:
            self._writing.release()

    def snapshot(self) -> Snapshot:
        """How things stand now."""
        with self._changed:
            current = self._current
            coming = next((board for board in self._boards if not board.complete), None)
            shown = current or coming
            done, total = (0, 0) if shown is None else shown.progress()
            phase: Phase = self._phase if self._phase != "idle" or coming is None else "coming"
            left = self._vectors.seconds_left() if phase == "embedding" else current.seconds_left() if current else None
            latest = self._boards[0] if self._boards else None
            return Snapshot(
                self._version,
                phase,
                tuple(row for board in self._boards for row in board.rows),
                done,
                total,
                left,
                (self._vectors.done, self._vectors.total),
                self._waits,
                self._fault,
                "" if latest is None else latest.who,
                tuple(path for board in self._boards for path in board.fresh),
                self._finished,
            )

    # The one thread that does the work

    def _run_aside(self) -> None:
        with self._changed:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, daemon=True, name="collecting")
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._drop_silent()
                board = next((one for one in reversed(self._boards) if one.complete and not one.read), None)
                idle = board is None and not self._embedding_wanted
                if self._closed:
                    self._thread = None
                    return
                if idle:
                    self._changed.wait(5.0)
                    continue
            try:
                if board is not None:
                    self._read(board)
                else:
                    self._embed()
            except Exception:
                logger.exception("collecting went wrong")
                self._end_of(board, "读入时出错，请重新上传；仍不行时请查看日志。")

    def _read(self, board: Board) -> None:
        with self._noted():
            self._phase, self._current = "reading", board
            board.begin()
            paths = [Path(row.place) for row in board.rows if row.place and row.state in ("waiting", "reading")]

        def hear(message: dict[str, Any] | None) -> None:
            if message is not None and "file" in message:
                with self._noted():
                    self._waits = ""
                    board.hear(FileOutcome(**message["file"]))
            else:
                self._hear(message)

        if paths:
            self._work(paths, hear)
        with self._changed:
            self._embedding_wanted = self._embedding_wanted or bool(board.fresh)
        self._end_of(board)

    def _embed(self) -> None:
        with self._noted():
            self._phase, self._embedding_wanted = "embedding", False
            self._vectors = Vectors()

        def hear(message: dict[str, Any] | None) -> None:
            if message is not None and "vectors" in message:
                with self._noted():
                    self._waits = ""
                    self._vectors.hear(*message["vectors"])
            else:
                self._hear(message)

        self._work([], hear)
        self._end_of(None)

    def _work(self, paths: Sequence[Path], hear: Callable[[dict[str, Any] | None], None]) -> None:
        worker = Worker(self._settings, paths, hear)
        with self._changed:
            self._worker = worker
            stopped = self._closed
        while not stopped and not worker.over.wait(0.2):
            with self._changed:
                self._drop_silent()
                # Files that have come in are read before the rest of the vectors is computed.
                if not paths and any(one.complete and not one.read for one in self._boards):
                    self._embedding_wanted = stopped = True
        if stopped:
            worker.stop()
        with self._changed:
            self._worker = None

    def _hear(self, message: dict[str, Any] | None) -> None:
        if message is None:
            return
        with self._noted():
            self._waits = message.get("waits", self._waits)
            if "fault" in message:
                self._fault = message["fault"]
            if "crashed" in message:
                logger.error("reading files: %s", message["crashed"])
                self._fault = f"读入程序意外结束（{message['crashed']}），请重试。"

    def _end_of(self, board: Board | None, fault: str = "") -> None:
        with self._noted():
            self._phase, self._current, self._waits = "idle", None, ""
            self._fault = fault or self._fault
            if board is not None:
                board.end()
                self._finished += 1
        if board is not None:
            try:
                self._told(board)
            except ReportAssistantError as error:
                logger.warning("%s", error)

    def _drop_silent(self) -> None:
        for board in self._boards:
            if board.is_silent():
                board.close()
                self._version += 1

    def _board(self, upload: str) -> Board:
        for board in self._boards:
            if board.id == upload:
                return board
        raise BadUpload("这次上传已经结束", "请重新选择文件")

    def _row(self, upload: str, number: int) -> Row:
        board = self._board(upload)
        if board.complete or not 0 <= number < len(board.rows) or board.rows[number].state != "coming":
            raise BadUpload("这个文件不在等待上传", "请重新选择文件")
        return board.rows[number]

    @contextmanager
    def _noted(self) -> Iterator[None]:
        with self._changed:
            try:
                yield
            finally:
                self._version += 1
                self._changed.notify_all()
