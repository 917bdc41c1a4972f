"""haiku.rag by its Python client: docling for conversion and chunks, LanceDB for vectors and full text (hybrid search).

Offline it needs two things that its own quick start would fetch: a tokenizer (here the model's folder, where its
default is a name of the model hub) and a server of embeddings (here `embeddings_server`, in OpenAI's form, around the
same model; started for the run and stopped with it; the time over HTTP is part of its figures). Chunk size, search
type and everything else are its defaults; it sets no prefix for an e5 model, so none is set.

.txt, .html and .docx go through its own converters. A .pdf would need docling's layout models from the model hub, so
the text of its pages is given instead, as plain text; .htm is given as HTML, because that ending is not in its list.

Not made for: working without a server, Chinese full text (its index cuts at blanks and stems English), telling years
or bodies apart, or refusing; without a language model it answers nothing.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from eval.bench.textbook import read
from eval.peers.job import Found, Job, files_of, serve

BATCH = 100
"""Documents written at once."""
_T = TypeVar("_T")
_GIVEN_AS = {".pdf": "plain", ".htm": "html"}


class Haiku:
    """A database in the job's store, and a server of embeddings as a child process."""

    def __init__(self, job: Job) -> None:
        from haiku.rag.client import HaikuRAG
        from haiku.rag.client.documents import DocumentImport
        from haiku.rag.config.models import AppConfig

        self._job = job
        self._import = DocumentImport
        self._loop = asyncio.new_event_loop()
        self._server, port = _server(job)
        config = AppConfig()
        config.storage.data_dir = job.store
        config.processing.chunking_tokenizer = str(job.model)
        config.embeddings.model.provider = "openai"
        config.embeddings.model.name = job.model.name
        config.embeddings.model.vector_dim = _dimensions(job.model)
        config.embeddings.model.base_url = f"http://127.0.0.1:{port}/v1"
        config.embeddings.model.api_key = "none"
        job.store.mkdir(parents=True, exist_ok=True)
        self._client = HaikuRAG(job.store / "haiku.rag.lancedb", config=config, create=True)
        self._run(self._client.__aenter__())
        # Its libraries are imported at the first document: a word is one, so that no clock counts it.
        self._run(self._client.chunk(self._run(self._client.convert("开头"))))

    def ingest(self) -> tuple[float, int]:
        """By its call for many documents, which writes once for all of them; file by file takes far longer."""
        started = time.perf_counter()
        files = files_of(self._job.folder)
        for at in range(0, len(files), BATCH):
            imports = [self._run(self._prepared(path)) for path in files[at : at + BATCH]]
            self._run(self._client.import_documents(imports))
        return time.perf_counter() - started, self._run(self._client.store.chunks_table.count_rows())

    async def _prepared(self, path: Path) -> Any:
        form = _GIVEN_AS.get(path.suffix.lower())
        if form is None:
            document = await self._client.convert(path)
        else:
            text = path.read_text(encoding="utf-8", errors="replace") if form == "html" else read(path)
            document = await self._client.convert(text, format=form)
        chunks = await self._client.chunk(document)
        return self._import(document, chunks, uri=path.name, metadata={"file": path.name})

    def find(self, question: str, k: int) -> list[Found]:
        """Its default search: hybrid, fused by RRF."""
        found = self._run(self._client.search(question, limit=k))
        return [Found((str(one.document_meta["file"]),), one.content) for one in found]

    def close(self) -> None:
        """Close the database, stop the server."""
        self._run(self._client.__aexit__(None, None, None))
        self._loop.close()
        stop(self._server)

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        return self._loop.run_until_complete(work)


def _server(job: Job) -> tuple[subprocess.Popen[str], int]:
    """The server and its port, once its model is loaded."""
    server = subprocess.Popen(
        [job.python, "-m", "eval.peers.embeddings_server", str(job.model)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    line = server.stdout.readline() if server.stdout is not None else ""
    if not line.strip().isdigit():
        stop(server)
        raise RuntimeError("the embeddings server did not start")
    return server, int(line)


def stop(server: subprocess.Popen[str]) -> None:
    """Close its standard input, which ends it; kill it if it does not."""
    if server.stdin is not None:
        server.stdin.close()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _dimensions(model: Path) -> int:
    import json

    return int(json.loads((model / "config.json").read_text(encoding="utf-8"))["hidden_size"])


if __name__ == "__main__":
    serve(Haiku)
