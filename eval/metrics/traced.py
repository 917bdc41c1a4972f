"""Is every figure shown found in what its sentence cites: the promise 无来源不出数字."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.gold import NOT_FOUND
from eval.metrics.arithmetic import computed_fault
from eval.metrics.figures import Figure, figures, possible_figures
from eval.metrics.text import dense, without_marks

_COUNT_OF_HOLDINGS = re.compile(r"[0-9]+(?=\s*(?:份|篇|[个家]?单位|个文件))")


@dataclass(frozen=True, slots=True)
class Traced:
    """How many figures were shown, and what is wrong with those that have no source (one Chinese line each)."""

    shown: int
    faults: tuple[str, ...]


def traced(answer: Mapping[str, Any]) -> Traced:
    """Checks each figure of each sentence against the quotes that the sentence cites, those citations' own year,
    period, report, body and section, and its `computed` values, which are calculated again.

    A sentence that says 档案中未找到 cites nothing; it may show years, the question's own figures and how many reports
    and bodies there are, and no other figure.
    """
    by_number = {int(citation["n"]): citation for citation in answer["citations"]}
    shown, faults = 0, []
    for place, sentence in enumerate(answer["sentences"], 1):
        text = without_marks(str(sentence["text"]))
        found = figures(text)
        shown += len(found)
        silent = answer["abstained"] or text.startswith(NOT_FOUND)
        if silent and not sentence["citations"]:
            bad = _beside_the_question(text, answer)
        else:
            cited = [by_number[n] for n in sentence["citations"] if n in by_number]
            bad = _without_source(found, cited, sentence.get("computed") or [])
        faults += [f"第{place}句：{reason}" for reason in bad]
    return Traced(shown, tuple(faults))


def _without_source(
    found: Iterable[Figure], cited: list[Mapping[str, Any]], computed: list[Mapping[str, Any]]
) -> list[str]:
    quotes = "\n".join(str(citation["quote"]) for citation in cited)
    about = "\n".join(_about(citation) for citation in cited)
    quoted = possible_figures(quotes)
    known = quoted | possible_figures(about)
    raw = dense(quotes + about)
    reasons: list[str] = []
    for item in computed:
        fault = computed_fault(str(item["value"]), str(item["expression"]), quoted)
        reasons += [fault] if fault else []
        known |= {figure.key for figure in figures(str(item["value"]))}
    reasons += [f"{figure.text} 不在所引原文中" for figure in found if not _known(figure, known, raw)]
    return reasons


def _known(figure: Figure, known: frozenset[tuple[object, ...]], raw: str) -> bool:
    if figure.kind == "han":
        return figure.text in raw or ("number", figure.digits, figure.scale) in known
    return figure.key in known


def _about(citation: Mapping[str, Any]) -> str:
    """The citation's own particulars as text; a bare year is written as one so that it supports only years."""
    period = re.sub(r"-H[12]$", "", str(citation.get("period") or ""))
    years = [year for year in (*period.split("/"), str(citation.get("year") or "")) if year]
    section = [str(heading) for heading in citation.get("section") or ()]
    return "\n".join(
        [*(f"{year}年" for year in years), str(citation.get("report") or ""), str(citation.get("org") or ""), *section]
    )


def _beside_the_question(text: str, answer: Mapping[str, Any]) -> list[str]:
    asked = possible_figures(f"{answer.get('question', '')}\n{answer.get('standalone_question', '')}")
    rest = figures(_COUNT_OF_HOLDINGS.sub("", text))
    return [
        f"{figure.text} 出现在未引用的句子里"
        for figure in rest
        if figure.kind not in ("year", "han") and figure.key not in asked
    ]
