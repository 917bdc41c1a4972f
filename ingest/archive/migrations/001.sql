-- The archive as it was first made. Every offset is a character offset into texts.text.

-- Which keys there are: see ingest/archive/meta.py
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row for each content that was read, and one for each path that could not be read.
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    size INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
    error TEXT,
    notes TEXT NOT NULL DEFAULT '[]',
    encoding TEXT,
    pipeline TEXT NOT NULL
);
CREATE UNIQUE INDEX files_content ON files (sha256) WHERE status = 'ok';
CREATE INDEX files_text ON files (text_sha256) WHERE status = 'ok';
CREATE UNIQUE INDEX files_failed ON files (path) WHERE status = 'failed';

-- Where a content was seen. The same report under two names is one file with two sources; the sha256 of a source
-- differs from its file's when only the encoding of the same text differs.
CREATE TABLE sources (
    path TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER
);
CREATE INDEX sources_file ON sources (file_id);
CREATE INDEX sources_content ON sources (sha256);

CREATE TABLE texts (
    file_id INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
    text TEXT NOT NULL
);

CREATE TABLE furniture (
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX furniture_file ON furniture (file_id);

CREATE TABLE marks (
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX marks_file ON marks (file_id, start);

CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    org TEXT,
    region TEXT,
    level TEXT,
    year INTEGER,
    kind TEXT NOT NULL,
    truncated INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reasons TEXT NOT NULL
);
CREATE INDEX reports_file ON reports (file_id);

-- Reports that the user took out of a file that stays: reading the file again must not bring them back.
CREATE TABLE forgotten (
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX forgotten_file ON forgotten (file_id);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path TEXT NOT NULL,
    part TEXT,
    period TEXT,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX sections_report ON sections (report_id);

-- Slim on purpose: a filtered search visits many of these rows, the text only of those it returns.
-- year: the period's single year; null when the period is unknown (first is null too) or spans years.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    file_id INTEGER NOT NULL,
    section_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    year INTEGER,
    first INTEGER,
    part TEXT,
    page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    embed_sha BLOB NOT NULL
);
CREATE INDEX passages_report ON passages (report_id, ordinal);
CREATE INDEX passages_embed ON passages (embed_sha);

-- text: the cleaned text; runs: its map to the source, see MappedText.runs.
CREATE TABLE passage_texts (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    runs TEXT NOT NULL
);

-- Contentless: rows hold blank-separated terms that ingest/archive/fulltext.py makes; deleting a row needs the same
-- terms again, so meta 'terms' records which version made them. The ascii tokenizer takes every non-ASCII character
-- as part of a token, which is right because the terms are already cut.
CREATE VIRTUAL TABLE passage_fts USING fts5 (
    words, grams, heading,
    content = '', tokenize = "ascii tokenchars '.%'"
);

-- How many passages hold each term, by column.
CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passage_fts, col);

-- Vectors by content: equal text is never embedded twice. Little-endian float32, L2-normalised.
CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY,
    sha BLOB NOT NULL,
    model TEXT NOT NULL,
    vector BLOB NOT NULL
);
CREATE UNIQUE INDEX embeddings_content ON embeddings (sha, model);

-- Passages that wait for their vector.
CREATE TABLE queue (
    passage_id INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE
);

-- What Chroma holds, by our own account. No foreign key: a row that outlives its passage is what tells us to delete
-- it from Chroma as well.
CREATE TABLE vector_index (
    passage_id INTEGER PRIMARY KEY
);

INSERT INTO meta (key, value) VALUES ('generation', '0');
