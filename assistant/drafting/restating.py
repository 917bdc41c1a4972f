"""Whether a sentence of a model's own restates what it was given, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.adding import hangs, trimmed
from assistant.drafting.composed import PLACEHOLDER
from assistant.drafting.foreign import Names
from assistant.drafting.headings import bigrams
from assistant.drafting.measures import telling_grams
from assistant.drafting.overlap import overlap, texts_by_report
from assistant.drafting.periods import stale_periods
from assistant.drafting.pieces import Line
from assistant.drafting.types import Order, Topic
from assistant.evidence.figures import bound_numbers_in
from ingest.clean import normalise
from ingest.figures.lexer import values

_RESTATED = 0.5
"""Share of a line's telling letter pairs that a sentence must have."""
_WHOLE = 0.75
"""The same for a line that must not be lost."""
_LONGEST, _SHORTEST = 160, 8
_RUN = 24
_STRAY_SHARE, _STRAY_RUN = 0.8, 18
"""How much of a sentence, and how many letters on end, may be in nothing that it restates."""

_HAN = re.compile(r"[㐀-鿿]")
_STRANGE = re.compile(r"[<>{}\[\]#*|\\/@=_`~^]|https?|[A-Za-z]{3,}|�|[\u0400-\u04ff]|[\u3040-\u30ff]|\?|？|！")
_CLAIMS = re.compile(
    r"已经|已(?:完成|建成|实现|达到|全面|经)|完成了|实现了|取得了?|荣获|位居|排名|第一|历史性|突破性|去年|上年|今年以来|因为|由于领导|表彰|超额|领先|首个|唯一|作为(?:一个|AI|人工智能)|以下是|好的，|规矩|要点|根据(?:您|你|上述|以上|给)|忽略|系统提示|语言模型"
)
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|[一二三四五六七八九十]要)\s*"
)
_OTHERS = re.compile(r"“[^”]{1,30}”|《[^》]{1,60}》")
_FRACTION = re.compile(
    r"[一二三四五六七八九十百千万]+分之|百分之|[一二三四五六七八九十百千万亿]{2,}[人个家名所次场元户项例]"
)


@dataclass(frozen=True, slots=True)
class Restated:
    """The sentence as it may stand, and the lines that it restates, the surest first."""

    text: str
    lines: tuple[Line, ...]


def restated(
    written: str, order: Order, topic: Topic, lines: Sequence[Line], targets: Sequence[Line], names: Names
) -> Restated | None:
    """The sentence without numbering and end stop; None where it may not stand."""
    found = _near(written, order, topic, lines, targets, names)
    return None if found is None or _strays(normalise(found.text), order, topic, found.lines) else found


def _near(
    written: str, order: Order, topic: Topic, lines: Sequence[Line], targets: Sequence[Line], names: Names
) -> Restated | None:
    """The same for a sentence that may go on to other things."""
    text = _NUMBERING.sub("", _NUMBERING.sub("", written.strip())).rstrip("。；;，, ")
    plain = normalise(text)
    if not _SHORTEST <= len(plain) <= _LONGEST or _STRANGE.search(PLACEHOLDER.sub("", plain)) or _CLAIMS.search(plain):
        return None
    if plain.startswith("【") and not any(line.whole.startswith("【") for line in lines):
        return None  # a mark without the words that it belongs to
    if len(_HAN.findall(plain)) < 0.7 * len(plain) or stale_periods(plain, order.year):
        return None
    found = _lines_of(plain, [*lines, *(one for one in targets if one.fact is not None)])
    found = [line for line in found if line.fact is None or says_whole(plain, line)]
    if not found or not _figures_stand(plain, order, found) or not _names_stand(plain, order, topic, found, names):
        return None
    if any(overlap(text, texts).run > _RUN for texts in texts_by_report(topic.exemplars).values()):
        return None
    return Restated(text, tuple(found))


def adding(
    written: str,
    order: Order,
    topic: Topic,
    lines: Sequence[Line],
    targets: Sequence[Line],
    names: Names,
    earlier: Sequence[str],
) -> Restated | None:
    """The sentence with those clauses only that add something to what the section said `earlier`; None where it may not
    stand, be it without them.
    """
    found = _near(written, order, topic, lines, targets, names)
    if found is None or hangs(found.text, found.lines):
        return None
    text = trimmed(found.text, order, topic, found.lines, earlier)
    return restated(text, order, topic, lines, targets, names) if text else None


def says_whole(text: str, line: Line) -> bool:
    """Whether a sentence says all of a line, its figures and most of its words: half a fact is a fact lost."""
    said = normalise(PLACEHOLDER.sub("", line.text))
    pairs = telling_grams(said)
    return bound_numbers_in(said) <= bound_numbers_in(normalise(text)) and (
        len(pairs & bigrams(text)) >= _WHOLE * len(pairs)
    )


def _lines_of(text: str, lines: Sequence[Line]) -> list[Line]:
    pairs = bigrams(text)
    scored = []
    for line in lines:
        said = telling_grams(normalise(PLACEHOLDER.sub("", line.text)))
        share = len(said & pairs) / len(said) if said else 0.0
        if share >= _RESTATED:
            scored.append((share, line))
    return [line for _, line in sorted(scored, key=lambda pair: -pair[0])]


def _strays(text: str, order: Order, topic: Topic, found: Sequence[Line]) -> bool:
    """Whether the sentence goes on to other things: much of it, or a long stretch, is in nothing that it restates.

    What a model was not given it has from elsewhere, be it another report word for word.
    """
    given = bigrams(normalise(f"{order.org} {topic.heading} " + " ".join(line.whole for line in found)))
    runs = [0]
    for place in range(len(text) - 1):
        runs.append(0 if text[place : place + 2] in given else runs[-1] + 1)
    strange = [pair for pair in bigrams(text) if pair not in given]
    return len(strange) > _STRAY_SHARE * max(1, len(bigrams(text))) or max(runs) > _STRAY_RUN


def _figures_stand(text: str, order: Order, found: Sequence[Line]) -> bool:
    """Every figure is one of a fact or line that the sentence restates; every placeholder one that the line has."""
    given = "".join(line.whole for line in found)
    if any(mark[0] not in given for mark in PLACEHOLDER.finditer(text)):
        return False
    bare = PLACEHOLDER.sub("", text)
    if "【" in bare or "】" in bare or "待填" in bare:
        return False
    if any(mark[0][1:-1].removeprefix("待填：") in bare for mark in PLACEHOLDER.finditer(given)):
        return False  # the mark without its brackets: 完成时限，月前举办…
    facts = [order.facts[line.fact] for line in found if line.fact is not None]
    said = normalise("".join(f"{fact.text} {fact.target or ''}" for fact in facts) + PLACEHOLDER.sub("", given))
    rest = bare.replace(f"{order.year}年", "")
    if not bound_numbers_in(rest) <= bound_numbers_in(said):
        return False
    wanted = {(one.low, one.unit) for one in values(said)}
    if any((one.low, one.unit) not in wanted for one in values(rest)):
        return False
    digits = set(re.findall(r"\d+(?:\.\d+)?", rest))
    return digits <= set(re.findall(r"\d+(?:\.\d+)?", said)) and (
        not _FRACTION.search(rest) or _FRACTION.search(said) is not None
    )


def _names_stand(text: str, order: Order, topic: Topic, found: Sequence[Line], names: Names) -> bool:
    known = normalise(f"{order.org} {topic.heading} " + " ".join(line.whole for line in found))
    if any(quoted not in known for quoted in _OTHERS.findall(text)):
        return False
    rest = text
    for line in found:
        rest = rest.replace(normalise(line.whole), "").replace(normalise(line.text), "")
    return not names.strange(rest, known)
