"""A generated archive asked, as a child process: python -m eval.scale.asked search HOME EACH FILLERS, or
python -m eval.scale.asked answer HOME QUESTIONS.

Prints one JSON object. search: for each kind of scope the milliseconds of every search (the vector of the question is
there already), those of its two halves, and resident memory in MB. answer: the seconds of every answer, and memory.
Each in a process of its own, so that the memory of the one is not counted with the other's.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from eval.scale.queries import queries, questions
from eval.scale.vectors import SyntheticEncoder
from eval.scale.words import filler

_WARM = 3


def search(home: Path, each: int, fillers: str) -> dict[str, Any]:
    """Search `each` times per kind of scope."""
    from assistant.retrieval import Retriever
    from assistant.retrieval.retriever import POOL
    from ingest.archive import Archive

    with Archive.create_or_open(home) as archive:
        encoder = SyntheticEncoder(archive.encoder_name or "")
        retriever = Retriever(archive, encoder)
        todo = queries(archive.reports(), each + _WARM, filler(Path(fillers) if fillers else None))
        spent: dict[str, list[float]] = {}
        texts: list[float] = []
        dense: list[float] = []
        seen: dict[str, int] = {}
        for one in todo:
            retriever.prepare(one.text)
            took = _milliseconds(partial(retriever.retrieve, one.text, one.scope, 12))
            seen[one.kind] = seen.get(one.kind, 0) + 1
            if seen[one.kind] > _WARM:
                spent.setdefault(one.kind, []).append(took)
                vector = encoder.encode_queries([one.text])[0]
                texts.append(_milliseconds(partial(archive.search_text, [one.text], one.scope, POOL)))
                dense.append(_milliseconds(partial(archive.search_vectors, vector, one.scope, POOL)))
        return {"searches": spent, "text": texts, "dense": dense, "memory": resident()}


def answer(home: Path, asked: int) -> dict[str, Any]:
    """Ask so many whole questions with the real embedding model."""
    from assistant.service import Assistant
    from ingest.settings import load_settings

    with Assistant.open(load_settings(home)) as assistant:
        assistant.warm_up()
        seconds = []
        for question in questions(assistant.reports(), asked + _WARM):
            started = time.perf_counter()
            assistant.ask(question, composer="extractive")
            seconds.append(time.perf_counter() - started)
        return {"answers": seconds[_WARM:], "memory": resident()}


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def resident() -> float:
    """This process's resident memory, MB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    place = Path(sys.argv[2])
    many = int(sys.argv[3])
    print(json.dumps(search(place, many, sys.argv[4]) if sys.argv[1] == "search" else answer(place, many)))
