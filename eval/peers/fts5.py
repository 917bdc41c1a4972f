"""SQLite's own full text: one FTS5 table, ranked by bm25(), no vectors; `trigram` or `unicode61` as the option.

Lines of a text are packed to pieces of at most 500 characters. A question becomes an OR of its distinct terms, as
the tokenizer sees them: every three characters in a row for trigram, every run of letters and digits for unicode61.

Not made for: meaning beyond shared characters, Chinese words (unicode61 takes a whole run between two punctuation
marks for one word; trigram finds nothing shorter than three characters), telling years or bodies apart, or refusing;
without a language model it answers nothing.
"""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path

from eval.bench.textbook import read
from eval.peers.job import Found, Job, files_of, serve

PIECE = 500
"""Characters of a row; the same as the textbook pipeline's pieces."""
_RUN = re.compile(r"\w+")


class Fts5:
    """One table in one database file."""

    def __init__(self, job: Job) -> None:
        import docx
        import pypdfium2

        del docx, pypdfium2
        self._job = job
        job.store.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(job.store / "fts5.db")

    def ingest(self) -> tuple[float, int]:
        """Read, cut, insert in one transaction."""
        started = time.perf_counter()
        self._database.execute(
            f"CREATE VIRTUAL TABLE piece USING fts5(text, file UNINDEXED, tokenize='{self._job.option}')"
        )
        rows = [(piece, path.name) for path in files_of(self._job.folder) for piece in pieces(read(Path(path)))]
        with self._database:
            self._database.executemany("INSERT INTO piece (text, file) VALUES (?, ?)", rows)
        return time.perf_counter() - started, len(rows)

    def find(self, question: str, k: int) -> list[Found]:
        """The best rows by bm25."""
        words = terms(question, self._job.option)
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        rows = self._database.execute(
            "SELECT text, file FROM piece WHERE piece MATCH ? ORDER BY bm25(piece) LIMIT ?", (match, k)
        )
        return [Found((file,), text) for text, file in rows]

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def pieces(text: str) -> list[str]:
    """Lines packed to at most PIECE characters; a longer line is cut."""
    packed: list[str] = []
    for line in text.splitlines():
        for at in range(0, len(line), PIECE):
            part = line[at : at + PIECE]
            if packed and len(packed[-1]) + 1 + len(part) <= PIECE:
                packed[-1] += "\n" + part
            else:
                packed.append(part)
    return [piece for piece in packed if piece.strip()]


def terms(question: str, tokenizer: str) -> list[str]:
    """The question's distinct terms in their order; they hold no quotation mark, so that quoting them is safe."""
    runs = _RUN.findall(question)
    if tokenizer == "trigram":
        runs = [run[at : at + 3] for run in runs for at in range(len(run) - 2)]
    return list(dict.fromkeys(runs))


if __name__ == "__main__":
    serve(Fts5)
