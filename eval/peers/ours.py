"""This product, by the functions behind its commands: `ingest`, `search`, and for answers `ask`.

Not made for: anything but Chinese reports and plans. It answers with quotes and refuses where the archive is silent;
the searches measured here are given no year and no body beside the words, as a peer's are; what the words name, it
reads.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from eval.peers.job import WARM_UP, Found, Job, Told, serve

if TYPE_CHECKING:
    from eval.product import Product
    from ingest.archive.records import PassageRecord


class Ours:
    """An archive home in the job's store."""

    def __init__(self, job: Job) -> None:
        from assistant.service import Assistant
        from ingest.settings import load_settings

        self._job = job
        self._settings = load_settings(job.store)
        self._open = Assistant.open
        self._assistant: Assistant | None = None

    def ingest(self) -> tuple[float, int]:
        """The product's own benchmark of its ingest; opened afterwards."""
        from eval.bench.ours import main

        told = main(self._job.folder, self._job.store)
        self._assistant = self._open(self._settings)
        self._sources = {report.id: report.sources for report in self._assistant.reports()}
        return told["complete"], int(told["embedded"])

    def find(self, question: str, k: int) -> list[Found]:
        """Passages of the plain search."""
        if self._assistant is None:
            raise RuntimeError("ingest first")
        found = self._assistant.search(question, k=k)
        return [Found(self._sources[citation.report_id], citation.quote) for citation, _ in found]

    def close(self) -> None:
        """Close the archive."""
        if self._assistant is not None:
            self._assistant.__exit__(None, None, None)


def answer(job: Job, told: Told) -> None:
    """Every question through `ask`, in an assistant that has not seen it: nothing is remembered from the searches.
    Afterwards, unmeasured, the passages that these answers were made from.
    """
    from assistant.service import Assistant
    from eval.product import product
    from ingest.settings import load_settings

    if not job.answers:
        return
    settings = load_settings(job.store)
    with Assistant.open(settings) as assistant:
        assistant.ask(WARM_UP)
        for asked in job.questions:
            started = time.perf_counter()
            answer = assistant.ask(asked.question, asked.history)
            told.answer_seconds.append(time.perf_counter() - started)
            told.answers.append(answer.to_json())
    with product(settings) as taken_apart:
        for asked in job.questions:
            passages, _ = taken_apart.gathered(asked.question, asked.history)
            told.gathered.append([_found(taken_apart, passage) for passage in passages[: job.k]])


def _found(taken_apart: Product, passage: PassageRecord) -> Found:
    from assistant.citations import cite

    quote = cite(taken_apart.archive, passage, 0, len(passage.text.text), 1).quote
    return Found(tuple(taken_apart.archive.report(passage.report_id).sources), quote)


if __name__ == "__main__":
    serve(Ours, answer)
