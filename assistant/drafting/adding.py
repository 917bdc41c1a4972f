"""What each clause of a sentence adds: words that its measure or an exemplar bears out, and nothing said before.

A small model fills a paragraph with benefits nobody spoke of, with the same clause after every measure, and with
measures run together. None of it is false, and all of it is filler: clauses that add nothing are cut, and a sentence
that does not stand without them is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.drafting.composed import PLACEHOLDER
from assistant.drafting.headings import bigrams, dice
from assistant.drafting.measures import telling_grams
from assistant.drafting.overlap import dense
from assistant.drafting.pieces import Line, Material
from assistant.drafting.types import Order, Topic
from assistant.question.segment import tagged
from ingest.clean import normalise

_SHORTEST = 5
"""Characters of a clause that says something: what is shorter comes up in any text (抓好落实)."""
_AGAIN, _MUCH_AGAIN = 0.75, 0.65
"""From this likeness on two clauses say one thing; the same for a clause that a model puts behind another."""
_BORNE = 0.8
"""Share of the letter pairs of an aim (提高…, 确保…) that what bears it out must have."""
_TELLS = 0.5
"""Share of a line's telling letter pairs that a clause has which tells it."""
_ABOUT = 0.7
"""The same share of a passage that speaks of the line."""
_CONTENT = ("n", "v", "j", "l", "i")
_CLAUSE = re.compile(r"[，,；;：:。\n]")
_PART = re.compile(r"[，,；;](?![^【】]*】)")
_OPENING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]{1,3}是|(?:进一步|切实|确保|着力)+)+"
)
_COUNTED = re.compile(
    r"^(?:项目|任务|措施|举措|要点|阶段|步骤|方面|工作|目标|方案)[一二三四五六七八九十\d]{1,2}(?![㐀-鿿]?(?:律|体|致|次|项|个|名|定|批))"
)
_NUMBER = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|[一二三四五六七八九十]是")
_AIM = re.compile(
    r"^(?:(?:切实|不断|有效|进一步|全面|持续|着力|最大限度|从而|进而|以|并)*)"
    r"(?:提高|提升|增强|降低|减少|确保|保证|保障|促进|实现|增进|改善|满足|达到|避免|防止|推动|为[㐀-鿿]{1,12}提供)"
)
_JOINS = re.compile(r"^(?:同时|此外|另外|首先|其次|再次|最后|然后|接着)(?![㐀-鿿]?期)")
_NEEDS_NEXT = re.compile(r"^(?:通过|为了?|随着|依托|围绕|按照|根据|针对|结合|对于|以(?!上))")
_NEEDS_LAST = re.compile(r"^(?:从而|进而|以此|以便|以及|并|且|使|让|其中|包括|如|不断形成)")
_WHO = re.compile(r"^由.{1,40}(?:牵头|负责|承担|组织|配合|落实)$")
"""Who leads is said with each measure."""
_DOER = re.compile(
    r"^由(?P<who>.{2,30}?)(?:共同|联合|统一|具体|密切|分别)*"
    r"(?:牵头|负责|承担|组织|配合|落实|合作|参与|开展|实施|推进)"
)
_NO_END = re.compile(r"(?:[：:、—-]|(?:和|与|及|等方面|包括|如下|以下))$")


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence or of a whole section, marks to be filled in left out."""
    return [one.strip() for one in _CLAUSE.split(PLACEHOLDER.sub("", text)) if one.strip()]


def said_again(clause: str, earlier: Iterable[str]) -> bool:
    """Whether a clause says what an earlier one said, whole or nearly so."""
    said = _plain(clause)
    return len(said) >= _SHORTEST and any(_same(said, other) for other in map(_plain, earlier))


def repeating(text: str) -> list[str]:
    """The clauses of a section that say again what one before them said."""
    earlier: list[str] = []
    found = []
    for clause in clauses_of(text):
        if not _WHO.match(clause) and said_again(clause, earlier):
            found.append(clause)
        earlier.append(clause)
    return found


def once(material: Material) -> Material:
    """Without lines that say what another says: a fact stays, then what comes first."""
    lines = [*(line for group in material.groups for line in group.lines), *material.targets]
    earlier = [line.text for line in lines if line.fact is not None]
    earlier += [group.lead.text for group in material.groups if isinstance(group.lead, Line)]

    def kept(line: Line) -> bool:
        if line.fact is not None:
            return True
        said = clauses_of(line.text)
        if any(said_again(clause, earlier) for clause in said):
            return False
        earlier.extend(said)
        return True

    groups = [replace(group, lines=tuple(filter(kept, group.lines))) for group in material.groups]
    groups = [group for group in groups if group.lines]
    return replace(material, groups=tuple(groups), targets=tuple(filter(kept, material.targets)))


def hangs(text: str, lines: Sequence[Line]) -> bool:
    """Whether a sentence only announces or counts: 项目一：…, a colon of its own, a list that never comes."""
    given = normalise(" ".join(line.whole for line in lines))
    bare = PLACEHOLDER.sub("", text)
    colons = [found.start() for found in re.finditer("[：:]", bare)]
    if any(bare[max(0, at - 4) : at] not in given or "：" not in given for at in colons) or _NO_END.search(bare):
        return True
    clauses = clauses_of(text)
    counted = any(_COUNTED.match(one) and one not in given for one in clauses)
    return counted or any(_NUMBER.match(one) for one in clauses[1:])


def trimmed(text: str, order: Order, topic: Topic, found: Sequence[Line], earlier: Sequence[str]) -> str:
    """The sentence without clauses that say what was said before or that nothing bears out, and without whatever comes
    behind the measures of one subject. `found`: the lines that it restates; `earlier`: the section's clauses so far.
    """
    borne = _borne_out(order, topic, found)
    heading = clauses_of(topic.heading)
    kept: list[str] = []
    told: list[Line] = []
    whole = True
    for clause in (_JOINS.sub("", one.strip()) for one in _PART.split(text)):
        if not clause:
            continue
        tells = _told(clause, found)
        if tells is not None and tells.fact is None:
            subject = next((line for line in told if line.fact is None), None)
            if subject is not None and tells not in told and not _related(subject, tells):
                break
        adds = not _again(clause, [*earlier, *kept], [] if tells is not None else heading)
        adds = adds and (whole or not _NEEDS_LAST.match(clause))
        new = tells is not None and tells not in told and _tells_it(clause, tells)
        if adds and not unborne(clause, borne, tells) and (new or not _AIM.match(clause) or _spoken(clause, borne)):
            kept.append(clause)
            told += [tells] if tells is not None else []
            whole = True
            continue
        whole = False
        _let_go(kept, found)
    _let_go(kept, found)
    return "，".join(kept)


def _tells_it(clause: str, line: Line) -> bool:
    """Whether a clause that has the words of a line is the line, and no aim set upon it (提高…的水平)."""
    return line.fact is not None or not _AIM.match(clause) or _AIM.match(line.text) is not None


def _again(clause: str, earlier: Sequence[str], heading: Sequence[str]) -> bool:
    """The same as `said_again` for what a model adds of its own: other words in front do not make it new."""
    if said_again(clause, [*earlier, *heading]):
        return True
    said = telling_grams(_plain(clause))
    return len(_plain(clause)) >= _SHORTEST and any(
        dice(said, telling_grams(_plain(other))) >= _MUCH_AGAIN for other in earlier
    )


def _let_go(kept: list[str], found: Sequence[Line]) -> None:
    """Take off what only led to a clause that is gone (通过…，)."""
    while kept and _NEEDS_NEXT.match(kept[-1]) and (len(kept) > 1 or _told(kept[-1], found) is None):
        kept.pop()


def _spoken(clause: str, borne: str) -> bool:
    """Whether an aim is in the words of what bears the sentence out: every other one is a promise of the model's."""
    pairs = bigrams(normalise(PLACEHOLDER.sub("", clause)))
    return sum(pair in borne for pair in pairs) >= _BORNE * len(pairs)


def unborne(clause: str, borne: str, tells: Line | None = None) -> list[str]:
    """The words of a clause that promise something of which neither its measure nor an exemplar speaks."""
    said = normalise(PLACEHOLDER.sub("", clause))
    if tells is not None and bigrams(said) <= bigrams(normalise(tells.whole)):
        return []
    if (who := _DOER.match(said)) is not None and who["who"] not in borne and set(_subjects(who["who"])):
        return [who["who"]]
    return [
        word
        for word, tag in ((one.strip("和与"), tag) for one, tag in tagged(said))
        if len(word) > 1 and tag.startswith(_CONTENT) and word not in _manner() and not _in(word, borne)
    ]


def _in(word: str, borne: str) -> bool:
    return word in borne or (
        len(word) > 3 and all(word[at : at + 2] in borne or word[at : at + 2] in _manner() for at in (0, len(word) - 2))
    )


def _borne_out(order: Order, topic: Topic, found: Sequence[Line]) -> str:
    """All that speaks of the lines: themselves, their facts, and the passages of exemplars that have them."""
    texts = [order.org, topic.heading, *(line.whole for line in found)]
    texts += [order.facts[line.fact].text for line in found if line.fact is not None]
    texts += [line.stretch.passage.text.text for line in found if line.stretch is not None]
    told = [telling_grams(normalise(PLACEHOLDER.sub("", line.text))) for line in found]
    for exemplar in topic.exemplars:
        for passage in exemplar.passages:
            pairs = _pairs(passage.text.text)
            if any(len(said & pairs) >= _ABOUT * len(said) > 0 for said in told):
                texts.append(passage.text.text)
    return normalise("\n".join(texts))


def _told(clause: str, lines: Sequence[Line]) -> Line | None:
    """The line that a clause tells the most of."""
    pairs, best, share = bigrams(normalise(PLACEHOLDER.sub("", clause))), None, _TELLS
    for line in lines:
        said = telling_grams(normalise(PLACEHOLDER.sub("", line.text)))
        part = len(said & pairs) / len(said) if said else 0.0
        if part >= share and (best is None or part > share):
            best, share = line, part
    return best


def _related(one: Line, other: Line) -> bool:
    """Whether two measures are about one thing: a noun of the one, plain words aside, is in the other."""
    words = {word for word in _subjects(one.text) if word in other.text}
    return bool(words or {word for word in _subjects(other.text) if word in one.text})


def _subjects(text: str) -> Iterator[str]:
    for word, tag in tagged(normalise(PLACEHOLDER.sub("", text))):
        if len(word) > 1 and tag.startswith(("n", "j", "l", "vn")) and word not in _manner():
            yield word


def _plain(clause: str) -> str:
    return _OPENING.sub("", dense(PLACEHOLDER.sub("", clause)))


def _same(left: str, right: str) -> bool:
    if len(right) < _SHORTEST:
        return False
    return left in right or right in left or dice(bigrams(left), bigrams(right)) >= _AGAIN


@cache
def _manner() -> frozenset[str]:
    """The words of manner.toml."""
    table = tomllib.loads(files(__package__).joinpath("manner.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in table.values() for word in words)


@cache
def _pairs(text: str) -> frozenset[str]:
    return bigrams(normalise(text))
