"""Embeddings through sentence-transformers, with a default model that installs with pip alone."""

from ingest.embed.encoder import Encoder, load_encoder

__all__ = ["Encoder", "load_encoder"]
