"""Whether a figure is said of the time of its quote: not a half-year's, five years' or an average as a year's."""

from __future__ import annotations

import re

from assistant.verify.readings import Said

_AVERAGED = re.compile(r"年均|平均|每年")
_HALF = re.compile(r"半年|\d月|[一二三四五六七八九十]月|季度")
_RUN = re.compile(r"年来|年间|年内|期间|累计|以来|时期|年均|平均|十[二三四五六]?五|20\d\d年")
_WHOLE_YEAR = re.compile(r"全年|当年|本年度|年度|一年来|今年")


def of_another_time(said: Said, quoted: Said, quotes: str) -> bool:
    """Whether the times of two figures of one value differ. `quotes`: all that the sentence cites."""
    if said.average != quoted.average and not (_AVERAGED.search(said.front) and _AVERAGED.search(quoted.front)):
        return True
    if said.as_of is not None and said.as_of != quoted.as_of:
        return True
    if quoted.period is None:
        return False
    if said.period not in (None, quoted.period) and "baseline" not in (said.role, quoted.role):
        return True
    if quoted.period.half is not None:
        return _HALF.search(said.sentence) is None
    if quoted.period.single_year is None:
        whole = _WHOLE_YEAR.search(said.sentence)
        return _RUN.search(said.sentence) is None or (whole is not None and whole[0] not in quotes)
    return False
