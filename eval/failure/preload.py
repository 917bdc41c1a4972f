"""What every child needs, imported and warmed up once: children are forked from a process that has it all.

No Chroma client is opened here: its threads would not live on in the children.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from eval.failure.material import report
from ingest.archive import fulltext
from ingest.pipeline import read_file
from ingest.settings import Settings

for name in ("chromadb", "numpy", "assistant.service", "eval.failure.damage", "eval.failure.kills", "_strptime"):
    import_module(name)
fulltext.row("准备", ("准备",))
read_file(Path("准备.txt"), report(0, 0).encode(), Settings(Path("准备")))
