"""The outline follows the body's own last plan and adds what its earlier plans and most of its neighbours have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting import outline
from assistant.drafting.headings import clean_heading, is_generic, is_slogan
from assistant.drafting.recast import as_plan, is_neutral
from assistant.drafting.themes import SAME, similarity
from assistant.drafting.types import Order
from eval.drafting.cover import PER_HEADING, Labelled, classes, covered
from ingest.archive import Archive
from ingest.types import ReadFile
from tests.drafting_builders import TEXTS, archive_of, report

ORDER = Order("青禾县卫生健康局", 2025)
PUBLIC, TCM, MATERNAL, REFORM, DISEASE = TEXTS


def proposed(archive: Archive, order: Order = ORDER) -> list[str]:
    return [topic.heading for topic in outline.propose(archive, order)]


def neighbour(name: str, *headings: str) -> ReadFile:
    return report(2023, headings, org=f"{name}县卫生健康局", region=f"{name}县")


def test_the_last_own_plan_keeps_its_headings_and_their_order(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, report(2022, [DISEASE, TCM]), report(2023, [MATERNAL, PUBLIC, DISEASE]))
    found = proposed(archive)
    assert [one for one in found if one in (MATERNAL, PUBLIC, DISEASE)] == [MATERNAL, PUBLIC, DISEASE]
    assert TCM in found, "what an earlier plan had is offered too"
    assert len(found) == 4


def test_each_heading_says_where_it_comes_from_and_has_its_exemplars(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, report(2023, [PUBLIC, TCM, MATERNAL]))
    for topic in outline.propose(archive, ORDER):
        assert topic.reason == "沿用本单位2024年计划的标题"
        assert [one.heading.endswith(topic.heading) for one in topic.exemplars] == [True]


def test_a_plan_later_than_allowed_is_not_looked_at(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, report(2024, [TCM, DISEASE, REFORM]), report(2023, [PUBLIC, MATERNAL]))
    assert proposed(archive) == [PUBLIC, MATERNAL]
    assert set(proposed(archive, replace(ORDER, year=2026))) == set(TEXTS)


def test_what_most_neighbours_have_and_the_body_lacks_is_added(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        report(2023, [PUBLIC, MATERNAL]),
        *(neighbour(name, PUBLIC, REFORM) for name in ("白石", "黑水", "红岩")),
        neighbour("金沙", TCM, PUBLIC),
    )
    found = outline.propose(archive, ORDER)
    assert [topic.heading for topic in found if "相关单位" in topic.reason] == ["深化医药卫生体制改革"]
    assert "4个同类或相关单位中有3个写了此项" in [topic.reason for topic in found]
    assert "中医" not in "".join(topic.heading for topic in found), "one neighbour is not most of them"


def test_a_neighbour_that_wrote_often_counts_once(tmp_path: Path) -> None:
    often = [report(year, [REFORM], org="白石县卫生健康局", region="白石县") for year in (2021, 2022, 2023)]
    others = [neighbour(name, PUBLIC) for name in ("黑水", "红岩")]
    archive = archive_of(tmp_path, report(2023, [PUBLIC, MATERNAL]), *often, *others)
    assert REFORM not in proposed(archive)


def test_where_there_is_no_plan_the_review_gives_the_topics_as_tasks(tmp_path: Path) -> None:
    review = {
        "着力加强妇幼健康，服务水平明显提升": "成效。",
        "中医药事业取得新突破": "成效。",
        "公共卫生服务扎实推进": "成效。",
    }
    archive = archive_of(tmp_path, report(2024, (), review))
    assert proposed(archive) == ["着力加强妇幼健康", "促进中医药传承创新发展", "做实基本公共卫生服务"]
    assert outline.propose(archive, ORDER)[0].reason == "据本单位2024年总结的标题拟定"
    assert outline.notes(archive, ORDER) == (
        "档案中没有“青禾县卫生健康局”2024年及以前的计划，提纲参照本单位的总结拟定。",
    )


GOVERNMENT = Order("青禾市人民政府", 2025)


def city(name: str, *headings: str) -> ReadFile:
    """A government's report of which the review alone may be looked at."""
    review = dict.fromkeys(headings, "成效明显。")
    org, region = f"{name}市人民政府", f"{name}市"
    return report(2024, (), review, org=org, region=region, level="市", kind="政府工作报告")


def test_without_an_own_plan_neighbours_fill_what_the_review_leaves_open(tmp_path: Path) -> None:
    neighbours = [
        city("白石", "提升城市能级", "加快产业升级"),
        city("黑水", "提升城市功能", "加快产业升级"),
        *(city(name, "加快产业升级", "深化改革") for name in ("红岩", "金沙", "绿川", "紫云")),
    ]
    archive = archive_of(tmp_path, city("青禾", "着力办好民生实事"), *neighbours)
    found = proposed(archive, GOVERNMENT)
    assert "着力办好民生实事" in found and "加快建设现代化产业体系" in found
    assert "提升城市功能品质" in found, "a third of the neighbours have it, and no own plan says otherwise"
    alone = report(
        2024, ["办好民生实事", "守牢安全底线"], org="青禾市人民政府", region="青禾市", level="市", kind="政府工作报告"
    )
    planned = archive_of(tmp_path / "planned", alone, *neighbours)
    assert "提升城市功能品质" not in proposed(planned, replace(GOVERNMENT, year=2026))


def test_without_an_own_plan_what_plans_usually_have_is_there(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, city("青禾", "着力办好民生实事", "着力守牢安全底线"))
    found = {topic.heading: topic.reason for topic in outline.propose(archive, GOVERNMENT)}
    for heading in ("推进乡村全面振兴", "扩大内需，提振消费和有效投资", "加强政府自身建设"):
        assert found[heading] == "同类计划通常单列此项"
    assert list(found)[-1] == "加强政府自身建设"


def test_last_years_slogan_makes_room_for_a_field_of_work(tmp_path: Path) -> None:
    slogans = [
        f"全力以赴{word}" for word in ("转方式", "提能级", "固根基", "扬优势", "开新局", "挑大梁", "作示范", "当先锋")
    ]
    neighbours = [city(name, "加快产业升级", "深化改革", "扩大开放", "推进乡村振兴") for name in ("白石", "黑水")]
    archive = archive_of(tmp_path, city("青禾", *slogans, "着力办好民生实事"), *neighbours)
    found = proposed(archive, GOVERNMENT)
    assert "着力办好民生实事" in found and "加快建设现代化产业体系" in found and "全面深化改革" in found
    assert sum(one in slogans for one in found) < len(slogans)


def test_a_body_that_is_not_held_gets_the_neighbours_outline_and_a_note(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, *(neighbour(name, PUBLIC, REFORM) for name in ("白石", "黑水")))
    found = proposed(archive)
    assert set(found) == {"做实基本公共卫生服务", "深化医药卫生体制改革"}
    (note,) = outline.notes(archive, ORDER)
    assert "没有“青禾县卫生健康局”的报告" in note and "同级或相关" in note


def test_the_hospital_of_a_county_is_not_its_bureau(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, report(2023, [PUBLIC, TCM]))
    (note,) = outline.notes(archive, replace(ORDER, org="青禾县人民医院"))
    assert "没有“青禾县人民医院”的报告" in note


@pytest.mark.parametrize("org", ["青禾县卫健局", "青禾卫健局", "青禾县"])
def test_a_body_may_be_named_for_short(tmp_path: Path, org: str) -> None:
    archive = archive_of(tmp_path, report(2023, [PUBLIC, TCM]))
    assert outline.notes(archive, replace(ORDER, org=org)) == ()


def test_with_nothing_to_go_by_there_is_a_plain_outline_without_exemplars(tmp_path: Path) -> None:
    archive = archive_of(tmp_path)
    for org in ("青禾县卫生健康局", "青禾县人民政府", "青禾县教育局"):
        found = outline.propose(archive, replace(ORDER, org=org))
        assert 5 <= len(found) <= 8 and all(not topic.exemplars and "通用标题" in topic.reason for topic in found)
        assert "通用的标题" in outline.notes(archive, replace(ORDER, org=org))[0]


def test_the_length_sets_the_number_of_headings(tmp_path: Path) -> None:
    more = ["加强卫生健康人才队伍建设", "推进老龄健康和医养结合", "加快重点项目建设", "深入开展爱国卫生运动"]
    archive = archive_of(tmp_path, report(2023, [*TEXTS, *more, "提升依法治理水平"]))
    assert [len(proposed(archive, replace(ORDER, length=one))) for one in ("短", "中", "长")] == [5, 10, 10]


def test_the_writers_own_headings_are_kept_each_with_exemplars(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, report(2023, list(TEXTS)))
    found = outline.propose(archive, replace(ORDER, sections=("公共卫生服务", "月球基地")))
    assert [topic.heading for topic in found] == ["公共卫生服务", "月球基地"]
    assert [len(topic.exemplars) for topic in found] == [1, 0]


def test_slogans_figures_and_other_years_do_not_get_into_the_outline(tmp_path: Path) -> None:
    headings = [
        "以新思想为指导统领全局",
        "2024年推进中医药发展",
        "新建卫生室12所",
        "决胜“十三五”，抓好疾病防控",
        PUBLIC,
    ]
    assert proposed(archive_of(tmp_path, report(2023, headings))) == ["推进中医药发展", "抓好疾病防控", PUBLIC]


@pytest.mark.parametrize(
    ("heading", "clean"),
    [
        ("（一）深化医改，落实分级诊疗。", "深化医改，落实分级诊疗"),
        ("三是聚焦扩大内需，实现增长6%以上", "聚焦扩大内需"),
        ("1.做好“十四五”规划收官", ""),
        ("（二）2024年重点抓好项目建设", "重点抓好项目建设"),
        ("xx年中医药工作", "中医药工作"),
    ],
)
def test_a_heading_is_cleaned_of_numbers_years_and_figures(heading: str, clean: str) -> None:
    assert clean_heading(heading, 2026) == clean


@pytest.mark.parametrize(
    "heading",
    ["三、2026年重点工作", "二、下一步工作打算", "四、202_年卫健工作打算", "一、工作回顾", "2024年工作安排建议"],
)
def test_a_heading_that_only_opens_a_part_is_no_topic(heading: str) -> None:
    assert is_generic(heading)


@pytest.mark.parametrize("heading", ["（一）深化医改", "一、保障妇女儿童健康", "三、加强政府自身建设"])
def test_a_topic_is_not_taken_for_the_opening_of_a_part(heading: str) -> None:
    assert not is_generic(heading)


def test_headings_of_one_topic_are_near_and_of_two_are_not() -> None:
    assert similarity("推动医共体提档升级", "深化医药卫生体制改革", "health") >= SAME
    assert similarity("办好妇幼健康民生实事", "保障妇女儿童健康", "health") >= SAME
    assert similarity("促进中医药发展", "加强综合监督执法", "health") < SAME
    assert similarity("大力提振消费", "筑牢生态屏障", "government") < SAME


def test_what_was_reached_becomes_what_is_to_be_done() -> None:
    assert as_plan("着力加强区域合作，成果丰硕", "government") == "着力加强区域合作"
    assert as_plan("生态环境持续改善", "government") == "推进生态文明建设和绿色低碳发展"
    assert as_plan("荣获先进称号", "government") == ""


def test_a_neighbours_heading_with_a_name_of_its_own_is_not_neutral() -> None:
    assert is_neutral("推进绿色低碳发展", {"白石县"})
    assert not is_neutral("建设平安白石", {"白石县", "白石"})
    assert not is_neutral("实施“三乡工程”", ())
    assert is_slogan("以新思想为指导推进各项工作")


def test_a_wrong_outline_covers_next_to_nothing_and_the_right_one_all() -> None:
    plan = [
        Labelled("demand", "大力提振消费"),
        Labelled("rural", "推进乡村振兴"),
        Labelled("green", "建设生态屏障"),
        Labelled("livelihood", "增进民生福祉"),
        Labelled("safety", "守牢安全底线"),
    ]
    health = ["促进中医药传承创新", "加强妇幼健康服务", "深化公立医院综合治理", "家庭医生签约", "做好疾病预防控制"]
    assert sum(covered(plan, health)) == 0
    right = ["扩大内需", "抓好三农工作", "加强生态环境保护", "保障和改善民生", "建设更高水平平安"]
    assert sum(covered(plan, right)) == len(plan)


def test_a_heading_that_names_everything_covers_no_more_than_its_share() -> None:
    plan = [Labelled(name, "") for name in ("demand", "rural", "green", "livelihood", "safety")]
    assert sum(covered(plan, ["消费乡村生态民生安全"])) == PER_HEADING
    assert sum(covered(plan, [])) == 0


def test_no_class_is_named_by_the_words_of_all_others() -> None:
    for name, words in classes().items():
        for word in words:
            named = [other for other, theirs in classes().items() if any(one in word for one in theirs)]
            assert name in named and len(named) <= 3
