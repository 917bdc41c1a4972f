"""Who leads a measure and by when, as an exemplar says it and as the draft may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from assistant.drafting.composed import placeholders_in
from assistant.drafting.types import Manuscript, OrderKind
from assistant.drafting.units import is_general, is_unit
from ingest.archive import Archive
from tests.manuscript_builders import REPORTS, archive_of, drafted, order

OWN = """青禾县卫生健康局2023年工作总结和2024年工作计划

一、2023年主要工作

（一）妇幼健康。在全县推开产后访视。

二、2024年工作计划

（一）抓好妇幼健康服务。一是加强高危孕产妇分级管理，由妇幼科牵头；二是六月底前开展产科质量交叉检查；三是推行孕产妇预约建册，责任领导：张建国；四是组织助产技术骨干集中轮训，9月底前完成；五是新建妇幼保健院产科楼，10月底前完成。

（二）推进紧密型医共体建设。一是完善双向转诊和结算办法；二是推行药品统一目录管理；三是开展医共体运行监测。（牵头单位：医改科、各乡镇卫生院）

（三）发展中医药事业。一是推广中医适宜技术，2024年8月底前完成；二是加强中药饮片质量监管，由局长李卫东牵头；三是12月底前开展中医护理技能竞赛；四是3月15日前制定师承带教办法。

（四）加强基层人才队伍建设。
"""
ROWS = """青禾县卫生健康局2024年工作要点

一、抓好妇幼健康服务

工作任务：加强新生儿疾病筛查质量管理 | 牵头单位：妇幼科 | 完成时限：9月底前
工作任务：规范出生医学证明签发管理 | 牵头单位：法规科 | 完成时限：2024年5月

二、推进紧密型医共体建设

一是完善医共体考核分配办法。

三、发展中医药事业

一是推广中医适宜技术。
"""
PEER = """平沙县卫生健康局2024年工作计划

一、抓好妇幼健康服务。一是开展新生儿疾病筛查质量评价，由各乡镇卫生院负责；二是落实孕产妇死亡评审制度，由平沙县妇幼保健院牵头。

二、推进紧密型医共体建设。一是建立医共体内部审计制度，由县人民医院牵头，6月底前完成；二是健全医保基金结余留用机制，由县医保局牵头。

三、发展中医药事业。一是推广中医适宜技术。
"""


def opened(home: Path, **files: str) -> AbstractContextManager[Archive]:
    kept = {name: text for name, text in REPORTS.items() if name not in ("青禾2023.txt", "平沙2024.txt")}
    return archive_of(home / "home", {**kept, **{f"{name}.txt": text for name, text in files.items()}})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened(tmp_path_factory.mktemp("leads"), 青禾2023=OWN, 平沙2024=PEER) as found:
        yield found


@pytest.fixture(scope="module")
def made(archive: Archive) -> Manuscript:
    return drafted(archive, order(facts=(), length="长"))


def section(made: Manuscript, word: str) -> str:
    return next(one.text for one in made.sections if word in one.heading)


def test_a_division_of_the_bodys_own_leads_again(made: Manuscript) -> None:
    assert "加强高危孕产妇分级管理，由妇幼科牵头" in section(made, "妇幼")


def test_a_month_of_an_own_plan_is_kept_as_a_habit(made: Manuscript) -> None:
    text = section(made, "妇幼")
    assert "六月底前开展产科质量交叉检查" in text
    assert "组织助产技术骨干集中轮训，九月底前完成" in text


def test_the_end_of_december_is_the_end_of_the_year(made: Manuscript) -> None:
    assert "年底前开展中医护理技能竞赛" in section(made, "中医药")


def test_the_date_of_what_is_done_once_is_to_be_filled_in(made: Manuscript) -> None:
    assert "十月" not in section(made, "妇幼")


def test_a_date_with_a_year_or_a_day_is_not_kept(made: Manuscript) -> None:
    text = section(made, "中医药")
    assert "八月" not in text and "三月" not in text
    assert text.count("【待填：完成时限】") == 1


def test_a_person_is_never_carried_over(made: Manuscript) -> None:
    whole = "".join(one.text for one in made.sections)
    assert "张建国" not in whole and "李卫东" not in whole
    assert "推行孕产妇预约建册，由【待填：牵头单位】牵头" in section(made, "妇幼")


def test_one_paragraph_shows_but_once_that_a_lead_is_wanted(made: Manuscript) -> None:
    for one in made.sections:
        for paragraph in one.text.split("\n"):
            assert paragraph.count("【待填：牵头单位】") <= 1


def test_a_lead_behind_a_paragraph_holds_for_all_its_measures(made: Manuscript) -> None:
    text = section(made, "医共体")
    for measure in ("完善双向转诊和结算办法", "推行药品统一目录管理", "开展医共体运行监测"):
        assert f"{measure}，由医改科、各乡镇卫生院牵头" in text


def test_the_lead_of_the_last_item_is_not_that_of_the_others(tmp_path: Path) -> None:
    plan = OWN.replace("监测。（牵头单位：医改科、各乡镇卫生院）", "监测（牵头单位：医改科）。")
    with opened(tmp_path, 青禾2023=plan) as found:
        text = section(drafted(found, order(facts=())), "医共体")
    assert "开展医共体运行监测，由医改科牵头" in text
    assert text.count("牵头") == 1


def test_a_line_of_its_own_names_lead_and_date_for_all(tmp_path: Path) -> None:
    plan = OWN.replace("（牵头单位：医改科、各乡镇卫生院）", "\n牵头单位：医改科；完成时限：9月底")
    with archive_of(tmp_path / "home", {"青禾2023.txt": plan}) as found:
        text = section(drafted(found, order(facts=())), "医共体")
    assert "完善双向转诊和结算办法，九月底前完成" in text
    assert "以上工作由医改科牵头" in text


def test_a_lead_that_all_measures_share_is_said_once(tmp_path: Path) -> None:
    with archive_of(tmp_path / "home", {"青禾2023.txt": OWN}) as found:
        text = section(drafted(found, order(facts=())), "医共体")
    assert text.endswith("以上工作由医改科、各乡镇卫生院牵头。")
    assert text.count("牵头") == 1


def test_a_general_kind_of_unit_may_come_from_a_neighbour_and_a_named_one_may_not(made: Manuscript) -> None:
    whole = "".join(one.text for one in made.sections)
    assert "开展新生儿疾病筛查质量评价，由各乡镇卫生院牵头" in whole
    assert "县人民医院" not in whole and "医保局" not in whole and "妇幼保健院牵头" not in whole


def test_what_is_said_beside_a_measure_lies_in_its_source(made: Manuscript) -> None:
    for one in made.sections:
        held = [one.text[source.start : source.end] for source in one.sources]
        for said in re.findall(r"[^。；：\n]*(?:牵头|底前)[^。；\n]*", one.text):
            assert any(re.sub(r"^(?:[一二三四五六七八]是|\d\.)", "", said) in span for span in held)


def test_a_wanted_lead_is_listed_as_to_be_filled_in(made: Manuscript) -> None:
    blanks = [one for one in made.placeholders if one.indicator == "牵头单位"]
    assert blanks and all(one.unit == "" for one in blanks)
    assert list(placeholders_in("由【待填：牵头单位】牵头")) == [(1, 10, "牵头单位", "")]


def test_columns_of_a_table_name_lead_and_date(tmp_path: Path) -> None:
    with opened(tmp_path, 要点=ROWS) as found:
        text = section(drafted(found, order(facts=(), kind="工作要点")), "妇幼")
    assert "加强新生儿疾病筛查质量管理，由妇幼科牵头，九月底前完成" in text
    assert "规范出生医学证明签发管理，由法规科牵头，【待填：完成时限】前完成" in text


@pytest.mark.parametrize(("kind", "kept"), [("下半年工作安排", False), ("全年工作计划", True)])
def test_a_second_half_has_no_date_of_the_first(archive: Archive, kind: OrderKind, kept: bool) -> None:
    made = drafted(archive, order(facts=(), kind=kind, length="长"))
    assert ("六月" in "".join(one.text for one in made.sections)) == kept


def test_no_check_objects_to_leads_and_dates(made: Manuscript) -> None:
    assert not [one for one in made.checks if one.severity == "error"]


@pytest.mark.parametrize(
    ("name", "unit", "general"),
    [
        ("医政科", True, False),
        ("宣传科", True, False),
        ("县疾控中心", True, False),
        ("发展改革委", True, False),
        ("各乡镇卫生院", True, True),
        ("医政部门", True, True),
        ("各县市区", True, True),
        ("局长张建国", False, False),
        ("张建国", False, False),
        ("李华科", False, False),
        ("XX科", False, False),
        ("支持骨干医院", False, False),
    ],
)
def test_what_is_a_unit(name: str, unit: bool, general: bool) -> None:
    assert is_unit(name) == unit
    assert is_general(name) == general
