"""The product's own ingest, as a child process: python -m eval.bench.ours FOLDER HOME [text].

Prints one JSON object of seconds: {"imports", "searchable", "complete", "files", "failed", "embedded"}.
`searchable` is when all text can be found by full text, `complete` when every passage has its vector; with `text` no
vectors are made, and nothing that makes them is imported.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(folder: Path, home: Path, *, embed: bool = True) -> dict[str, float]:
    """Ingest `folder` into the archive `home` by the same function as `report-assistant ingest`."""
    started = time.perf_counter()
    if embed:
        import chromadb
        import sentence_transformers

        del chromadb, sentence_transformers
    from ingest.runner import FileOutcome, Watcher, ingest_paths
    from ingest.settings import load_settings

    settings = load_settings(home)
    imported = time.perf_counter()
    read: list[float] = []

    def file_done(_: FileOutcome) -> None:
        read.append(time.perf_counter() - imported)

    summary = ingest_paths(settings, [folder], watcher=Watcher(file=file_done), embed=embed)
    complete = time.perf_counter() - imported
    if summary.fault is not None:
        sys.exit(summary.fault)
    return {
        "imports": imported - started,
        "searchable": read[-1] if read else complete,
        "complete": complete,
        "files": len(summary.outcomes),
        "failed": sum(outcome.status == "failed" for outcome in summary.outcomes),
        "embedded": summary.embedded,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), embed="text" not in sys.argv[3:])))
