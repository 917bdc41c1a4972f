"""Making the archive's derived parts again from what it keeps: reading, indexes and, on request, vectors."""

from __future__ import annotations

from ingest.archive import Archive
from ingest.intake.outcomes import IngestSummary, Watcher
from ingest.intake.reading import Reader, file_reader
from ingest.intake.rereading import reread
from ingest.pipeline import pipeline_version
from ingest.runner import EncoderLoader, bundled_encoder
from ingest.settings import Settings


def rebuild(
    settings: Settings,
    *,
    embed: bool = False,
    watcher: Watcher | None = None,
    read: Reader | None = None,
    load_encoder: EncoderLoader = bundled_encoder,
) -> IngestSummary:
    """Read again, from the kept bytes, the files that an older pipeline read or whose content is damaged; make the
    full-text index and Chroma anew.

    With `embed` the vectors are made with the configured model: all of them when it is another than before, else those
    that are missing. Without it nothing is embedded. A file that can no longer be read keeps what was made of it.
    `read` as in `ingest.runner.ingest_paths`. Raises NotFound where there is no archive.
    """
    watch = watcher or Watcher()
    with Archive.create_or_open(settings.home, write=True, create=False, chroma_url=settings.chroma_url) as archive:
        archive.distrust()
        watch.found(len(archive.outdated(pipeline_version(settings))))
        with file_reader(read) as reader:
            outcomes = reread(archive, settings, reader, watch)
        archive.rebuild(watch.embedding if not embed else None)
        embedded = 0
        if embed:
            encoder = load_encoder(settings)
            archive.change_model(encoder)
            embedded = archive.embed_pending(encoder, watch.embedding)
        return IngestSummary(tuple(outcomes), embedded)
