"""What keeps an open archive in order: its vectors and indexes, and the rule that one process writes at a time."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.archive import contents, duplicates, fulltext, mending, meta, originals, queue, sync
from ingest.archive.chroma import IndexUnreachable, VectorIndexError
from ingest.archive.database import Database, plain_faults
from ingest.archive.lock import WriteLock
from ingest.archive.queue import PassageEncoder, Progress
from ingest.archive.reader import ArchiveReader
from ingest.errors import ArchiveDamaged, ArchiveUnusable, ServerUnreachable

logger = logging.getLogger(__name__)

_SYNC_SECONDS = 60
"""Between two writings to Chroma while vectors are computed: often enough that a stop leaves little to do, and seldom
enough that finding what is missing costs nothing in an archive of any size."""


class ArchiveUpkeep(ArchiveReader):
    """An open archive without what changes its contents; writing is for the one who holds the lock."""

    def __init__(self, home: Path, database: Database, lock: WriteLock | None, chroma_url: str | None = None) -> None:
        super().__init__(home, database, chroma_url)
        self._lock = lock
        self._terms_checked = False

    def sync_vectors(self) -> None:
        """Tell Chroma what has changed; nothing is embedded. What does not go well waits for the next ingest."""
        with self._writing():
            self._sync_quietly()

    def embed_pending(self, encoder: PassageEncoder, progress: Progress | None = None) -> int:
        """Embed every passage that waits and bring Chroma up to date; returns how many texts were encoded.

        Each batch is committed, so that a stop loses at most one. Raises ModelMismatch.
        """
        with self._writing():
            queue.enter_model(self._database, encoder)
            waiting = queue.pending(self._database.connection())
            encoded = 0
            synced = time.monotonic()
            for start in range(0, len(waiting), queue.BATCH):
                encoded += queue.embed_batch(self._database, encoder, waiting[start : start + queue.BATCH])
                if progress is not None:
                    progress(min(start + queue.BATCH, len(waiting)), len(waiting))
                if time.monotonic() - synced > _SYNC_SECONDS:
                    with contextlib.suppress(ServerUnreachable):  # it has until the end to come back
                        self._sync()
                    synced = time.monotonic()
            self._sync()
            return encoded

    def change_model(self, encoder: PassageEncoder) -> None:
        """Give up the vectors of another model and queue every passage for this one (`embed_pending` does the work)."""
        with self._writing():
            queue.change_model(self._database, encoder)

    @property
    def unfinished(self) -> bool:
        """Whether `embed_pending` has anything to do: passages that wait, or vectors that Chroma lacks."""
        return self._read(lambda connection: queue.waiting(connection) > 0 or sync.needed(connection, self._chroma))

    def distrust(self) -> None:
        """Have what is not as it was stored made again: see `mending`. The rest is for rereading and `rebuild`."""
        with self._writing(), self._database.transaction() as connection:
            mending.distrust(connection)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make full-text index and Chroma again from SQLite and clear what is not needed; nothing is embedded."""
        with self._writing():
            with self._database.transaction() as connection:
                fulltext.rebuild(connection)
                contents.sweep_embeddings(connection, duplicates.fill_fingerprints(connection))
            self._terms_checked = True
            wanted = {record.sha256 for record in self.files() if record.status == "ok"}
            self._drop_originals([name for name, _ in list(originals.kept(self._home)) if name not in wanted])
            if self.encoder_name is not None:
                self._with_chroma(lambda: sync.remake(self._database, self._chroma, progress))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._lock is None:
            raise RuntimeError("the archive was opened for reading")
        with plain_faults(self._home):
            yield

    def _check_terms(self) -> None:
        """Make the full-text index again when it was made with other terms: else deleting from it would corrupt it."""
        if self._terms_checked:
            return
        connection = self._database.connection()
        if not fulltext.is_current(connection):
            logger.info("the full-text index was made by another version, making it again")
            with self._database.transaction():
                fulltext.rebuild(connection)
        elif meta.get(connection, "terms") is None:
            with self._database.transaction():
                fulltext.enter_terms(connection)
        self._terms_checked = True

    def _sync(self) -> None:
        if sync.needed(self._database.connection(), self._chroma):
            self._with_chroma(lambda: sync.sync(self._database, self._chroma))

    def _sync_quietly(self) -> None:
        """After forgetting: what is gone from SQLite is never shown again, so that a fault of Chroma can wait."""
        try:
            self._sync()
        except (ArchiveDamaged, ArchiveUnusable) as error:
            logger.warning("%s", error)

    def _with_chroma(self, work: Callable[[], None]) -> None:
        try:
            work()
        except IndexUnreachable as fault:
            raise ServerUnreachable(
                f"连不上向量服务器 {self._chroma.server}，新的向量还没有写入它（可以检索，但较慢）",
                "请启动它或改正配置项 chroma_url，再运行一次 report-assistant ingest",
            ) from fault
        except VectorIndexError as fault:
            raise ArchiveDamaged(f"向量索引无法写入（{fault}）", "请运行 report-assistant rebuild") from fault

    def _drop_originals(self, digests: Sequence[str]) -> None:
        for sha256 in digests:
            originals.drop(self._home, sha256)
