"""兑现对照: each measure of a plan beside what the next report of the same body says about it."""

from assistant.promises.align import compare
from assistant.promises.types import Evidence, Measure, Promise, Verdict

__all__ = ["Evidence", "Measure", "Promise", "Verdict", "compare"]
