"""Take the web page away from around the report: whole lines that are furniture."""

from __future__ import annotations

import re
from functools import cache

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of
from ingest.clean.line_rules import RULES, LineRule
from ingest.clean.line_words import LIST_LABELS, MEMBER_LIST_ITEM, SUMMARY_LABEL
from ingest.types import Block, Furniture

_EDGE = 15
"""So many lines from either end are the edge of a file."""
_LIST_LINE = 60
_LONGEST = max(rule.limit for rule in RULES)
_FILE_NAME = re.compile(r"(.{2,100})\.(?:docx?|pdf|wps|rtf|pptx?|xlsx?)", re.IGNORECASE)
_HEAD = 5
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
_STEPS = (0, 60, 120, 180)


def drop_furniture(draft: Draft) -> Draft:
    """Lines of web furniture leave the blocks and are kept as furniture spans."""
    blocks = draft.blocks
    why = _by_rule(blocks)
    _file_names(blocks, why)
    _follow_lists(blocks, why)
    if any(reason in reasons.SHARING_SITE for reason in why.values()):
        for i, block in enumerate(blocks):
            if i not in why and SUMMARY_LABEL.fullmatch(block.text.text):
                why[i] = reasons.SITE_LABEL
    if not why:
        return draft
    gone: list[Furniture] = [furniture_of(blocks[i].text, reason) for i, reason in sorted(why.items())]
    return draft.changed((block for i, block in enumerate(blocks) if i not in why), gone)


def _by_rule(blocks: tuple[Block, ...]) -> dict[int, str]:
    """Index of each block that a rule calls furniture → reason. The edges are counted without furniture lines."""
    candidates: dict[int, list[LineRule]] = {}
    for i, block in enumerate(blocks):
        text = block.text.text
        if len(text) <= _LONGEST and _any_rule(len(text)).fullmatch(text):
            hits = [rule for rule in RULES if len(text) <= rule.limit and rule.pattern.fullmatch(text)]
            if hits:
                candidates[i] = hits
    rest = [i for i in range(len(blocks)) if i not in candidates]
    first = rest[_EDGE] if len(rest) > _EDGE else len(blocks)
    last = rest[-_EDGE - 1] if len(rest) > _EDGE else -1
    return {
        i: hit.reason
        for i, hits in candidates.items()
        for hit in reversed(hits)
        if hit.zone == "any" or i < first or i > last
    }


def _any_rule(size: int) -> re.Pattern[str]:
    """Matches what any rule matches that may hold for a line of `size` characters."""
    return _rules_over(next(step for step in reversed(_STEPS) if size > step))


@cache
def _rules_over(step: int) -> re.Pattern[str]:
    """All rules in one pattern, for lines longer than so many characters: most lines are longer than most rules allow.
    Made when a line first asks for it.
    """
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in RULES if rule.limit > step), re.IGNORECASE)


def _file_names(blocks: tuple[Block, ...], why: dict[int, str]) -> None:
    """Extend `why` by lines that are only the file's name; the first one, at the head, may be the only title."""
    for i, block in enumerate(blocks):
        if i not in why and len(block.text) <= _LIST_LINE * 2 and (name := _FILE_NAME.fullmatch(block.text.text)):
            titles = {other.text.text for other in blocks[:i]}
            if i >= _HEAD or name[1] in titles:
                why[i] = reasons.FILE_CARD


def _follow_lists(blocks: tuple[Block, ...], why: dict[int, str]) -> None:
    """Extend `why` by the lists under their labels: other documents' titles, and the privileges of members."""
    for i, block in enumerate(blocks):
        text = block.text.text
        if LIST_LABELS.fullmatch(text.strip(" :：【】[]>»")) and _is_tail_list(blocks, i, why):
            for j in range(i, len(blocks)):
                why.setdefault(j, reasons.SITE_LIST)
            return
        if why.get(i) == reasons.MEMBERSHIP:
            for j in range(i + 1, len(blocks)):
                if j in why or not MEMBER_LIST_ITEM.fullmatch(blocks[j].text.text):
                    break
                why[j] = reasons.MEMBERSHIP


def _is_tail_list(blocks: tuple[Block, ...], label: int, why: dict[int, str]) -> bool:
    """Whether nothing but furniture and short lines without a full stop follows the label, to the end of the file."""
    return all(
        j in why or (len(text) <= _LIST_LINE and "。" not in text and not _SECTION.match(text))
        for j, text in ((j, blocks[j].text.text) for j in range(label + 1, len(blocks)))
    )
