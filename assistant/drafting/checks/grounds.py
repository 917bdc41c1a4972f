"""A section that rests on nothing: neither exemplars in the archive nor facts of the writer."""

from __future__ import annotations

import re

from assistant.drafting.types import DraftCheck, DraftSection

_BLANK = re.compile(r"【待填[^】]*】?")
_WORD = re.compile(r"[㐀-鿿]")
_WRITTEN = 12
"""Characters besides placeholders from which on a section says something of its own."""


def groundless(section: DraftSection, number: int) -> DraftCheck | None:
    """The finding for a section without exemplars and without facts. A bare one is to be mended; what the writer has
    written there himself is only noted as his own.
    """
    if section.exemplars or section.sources:
        return None
    blank = _BLANK.search(section.text)
    if len(_WORD.findall(_BLANK.sub("", section.text))) < _WRITTEN:
        start, end = blank.span() if blank else (0, 0)
        return DraftCheck(
            "no_exemplar",
            "warning",
            number,
            start,
            end,
            f"“{section.heading}”在档案中没有可参照的段落，也没有用得上的事实，只留了待填项："
            "请在事实与目标中补上这方面的内容，或自己写出这一节，或从提纲中去掉。",
        )
    return DraftCheck(
        "no_exemplar",
        "note",
        number,
        0,
        0,
        f"“{section.heading}”没有可参照的段落和事实，文字没有依据可查：请自行核对。",
    )
