"""What the body's last review calls a problem, told in a few words for the section that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.foreign import Names
from assistant.drafting.headings import bigrams, clean_heading, core, is_generic
from assistant.drafting.themes import words_for
from assistant.drafting.types import Order
from assistant.evidence.addressed import evidence_spans
from assistant.promises.types import Stretch
from ingest.archive.records import PassageRecord
from ingest.clean import normalise
from ingest.figures.lexer import values

_SHORTEST, _LONGEST = 5, 18
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．]|[一二三四五六七八九十](?:是|、))\s*"
)
_LACK = re.compile(
    r"不足|不够|不高|不强|不到位|不平衡|不均|不完善|不健全|短缺|缺乏|紧缺|薄弱|滞后|偏[低少弱]|较[低少弱差]|差距|困难|欠缺|有待|亟待|不力|流失|断层|老化|短板|压力|难度|尚未|没有|不规范|不畅|单一"
)
_NO_NAME = re.compile(r"^(?:存在|还存在|主要|仍|但|是|由于|因|受|虽|目前|当前)|[“”《》（(]|我们|的$|问题|困难和")

_PLAIN = re.compile(
    r"工作|面临|形势|当前|存在|主要|问题|短板|不足|困难|差距|薄弱环节|弱项|挑战|压力|我们|其中|方面|发展|[的中和与及上在、]"
)
"""Without these a heading (工作中的短板不足) names nothing."""
_LEAST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """`text` in a few words, and the stretch of the review that names it."""

    text: str
    stretch: Stretch


def fitting(
    order: Order, heading: str, problems: Sequence[PassageRecord], names: Names, field: str, taken: Iterable[str]
) -> Problem | None:
    """The problem that belongs to a heading; None where the review names none that does."""
    wanted = words_for(heading, field)
    pairs = bigrams(core(heading))
    used = set(taken)
    best: tuple[float, Problem] | None = None
    for one in named_in(problems):
        if one.text in used or names.foreign(one.text, own=True):
            continue
        score = 2.0 * any(word in one.text for word in wanted) + len(bigrams(one.text) & pairs)
        if score >= 2 and (best is None or score > best[0]):
            best = score, one
    return best[1] if best else None


def named_in(passages: Iterable[PassageRecord]) -> Iterable[Problem]:
    """Every problem that these passages name in a few words."""
    for passage in passages:
        spans = evidence_spans(passage)
        if not spans:
            continue
        whole = Stretch(passage, *spans[0])
        last = clean_heading(passage.path[-1]) if passage.path else ""
        if last and not is_generic(last) and _is_problem(last):
            yield Problem(last, whole)
        text = normalise(passage.text.text)
        for start, end in spans:
            clause = _NUMBERING.sub("", re.split(r"[，,。；;：:]", text[start:end].strip())[0]).strip()
            if _is_problem(clause):
                yield Problem(clause, Stretch(passage, start, end))


def _is_problem(text: str) -> bool:
    return (
        _SHORTEST <= len(text) <= _LONGEST
        and _LACK.search(text) is not None
        and _NO_NAME.search(text) is None
        and not values(text)
        and not re.search(r"\d", text)
        and len(_PLAIN.sub("", text)) >= _LEAST_NAMED
    )
