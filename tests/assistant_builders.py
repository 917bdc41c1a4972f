"""Reports of a fictional county and city, read in through the real pipeline, and an assistant over them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.question.bodies import BodyIndex
from assistant.question.types import Question
from assistant.question.understand import understand
from assistant.service import Assistant
from ingest.archive import Archive
from ingest.runner import ingest_paths
from ingest.settings import Settings
from tests.builders import report
from tests.cli_builders import fake_encoder

COUNTY_2021 = """青禾县卫生健康局2021年工作总结

一、主要工作

（一）妇幼健康。全年免费产前筛查任务数3900人，实际完成3620人，完成率92.8%。全年完成两癌筛查9100人。

（二）家庭医生签约。全县组建签约团队118个，签约居民11.2万人，居民健康档案建档率为88.6%。

二、2022年工作计划

（一）妇幼健康。计划完成免费产前筛查4200人，两癌筛查力争达到9800人。

（二）中医药发展。力争建成中医馆6个。
"""

COUNTY_2022 = """青禾县卫生健康局2022年工作总结及2023年工作计划

一、2022年主要工作

（一）妇幼健康。全年免费产前筛查任务数4200人，实际完成4350人，完成率103.6%。全年完成两癌筛查10400人。

（二）家庭医生签约。全县组建签约团队126个，签约居民12.3万人，居民健康档案建档率为91.4%。

（三）慢病管理。高血压患者规范管理率达到76.2%，糖尿病患者规范管理率达到74.8%。

（四）卫生监督。全年检查医疗机构xx家，立案查处违法案件37起。

（五）基层建设。新建村卫生室24所，全县乡镇卫生院全部配齐救护车。

（六）疫苗接种。为保证接种秩序，我局采取了三条措施：

1、实行分时段预约，减少现场排队。

2、每个接种点配备急救人员和药品。

3、每周公布各接种点的疫苗库存。

二、存在的问题

（一）基层人才短缺。乡镇卫生院招不到人、留不住人。

（二）信息化水平不高。县乡两级的诊疗系统尚未互通。

三、2023年工作计划

（一）妇幼健康。计划完成两癌筛查11000人，使孕产妇系统管理率稳步提升。

（二）推进紧密型医共体建设。一是组建青禾县医共体总医院，6月底前挂牌。二是统一药品采购和配送。三是建立双向转诊平台。

（三）中医药发展。新建中医馆8个，培训中医骨干60人。
"""

CITY_2022 = """临泽市卫生健康委员会2022年工作总结

一、主要工作

（一）妇幼健康。全市完成两癌筛查68000人，完成率101.2%。

（二）家庭医生签约。全市签约居民86.5万人，居民健康档案建档率为93.7%。

（三）医疗服务。全市三级医院平均住院日下降到7.6天。

二、存在的问题

市级医院儿科医生不足。

三、2023年工作打算

（一）妇幼健康。全市计划完成两癌筛查70000人。
"""

_OPENING = (
    "一年来，全县卫生健康系统紧紧围绕年初确定的目标任务，扎实推进各项重点工作，群众就医环境明显改善，医疗服务质量稳步"
    "提升，基层服务网底更加牢固，公共卫生安全保障有力，各项改革任务按时序推进，行业作风持续向好，社会各界广泛好评。"
)
PAGE_MARKED = f"""双溪县卫生健康局2021年工作总结

一、主要工作

1、{_OPENING}全年完成免费产前筛查4380人，签约率达到8
2、4.2%，居民满意度持续提高。{_OPENING}全年新建村卫
3、生室24所，培训乡村医生160人。{_OPENING}各医疗机构开展义
4、诊活动35场，服务群众6200人次。
"""
"""Page marks of a preview stand in the middle of sentences, a word and a figure."""

FILES = {"青禾2021.txt": COUNTY_2021, "青禾2022.txt": COUNTY_2022, "临泽2022.txt": CITY_2022}


def ingest(home: Path, files: dict[str, str], *, embed: bool = True) -> Settings:
    """Read `files` (name → text) into the archive at `home`; without `embed` their vectors stay pending."""
    folder = home.parent / f"{home.name}-reports"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(home)
    summary = ingest_paths(settings, [folder], embed=embed, load_encoder=fake_encoder)
    assert not summary.failed, summary
    return settings


@contextmanager
def assistant_over(
    home: Path, files: dict[str, str], *, embed: bool = False, today: str | None = None
) -> Iterator[Assistant]:
    """An assistant over `files`; questions go through the fake encoder, or by full text alone without `embed`."""
    ingest(home, files, embed=embed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.embed.load_encoder", fake_encoder)
        with Assistant.open(Settings(home, today=today)) as assistant:
            yield assistant


def source_texts(home: Path) -> dict[str, str]:
    """The stored source text of every file, by file name."""
    with Archive.create_or_open(home) as archive:
        return {record.name: archive.file_text(record.id) for record in archive.files()}


def said(answer: Answer) -> str:
    """The answer without its citation marks."""
    return "\n".join(sentence.text for sentence in answer.sentences)


_REPORTS = (
    report(1, "青禾县卫生健康局", "青禾县", "县", 2021),
    report(2, "青禾县卫生健康局", "青禾县", "县", 2022),
    report(3, "临泽市卫生健康委员会", "临泽市", "市", 2022),
)
_BODIES = BodyIndex(_REPORTS)


def question(text: str, *history: str) -> Question:
    """A question to an archive of the county's reports (1 of 2021, 2 of 2022) and the city's (3 of 2022)."""
    return understand(text, history, _BODIES, _REPORTS)
