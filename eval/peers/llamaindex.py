"""LlamaIndex as its starter tutorial for local models builds it: SimpleDirectoryReader, VectorStoreIndex, all defaults.

SentenceSplitter cuts at 1,024 tokens with 200 of overlap; the index is searched in memory and persisted to disk as
JSON. The reader is its own: .pdf by pypdf, .docx by docx2txt, .html as text with its tags, everything else as UTF-8
with what is no UTF-8 left out. It sets no prefix for an e5 model folder, so none is set here.

Not made for: telling years or bodies apart, refusing where nothing fits, files in GB18030, archives larger than
memory, or Chinese full text; without a language model it answers nothing.
"""

from __future__ import annotations

import time

from eval.peers.job import Found, Job, serve


class LlamaIndex:
    """An index in memory, kept in the job's store."""

    def __init__(self, job: Job) -> None:
        import llama_index.readers.file
        import sentence_transformers
        from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        del llama_index, sentence_transformers
        self._job = job
        self._reader, self._index, self._embedding = SimpleDirectoryReader, VectorStoreIndex, HuggingFaceEmbedding

    def ingest(self) -> tuple[float, int]:
        """Load the model, read, cut, embed, persist."""
        started = time.perf_counter()
        model = self._embedding(model_name=str(self._job.model))
        documents = self._reader(str(self._job.folder), recursive=True).load_data()
        index = self._index.from_documents(documents, embed_model=model)
        index.storage_context.persist(str(self._job.store))
        seconds = time.perf_counter() - started
        self._retrieve = index.as_retriever
        return seconds, len(index.docstore.docs)

    def find(self, question: str, k: int) -> list[Found]:
        """Nearest nodes."""
        found = self._retrieve(similarity_top_k=k).retrieve(question)
        return [Found((str(one.node.metadata["file_name"]),), one.node.get_content()) for one in found]

    def close(self) -> None:
        """Nothing was started."""


if __name__ == "__main__":
    serve(LlamaIndex)
