"""Finds passages: full text and vectors, fused, within a scope of years, bodies and parts."""

from assistant.retrieval.retriever import Retriever, ScoredPassage

__all__ = ["Retriever", "ScoredPassage"]
