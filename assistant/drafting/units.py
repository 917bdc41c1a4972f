"""What the name of a unit says: a division of the body's own, or a general kind of unit that every body has."""

from __future__ import annotations

import re

from assistant.question.segment import tagged

_ENDS = re.compile(
    r"(?:科|股|处|科室|股室|处室|办|办公室|局|委|厅|部|站|所|队|中心|医院|卫生院|保健院|学校|学院|部门|机构|单位|专班|工作组|领导小组|指挥部|管委会|乡镇|街道|集团|医共体|医联体|政府|社区|公司|馆|院)$"
)
_GENERAL = re.compile(
    r"(?:各|相关|有关|所有)(?:级|类|地|省|市|县|区|乡镇|乡|镇|街道|村|社区|基层|公立|定点|医疗|卫生|相关|有关|直属|委属|局属|[市县区]级|、)*"
    r"(?:医疗卫生机构|医疗卫生单位|医疗机构|卫生院|社区卫生服务中心|社区卫生服务机构|村卫生室|公立医院|医院|疾控机构|妇幼保健机构|卫生监督机构|医共体|医联体|牵头医院|乡镇|街道|单位|科室|股室|处室|部门|机构|学校|企业|市县|县区|县市区|县)"
    r"|(?:卫生健康|卫健|医政|医改|疾控|妇幼|基层卫生|中医药?|规划|财务|人事|法规|监督|教育|民政|财政|医保|人社|公安|发改|发展改革|住建|农业农村|生态环境|交通运输|市场监管|行业主管|业务主管|主管|职能|相关职能)部门"
)
_DOING = frozenset(
    {"牵头", "监督", "执法", "督查", "规划", "发展", "改革", "综合", "管理", "培训", "保健", "宣传", "组织", "审计"}
)
"""Verbs that open the name of a unit."""
_NO_UNIT = re.compile(
    r"[Xx×*＊○〇\d]|某|同志|(?:局长|院长|书记|主任|科长|处长|股长|县长|市长|镇长|站长|所长|组长)|领导$|负责人|分别|专人|^由|^(?:以|是|将|要|并|对|在|把|为|与|和|可|应|须|均)|的"
)


def is_unit(name: str) -> bool:
    """Whether it names a unit, not a person, and nothing is masked."""
    if not 2 <= len(name) <= 14 or _NO_UNIT.search(name) or _ENDS.search(name) is None:
        return is_general(name)
    said = tagged(name)
    if said[0][1] == "v" and len(said[0][0]) > 1 and said[0][0] not in _DOING:  # 支持…医院: a clause
        return False
    if len(said) == 1:  # 宣传科 looks like a person's name to the dictionary, 宣传 does not
        said = tagged(re.sub(r"[科股处室办队站所]$", "", name))
    return not any(tag in ("nr", "nrt", "nrfg") for _, tag in said)


def is_general(name: str) -> bool:
    """Whether it is a general kind of unit that names nobody: 各乡镇卫生院, 医政部门."""
    return _GENERAL.fullmatch(name) is not None and _NO_UNIT.search(name) is None
