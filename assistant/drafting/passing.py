"""Measures of a moment that is past: an election, an anniversary, games, a campaign with its deadline.

They were right in the plan that they come from and are no model for another year.
"""

from __future__ import annotations

import re

_OCCASION = re.compile(
    r"换届|(?:人口|经济|农业|污染源|国土|地名)普查|[百千]?周年|诞辰|大庆|[县市区州院校]庆|喜迎|献礼"
    r"|(?:建党|建国|建军|建校|建院|改革开放)[一二三四五六七八九十百]+年"
    r"|(?:庆祝|纪念|迎接)[^，。；]{0,12}(?:成立|召开|胜利|解放|生日|大会|党代会|[一二三四五六七八九十]+大)"
    r"|奥运|冬奥|亚运|亚冬|全运|省运|市运|大运会|军运|世博|园博|运动会"
)
"""Occasions that come once or at long intervals."""
_CAMPAIGN = re.compile(
    r"(?:主题教育|(?<!期)学习教育|群众路线教育)(?!基地|成果)|决战|决胜|最后一(?:年|役|公里攻坚)|扫尾|收尾|冲刺"
    r"|(?:终期|中期|期末|收官)(?:评估|考核|验收)|灾后|恢复重建|机构改革|转隶|三定"
    r"|迎(?:检|评|审|查)|(?<!医学)(?<!病理)复[检审评](?!制度|机制|率|职业|药品|处方)"
)
"""What runs for a while and is over, or prepares for an inspection that has been."""
_ENDED = (
    (re.compile(r"脱贫攻坚(?!成果)|全面小康|全面建成小康"), 2020),
    (
        re.compile(r"新冠|新型冠状|核酸(?:检测|采样)|方舱|外防输入|常态化疫情防控|疫情常态化|乙类乙管|健康码|复工复产"),
        2023,
    ),
)
"""What ended for the whole country, and the last year whose plans speak of it."""
_DEADLINE = re.compile(r"(?:到|至|截至)(?P<by>(?:19|20)\d\d)年|(?P<before>(?:19|20)\d\d)年[底末]?之?前")


def is_passing(clause: str, year: int) -> bool:
    """Whether a normalised clause of an earlier report belongs to a moment that is over in `year`."""
    if _OCCASION.search(clause) or _CAMPAIGN.search(clause):
        return True
    if any(year > last and pattern.search(clause) for pattern, last in _ENDED):
        return True
    return any(int(found["by"] or found["before"]) < year for found in _DEADLINE.finditer(clause))
