"""Measures of exemplars as short phrases that may stand in another body's plan of another year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.foreign import Names
from assistant.drafting.material import room_for
from assistant.drafting.measures import Candidate, candidates
from assistant.drafting.outline import propose
from assistant.drafting.phrases import LONGEST, recast
from ingest.archive import Archive
from tests.manuscript_builders import archive_of, order


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(tmp_path_factory.mktemp("measures") / "home") as opened:
        yield opened


def phrase(text: str, *, own: bool = True, year: int = 2025) -> str | None:
    found = recast(text, year, own=own)
    return None if found is None else found.text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("进一步加强高危孕产妇分级管理，确保母婴安全", "加强高危孕产妇分级管理"),
        ("今年，全县要持续完善双向转诊办法", "完善双向转诊办法"),
        ("一是在柳湾镇开展产后访视试点", "开展产后访视试点"),
        ("依托县妇幼保健院组建危重孕产妇救治队伍", "组建危重孕产妇救治队伍"),
        ("以信息共享为抓手，优化门诊预约流程", "优化门诊预约流程"),
        ("推广中医适宜技术（详见附件）并开展技能比武活动", "推广中医适宜技术"),
    ],
)
def test_what_surrounds_verb_and_object_is_left_out(written: str, expected: str) -> None:
    assert phrase(written) == expected


@pytest.mark.parametrize("opening", ["六月底前", "第三季度", "由妇幼科牵头", "县疾控中心牵头", "年底前"])
def test_when_and_who_are_no_part_of_the_phrase(opening: str) -> None:
    assert phrase(f"{opening}开展产后访视试点") == "开展产后访视试点"


def test_a_row_of_a_table_ends_at_its_bar() -> None:
    assert phrase("规范出生医学证明签发管理 | 牵头单位") == "规范出生医学证明签发管理"


@pytest.mark.parametrize(
    "written",
    [
        "迎接市人大换届工作",
        "开展庆祝建党一百周年系列活动",
        "做好全国文明城市复检迎检工作",
        "做好第七次全国人口普查宣传",
        "到2023年底建成区域医疗中心",
        "开展党史学习教育",
        "推动新冠病毒疫苗加强免疫接种",
        "完成机构改革人员转隶",
    ],
)
def test_what_was_of_its_moment_is_not_promised_anew(written: str) -> None:
    assert phrase(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "开展爱国卫生月活动",
        "做好医师资格考试考务工作",
        "推进家庭医生签约服务",
        "健全处方点评和复审制度",
        "开展继续医学教育",
    ],
)
def test_what_comes_every_year_stays(written: str) -> None:
    assert phrase(written) == written


def test_a_number_of_things_becomes_a_placeholder() -> None:
    assert phrase("培训中医骨干60人") == "培训中医骨干【待填：培训中医骨干，人】"
    assert phrase("新建8个社区中医馆") == "新建【待填：新建社区中医馆，个】社区中医馆"
    assert phrase("培训中医骨干60人", own=False) == "培训中医骨干"


@pytest.mark.parametrize(
    "written",
    [
        "落实“十三五”规划确定的床位项目",
        "巩固2019年创建成果",
        "确保县域内就诊率达到91%以上",
        "深入学习贯彻习近平总书记重要讲话精神",
        "以更高标准",
        "紧邻省城的区位优势和发展空间",
        "编制由医共体统筹使用",
        "完善甲、乙两类机构的",
        "列入年度目标责任制考核",
    ],
)
def test_what_does_not_stand_by_itself_is_dropped(written: str) -> None:
    assert phrase(written) is None


def test_a_policy_period_that_holds_the_year_stays() -> None:
    assert phrase("编制“十五五”卫生健康规划", year=2026) is not None


@given(st.text(alphabet="推进落实健全完善医共体改革试点的和2024年底前、，十三五55.5%万人个（）在柳湾镇", max_size=60))
def test_no_phrase_holds_a_digit_or_runs_on(text: str) -> None:
    found = recast(text, 2025, own=True)
    assert found is None or (not any(c.isdigit() for c in found.text) and len(found.bare) <= LONGEST)


def found_for(archive: Archive, word: str) -> list[Candidate]:
    wanted = order()
    room = room_for(archive, wanted)
    topic = next(one for one in propose(archive, wanted) if word in one.heading)
    return candidates(wanted, topic, room.names, room.kept.body.field, room.review)


def test_own_measures_come_first_and_shared_ones_before_others(archive: Archive) -> None:
    found = found_for(archive, "中医药")
    assert found[0].own
    shared = next(one for one in found if one.phrase.text == "推广中医适宜技术")
    assert shared.others and shared.own
    assert [one.own for one in found] == sorted((one.own for one in found), reverse=True)


def test_nothing_of_a_neighbours_own_comes_over(archive: Archive) -> None:
    said = "".join(one.phrase.text for word in ("妇幼", "医共体", "中医药") for one in found_for(archive, word))
    for name in ("平沙", "白鹭", "第二人民医院", "王家河", "好孕"):
        assert name not in said
    assert "建立医共体内部审计制度" in said


def test_what_the_last_review_reports_as_done_is_not_promised_again(archive: Archive) -> None:
    said = [one.phrase.text for one in found_for(archive, "医共体")]
    assert not any("影像中心" in one or "总医院" in one for one in said)
    assert "完善双向转诊和结算办法" in said


def test_a_measure_is_cited_where_it_stands(archive: Archive) -> None:
    for one in found_for(archive, "妇幼"):
        assert one.stretch.text in one.stretch.passage.text.text


def test_a_word_that_only_one_body_uses_may_be_a_name() -> None:
    texts = tuple("推进门诊建设和健康管理" for _ in range(6))
    names = Names(frozenset({"青禾县"}), frozenset({"平沙县", "平沙"}), texts)
    assert names.foreign("推进平沙门诊建设", own=True)
    assert not names.foreign("推进青禾县门诊建设", own=True)
    assert not names.foreign("推进门诊建设", own=False)
    assert names.foreign("推进鹿鸣园建设", own=False)
    assert names.foreign("推进“明珠”建设", own=False)
