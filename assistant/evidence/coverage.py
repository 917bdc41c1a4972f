"""How much of the topic a sentence holds: weighted character bigrams, with other wordings counted as the word itself.

Bigrams rather than words, because segmenters disagree on names and trade words (冲三乙, 局两癌); weighted by inverse
document frequency, because 县域医共体 tells more than 工作.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.question.segment import is_word, tagged
from assistant.question.types import Topic

_LOST = "[\ue000-\uf8ff\ufffd]"
_UNREADABLE = re.compile(_LOST)
_LATIN = re.compile(r"[A-Za-z0-9+.%]+")
_HINT = 0.65
"""How far a hint (针灸 for 中医药) stands for the topic itself."""

_ACROSS = 0.4
"""Weight of a bigram that spans two words; none at all when the whole archive lacks it, for it may be no phrase."""

_SPEECH = {"n": 1.0, "j": 1.0, "l": 1.0, "i": 1.0, "e": 1.0, "s": 1.0, "b": 1.0, "v": 0.7, "x": 0.7}
"""Weight of a word by the first letter of its part of speech: names of things tell most, verbs less."""

_OTHER_SPEECH = 0.3
"""Weight of pronouns, adverbs, numerals, adjectives: how a question is put rather than what it is about."""

_GUESSED = 0.6
"""Weight of a bigram of a word that no dictionary has."""

_LOOSE = 0.3
"""Weight of a bigram with a numeral or a function word in it (五道, 还要): the segmenter's leavings, mostly."""

_NAME = 3
"""Characters from which on a noun within a phrase is specific enough to be a thing of its own."""

_GENERIC = frozenset({"服务", "工作", "建设", "发展", "管理", "事业", "体系", "领域"})
_BESIDE_TOPIC = 0.4
"""Weight of such a word beside a topic of the trade (托育服务, 医共体建设): sentences on the topic seldom repeat it."""

_LOOSE_FORM = re.compile("[一二三四五六七八九十两几要还都会能就也没有了的吗和与比跟给把被让将这那]")


@dataclass(frozen=True, slots=True)
class Gram:
    """A piece of the topic: its text, its weight, other wordings that stand for it, and words that hint at it."""

    text: str
    weight: float
    others: tuple[str, ...]
    hints: tuple[str, ...] = ()


def topic_grams(topic: Topic, frequency: Callable[[list[str]], Mapping[str, int]], passages: int) -> tuple[Gram, ...]:
    """The weighted pieces of `topic`. `frequency`: in how many of the archive's `passages` each piece occurs."""
    pieces: dict[str, tuple[float, tuple[str, ...], str]] = {}
    for run in topic.runs:
        topical = any(name in run for name in topic.hinted)
        for text, factor, word in _pieces(run, topic.widened):
            if topical and (word in _GENERIC or (not word and any(text[1] == one[0] for one in _GENERIC))):
                factor *= _BESIDE_TOPIC
            others = _others(text, word, run, topic.widened)
            known = pieces.get(text)
            if known is None or known[0] < factor:
                pieces[text] = (factor, others, word)
    counts = frequency(list(pieces))
    within = [_idf(counts.get(text, 0), passages) for text, (factor, _, _) in pieces.items() if factor > _ACROSS]
    most_across = sum(within) / len(within) if within else math.inf
    grams = []
    for text, (factor, others, word) in pieces.items():
        weight = factor * _idf(counts.get(text, 0), passages)
        if factor <= _ACROSS:
            if not counts.get(text, 0):
                continue
            weight = min(weight, _ACROSS * most_across)
        grams.append(Gram(text, weight, others, _hints(text, word, topic)))
    return tuple(grams)


def _holds(text: str, piece: str) -> bool:
    """Whether `piece` stands in `text`; an unreadable character may stand for either half of a bigram."""
    if piece in text:
        return True
    if len(piece) != 2 or not _UNREADABLE.search(text):
        return False
    return any(re.search(pattern, text) for pattern in (f"{piece[0]}{_LOST}", f"{_LOST}{piece[1]}"))


def noun_phrases(topic: Topic, grams: tuple[Gram, ...]) -> list[tuple[Gram, ...]]:
    """The grams of each thing that the topic names: of every run with a noun in it, and of the longer nouns within
    (肺结核 in 肺结核规范管理率, which 高血压规范管理率 has nearly all of and is another thing).
    """
    things: list[str] = []
    for run in topic.runs:
        words = tagged(run)
        if any(tag[:1] == "n" or tag in ("vn", "j", "l", "i") for _, tag in words):
            things.append(run)
            things.extend(
                word for word, tag in words if word != run and len(word) >= _NAME and tag[:1] == "n" and is_word(word)
            )
    groups = (tuple(gram for gram in grams if gram.text in thing) for thing in dict.fromkeys(things))
    return [group for group in groups if group]


def coverage(grams: tuple[Gram, ...], weighted_texts: list[tuple[str, float]]) -> float:
    """Share (0..1) of the grams' weight found in the texts; a gram counts with the weight of the best text."""
    total = sum(gram.weight for gram in grams)
    if not total:
        return 0.0
    got = 0.0
    for gram in grams:
        best = 0.0
        for text, factor in weighted_texts:
            if factor > best and (_holds(text, gram.text) or any(other in text for other in gram.others)):
                best = factor
            elif factor * _HINT > best and any(hint in text for hint in gram.hints):
                best = factor * _HINT
        got += gram.weight * best
    return got / total


def _hints(piece: str, word: str, topic: Topic) -> tuple[str, ...]:
    """The hints of every topic of the trade that this piece, or the word it comes from, belongs to."""
    named = [hints for name, hints in topic.hinted.items() if piece in name or (word and name in word)]
    return tuple(dict.fromkeys(hint for hints in named for hint in hints))


def _idf(count: int, passages: int) -> float:
    return math.log(1 + (passages + 1) / (count + 1))


def _pieces(run: str, widened: Mapping[str, tuple[str, ...]]) -> list[tuple[str, float, str]]:
    """(piece, factor, word it came from) of one run."""
    pieces: list[tuple[str, float, str]] = []
    pairs = tagged(run)
    words = [word for word, _ in pairs]
    for word, tag in pairs:
        speech = 1.0 if tag in ("vn", "an") or word in widened else _SPEECH.get(tag[:1], _OTHER_SPEECH)
        if _LATIN.fullmatch(word):
            pieces.append((word, 1.0, word))
        elif len(word) == 1:
            pieces.append((word, 0.3 if len(words) > 1 else 1.0, word))
        else:
            grams = [word[i : i + 2] for i in range(len(word) - 1)]
            sure = speech if is_word(word) else _GUESSED
            loose = speech < 1 or not is_word(word)
            pieces.extend((gram, _LOOSE if loose and _LOOSE_FORM.search(gram) else sure, word) for gram in grams)
    for left, right in pairwise(words):
        if not _LATIN.fullmatch(left) and not _LATIN.fullmatch(right):
            pieces.append((left[-1] + right[0], _ACROSS, ""))
    return pieces


def _others(piece: str, word: str, run: str, widened: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Other wordings of every widened word that this piece is part of."""
    others: list[str] = []
    for known, wordings in widened.items():
        if (known in run and (piece in known or (len(piece) == 1 and piece == known))) or (word and word == known):
            others.extend(wordings)
    return tuple(dict.fromkeys(others))
