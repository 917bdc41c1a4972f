"""Example questions made from what the archive holds, so that a first click gives a real answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.evidence.addressed import evidence_spans
from ingest.archive.records import PassageRecord, ReportRecord

_NUMBERING = re.compile(
    r"^[\s(（]*(?:第[一二三四五六七八九十]+[部章节篇]分?|[一二三四五六七八九十]+|\d{1,2})[)）]*[、.．：:\s]*"
)
_RATE = re.compile(r"(?:^|[，。；、：的了是])([\u4e00-\u9fff“”]{2,12}率)(?:为|达到|达|：)?\s*\d")
_GENERAL = re.compile(r"总结|计划|打算|情况|问题|回顾|安排|开头|报告|体会")


def examples(
    reports: Sequence[ReportRecord], passages_of: Callable[[int], Sequence[PassageRecord]], most: int = 4
) -> list[str]:
    """Up to `most` questions over the latest reports: two on figures, two on plans."""
    latest = sorted((r for r in reports if r.org and r.year), key=lambda r: -(r.year or 0))[:6]
    figures: list[str] = []
    plans: list[str] = []
    for report in latest:
        for passage in passages_of(report.id):
            year = passage.period.single_year if passage.period else None
            if year is None or (passage.period and passage.period.half):
                continue
            if passage.part == "review" and (found := _RATE.search(_evidence(passage))):
                figures.append(f"{year}年{report.org}{found[1]}是多少？")
                break
        for passage in passages_of(report.id):
            topic = _NUMBERING.sub("", passage.path[-1]).rstrip("。：") if passage.path else ""
            if passage.part == "plan" and 4 <= len(topic) <= 14 and not _GENERAL.search(topic) and passage.period:
                plans.append(f"{report.org}{passage.period.first}年在“{topic}”方面有什么打算？")
                break
    half = most // 2
    return list(dict.fromkeys([*figures[: most - min(half, len(plans))], *plans[:half]]))[:most]


def _evidence(passage: PassageRecord) -> str:
    return "".join(passage.text.text[start:end] for start, end in evidence_spans(passage))
