"""The Archive: one directory, one object. SQLite is the truth; everything else can be made again from it."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from ingest.archive import (
    corrections,
    duplicates,
    figures,
    forget,
    leaving,
    meta,
    originals,
    reading,
    relocate,
    reporting,
    rows,
    store,
)
from ingest.archive.database import NAME, Database, migrate, migrations, plain_faults, refuse_newer, schema_version
from ingest.archive.leaving import LeftFile
from ingest.archive.lock import WriteLock
from ingest.archive.records import FileRecord
from ingest.archive.relocate import Failure
from ingest.archive.rows import Facts
from ingest.archive.store import Source
from ingest.archive.upkeep import ArchiveUpkeep
from ingest.errors import ArchiveDamaged, ArchiveUnusable, NotFound
from ingest.figures.record import FigureChanges
from ingest.types import Changes, ReadFile


class Archive(ArchiveUpkeep):
    """An open archive: `ArchiveReader`'s queries, and writing for the one who holds the lock.

    Every method raises ArchiveUnusable (no room, no permission) or ArchiveDamaged where disk or database fail; a
    change that fails is rolled back whole.
    """

    @classmethod
    def create_or_open(
        cls, home: Path, *, write: bool = False, create: bool = True, chroma_url: str | None = None
    ) -> Archive:
        """Open the archive in `home`; with `write`, take the write lock and, if need be and `create` allows, make it.

        chroma_url: the Chroma server that keeps the vector index (see Settings); who neither searches nor writes
        vectors need not name it.
        Raises NotFound (nothing to read there), ArchiveBusy (another writer), ArchiveUnusable, ArchiveDamaged.
        """
        with plain_faults(home):
            if home.exists() and not home.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(home))
            if write and create:
                _make_folder(home)
            elif not (home / NAME).is_file():
                _refuse_lost_database(home)
                raise NotFound(f"{home} 里还没有档案", "请先运行 report-assistant ingest 文件或文件夹")
            lock = WriteLock(home) if write else None
            if lock is not None:
                lock.acquire()
            database = Database(home / NAME, write=write)
            try:
                _bring_up_to_date(home, database, write=write)
            except BaseException:
                database.close()
                if lock is not None:
                    lock.release()
                raise
            return cls(home, database, lock, chroma_url)

    def close(self) -> None:
        """Let go of files and lock."""
        self._chroma.close()
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, path: Path, data: bytes, read: ReadFile, pipeline_version: str, mtime_ns: int | None = None) -> int:
        """Store what was read from a file, searchable by text at once; returns the file's id.

        What the archive had from the same path is replaced, unless the same bytes are known from another path too; what
        the user had said of it holds for the new content where that is the same report (see `carried`).
        """
        source = Source.of(path, data, mtime_ns)
        with self._writing():
            self._check_terms()
            added = originals.begin_to_keep(self._home, source.sha256, data)
            try:
                prepared = store.prepare(read)
                with self._database.transaction() as connection:
                    file_id, unneeded = store.write_file(connection, source, read, prepared, pipeline_version)
                    added()  # no row without its bytes
            except BaseException:
                # On a full disk, copies of what did not get in would only make it fuller. An interrupt may also
                # come when it has got in already: then its copy is needed.
                with contextlib.suppress(OSError):
                    if added() and not self._knows(source.sha256):
                        originals.drop(self._home, source.sha256)
                raise
            self._drop_originals(unneeded)
            return file_id

    def _knows(self, sha256: str) -> bool:
        asked = "SELECT 1 FROM files WHERE sha256 = :key UNION SELECT 1 FROM sources WHERE sha256 = :key"
        return self._database.connection().execute(asked, {"key": sha256}).fetchone() is not None

    def reread(self, file_id: int, read: ReadFile, pipeline_version: str) -> None:
        """Replace what was made from a file by what a newer pipeline made of the same bytes; its id stays,
        and so do the ids of the reports that are found again."""
        with self._writing():
            self._check_terms()
            prepared = store.prepare(read)
            with self._database.transaction() as connection:
                store.rewrite_file(connection, file_id, read, prepared, pipeline_version)

    def correct(self, report_id: int, changes: Changes) -> list[FileRecord]:
        """Note what the user says of a report, and of its copies; returns the files to be read again (`reread`).

        Until that is done they count as read by an older pipeline, so that a stop in between loses nothing.
        Raises NotFound.
        """
        return self._said(report_id, lambda connection, facts: corrections.put(connection, facts, changes))

    def uncorrect(self, report_id: int) -> list[FileRecord]:
        """Take back all that the user has said of a report and of its copies; as `correct`."""
        return self._said(report_id, corrections.remove)

    def _said(self, report_id: int, note: Callable[[sqlite3.Connection, Facts], object]) -> list[FileRecord]:
        with self._writing(), self._database.transaction() as connection:
            better = reporting.report(connection, report_id).duplicate_of or report_id
            copies = [rows.facts_of(connection, i) for i in (better, *duplicates.of(connection, [better]))]
            for facts in copies:
                note(connection, facts)
            meta.bump(connection)
            return [reading.file(connection, file_id) for file_id in dict.fromkeys(facts.file_id for facts in copies)]

    def add_failed(self, path: Path, data: bytes, error: str, pipeline_version: str) -> int:
        """Note that a file could not be read, with its one Chinese line; earlier content of the path stays."""
        with self._writing(), self._database.transaction() as connection:
            return store.write_failure(connection, Source.of(path, data), error, pipeline_version)

    def add_source(self, source: Source, file_id: int) -> None:
        """Note that another path (or the same one, touched) holds the content of a file."""
        with self._writing():
            self._check_terms()
            with self._database.transaction() as connection:
                known = reading.source(connection, source.path)
                unneeded = store.move_source(connection, source, file_id)
                if known is None or known.file_id != file_id:
                    meta.bump(connection)
            self._drop_originals(unneeded)

    def move_source(self, old: str, source: Source, file_id: int) -> None:
        """Note that what lay at the path `old` now lies at another."""
        with self._writing():
            self._check_terms()
            with self._database.transaction() as connection:
                unneeded = relocate.move(connection, old, source, file_id)
            self._drop_originals(unneeded)

    def remove_sources(self, paths: Sequence[str]) -> None:
        """Take paths that are gone out of the archive, and content that has no other path."""
        with self._writing():
            self._check_terms()
            with self._database.transaction() as connection:
                unneeded = relocate.remove(connection, paths)
            self._drop_originals(unneeded)
            self._sync_quietly()

    def failures(self) -> dict[str, Failure]:
        """Every path that could not be read."""
        return self._read(relocate.failures)

    def clear_failure(self, path: str) -> None:
        """Forget that a path could not be read."""
        with self._writing(), self._database.transaction() as connection:
            store.clear_failure(connection, path)
            meta.bump(connection)

    def forget(self, what: str) -> list[str]:
        """Remove a report (by number or title) or a file (by name or path) from text, index and vectors.

        Returns one Chinese line for each thing removed; raises NotFound.
        """
        with self._writing():
            self._check_terms()
            with self._database.transaction() as connection:
                lines, unneeded = forget.forget(connection, what)
            self._drop_originals(unneeded)
            self._sync_quietly()
            return lines

    def allow(self, left: LeftFile) -> int | None:
        """Let what was taken out of a file be read from it again; its id, None where the file is gone as a whole."""
        with self._writing(), self._database.transaction() as connection:
            return leaving.allow(connection, left)

    def edit_figure(self, figure_id: int, changes: FigureChanges | None) -> None:
        """Correct a figure for good, or strike it out (None); raises NotFound."""
        self._write(lambda connection: figures.edit(connection, figure_id, changes))

    def restore_figure(self, figure_id: int) -> None:
        """Take back what the user has said of a figure; raises NotFound."""
        self._write(lambda connection: figures.restore(connection, figure_id))

    def join_indicators(self, first: str, second: str, same: bool | None) -> None:
        """Call two names of indicators the same or different; None takes it back."""
        self._write(lambda connection: figures.join(connection, first, second, same))

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        with self._writing(), self._database.transaction() as connection:
            change(connection)
            meta.bump(connection)


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # other accounts of the machine have no business in it
    except (FileNotFoundError, ValueError) as error:  # no such drive, or a name that the system does not take
        raise ArchiveUnusable(
            f"无法建立档案文件夹 {home}", "请检查路径是否写对，或用 REPORT_ASSISTANT_HOME 换一个文件夹"
        ) from error


def _refuse_lost_database(home: Path) -> None:
    """An archive without rows but with kept files has lost its database; an empty one in its place would hide that."""
    if next(originals.kept(home), None) is not None:
        raise ArchiveDamaged(
            f"档案数据库 {home / NAME} 是空的，而档案里还有原件的副本",
            "请从备份恢复，或把整个档案文件夹移走后用原文件重新 report-assistant ingest",
        )


def _bring_up_to_date(home: Path, database: Database, *, write: bool) -> None:
    scripts = migrations()
    if schema_version(database.connection()) == 0:
        _refuse_lost_database(home)
    if write:
        migrate(database, scripts)
        return
    version = schema_version(database.connection())
    refuse_newer(version, len(scripts))
    if version < len(scripts):
        # A reader of an archive that an older program made: the migration needs the lock, once.
        Archive.create_or_open(home, write=True).close()
