"""LangChain as its tutorials build it: RecursiveCharacterTextSplitter(500, 50), HuggingFaceEmbeddings, Chroma.

The reading and ingest are `eval.bench.textbook`; the questions go to `similarity_search`. The tutorials set none of
the prefixes that an e5 model asks for, so none are set here.

Not made for: telling years or bodies apart, refusing where nothing fits, tables of .docx files, adding a folder
twice (every row is stored again), or Chinese full text; without a language model it answers nothing.
"""

from __future__ import annotations

from eval.bench import textbook
from eval.peers.job import Found, Job, serve


class Langchain:
    """A Chroma store in the job's store, with LangChain's defaults."""

    def __init__(self, job: Job) -> None:
        import chromadb
        import sentence_transformers
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        del chromadb, sentence_transformers
        self._job = job
        self._embeddings, self._chroma = HuggingFaceEmbeddings, Chroma

    def ingest(self) -> tuple[float, int]:
        """Ingest, then reopen the store as a second program of the tutorial does."""
        told = textbook.main(self._job.folder, self._job.store, str(self._job.model))
        embeddings = self._embeddings(model_name=str(self._job.model))
        self._store = self._chroma(persist_directory=str(self._job.store), embedding_function=embeddings)
        return told["complete"], int(told["pieces"])

    def find(self, question: str, k: int) -> list[Found]:
        """Nearest pieces."""
        found = self._store.similarity_search(question, k=k)
        return [Found((str(document.metadata["source"]),), document.page_content) for document in found]

    def close(self) -> None:
        """Nothing was started."""


if __name__ == "__main__":
    serve(Langchain)
