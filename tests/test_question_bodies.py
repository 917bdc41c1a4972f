"""Bodies in questions: names, short names, ranks, descriptions, and places that the archive does not know."""

import pytest

from assistant.question.bodies import BodyIndex
from tests.builders import report

REPORTS = [
    report(1, "青禾县卫生健康局", "青禾县", "县", 2022),
    report(2, "内蒙古自治区人民政府", "内蒙古自治区", "省", 2025),
    report(3, "吉林省人民政府", "吉林省", "省", 2025),
    report(4, "吉林市人民政府", "吉林市", "市", 2024),
    report(5, "xx区卫健局", "xx区", "县", None),
    report(6, "xx镇卫生院", "xx镇", "乡", None),
    report(7, "市卫健局", None, "市", None),
]
BODIES = BodyIndex(REPORTS)


def meant(text: str) -> set[int]:
    found = BODIES.find(text).bodies
    return set().union(*(body.reports for body in found)) if found else set()


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("青禾县卫生健康局2022年建档率", {1}),
        ("青禾县卫健局2022年建档率", {1}),
        ("青禾建档率", {1}),
        ("内蒙25年固投", {2}),
        ("全省签约多少人", {2, 3}),
        ("市里精神病医院", {4, 7}),
        ("区卫健局立了几起案", {5}),
        ("镇卫生院体检多少人", {6}),
    ],
)
def test_a_body_is_found_by_name_short_name_and_rank(text: str, reports: set[int]) -> None:
    assert meant(text) == reports


def test_the_nation_is_asked_about_or_only_the_measure_of_a_place() -> None:
    index = BodyIndex([*REPORTS, report(8, "国务院", None, "国", 2020)])

    def found(text: str) -> set[int]:
        return set().union(*(body.reports for body in index.find(text).bodies))

    assert found("2020年我国粮食产量") == found("国家的货币供应量定多少") == found("全国城镇新增就业") == {8}
    assert found("青禾哪项工作全国唯一") == found("青禾县全国首个试点") == found("青禾拿了国家的什么奖") == {1}
    assert found("青禾和全国哪个高") == {1, 8}
    assert found("国家级贫困县摘帽") == set()


def test_a_city_is_not_its_province() -> None:
    assert meant("吉林市去年GDP") == {4}
    assert meant("吉林省去年GDP") == {3}
    assert meant("吉林去年GDP") == {3}


def test_another_place_of_the_same_stem_is_not_taken() -> None:
    assert meant("青禾市建档率") == set()


@pytest.mark.parametrize("text", ["2018年长沙市的高血压管理率", "长沙2018年高血压管理率", "红枫县2023年两癌筛查多少人"])
def test_a_place_that_no_report_belongs_to_is_missing(text: str) -> None:
    found = BODIES.find(text)
    assert not found.bodies
    assert found.missing


@pytest.mark.parametrize(
    "text", ["社区卫生服务中心建了几个", "城区停车难怎么办", "哪个县做得好", "全县建档率", "超市检查了几家"]
)
def test_common_words_are_no_missing_places(text: str) -> None:
    assert BODIES.find(text).missing == ()


def test_a_body_may_be_described() -> None:
    described = BODIES.describe("讲政务公开的区卫健局一年办了几件建议")
    assert [(item.text, item.reports) for item in described] == [("讲政务公开", frozenset({5}))]


def test_two_bodies_in_one_question_are_both_found() -> None:
    assert [body.label for body in BODIES.find("青禾和吉林省哪个高").bodies] == ["青禾", "吉林省"]


def test_its_own_rank_beside_a_named_body_means_that_body() -> None:
    assert meant("青禾县2022年全县建档率") == {1}
    assert meant("吉林省2025年全省签约多少人") == {3}


def test_another_rank_beside_a_named_body_is_another_body() -> None:
    assert [body.label for body in BODIES.find("青禾县和全省相比谁高").bodies] == ["青禾县", "全省"]
