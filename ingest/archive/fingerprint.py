"""Fingerprints: how much of one report's wording stands in another.

A text is the set of its shingles, here every SIZE neighbouring Han characters; containment of A in B is
|A ∩ B| / |A| (Broder 1997, "On the resemblance and containment of documents"). The shingles whose hash is 0 mod MODULUS
are a fair sample of any text (his Mod_m sketch), so that two samples can be compared as well as the sets.

Numerals are left out: figures are compared on their own (see agreement.py), and the numbering of a heading is there in
one copy and not in the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.types import Section

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIZE = 5
MODULUS = 32
NUMERALS = "〇零一二两三四五六七八九十百千万亿"

LEAST = 160
"""Shingles that a report needs to have a fingerprint at all: a few lines say too little to be called the same."""

_NOT_WORDING = re.compile(f"[^\u3400-\u4dbf\u4e00-\u9fff]+|[{NUMERALS}]+")
_MULTIPLIER = 0x9E3779B97F4A7C15


def wording(sections: Sequence[Section]) -> str:
    """The Han characters of a report's passages in reading order, without numerals. Headings do not count."""
    return _NOT_WORDING.sub("", "".join(p.text.text for section in sections for p in section.passages))


def shingles(words: str) -> NDArray[np.uint64]:
    """The hashes of a wording's shingles, sorted, each once; shape (n,)."""
    return distinct(hashes_of(words))


def distinct(hashed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sorted, each once (numpy's own `unique` takes four times as long for hashes)."""
    import numpy as np

    ordered = np.sort(hashed)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def hashes_of(words: str) -> NDArray[np.uint64]:
    """The hash of each shingle of a wording in reading order; shape (n,)."""
    import numpy as np

    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if len(codes) < SIZE:
        return np.empty(0, dtype=np.uint64)
    hashed = np.zeros(len(codes) - SIZE + 1, dtype=np.uint64)
    for offset in range(SIZE):  # a polynomial of the characters, modulo 2^64
        hashed = hashed * np.uint64(_MULTIPLIER) + codes[offset : offset + len(hashed)]
    return _mixed(hashed)


def sample(hashes: NDArray[np.uint64]) -> list[int]:
    """The distinct hashes to store, sorted, as SQLite's signed integers; none for a text too short to be told apart."""
    import numpy as np

    if len(hashes) < LEAST:
        return []
    chosen: list[int] = hashes[hashes % np.uint64(MODULUS) == 0].view(np.int64).tolist()
    return sorted(set(chosen))


def shared(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> float:
    """Containment of the smaller set in the larger, 0 to 1."""
    import numpy as np

    smaller = min(len(left), len(right))
    return len(np.intersect1d(left, right, assume_unique=True)) / smaller if smaller else 0.0


def _mixed(hashed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finaliser (Steele et al. 2014): spreads the hash evenly, so that `% MODULUS` is a fair choice."""
    import numpy as np

    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashed = (hashed ^ (hashed >> np.uint64(shift))) * np.uint64(factor)
    return hashed ^ (hashed >> np.uint64(31))
