"""What generated reports are made of: the names of bodies, topics, and sentences with figures in them.

The words are this project's own. Their variety decides how a full-text index fares: with few words each one stands in
every passage. So names are combined from many characters, and half of the sentences may be taken from a text with the
vocabulary of a language (`filler`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

_FIRST = "云青石清白长金龙平安永宁和东南北西新临兴文武广江河湖海山林松竹梅桃柳杨沙溪泉凤鹤"
_SECOND = "岭禾桥川水阳山州城丰江源溪口坪泽湾田原峰林塘港陵门岗浦沟寨屯坝湖渡庄关河"
_RANKS = ("县", "市", "区")

TOPICS = (
    "基本公共卫生服务",
    "家庭医生签约服务",
    "妇幼健康服务",
    "中医药传承创新",
    "疾病预防控制",
    "医共体建设",
    "卫生健康监督执法",
    "人才队伍建设",
    "健康扶贫与乡村振兴",
    "信息化建设",
    "老龄健康工作",
    "爱国卫生运动",
)
_INDICATORS = (
    "居民健康档案建档率",
    "重点人群签约率",
    "两癌筛查人数",
    "孕产妇系统管理率",
    "适龄儿童疫苗接种率",
    "高血压患者规范管理率",
    "糖尿病患者规范管理率",
    "中医馆覆盖率",
    "电子病历共享调阅次数",
    "基层诊疗量占比",
    "监督检查户次",
    "培训基层医务人员人次",
    "老年人健康体检人数",
    "无偿献血人次",
    "院前急救平均反应时间",
    "家庭病床建床数",
)
_UNITS = ("%", "%", "人", "人次", "户次", "张", "家", "万元")
_REVIEW = (
    "全年{indicator}达到{value}，比上年提高{more}个百分点。",
    "截至11月底，{indicator}为{value}，完成年度任务的{share}%。",
    "{place}{indicator}{value}，{doing}取得明显成效。",
    "组织{doing}{count}场次，覆盖{villages}个村和社区。",
)
_PLAN = (
    "力争{indicator}达到{value}以上。",
    "全面推进{doing}，{indicator}不低于{value}。",
    "计划安排资金{money}万元，用于{doing}。",
    "年内完成{count}家单位的{doing}，验收合格率达到{share}%。",
)
_DOING = (
    "健康宣教进乡村活动",
    "标准化门诊改造",
    "远程会诊平台建设",
    "重点行业职业病危害专项治理",
    "公共场所量化分级管理",
    "慢性病综合防控示范区创建",
    "县域急救网络布点",
    "名老中医工作室传承带教",
    "医疗废物集中处置巡查",
    "托育机构登记备案指导",
)
_PLAIN = (
    "{doing}有序开展，{other}同步推进，责任到人、任务到岗。",
    "坚持问题导向，把{doing}同{other}结合起来，群众反映较好。",
    "{place}把{topic}摆上重要位置，健全{doing}的协调机制。",
    "围绕{topic}，组织业务骨干学习先进地区经验，补齐{doing}的短板。",
    "加强部门联动，{other}与{doing}一体部署、一体督导。",
)
_WITH_FIGURES = 0.3
"""Share of the sentences that tell figures: real reports have two to three figures in 300 characters."""
_SENTENCE = re.compile(r"[^。！？\n]{12,90}[。！？]")


def bodies(count: int, seed: int = 0) -> list[tuple[str, str]]:
    """Place and body of so many different offices."""
    names = [f"{a}{b}{rank}" for a in _FIRST for b in _SECOND for rank in _RANKS]
    random.Random(seed).shuffle(names)
    if count > len(names):
        raise ValueError(f"no more than {len(names)} bodies can be named")
    return [(place, f"{place}卫生健康局") for place in names[:count]]


def indicators() -> tuple[str, ...]:
    """What the generated figures count."""
    return _INDICATORS


def doings() -> tuple[str, ...]:
    """What the generated bodies do."""
    return _DOING


def filler(folder: Path | None, most: int = 200_000) -> list[str]:
    """Sentences of the texts of a folder, in order; none without a folder."""
    found: list[str] = []
    for path in sorted(folder.glob("*.txt")) if folder is not None and folder.is_dir() else ():
        found += _SENTENCE.findall(path.read_text(encoding="utf-8", errors="replace"))
    return found[:most]


class Writer:
    """Writes passages that never repeat each other, the same ones for the same seed."""

    def __init__(self, seed: int, fillers: Sequence[str]) -> None:
        self._random = random.Random(seed)
        self._fillers = fillers

    def passage(self, place: str, planned: bool, length: int) -> str:
        """About `length` characters of a review or a plan; every second sentence is a filler, where there are any."""
        made = ""
        while len(made) < length:
            made += self._sentence(place, planned)
            if self._fillers:
                made += self._random.choice(self._fillers)
        return made

    def _sentence(self, place: str, planned: bool) -> str:
        draw = self._random
        unit = draw.choice(_UNITS)
        value = f"{draw.uniform(60, 99.9):.2f}%" if unit == "%" else f"{draw.randint(30, 99_999)}{unit}"
        forms = (_PLAN if planned else _REVIEW) if draw.random() < _WITH_FIGURES else _PLAIN
        return draw.choice(forms).format(
            topic=draw.choice(TOPICS),
            other=draw.choice(_DOING),
            indicator=draw.choice(_INDICATORS),
            value=value,
            more=f"{draw.uniform(0.1, 5):.1f}",
            share=f"{draw.uniform(80, 100):.1f}",
            place=place,
            doing=draw.choice(_DOING),
            count=draw.randint(2, 400),
            villages=draw.randint(3, 300),
            money=draw.randint(20, 9_000),
        )
