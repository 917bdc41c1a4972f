"""The reading half of the archive: everything a question needs, safe from many threads and beside a writer."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ingest.archive import corrections, figures, fulltext, health, meta, originals, queue, reading, reporting, vectors
from ingest.archive.chroma_server import vector_index
from ingest.archive.database import Database, plain_faults
from ingest.archive.leaving import Leaving, leaving
from ingest.archive.quality import Quality, assess, gather
from ingest.archive.records import (
    Counts,
    FileRecord,
    Finding,
    Hit,
    PassageRecord,
    ReportRecord,
    Scope,
    SectionRecord,
    SourceRecord,
)
from ingest.archive.store import text_digest
from ingest.figures.record import FigureRecord
from ingest.types import Correction, Furniture, ReadFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")


class ArchiveReader:
    """Queries over an open archive; see `Archive` for opening one."""

    def __init__(self, home: Path, database: Database, chroma_url: str | None = None) -> None:
        self._home = home
        self._database = database
        self._counts = fulltext.TermCounts()
        self._chroma = vector_index(home, chroma_url)
        self._vectors = vectors.VectorSearch(self._chroma)

    @property
    def home(self) -> Path:
        """The archive directory."""
        return self._home

    @property
    def generation(self) -> int:
        """Changes with everything that readers must notice."""
        return self._read(meta.generation)

    @property
    def encoder_name(self) -> str | None:
        """The model that made the vectors; None while there are none."""
        return self._read(lambda connection: meta.get(connection, "encoder"))

    def require_model(self, name: str) -> None:
        """Raise ModelMismatch unless queries embedded by the model `name` can be compared with the vectors here."""
        self._read(lambda connection: meta.require_model(connection, name))

    def files(self) -> list[FileRecord]:
        """Every file, those that could not be read included."""
        return self._read(reading.files)

    def file(self, file_id: int) -> FileRecord:
        """One file; raises NotFound."""
        return self._read(lambda connection: reading.file(connection, file_id))

    def file_text(self, file_id: int) -> str:
        """The source text that quotes are cut from; raises NotFound."""
        return self._read(lambda connection: reading.file_text(connection, file_id))

    def file_bytes(self, file_id: int) -> bytes:
        """The original file; raises NotFound, or ArchiveDamaged when the kept copy is gone or altered."""
        return originals.load(self._home, self.file(file_id).sha256)

    def furniture(self, file_id: int) -> list[Furniture]:
        """What cleaning took out of a file."""
        return self._read(lambda connection: reading.furniture(connection, file_id))

    def sources(self) -> dict[str, SourceRecord]:
        """Every path whose content is in the archive."""
        return self._read(reading.sources)

    def with_content(self, sha256: str) -> SourceRecord | None:
        """A known source with exactly these bytes, wherever it lies."""
        return self._read(lambda connection: reading.by_content(connection, sha256))

    def with_text(self, text: str, pipeline: str) -> FileRecord | None:
        """The file, read by this version of the pipeline, whose extracted text is exactly `text`."""
        return self._read(lambda connection: reading.by_text(connection, text_digest(text), pipeline))

    def outdated(self, pipeline: str) -> list[FileRecord]:
        """The files that another version of the pipeline read."""
        return self._read(lambda connection: reading.outdated(connection, pipeline))

    def reports(self) -> list[ReportRecord]:
        """Every report; near-duplicates are sources of the one that is read."""
        return self._read(reporting.reports)

    def report(self, report_id: int) -> ReportRecord:
        """One report, a near-duplicate that is not read included; raises NotFound."""
        return self._read(lambda connection: reporting.report(connection, report_id))

    def reports_of(self, file_id: int) -> list[ReportRecord]:
        """The reports of one file that are read, in reading order."""
        return self._read(lambda connection: reporting.reports_of(connection, file_id))

    def leaving(self, report_id: int) -> Leaving:
        """Everything that goes when this report is forgotten; raises NotFound."""
        return self._read(lambda connection: leaving(connection, report_id))

    def copies_told(self, file_id: int) -> tuple[str, ...]:
        """For the ingest line: which reports of a file were found to be the same as which others, in Chinese."""
        return self._read(lambda connection: reporting.copies_told(connection, file_id))

    def corrections(self, sha256: str) -> tuple[Correction, ...]:
        """What the user has said of the reports in a content; for `ingest.pipeline.read_file`."""
        return self._read(lambda connection: corrections.of(connection, sha256))

    def carried(self, path: Path | str, read: ReadFile) -> tuple[Correction, ...]:
        """The corrections of what the archive has from `path` that hold for what was now read from it.

        Only for reports that are clearly the same in the new content, never for another report.
        """
        place = str(Path(path).absolute())
        return self._read(lambda connection: corrections.carried(connection, place, read))

    def sizes(self) -> dict[int, tuple[int, int]]:
        """(reports, passages) of each file that has any that are read, by file id."""
        return self._read(reading.sizes)

    def sections(self, report_id: int) -> list[SectionRecord]:
        """The sections of a report in reading order."""
        return self._read(lambda connection: reading.sections(connection, report_id))

    def passage(self, passage_id: int) -> PassageRecord:
        """One passage; raises NotFound."""
        return self._read(lambda connection: reading.passage(connection, passage_id))

    def passages(self, passage_ids: Sequence[int]) -> list[PassageRecord]:
        """These passages in the order asked for; ids that are gone are left out."""
        return self._read(lambda connection: reading.passages(connection, passage_ids))

    def report_passages(self, report_id: int) -> list[PassageRecord]:
        """The passages of a report in reading order."""
        return self._read(lambda connection: reading.report_passages(connection, report_id))

    def figures(self, report_ids: Sequence[int] | None = None) -> list[FigureRecord]:
        """The figures of these reports (all where None) with the user's changes, without those struck out."""
        return self._read(lambda connection: figures.figures(connection, report_ids))

    def struck_figures(self) -> list[FigureRecord]:
        """The figures that the user struck out."""
        return self._read(figures.struck)

    def report_marks(self) -> dict[int, bytes]:
        """For each report bytes that change with its facts, sections and figures; see `figures`."""
        return self._read(figures.marks)

    def indicator_counts(self, phrases: Iterable[str]) -> dict[str, int]:
        """How many figures were read under each of these phrases; those that none was are left out."""
        return self._read(lambda connection: figures.told(connection, phrases))

    def indicator_joins(self) -> list[tuple[str, str, bool]]:
        """Pairs of indicator names that the user has called the same (True) or different (False)."""
        return self._read(figures.joins)

    def counts(self) -> Counts:
        """How much the archive holds."""
        return self._read(reading.counts)

    # Searching

    def search_text(
        self, texts: Sequence[str], scope: Scope | None = None, limit: int = 10, also: Sequence[int] = ()
    ) -> list[Hit]:
        """The best passages by bm25 for any of `texts`: words, names or whole questions. Of `also`, those that hold any
        of the terms come with them, though they be not among the best.
        """
        where = scope or Scope()
        return self._read(lambda connection: fulltext.search(connection, self._counts, texts, where, limit, also))

    def text_scores(self, texts: Sequence[str], passage_ids: Sequence[int]) -> dict[int, float]:
        """bm25 of the given passages, on the scale of `search_text` for the same texts; 0.0 where no term occurs."""
        return self._read(lambda connection: fulltext.scores(connection, self._counts, texts, passage_ids))

    def passage_count(self) -> int:
        """How many passages can be searched; counted once as long as the archive does not change."""

        def count(connection: sqlite3.Connection) -> int:
            self._counts.look_again(connection)
            return self._counts.passages

        return self._read(count)

    def document_frequencies(self, texts: Sequence[str]) -> dict[str, int]:
        """In how many passages each text stands (as it is, when it is all Han; else all of its terms)."""
        return self._read(lambda c: {text: fulltext.frequency(c, self._counts, text) for text in texts})

    def search_vectors(self, vector: NDArray[np.float32], scope: Scope | None = None, limit: int = 10) -> list[Hit]:
        """The passages nearest to a query vector (d,), L2-normalised, by cosine; see `require_model`."""
        return self._read(lambda connection: self._vectors.search(connection, vector, scope or Scope(), limit))

    def vectors_of(self, passage_ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """The vectors (d,) of those passages that have one."""
        return self._read(lambda connection: vectors.of(connection, passage_ids))

    def passages_without_vectors(self) -> list[int]:
        """The passages that wait for their vector."""
        return self._read(queue.pending)

    def doctor(
        self,
        encoder_name: str | None = None,
        progress: Callable[[int, int], None] | None = None,
        *,
        full: bool = False,
    ) -> list[Finding]:
        """Examine the archive; with `encoder_name`, also whether that model fits. Sound when no finding is an error.

        `progress` is told how many of how many checks are done, and may raise to stop. `full`: see `health.Patient`.
        """
        return self._read(
            lambda c: health.examine(health.Patient(self._home, c, self._chroma, encoder_name, full), progress)
        )

    def quality(self) -> Quality:
        """How good the archive's material is, and what to do about it."""
        return self._read(lambda connection: assess(gather(connection)))

    def _read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        with plain_faults(self._home):
            return query(self._database.connection())
