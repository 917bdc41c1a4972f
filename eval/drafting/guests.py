"""Language models that write a section: one that does as it is told, one that does all that a draft must not do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import cycle

STRANGERS = ("平沙县", "云陌市", "仁心平沙", "王建国", "李卫东", "云陌大学附属医院")
"""Names that the adversarial model brings along and no archive holds."""

_MEASURE = re.compile(r"^\d+\. (.+)$", re.M)
_FACT = re.compile(r"^- (.+)$", re.M)

Character = Callable[[Sequence[str], str, str], str]
"""From the measures given, the prompt and an exemplar's text to what the model says."""


def _measures(asked: str) -> list[str]:
    return _MEASURE.findall(asked.partition("要点：")[2].partition("给定事实：")[0])


def obedient(asked: str) -> str:
    """A sentence or two for each measure and every fact as it is given, as a good model would write."""
    tails = ("明确责任分工，细化工作措施", "加强督促指导，及时总结做法", "健全工作机制，注重工作实效")
    told = [f"{one}，{tails[at % 3]}。" for at, one in enumerate(_measures(asked))]
    facts = [f"{one.rstrip('。')}。" for one in _FACT.findall(asked.partition("给定事实：")[2])]
    return "".join(told + facts)


def _with(tail: str) -> Character:
    """Every measure with words put behind it."""
    return lambda measures, asked, model: "".join(f"{one}，{tail}。" for one in measures)


WRONG: dict[str, Character] = {
    "invented_figures": _with("力争完成12345人，覆盖率达到98.7%"),
    "spelt_figures": _with("培训医务人员五千六百名，比例达到百分之九十五"),
    "old_year": _with("确保2019年底前全面完成"),
    "old_plan": _with("落实“十三五”规划确定的目标"),
    "as_done": _with("上年已经完成，位居全省第一"),
    "another_body": _with("学习平沙县卫生健康局和云陌市的经验"),
    "another_project": _with("由王建国局长牵头打造“仁心平沙”品牌"),
    "another_hospital": _with("依托云陌大学附属医院开展协作，请李卫东院长指导"),
    "copies": lambda measures, asked, model: model,
    "copies_between": lambda measures, asked, model: "".join(
        f"{one}，{model[at * 60 : at * 60 + 55]}。" for at, one in enumerate(measures)
    ),
    "fills_placeholders": lambda measures, asked, model: "".join(
        f"{re.sub('【待填[^】]*】', '388', one)}，共388处。" for one in measures
    ),
    "another_language": lambda measures, asked, model: "We will improve primary care by 20 percent. Всё готово. " * 5,
    "endless": lambda measures, asked, model: "进一步加强领导，进一步提高认识，" * 600,
    "endless_sentences": lambda measures, asked, model: "进一步加强领导，提高认识。" * 600,
    "markup": lambda measures, asked, model: "".join(
        f"# {one}\n**{one}**<script>alert(1)</script>![x](http://198.51.100.7/a.png)\n" for one in measures
    ),
    "broken": lambda measures, asked, model: "".join(
        f"{one}\ud83d\u200b\ufffd\x00，抓好落实。\u202e" for one in measures
    ),
    "chatty": lambda measures, asked, model: "好的，以下是为您撰写的内容：\n" + "".join(f"{one}。" for one in measures),
    "json": lambda measures, asked, model: '{"text": "完成率100%"}',
    "nothing": lambda measures, asked, model: "",
    "prompt": lambda measures, asked, model: asked,
    "mixed": lambda measures, asked, model: "".join(
        f"{one}，明确责任分工。{one}，2018年完成{at + 3}76人。" for at, one in enumerate(measures)
    ),
}
"""Characters by name."""


class Adversarial:
    """Takes every wrong character in turn, one for each section; `exemplar` is what it copies when it copies."""

    def __init__(self, names: Sequence[str] = tuple(WRONG)) -> None:
        self.exemplar = ""
        self._turns = cycle(names)

    def __call__(self, asked: str) -> str:
        """What the character whose turn it is says."""
        return WRONG[next(self._turns)](_measures(asked), asked, self.exemplar)
