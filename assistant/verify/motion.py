"""Whether words before a number say that something rose or fell, and by the number or to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOVE = re.compile(
    r"(?P<minus>负)?(?P<word>增长|增加|上升|提高|提升|上涨|升高|扩大|新增|净增|增|升"
    r"|下降|减少|降低|回落|下滑|缩短|缩小|压减|压缩|降|减)(?P<rate>率|幅度?|速)?了?(?P<to>到|至|为)?"
    r"(?:约|近|超过?|达到?|分别|各|接近|将近|的|人数|数量?|量|是|为)*$"
)
_FALLS = "下减降回缩压"


@dataclass(frozen=True, slots=True)
class Motion:
    """`up` or down; `by`: the number is the difference (增长5%), else what was reached (增长到5%)."""

    up: bool
    by: bool


def motion(front: str) -> Motion | None:
    """What the words right before a number say; None when they speak of no change."""
    found = _MOVE.search(front.rstrip())
    if found is None:
        return None
    up = (found["word"][0] not in _FALLS) != bool(found["minus"])
    return Motion(up, found["rate"] is not None or found["to"] is None)
