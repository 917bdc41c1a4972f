"""What a writer asks of a section at a second try, as far as code can carry it out; the rest is for a model."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.drafting.types import Length, Order

_CLAUSES = re.compile(r"[，,。；;！!\n]+|\s+|、(?=[再更并])")
_SHORTER = re.compile(
    r"(?:不要|别|不能)?(?:太|过)长|篇幅减半|减半|简短|精简|简洁|简要|简练|精炼|压缩|缩短|删减|少写|(?:更|再|写|^)短|短(?=[一些点])"
)
_LONGER = re.compile(
    r"(?:不要|别|不能)?(?:太|过)(?:短|简单|笼统)|详细|具体|详实|充实|展开|丰富|扩写|加长|多写(?=[些点一]|$)"
    r"|(?:更|再|写|^)长(?![效期远])|长(?=[一些点])"
)
_OTHER = re.compile(
    r"(?:重选|另选|重新选|换(?!届|班|岗|算|药|证|发))(?:一批|一组|一种|一些|几条|几个|几项|批|组|个|掉|别的|其他的?|另外的?|些|点)*"
    r"(?:措施|举措|内容|要点|选法)*"
)
_WORDING = re.compile(r"说法|写法|语气|口吻|表述|表达|措辞|句式|风格|角度|顺序|开头|结尾|标题|位置")
"""换一种说法 is about words, not about measures."""
_WORDS = r"(?P<words>[㐀-鿿A-Za-z0-9、“”]{2,30}?)"
_STRESS = (
    re.compile(
        r"(?:突出|强调|侧重|围绕|聚焦|增加|增写|多写|多讲|补充|重点写|重点讲|重点突出)(?:一下|一些|一点|关于|有关|对)?"
        rf"{_WORDS}(?:的?(?:内容|部分|工作|方面|举措|措施|力度|特色|这一块))?(?:来?写|展开)?$"
    ),
    re.compile(rf"(?:把|将){_WORDS}(?:放|摆|提|写)(?:在|到)?(?:最?前面?|首位|前边|第一[条位])$"),
)
_PLACE = re.compile(r"^(?:第?[一二三四五六七八九十\d]+|最后一?|前面?[一二三两]?|后面?[一二三两]?)[条项句点段]")
_AND = re.compile(r"[、“”]|(?<=..)(?:以及|和|与|及)(?=..)")
_NOT = re.compile(r"不要|不用|不必|无需|别(?!的)|勿|少提|淡化|去掉|删去|删掉|删除|拿掉|略去|剔除|不写")
_CUTS = re.compile(r"不要|不写|去掉|删去|删掉|删除|拿掉|略去|剔除")
_FILLERS = re.compile(
    r"请|帮我|麻烦|本节|这一?节|这一?段|全文|内容|文字|篇幅|字数|文稿|[把将写改得地更再稍尽量适当要能可以的吧了一些点下并且同时也为成做加更说明节整体]"
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """`length`: 短 shorter, 长 longer than what stands, None as it is. `stress`: words to bring forward.
    `other_choice`: other measures than those that stand. `unread`: what only a model can carry out, as written.
    """

    length: Length | None = None
    stress: tuple[str, ...] = ()
    other_choice: bool = False
    unread: str = ""

    @property
    def by_code(self) -> bool:
        """Whether there is anything in it that code can carry out."""
        return bool(self.length or self.stress or self.other_choice)

    @property
    def cuts(self) -> bool:
        """Whether something shall be left out, be it the writer's own."""
        return _CUTS.search(self.unread) is not None

    def applied(self, order: Order) -> Order:
        """The order with the length asked for."""
        return order if self.length is None else replace(order, length=self.length)


def read(instruction: str) -> Instruction:
    """What an instruction asks for, clause by clause."""
    length: Length | None = None
    stress: list[str] = []
    other = False
    unread: list[str] = []
    for clause in filter(None, (one.strip(" 　“”\"'") for one in _CLAUSES.split(instruction))):
        rest = clause
        if words := _stressed(clause):
            stress += words
            continue
        asked: Length = "长"
        if (found := _LONGER.search(rest)) is None:
            found, asked = _SHORTER.search(rest), "短"
        if found is not None and not _NOT.search(rest.replace(found[0], "")):
            length, rest = asked, rest.replace(found[0], "", 1)
        elif (found := _OTHER.search(rest)) and not _WORDING.search(rest):
            other, rest = True, rest.replace(found[0], "", 1)
        if _FILLERS.sub("", rest):
            unread.append(clause)
    return Instruction(length, tuple(dict.fromkeys(stress)), other, "，".join(unread))


def _stressed(clause: str) -> list[str]:
    if _NOT.search(clause):
        return []
    for pattern in _STRESS:
        if (found := pattern.search(clause)) and not _PLACE.match(found["words"]):
            return [one for one in _AND.split(found["words"]) if len(one) >= 2]
    return []
