"""Which names of rows are those of indicators, and what becomes of the others: kept, listed last or on demand."""

from __future__ import annotations

import pytest

from assistant.ledger import Joins, Ledger, Query
from assistant.ledger.plausible import is_name
from tests.ledger_builders import Archive, report


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("新增养老床位", "张"),
        ("改造燃气管道", "公里"),
        ("农村自来水普及量", "户"),
        ("研发人员", "人"),
        ("培训学校、幼儿园", "所"),
        ("新建、改扩建幼儿园", "所"),
        ("工会、协会等组织", "个"),
        ("蔬菜", "亩"),
        ("职工医疗互助惠及", "人"),
        ("有机认证面积", "亩"),
        ("从业人员", "人"),
        ("技术合同成交额", "元"),
    ],
)
def test_what_says_by_itself_what_is_counted_is_a_name(text: str, unit: str) -> None:
    assert is_name(text, "level", unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("改善", "公里"),
        ("项目", "个"),
        ("总投资", "元"),
        ("重点企业", "家"),
        ("我们将抓好以下", "个"),
        ("重点工程加快推进", "个"),
        ("十二家学院挂牌成立", "家"),
        ("试点已推行", "家"),
        ("东门街、西门街", "条"),
        ("检验结果和", "项"),
        ("启动城西港", "吨"),
        ("稳慎推进城北风电", "千瓦"),
        ("省委十届", "次"),
        ("稳居全国前列的一流营商环境建设走在中部地区和长江经济带城市", "个"),
    ],
)
def test_a_verb_a_class_of_things_or_a_clause_is_none(text: str, unit: str) -> None:
    assert not is_name(text, "level", unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("亿元以上招商项目", "元"), ("工业总产值", "条"), ("便民服务圈", "分钟"), ("城南输变电工程", "千伏")],
)
def test_a_number_of_another_sort_than_the_name_makes_none(text: str, unit: str) -> None:
    assert not is_name(text, "level", unit)


def test_a_share_belongs_to_a_rate_and_not_to_a_thing() -> None:
    assert is_name("绿色建筑占新建建筑", "share", "%") and is_name("垃圾分类覆盖率", "share", "%")
    assert not is_name("绿色建筑", "share", "%")


def test_words_are_said_of_what_can_be_measured() -> None:
    assert is_name("水环境质量", "words", "") and not is_name("城镇建设", "words", "")


def test_a_verb_with_a_thing_that_nobody_counts_needs_a_second_report() -> None:
    assert not is_name("巩固文明成果", "level", "个") and is_name("巩固文明成果", "level", "个", reports=2)


def test_what_a_target_and_a_result_are_told_of_is_a_name_unless_it_is_a_class_of_things() -> None:
    assert is_name("加强", "level", "人", paired=True) and not is_name("项目", "level", "个", paired=True)


@pytest.fixture
def archive() -> Archive:
    return Archive(report()).say("结果", "改善", "40公里").say("结果", "新增养老床位", "900张")


def test_rows_without_a_name_stand_last_and_are_listed_on_demand(archive: Archive) -> None:
    ledger = Ledger(archive.rows(), archive.reports)
    assert [row.name for row in ledger.rows] == ["新增养老床位", "改善"]
    assert [row.name for row in ledger.find(Query(year=2022))] == ["新增养老床位"]
    assert [row.name for row in ledger.find(Query(year=2022, unnamed=True))] == ["新增养老床位", "改善"]


def test_who_asks_for_the_words_finds_the_row(archive: Archive) -> None:
    (row,) = Ledger(archive.rows(), archive.reports).find(Query(indicator="改善"))
    assert not row.named and row.cells[0].text == "40公里"


def test_what_the_user_calls_an_indicator_is_one(archive: Archive) -> None:
    archive.say("结果", "公路改善里程", "50公里")
    joined = Joins.of([("改善", "公路改善里程", True)])
    assert all(row.named for row in archive.rows(joined))


def test_a_name_of_the_alias_table_is_always_one() -> None:
    assert Archive(report()).say("结果", "外贸", "15亿元").row().named
