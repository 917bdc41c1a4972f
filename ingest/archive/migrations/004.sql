-- Digests of what the archive holds, because SQLite keeps none: a bit that turns over in a text, a figure or a vector
-- leaves a database that is sound in form. See ingest/archive/seals.py for what belongs to each.
CREATE TABLE seals (
    what TEXT NOT NULL,
    id INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (what, id)
) WITHOUT ROWID;
