"""A small archive to draft from: plans of two counties that do not exist, and a model that writes as it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.drafting.manuscript import draft
from assistant.drafting.types import DraftSection, Fact, Manuscript, Order
from assistant.models import Model
from ingest.archive import Archive
from ingest.settings import Settings
from tests.assistant_builders import FILES, ingest

ORG = "青禾县卫生健康局"
FACTS = (
    Fact("两癌筛查目标12000人", "两癌筛查", target="12000人"),
    Fact("县中医院门诊楼九月底前封顶"),
)

OWN_PLAN = """青禾县卫生健康局2023年工作总结和2024年工作计划

一、2023年主要工作

（一）妇幼健康。全年完成两癌筛查11200人。在全县推开产后访视。

（二）医共体建设。县医共体总医院于5月正式挂牌，药品采购由总医院统一办理。建成远程影像中心并投入使用。

二、存在的问题

（一）基层人才短缺。乡镇卫生院招不到人。

三、2024年工作计划

（一）抓好妇幼健康服务。一是进一步加强高危孕产妇分级管理，确保母婴安全；二是六月底前在柳湾镇开展产后访视试点；三是计划完成两癌筛查11500人，孕产妇系统管理率达到93%以上；四是依托县妇幼保健院开设孕妇学校，提高健康素养。

（二）推进紧密型医共体建设。一是组建县医共体总医院并挂牌；二是建成远程影像中心；三是继续完善双向转诊和结算办法；四是推行药品统一目录管理；五是落实“十三五”规划确定的床位项目。

（三）发展中医药事业。一是新建中医馆8个；二是培训中医骨干60人；三是推广中医适宜技术；四是加强中药饮片质量监管。

（四）加强基层人才队伍建设。一是实施乡村医生定向培养；二是开展全科医生转岗培训；三是健全基层绩效分配办法。
"""

PEER_PLAN = """平沙县卫生健康局2024年工作计划

一、抓好妇幼健康服务。一是加强高危孕产妇分级管理；二是在白鹭镇建设平沙县母婴安全示范基地；三是开展新生儿疾病筛查质量评价；四是举办“平沙好孕”健康讲堂30场。

二、推进紧密型医共体建设。一是完善双向转诊和结算办法；二是建立医共体内部审计制度；三是支持平沙县第二人民医院创建三级医院。

三、发展中医药事业。一是推广中医适宜技术；二是开展中医护理技能竞赛；三是建设王家河国医堂。

四、加强基层人才队伍建设。一是开展全科医生转岗培训；二是落实编制周转池制度。
"""

REPORTS = {**FILES, "青禾2023.txt": OWN_PLAN, "平沙2024.txt": PEER_PLAN}


def order(**changes: Any) -> Order:
    """The order for Qinghe's plan of 2025."""
    return replace(Order(ORG, 2025, facts=FACTS), **changes)


@contextmanager
def archive_of(home: Path, files: dict[str, str] | None = None) -> Iterator[Archive]:
    """The archive of these reports, without vectors."""
    settings: Settings = ingest(home, REPORTS if files is None else files, embed=False)
    with Archive.create_or_open(settings.home) as archive:
        yield archive


def drafted(archive: Archive, wanted: Order, model: Model | None = None) -> Manuscript:
    """The whole manuscript."""
    *sections, made = draft(archive, wanted, None, model=model)
    assert isinstance(made, Manuscript)
    assert all(isinstance(one, DraftSection) for one in sections)
    return made


def points(asked: str) -> list[str]:
    """The points that a prompt lists."""
    listed = asked.partition("要点：")[2].partition("给定事实")[0]
    return [re.sub(r"^\d+\. ", "", line) for line in listed.strip().splitlines()]


def given_facts(asked: str) -> list[str]:
    """The facts that a prompt lists."""
    listed = asked.partition("给定事实：")[2].partition("写作要求")[0]
    return [line[2:] for line in listed.splitlines() if line.startswith("- ")]


def standing(asked: str) -> list[str]:
    """What stands in the section, as a prompt for a second try shows it."""
    listed = asked.partition("现稿：")[2].partition("可补充的要点")[0]
    return [re.sub(r"^\d+\. ", "", line) for line in listed.strip().splitlines()]


def wanted(asked: str) -> str:
    """What a prompt for a second try says that the writer asks."""
    return asked.partition("修改要求：")[2]


def obedient(asked: str) -> str:
    """What a good model writes: each point as a sentence of its own, each fact word for word."""
    told = [f"围绕群众就医需要，{point}，明确牵头科室，定期调度工作进展。" for point in points(asked)]
    return "".join([*told, *(f"细化任务分工，{fact}。" for fact in given_facts(asked))])
