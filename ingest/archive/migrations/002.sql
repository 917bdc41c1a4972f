-- What a report covers, when it was published, how sure each fact is; copies of one report; the user's corrections.

ALTER TABLE reports ADD COLUMN period TEXT;
ALTER TABLE reports ADD COLUMN published TEXT;
ALTER TABLE reports ADD COLUMN certainty TEXT NOT NULL DEFAULT '{}';

-- The report that is read instead of this one, because both say the same; never a duplicate itself. Null with a row
-- in shelf: the report that was read is gone, and this one must be looked at again.
ALTER TABLE reports ADD COLUMN duplicate_of INTEGER REFERENCES reports (id) ON DELETE SET NULL;
CREATE INDEX reports_duplicates ON reports (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- The sections and passages of a duplicate, as JSON (see ingest/archive/shelf.py): sections and passages hold only
-- what is searched.
CREATE TABLE shelf (
    report_id INTEGER PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    sections TEXT NOT NULL
);

-- A sample of each report's shingles: see ingest/archive/fingerprint.py. Reports from before have none until they are
-- read again.
CREATE TABLE fingerprints (
    hash INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, report_id)
) WITHOUT ROWID;
CREATE INDEX fingerprints_report ON fingerprints (report_id);

-- What the user said of the report at these offsets of a content. By content, not by file or report: it must outlive
-- renaming, reading again, and a time when the file was not there. found: what the program had found, JSON.
CREATE TABLE corrections (
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    changes TEXT NOT NULL,
    found TEXT NOT NULL,
    PRIMARY KEY (sha256, start)
) WITHOUT ROWID;
