"""Checks a composed answer before anyone reads it.

Every sentence, whoever composed it: sources, figures, computations, body and year (`ground`, `scope`). A sentence in
words of its own (a language model's) besides: what its figures count and do (`usage`: `readings`, `indicator`,
`motion`, `when`), the names in it (`names`), what it claims (`claims`, `outcome`, `negation`) and its form (`form`).
`verifier` puts them together.
"""

from assistant.verify.ground import STRANGE_NUMBER
from assistant.verify.verifier import Verified, Verifier, verify

__all__ = ["STRANGE_NUMBER", "Verified", "Verifier", "verify"]
