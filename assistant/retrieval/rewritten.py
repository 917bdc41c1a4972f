"""Texts that a machine rewriter spun (效劳 for 服务, 根本 for 基本): found when the ordinary word is asked for.

Most of the rewriter's words are ordinary words elsewhere (开展, 工程, 标准). So they are looked for only in reports
that show the rewriter's hand by a phrase that nobody writes (公共卫生效劳, 平安生产), and the query is put as the
rewriter would have put it; the texts are never changed. An archive without such reports costs one look-up.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from assistant.question.data import table
from ingest.archive import Archive
from ingest.archive.records import Scope

_POOL = 200
_VARIANTS = 6


def reworded(query: str) -> list[str]:
    """`query` as a rewriter would have put it, at most six ways; empty when it holds none of the words."""
    forms = [(word, (*others, word)) for word, others in table("synonyms")["rewriter"].items() if word in query]
    variants: list[str] = []
    for chosen in product(*(others for _, others in forms[:4])):
        variant = query
        for (word, _), other in zip(forms, chosen, strict=False):
            variant = variant.replace(word, other)
        if variant != query and variant not in variants:
            variants.append(variant)
    return variants[:_VARIANTS]


class Rewritten:
    """The rewritten reports of one archive, looked up once as long as it does not change."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._generation = -1
        self._reports: frozenset[int] = frozenset()

    def scope(self, scope: Scope) -> Scope | None:
        """`scope` narrowed to the rewritten reports; None when it holds none."""
        if self._archive.generation != self._generation:
            self._generation, self._reports = self._archive.generation, self._find()
        reports = self._reports if scope.reports is None else self._reports & scope.reports
        return replace(scope, reports=reports) if reports else None

    def _find(self) -> frozenset[int]:
        signs: list[str] = table("synonyms")["rewriter_signs"]
        hits = self._archive.search_text(signs, None, _POOL)
        passages = self._archive.passages([hit.passage_id for hit in hits])
        return frozenset(found.report_id for found in passages if any(sign in found.text.text for sign in signs))
