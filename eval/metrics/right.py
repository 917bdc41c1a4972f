"""Was the question answered right: the expected figures and words are shown, the forbidden ones are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.gold import Gold
from eval.metrics.figures import Figure, figures
from eval.metrics.text import contains, without_marks


def wrong_reasons(answer: Mapping[str, Any], gold: Gold) -> tuple[str, ...]:
    """What is wrong with the answer, in Chinese; empty if it is right.

    answer: the contract's answer object. An expected abstention is right when the answer abstains, and an answer
    that abstains where it should not is wrong, whatever it says.
    """
    shown = without_marks(str(answer["answer"]))
    reasons: list[str] = []
    if gold.expects_abstention and not answer["abstained"]:
        reasons.append("应答“档案中未找到”，却作了回答")
    if answer["abstained"] and not gold.expects_abstention:
        reasons.append("档案中有答案，却答“档案中未找到”")
    shown_figures = figures(shown)
    reasons += [f"缺数字 {wanted}" for wanted in gold.numbers if not shows_number(shown, shown_figures, wanted)]
    reasons += [f"缺“{wanted}”" for wanted in gold.must_include if not contains(shown, wanted)]
    for group in gold.must_include_any:
        if not any(contains(shown, wanted) for wanted in group):
            reasons.append(f"缺其一：{'、'.join(group[:4])}{'…' if len(group) > 4 else ''}")
    reasons += [f"不应有“{banned}”" for banned in gold.must_not_include if contains(shown, banned)]
    return tuple(reasons)


def shows_number(text: str, shown: tuple[Figure, ...], wanted: str) -> bool:
    """Whether `wanted` is among the figures `shown` of `text`.

    4380 is not in 14380 or 4380.5, and 90 is not 90%. A bare wanted figure takes any magnitude (467.2 is shown by
    467.2万人); one with a magnitude or a unit (467.2万, 5600人) must be equal in value.
    """
    sought = figures(wanted)
    if len(sought) != 1:
        return contains(text, wanted)
    bare = wanted.strip()[-1:].isdigit()
    return any(_is(figure, sought[0], bare) for figure in shown)


def _is(shown: Figure, sought: Figure, any_magnitude: bool) -> bool:
    amounts = ("number", "year", "han")
    if sought.kind not in amounts:
        return shown.key == sought.key
    if shown.kind == "date" and shown.date is not None:
        return sought.value in [part for part in shown.date if part is not None]
    if shown.kind not in amounts:
        return False
    return shown.value == sought.value or (any_magnitude and shown.digits == sought.digits)
