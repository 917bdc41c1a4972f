"""The measures for a topic: recast from its exemplars, one of each meaning, own and shared ones first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.drafting.foreign import Names
from assistant.drafting.headings import bigrams, core, dice
from assistant.drafting.phrases import Phrase, recast
from assistant.drafting.themes import themes_of, words_for
from assistant.drafting.types import Exemplar, Order, Topic
from assistant.promises.align import align
from assistant.promises.measures import find_measures
from assistant.promises.types import Measure
from assistant.promises.wording import words
from assistant.question.segment import tagged
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

_SAME = 0.5
"""From this likeness on two phrases say one thing."""
_OWN, _SHARED, _ON_TOPIC, _GOAL, _LATEST, _OFF = 1.5, 0.6, 0.8, -0.9, 0.3, -0.7
_ELSEWHERE = -1.3
STRESSED = 10.0
"""From this score on a measure is one that the writer asked for."""
_DONE_ONCE = re.compile(
    r"^(?:加快|推进|推动|高标准|全面|积极)?(?:新建|改建|扩建|迁建|建成|建设|组建|成立|建立|设立|增设|创建|争创|改造|开通|启用|上线|出台|制定|编制|配备|购置|打造|挂牌|完成|投用|开工|启动|实施)"
)
_FINISHED = re.compile(
    r"建成(?:投用|启用|使用|并|运行|[㐀-鿿]{0,12}$)|投入(?:使用|运行|运营)|投用|全面完成|全部完成|圆满完成|如期完成|顺利完成|挂牌|竣工|通车|通过(?:验收|评审|评估)|正式(?:运行|运营|启用|上线|成立)|启用|创建成功|成功创建|已(?:建成|完成|出台|成立|上线)|主体完工"
)
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase, the stretch of an exemplar that it was recast from, and how much speaks for it.

    `number`: which of the topic's exemplars; `lead`: the short sentence that opens the stretch's paragraph there.
    `others`: stretches of other exemplars that say the same.
    """

    phrase: Phrase
    stretch: Measure
    number: int
    own: bool
    lead: str
    score: float
    others: tuple[Measure, ...] = ()

    @property
    def grams(self) -> frozenset[str]:
        """Pairs of letters of what it says, plain words left out where enough is left."""
        return telling_grams(self.phrase.bare)


def candidates(
    order: Order,
    topic: Topic,
    names: Names,
    field: str,
    review: Sequence[PassageRecord],
    taken: Iterable[str] = (),
    stress: Sequence[str] = (),
) -> list[Candidate]:
    """The measures for a topic, the best first. `review`: what the body reports of its last year, which is not promised
    again where it is done; `taken`: phrases that stand in the draft already; `stress`: words to speak of first.
    """
    found = _recast(order, topic, names)
    scored = [replace(one, score=_score(one, topic.exemplars[one.number], topic.heading, field)) for one in found]
    scored = [replace(one, score=one.score + STRESSED * any(w in one.phrase.text for w in stress)) for one in scored]
    merged = _merged(scored)
    said = [telling_grams(text) for text in taken]
    kept = [one for one in merged if not any(alike(one.grams, pairs) for pairs in said)]
    return sorted(_unfinished(kept, review, names), key=lambda one: -one.score)


_recent: list[tuple[tuple[int, Topic, Names], list[Candidate]]] = []
"""The topic that was recast last: its lines are chosen anew for each round of its checks."""


def _recast(order: Order, topic: Topic, names: Names) -> list[Candidate]:
    if _recent:
        (year, known, seen), found = _recent[0]
        if year == order.year and known is topic and seen is names:
            return found
    found = [one for number, exemplar in enumerate(topic.exemplars) for one in _of(order, exemplar, number, names)]
    _recent[:] = [((order.year, topic, names), found)]
    return found


@lru_cache(maxsize=20_000)
def telling_grams(text: str) -> frozenset[str]:
    """Letter pairs of a phrase without the plain words that open it."""
    said = tagged(text)
    at = 0
    for word, _ in said:
        if word not in words("begins") and word not in words("adverbs"):
            break
        at += len(word)
    rest = text[at:]
    return bigrams(rest if len(rest) >= 4 else text)


def alike(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two phrases, as letter pairs, say one thing: in like words, or one within the other."""
    shared = len(left & right)
    return dice(left, right) >= _SAME or shared >= 0.7 * min(len(left), len(right)) > 0


def _of(order: Order, exemplar: Exemplar, number: int, names: Names) -> Iterable[Candidate]:
    for passage in exemplar.passages:
        lead = lead_of(passage)
        for measure in find_measures([passage]):
            text = normalise(measure.text)
            if is_heading(text, exemplar.heading, passage):
                continue
            phrase = recast(text, order.year, own=exemplar.own)
            if phrase is not None and not names.foreign(phrase.text, own=exemplar.own):
                yield Candidate(phrase, measure, number, exemplar.own, lead, 0.0)


def is_heading(text: str, heading: str, passage: PassageRecord) -> bool:
    """Whether a clause is but the heading that it stands under, or the sentence that opens its paragraph."""
    return text in normalise(heading) or any(text in normalise(one) for one in passage.path) or text in lead_of(passage)


_LEAD = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|[一二三四五六七八九十]{1,2}(?:是|、))?(?P<lead>[^，。；：]{4,14})。(?=.{30})",
    re.S,
)


def lead_of(passage: PassageRecord) -> str:
    """The short sentence that opens a paragraph and says what it is about (狠抓项目扩投资。), else empty."""
    found = _LEAD.match(normalise(passage.text.text))
    if found is None or re.search(r"\d|[“”《》（(]", found["lead"]):
        return ""
    return found["lead"].strip()


def _score(one: Candidate, exemplar: Exemplar, heading: str, field: str) -> float:
    wanted, pairs = words_for(heading, field), bigrams(core(heading))
    text = one.phrase.bare
    score = _OWN if one.own else 0.0
    if any(word in text for word in wanted) or len(bigrams(text) & pairs) >= 2:
        score += _ON_TOPIC
    elif themes_of(text, field) and not themes_of(text, field) & themes_of(heading, field):
        score += _ELSEWHERE
    elif not one.own:
        score += _OFF
    if one.phrase.goal:
        score += _GOAL
    score += _LATEST * exemplar.score
    return score - 0.05 * one.number - 0.02 * max(0, len(text) - 16)


def _merged(found: Sequence[Candidate]) -> list[Candidate]:
    """One of each meaning, the best scored, with a bonus for every other exemplar that has it."""
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda item: -item.score):
        place = next((i for i, other in enumerate(kept) if alike(one.grams, other.grams)), None)
        if place is None:
            kept.append(one)
            continue
        other = kept[place]
        sharing = {other.stretch.passage.report_id, *(item.passage.report_id for item in other.others)}
        bonus = 0.0 if one.stretch.passage.report_id in sharing else _SHARED
        kept[place] = replace(other, score=other.score + bonus, others=(*other.others, one.stretch))
    return kept


def _unfinished(found: Sequence[Candidate], review: Sequence[PassageRecord], names: Names) -> Iterable[Candidate]:
    """Without what the body's last review reports as done for good."""
    once = [one for one in found if _DONE_ONCE.match(one.phrase.bare)]
    if not once or not review:
        return found
    promises = align([one.stretch for one in once], review, body=names.own)
    done = {
        id(one)
        for one, promise in zip(once, promises, strict=True)
        if promise.verdict != "no"
        and any(e.score >= _SURE and _finished(e.passage, e.end, e.text) for e in promise.evidence)
    }
    return [one for one in found if id(one) not in done]


def _finished(passage: PassageRecord, end: int, text: str) -> bool:
    """Whether a clause of a review, or the one behind it, says that the thing is done."""
    behind = re.split(r"[。；;]", normalise(passage.text.text)[end : end + 24])[0]
    return _FINISHED.search(normalise(text)) is not None or _FINISHED.search(behind) is not None
