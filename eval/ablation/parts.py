"""The parts that are taken away, each by putting something in its place where the product lets one be put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from assistant.compose.draft import DraftSentence
from assistant.verify import Verifier
from ingest.archive import Archive
from ingest.archive.records import Counts, Hit, Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FULL = "full"
LIAR = "adversarial"
"""The composer is a model that says false things (see `eval.guests`): what verification is for."""

Headings = Literal["kept", "out of the index", "out"]


class WithoutText(Archive):
    """Finds nothing by words: neither candidates nor their bm25. How rare a word is stays known, to judge sentences."""

    def search_text(
        self, texts: Sequence[str], scope: Scope | None = None, limit: int = 10, also: Sequence[int] = ()
    ) -> list[Hit]:
        """Nothing."""
        return []

    def text_scores(self, texts: Sequence[str], passage_ids: Sequence[int]) -> dict[int, float]:
        """Nothing."""
        return {}


class WithoutVectors(Archive):
    """Says that no passage has its vector yet, as an archive does right after a file came in."""

    def counts(self) -> Counts:
        """The archive's, with nothing embedded."""
        return replace(super().counts(), embedded=0)


class WithoutScope(Archive):
    """Searches everywhere, whatever years, bodies and parts a question names."""

    def search_text(
        self, texts: Sequence[str], scope: Scope | None = None, limit: int = 10, also: Sequence[int] = ()
    ) -> list[Hit]:
        """As the archive does without a scope."""
        return super().search_text(texts, None, limit, also)

    def search_vectors(self, vector: NDArray[np.float32], scope: Scope | None = None, limit: int = 10) -> list[Hit]:
        """As the archive does without a scope."""
        return super().search_vectors(vector, None, limit)


class Trusting(Verifier):
    """Finds no fault with anything."""

    def fault(self, item: DraftSentence) -> str | None:
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Variant:
    """The product with something else in one place. `said`: what it is, in Chinese; `against`: what it is held
    against.

    `headings`: whether headings are in the indexes and in the sections; `model`: a guest's name (None: quotes).
    """

    name: str
    said: str
    archive: type[Archive] = Archive
    verifier_of: type[Verifier] = Verifier
    headings: Headings = "kept"
    model: str | None = None
    against: str = FULL


VARIANTS = (
    Variant(FULL, "完整"),
    Variant("no-bm25", "不用全文检索", archive=WithoutText),
    Variant("no-dense", "不用向量", archive=WithoutVectors),
    Variant("no-headings-in-index", "标题不进索引和向量", headings="out of the index"),
    Variant("no-headings", "处处不用标题", headings="out"),
    Variant("no-filters", "检索不限年度、单位、部分", archive=WithoutScope),
    Variant("no-verification", "不核对", verifier_of=Trusting),
    Variant(
        "no-filters-no-verification",
        "检索不设限，也不核对",
        archive=WithoutScope,
        verifier_of=Trusting,
        against="no-filters",
    ),
    Variant(LIAR, "由专说假话的模型作答", model=LIAR),
    Variant(
        f"{LIAR}-no-verification",
        "由专说假话的模型作答，不核对",
        verifier_of=Trusting,
        model=LIAR,
        against=LIAR,
    ),
)
