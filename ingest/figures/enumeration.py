"""Several names for several numbers: 签约率、建档率分别达到80%、90%; 城镇和农村居民人均可支配收入分别增长4.1%、6.2%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.figures.clauses import Mention
from ingest.figures.phrase import Phrase, ends_like_one

_Named = tuple[str, tuple[int, int] | None]
"""A phrase, and where it stands in one piece."""

_LIST_JOIN = re.compile(r"(?:左右|上下|以上|以下|以内)?[、和及与,，\s]*$")
_ITEM_JOIN = re.compile(r"(、|和|及|与|以及)")
_PEOPLE = r"(?:常住)?(?:居民|人口)"
_GROUP = re.compile(rf"(?P<group>城镇|农村|城市|乡村|男性|女性|全体|全[国省市县区州])(?P<people>{_PEOPLE})?")
_RANK = re.compile(r"国家级?|省级?|自治区级?|市级?|州级?|县级?|区级?|乡镇级?")
_OF_GROUP = re.compile(
    rf"^(?:城镇|农村|城市|乡村|城乡|男性|女性|全体|全[国省市县区州])?(?P<people>{_PEOPLE})?(?P<rest>.*)$"
)
_TOWN_AND_LAND = re.compile(rf"城乡(?={_PEOPLE})")
_ONE_NUMBER = ("比", "比值", "倍差", "差距", "之比")
"""What 城乡居民收入… ends with where it is one number of both."""


def is_joined(between: str) -> bool:
    """Whether what stands between two numbers only joins them: 5%、6%; 7%左右和9%."""
    return _LIST_JOIN.fullmatch(between) is not None


def respective(
    sentence: str, following: Sequence[Mention], named: Phrase | None, phrase: str, subject: str
) -> list[_Named]:
    """The names of the first of `following` and of the numbers listed with it, one for each; empty where there is one.

    `named` is the phrase before the first number where it stands in the sentence, else `phrase` is what was concluded;
    `subject` is what was spoken of before. Without 分别 the names must all look like names of measured things.
    """
    first = following[0]
    told = re.search(r"分别|各自|依次", sentence[first.before : first.value.start]) is not None
    run = 1
    for mention in following[1:]:
        if not is_joined(sentence[mention.before : mention.value.start]):
            break
        run += 1
    if run < 2:
        return []
    names = list(_parts(phrase, named.start if named is not None and named.text == phrase else None))
    if len(names) == 1 and run == 2 and _TOWN_AND_LAND.search(phrase) and not phrase.endswith(_ONE_NUMBER):
        return [(_TOWN_AND_LAND.sub(group, phrase, count=1), None) for group in ("城镇", "农村")]
    if len(names) != run:
        return []
    whole = [_completed(name, span, names[-1][0], subject) for name, span in names]
    return whole if told or all(ends_like_one(Phrase(name, 0, 0)) for name, _ in whole) else []


def is_group(text: str) -> bool:
    """Whether a text is no more than a group of people (城镇, 农村居民)."""
    return _GROUP.fullmatch(text) is not None


def of_group(group: str, subject: str) -> str | None:
    """城镇居民 after 居民收入 is 城镇居民收入; None where `group` is none, or the subject not people's."""
    found = _GROUP.fullmatch(group)
    whose = _OF_GROUP.match(subject)
    if found is None or whose is None or not whose["people"] or len(whose["rest"]) < 2:
        return None
    return found["group"] + (found["people"] or whose["people"]) + whose["rest"]


def parts_of(phrase: str) -> list[str]:
    """The names joined in a phrase, each whole: 城镇、农村居民收入 → 城镇居民收入, 农村居民收入."""
    names = [name for name, _ in _parts(phrase, None)]
    return [_completed(name, None, names[-1], "")[0] for name in names]


def _parts(phrase: str, start: int | None) -> Iterator[_Named]:
    at = 0
    for piece in _ITEM_JOIN.split(phrase):
        if piece and not _ITEM_JOIN.fullmatch(piece):
            yield piece, None if start is None else (start + at, start + at + len(piece))
        at += len(piece)


def _completed(name: str, span: tuple[int, int] | None, last: str, subject: str) -> _Named:
    """城镇、农村居民收入分别…: the first of them is 城镇居民收入, which stands nowhere in one piece."""
    if _RANK.fullmatch(name) is not None:
        owner = _RANK.match(last)
        return (name, span) if owner is None or name == last else (name + last[owner.end() :], None)
    if not is_group(name):
        return name, span
    whole = of_group(name, last) or of_group(name, subject)
    if whole is not None:
        return whole, None
    group = _GROUP.match(last)
    return (name + last[group.end() :], None) if group is not None and group.end() < len(last) else (name, span)
