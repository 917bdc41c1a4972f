-- Every figure of every passage that is read, and what the user has said of figures and indicators.

-- Offsets are source offsets; figure: JSON, see ingest/archive/figures.py.
CREATE TABLE figures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    section_id INTEGER NOT NULL,
    passage_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    figure TEXT NOT NULL
);
CREATE INDEX figures_report ON figures (report_id);

-- A figure that the user has corrected or struck out, by content and place: it must outlive reading the file again.
-- changes: JSON, null where the figure is struck out.
CREATE TABLE figure_edits (
    sha256 TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    changes TEXT,
    PRIMARY KEY (sha256, start, "end")
) WITHOUT ROWID;

-- Two names of indicators that the user has called the same (1) or different (0), in the order of the characters.
CREATE TABLE indicator_joins (
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    PRIMARY KEY (first, second)
) WITHOUT ROWID;
