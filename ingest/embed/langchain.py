"""The encoder as a LangChain `Embeddings`, for other programs and for comparison with other pipelines."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from ingest.embed.encoder import Encoder


class EncoderEmbeddings(Embeddings):
    """Passages and questions get their own prefixes, as the model wants them; vectors are L2-normalised."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per passage."""
        return [[float(value) for value in row] for row in self.encoder.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one question."""
        return [float(value) for value in self.encoder.encode_queries([text])[0]]
