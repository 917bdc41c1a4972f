"""What a report says beside its matter: greetings, who speaks, the closing call, the signature, the glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.structure.contents import contents
from ingest.structure.digits import plain_digits
from ingest.structure.lines import Line
from ingest.structure.mentions import is_body_name
from ingest.structure.numbering import numbering_at

GLOSSARY = re.compile(
    r"[（(]?(?:附件?\s*\d{0,2}\s*[:：]?\s*)?(?:[^。，]{0,14}?)(?:名词解释|名词注释|名词术语|有关用语说明)[^。，]{0,6}$|(?:注释|附录|相关报道|相关链接)[:：]?$"
)
THANKS = re.compile(
    r"^(?:各位代表[！!，,：:]\s*)?(?:在此|这里|借此机会|借这个机会)[，,]?(?=[^。]{0,400}(?:感谢|敬意|问候|祝福|祝愿))"
)
_SUBMITS = re.compile(
    r"(?:我(?:谨|现在)?代表|受[^。，]{2,24}委托)[^。]{0,70}?(?:报告|作)[^。]{0,20}?(?:工作|报告|情况)|"
    r"我[^。]{0,30}向[^。，]{2,40}(?:大会|会议)[^。，]{0,12}作[^。，]{0,8}报告|"
    r"(?<!提)请(?:予以?|各位|大家|与会|大会)?[^。，]{0,6}审议"
)
_GREETS = re.compile(
    r"(?:尊敬的|各位)[^。；]{0,40}[:：！!，,]?$|同志们[:：！!，,]?$|.{2,20}(?:政府|委员会|局|委|办公室|常委会)[:：]$"
)
_SUBTITLE = re.compile(
    r"[（(—\-－ ]*(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|二[〇○零].{2}年.{1,3}月.{1,3}日)"
    r"(?:[^。；，]{0,40}(?:会议|大会|全会)[^。；，]{0,40})?[。）)]?$|"
    r"[^。；，]{2,40}(?:会议|大会|全会)[^。；，]{0,16}上[）)]?$|"
    r"(?:来源|时间|作者|编辑|字号|发布.{0,4})[:：].{0,30}$|"
    r".{0,24}(?:省长|市长|县长|区长|州长|旗长|盟长|主席|局长|主任|院长)[\s　]+[一-鿿]{1,3}[\s　]?[一-鿿]{0,2}$"
)
_CALL = re.compile(
    r"(?:让我们|我们(?:要|一定要?|将)?(?=更加紧密|紧密))[^。]{0,60}(?:团结|携手|同心|奋斗|奋进|努力|拼搏|谱写|奋勇|实干|行动)"
)
_TO_HEARERS = re.compile(r"各位(?:代表|委员|领导|同志|主任)|同志们")
_HAILS_WITHIN = re.compile(r"(?<=[。！])\s*(?:各位(?:代表|委员|领导|同志|主任)|同志们)\s*[！!，,：:]")
_HAIL = re.compile(
    r"(?:各位(?:代表|委员|领导|同志)|同志们)[^。；]{0,10}[！!，,：:]?$|(?:谢谢|谢谢大家)[！!。]?$|完[。！]?$"
)
_DATE = re.compile(
    r"[（(]?(?:(?:19|20)[\dxX×_*○〇]{2}|[xX×_*]{2,4})\s*年\s*[\dxX×]{1,2}\s*月\s*(?:[\dxX×]{1,2}\s*日)?[）)]?$"
)
_STOPS = "。！？；…”’）)"
_FAREWELL = re.compile(r"(?:特此|专此|此)[^。，]{0,4}(?:报告|汇报|报送|总结)[。！]?$")
_LONGEST_SIGNATURE = 30
_FRONT, _END, _LONGEST, _LONG, _CONTENTS = 16, 6, 160, 500, 400


@dataclass(frozen=True, slots=True)
class Framed:
    """The lines of a report: what comes before its matter, the matter, and what comes after it."""

    front: list[Line]
    matter: list[Line]
    tail: list[Line]


def enclose(lines: list[Line]) -> Framed:
    """Part the matter of a report from its ceremony; the matter is never empty unless `lines` are."""
    start, end = _front(lines), _tail(lines)
    if start >= end:
        return Framed([], lines, [])
    matter, tail = lines[start:end], lines[end:]
    cut = _call_within(matter[-1].string)
    if cut:  # a converter ran the closing call together with the last section
        pieces = matter[-1].piece(0, cut), matter[-1].piece(cut, len(matter[-1].string))
        matter, tail = [*matter[:-1], *filter(None, pieces[:1])], [*filter(None, pieces[1:]), *tail]
    return Framed(lines[:start], matter, tail)


def _front(lines: list[Line]) -> int:
    """How many lines come before the matter: all to the one in which somebody submits his report, else greetings."""
    greeted = contents([line.string for line in lines[:_CONTENTS]]).stop
    for i, line in enumerate(lines[: _FRONT + greeted]):
        if i < greeted:
            continue
        text = plain_digits(line.string)
        if line.kind == "table_row" or numbering_at(text) is not None or len(text) > _LONGEST:
            break
        if _SUBMITS.search(text):
            return i + 1
        if greeted == i and (_GREETS.match(text) or _SUBTITLE.match(text)):
            greeted = i + 1
    return greeted


def _tail(lines: list[Line]) -> int:
    """Where the matter ends."""
    end = next(
        (i for i in range(len(lines) // 2, len(lines)) if i and _heads_glossary(lines[i])),
        len(lines),
    )
    while end > 1 and (signs(lines[end - 1], lines[end - 2]) or _says_farewell(lines[end - 1])):
        end -= 1
    for i in range(max(1, end - _END), end):
        if _calls(lines[i].string, lines[i - 1].string):
            return i - 1 if i > 1 and _HAIL.fullmatch(lines[i - 1].string) else i
    return end


def _calls(text: str, before: str) -> bool:
    """A paragraph that calls upon the hearers (各位代表！让我们更加紧密地团结在……), not mostly another matter."""
    call = _CALL.search(text)
    if call is None or numbering_at(text) is not None or (len(text) > _LONG and call.start() > len(text) // 2):
        return False
    return bool(_TO_HEARERS.match(text) or _HAIL.fullmatch(before) or "团结在以" in text)


def _call_within(text: str) -> int:
    """Where the closing call begins in a line that holds other things as well; 0 when there is none."""
    found = list(_HAILS_WITHIN.finditer(text))
    if not found or len(text) - found[-1].start() > _LONG:
        return 0
    return found[-1].start() if _CALL.search(text, found[-1].start()) else 0


def _heads_glossary(line: Line) -> bool:
    return line.kind != "table_row" and len(line.string) <= 34 and GLOSSARY.match(line.string) is not None


def _says_farewell(line: Line) -> bool:
    text = line.string
    return len(text) <= _LONGEST_SIGNATURE and bool(_FAREWELL.fullmatch(text) or _HAIL.fullmatch(text))


def signs(line: Line, before: Line) -> bool:
    """A signature or its date, which no section should be cited for.

    A body's name counts only after a full stop: a hard-wrapped sentence can end in one as well.
    """
    text = line.string
    if line.kind == "table_row" or len(text) > _LONGEST_SIGNATURE:
        return False
    return _DATE.fullmatch(plain_digits(text)) is not None or (before.string[-1] in _STOPS and is_body_name(text))
