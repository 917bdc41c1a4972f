"""From the passages of a plan to its measures: clauses that promise something one can look for a year later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence.addressed import evidence_spans
from assistant.promises.types import Measure
from assistant.promises.wording import openings, words
from assistant.question.segment import tagged
from ingest.archive.records import PassageRecord
from ingest.clean import normalise
from ingest.figures.lexer import values

_NUMBERING = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|第[一二三四五六七八九十]+[章节条]?[，、]?|[一二三四五六七八九十](?:是|要)|[①-⑳]|●|■|——|[-—]\s*)+"
)
_COMMA = re.compile(r"[，,：:]")
_LIST = re.compile(r"、")
_CLOSED = re.compile(r"（[^）]*）|\([^)]*\)|“[^”]*”|《[^》]*》|【[^】]*】")
_QUOTED = re.compile(r"“[^”]{2,}”|《[^》]{2,}》")
_NAMED = re.compile(r"“[^”]{2,}”|《[^》]{2,}》|[A-Za-z]{2,}|\d(?!\d{0,3}年)")
_DATE = re.compile(
    r"(?:\d{4}|[二〇○零一]{4})?年?\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份|底|末|前)?(?:[\d一二三四五六七八九十]{1,3}日)?|\d{4}年度?"
)
_SIGNED = re.compile(r"[㐀-鿿]{2,20}(?:局|委|委员会|政府|医院|中心|办公室|办)")
_TRAILING = "，,、；;。：:！!.． \n\t　"
_LEAST = 5
"""Characters of a measure; less is a word, not a promise."""
_ALONE = 7
"""Characters of a piece that can stand as a measure by itself."""
_ADVERBS = ("d", "ad", "zg")
_CREED = re.compile(
    r"习近平|总书记|党中央|决策部署|全会|为政之要|重要(?:讲话|指示)|我们(?:要|一定|必须|将)|总(?:体要求|目标)|指导思想|(?:目标|任务|思路|要求)(?:是|为|如下)[：:]?$"
    r"|(?:之年|开局|开好头)$|奋斗|新篇章|新征程|方面(?:重点)?工作$"
)
_NAMES = ("ns", "nr", "nt", "nz", "nrt", "nrfg")


def find_measures(passages: Sequence[PassageRecord]) -> list[Measure]:
    """The measures of these passages in reading order; general slogans are left out."""
    return [measure for passage in passages for measure in _of_passage(passage)]


def _of_passage(passage: PassageRecord) -> Iterator[Measure]:
    text = normalise(passage.text.text)
    for sentence in evidence_spans(passage):
        for start, end in pieces(text, *sentence):
            if is_measure(text[start:end]):
                yield Measure(passage, start, end)


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut at the commas behind which another verb begins, each piece without numbering and stops.

    A piece that cannot stand alone (too short, no verb of its own) stays with the one before; what only leads to a
    later piece (以…为…, 围绕…) stays with that one.
    """
    cuts = [found.end() for found in _COMMA.finditer(_masked(text, start, end))]
    parts = [(a + start, b + start) for a, b in zip([0, *cuts], [*cuts, end - start], strict=True) if a < b]
    joined: list[tuple[int, int]] = []
    for a, b in parts:
        if joined and not _stands_alone(text[a:b]):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    listed = [item for a, b in joined for item in _listed(text, a, b)]
    trimmed = [_trim(text, a, b) for a, b in listed]
    return [(a, b) for a, b in trimmed if b - a >= _LEAST]


def _listed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at 、 where a verb of its own and enough words follow: 新建A、改造B."""
    at = start
    for found in _LIST.finditer(_masked(text, start, end)):
        cut = start + found.end()
        rest = text[cut:end]
        head = re.split(r"[、，]", rest, maxsplit=1)[0]
        if cut - at > _ALONE and len(head) >= _ALONE and _begins(head):
            yield at, cut
            at = cut
    yield at, end


def _masked(text: str, start: int, end: int) -> str:
    """The stretch with what stands in brackets or quotes blanked out, so that it is never cut there."""
    return _CLOSED.sub(lambda found: "　" * len(found.group()), text[start:end])


def _stands_alone(piece: str) -> bool:
    body = piece.strip(_TRAILING)
    if len(body) < _ALONE or not _telling(body):
        return False
    return _begins(body) or bool(values(body))


def _telling(body: str) -> bool:
    """Whether it says what it is about (年内完成4.6万人 does not: it goes with what stands before)."""
    if _NAMED.search(_unquantified(body)):
        return True
    return any(
        len(word) > 1 and tag[0] in "nvjlbi" and word not in words("plain") for word, tag in tagged(_unquantified(body))
    )


def _unquantified(body: str) -> str:
    for value in reversed(values(body)):
        body = body[: value.start] + "　" + body[value.end :]
    return _DATE.sub("　", body)


def _begins(body: str) -> bool:
    """Whether a verb opens it, adverbs before it aside (持续推进, 高标准建设)."""
    for word, tag in tagged(body[:14])[:4]:
        if word in words("begins"):
            return True
        if tag in _ADVERBS or word in words("adverbs"):
            continue
        return tag == "v"
    return False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    numbered = _NUMBERING.match(text, start, end)
    if numbered:
        start = numbered.end()
    while start < end and text[start] in _TRAILING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def is_measure(piece: str) -> bool:
    """Whether this promises something that can be looked for: a figure, a name, a thing that is built or set up, or
    something to be done that a word or two tell from other doings.
    """
    rest = _DATE.sub("", piece).strip(_TRAILING)
    if len(rest) < _LEAST or (_SIGNED.fullmatch(rest) and not _begins(rest)):
        return False
    if values(piece):
        return True
    if _CREED.search(piece) or (piece.startswith(openings("slogans")) and not _QUOTED.search(piece)):
        return False
    tags = tagged(piece)
    if _NAMED.search(piece) or any(tag in _NAMES and len(word) > 1 for word, tag in tags):
        return True
    said = [word for word, tag in tags if len(word) > 1 and word not in words("plain") and tag[0] in "nvjlbi"]
    concrete = any(text.endswith(openings("concrete")) for text in (piece, *(word for word, _ in tags)))
    return len(said) > 1 or (bool(said) and (concrete or _begins(piece)))
