"""Names of other bodies, places, persons and projects do not come over from an exemplar."""

from __future__ import annotations

import pytest

from tests.checks_builders import OTHER, cited, exemplar, kinds, order, run, whole

NEIGHBOUR = exemplar(
    "支持平沙县第二医院加挂康复医院牌子，推进“仁心平沙”品牌建设，在红枫镇卫生院试点，由周立言局长负责，落实《平沙县健康促进三年行动方案》。"
)


@pytest.mark.parametrize(
    "text",
    [
        "学习平沙县的做法，抓好慢性病管理。",
        "平沙县卫生健康局牵头落实。",
        "打造“仁心平沙”品牌。",
        "在红枫镇开展试点工作。",
        "支持红枫镇卫生院开展试点。",
        "落实《平沙县健康促进三年行动方案》。",
        "对标浙江先进经验。",
        "加强与上海医院的合作。",
    ],
)
def test_a_name_out_of_a_neighbours_report_is_found(text: str) -> None:
    found = run(text, exemplars=[NEIGHBOUR])
    assert kinds(found) == ["leaked_name"]
    assert found[0].severity == "error"


def test_a_project_named_in_quotes_by_one_neighbour_is_its_own() -> None:
    found = run("推进“杏林春暖”行动。", exemplars=[exemplar("推进“杏林春暖”行动，做好宣传。")])
    assert [(one.kind, one.severity) for one in found] == [("leaked_name", "error")]


def test_a_body_that_is_in_no_exemplar_is_found_where_the_archive_knows_its_place() -> None:
    assert kinds(run("学习云谷的经验。", places=["云谷县"])) == ["leaked_name"]


def test_a_cited_bodys_name_is_another_bodys() -> None:
    text = "学习平沙做法。"
    found = run(text, whole(text, citation=1, kind="exemplar"), citations=[cited("做好宣传。", org=OTHER)])
    assert kinds(found) == ["leaked_name"]


@pytest.mark.parametrize(
    "text",
    [
        "柳溪县卫生健康局牵头落实。",
        "支持柳溪县人民医院建设区域医疗中心。",
        "打造“柳溪健康行”品牌，在桃湾镇开展试点。",
        "争取省卫生健康委、市卫生健康委支持。",
        "落实国家、省、市有关部署。",
        "落实《国家基本公共卫生服务规范》。",
    ],
)
def test_own_names_and_those_above_are_fine(text: str) -> None:
    own = exemplar("打造“柳溪健康行”品牌，在桃湾镇开展试点。", own=True, org="柳溪县卫生健康局", region="柳溪县", id=3)
    assert kinds(run(text, exemplars=[NEIGHBOUR, own])) == []


def test_what_the_writer_names_is_known() -> None:
    wanted = order(tone="突出与平沙县的协作")
    assert kinds(run("深化与平沙县的协作。", of=wanted, exemplars=[NEIGHBOUR])) == []


def test_a_person_is_found() -> None:
    assert kinds(run("由王建国局长牵头负责。")) == ["leaked_name"]


def test_another_rank_is_found() -> None:
    assert kinds(run("我市将继续抓好落实。")) == ["leaked_name"]
    assert kinds(run("我委将加强督导。")) == ["leaked_name"]
    assert kinds(run("我县将继续抓好落实，我局将加强督导。")) == []
